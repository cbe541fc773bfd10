# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Customers assigned to people within hours, balance and moves: by the child process
alone, and by the job that reads them, has them assigned and keeps what is proposed."""

import random

from odoo.fields import Command

from .child import run_measured
from .clock import seconds
from .database import environment
from .reading import create_director
from .result import Result, differing

SEED = 16
# People, customers, seconds
SIZES = ((12, 200, 5), (40, 2000, 60))
# Capacity beyond the work, percent off the fair share, one of how many may move
SLACK, BALANCE, MOVES = 1.1, 10, 10
# Hours that the solver may be off by
NOISE = 1e-4


def measure(databases):
    with environment(databases.suite) as env:
        for people, customers, limit in SIZES:
            yield from measure_assignment(env, people, customers, limit)
    with environment(databases.large) as env:
        director = create_director(env)
        for people, customers, limit in SIZES:
            scenario = Scenario(env(user=director), people, customers)
            yield from scenario.measure(limit)


def measure_assignment(env, people, customers, limit):
    data, options = generate(people, customers)
    found, taken, _peak = run_measured(env, "allocation", data, options)
    gap = found["gap"]
    yield Result(
        f"{customers:,} customers assigned to {people} people, seconds",
        limit,
        taken,
        describe(found),
    )
    yield Result(
        "the same, limits that are not kept, and a gap that is not told",
        0,
        differing(
            count_broken(found, data["columns"], options) + (gap is None),
            len(found["assignment"]) == customers,
        ),
        f"{found['moves'] or 0} moves",
    )


def describe(found):
    gap = found["gap"]
    return found["status"] if gap is None else f"{found['status']}, gap {gap:.4%}"


def count_broken(found, columns, options):
    """Count whose hours and balance are not kept, and whether too many move."""
    capacities, hours = options["capacities"], columns["hours"]
    loads = [0.0] * len(capacities)
    for person, work in zip(found["assignment"], hours, strict=False):
        loads[person] += work
    moves = sum(map(int.__ne__, found["assignment"], columns["today"]))
    shares = [sum(hours) * capacity / sum(capacities) for capacity in capacities]
    return (moves > options["most_moves"]) + sum(
        load > capacity + NOISE or abs(load - share) > BALANCE / 100 * share + NOISE
        for load, capacity, share in zip(loads, capacities, shares, strict=True)
    )


def generate(people, customers):
    # Add-ons can be imported only once the registry is loaded.
    from odoo.addons.sales_efficiency_analytics.engine.allocation.question import (
        TIME_LIMIT,
    )

    rng = random.Random(SEED)
    hours = [rng.uniform(2, 20) for _customer in range(customers)]
    worth = [rng.lognormvariate(10, 1) for _customer in range(customers)]
    data = {
        "labels": [f"Customer {number}" for number in range(customers)],
        "columns": {
            "hours": hours,
            "today": [rng.randrange(people) for _customer in range(customers)],
            "locked": [None] * customers,
            **{
                f"value_{number}": [value * rng.uniform(0.6, 1.2) for value in worth]
                for number in range(people)
            },
        },
    }
    options = {
        "capacities": [SLACK * sum(hours) / people] * people,
        "balance": BALANCE,
        "most_moves": customers // MOVES,
        # Starting Python and importing scipy is part of what is measured.
        "time_limit": TIME_LIMIT,
    }
    return data, options


class Scenario:
    """A scenario of a company, whose customers are worth what they have bought.

    Nothing is committed: other scenarios measure the same company.
    """

    def __init__(self, env, people, customers):
        self.env, self.size = env, customers
        rng = random.Random(SEED)
        users = env["res.users"].search([("login", "like", "person")], limit=people)
        partners = env["res.partner"].search(
            [("name", "=like", "Customer %")], limit=customers, order="id"
        )
        partners.sudo().user_id = False
        env.flush_all()
        for number, user in enumerate(users):
            partners[number::people].sudo().user_id = user
        self.what = f"{customers:,} customers of {people} people"
        self.scenario = env["sales.allocation"].create(
            {
                "name": self.what,
                "person_ids": [
                    Command.create(
                        {"user_id": user.id, "ability": rng.uniform(80, 120)}
                    )
                    for user in users
                ],
                "limits_load": True,
                "balance_percent": BALANCE,
                "most_moves": customers // MOVES,
                "within_region": False,
                "within_lines": False,
            }
        )

    def measure(self, limit):
        taken = seconds(self.calculate)
        yield Result(
            f"a scenario of {self.what} calculated, seconds",
            limit,
            taken,
            self.scenario.problem or describe(self.scenario.found),
        )
        lines = self.scenario.line_ids
        moves = self.scenario.move_count
        yield Result(
            "the same, customers without a proposal, moves too many",
            0,
            differing(
                len(lines.filtered(lambda line: not line.proposed_id))
                + max(moves - self.scenario.most_moves, 0),
                len(lines) == self.size,
            ),
            f"{moves} moves",
        )

    def calculate(self):
        self.env.invalidate_all()
        self.scenario.action_calculate()
        self.scenario.sudo()._calculate_or_leave(self.keep)

    def keep(self, _done=0, **_remaining):
        """Keep nothing: other scenarios measure the same company."""
        self.env.flush_all()
        return True
