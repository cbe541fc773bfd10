# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who serves whom: give each customer to one person so that the value is greatest.

Rows are customers, or groups of customers that stay together. Columns:

- ``hours``: the work that the customer needs
- ``today``: number of the person who has the customer, from 0; None for nobody
- ``moves_0``, ``moves_1`` ...: of groups, instead of ``today``: how many customers each
  person would take from somebody else
- ``locked``: number of the person who must have it, or None
- ``value_0``, ``value_1`` ...: what the customer is worth with each person, less the
  cost of distance

Options:

- ``capacities``: hours of each person
- ``allowed`` (None): rows of 0 and 1, customers × persons; None: everybody may serve
  all. A locked pair is always allowed.
- ``balance`` (None): by how many percent of a fair share each person's load may differ
  from it. A fair share is in proportion to capacity.
- ``most_moves`` (None): customers who change from one person to another, at most
- ``penalty`` (0): cost of each move, in the unit of values
- ``time_limit`` (60): seconds to look for the best answer
- ``gap`` (1e-6): stop where no answer can be better by more than this share

Exact by branch and bound (HiGHS). What the solver could not rule out in time is told as
``bound``: no assignment is worth more. Of equally good ones, that with the fewest moves
is chosen, as far as values differ by more than a millionth.

If no assignment keeps all limits, each limit is relaxed by itself, to see the least
that it would have to give; if none suffices alone, all of them together.

Chart: a bar for each person, load before and after against the capacity.
"""

import math
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from .refused import Refused

LIMITS = ("capacity", "moves", "balance", "allowed", "locked")
# Of the largest value: decides between assignments that are worth the same
TIE = 1e-6
# Seconds to find what would have to give, for each limit
RELAX_TIME = 20
MOST_PAIRS = 400_000
# What the solver may be off by
NOISE = 1e-6
OPTIMAL, STOPPED, INFEASIBLE = 0, 1, 2


@dataclass
class Allocation:
    """``status`` says how far it came:

    - ``optimal``: nothing is better
    - ``stopped``: the best found in time, ``bound`` is what could at most be reached
    - ``unsolved``: nothing was found in time
    - ``infeasible``: no assignment keeps all limits

    ``value``: sum of the values of all pairs; ``objective``: less the penalties;
    ``gap``: by what share of it the ``bound`` is higher.
    ``gives``: the limits one of which would have to give, each with ``limit``,
    ``least`` and ``is_proved`` (False: less might do, the time was up); for
    ``capacity``, ``where`` says how many hours of whom. ``together``: they only suffice
    together.
    """

    status: str
    assignment: list = field(default_factory=list)
    value: float | None = None
    objective: float | None = None
    bound: float | None = None
    gap: float | None = None
    moves: int | None = None
    loads: list = field(default_factory=list)
    gives: list = field(default_factory=list)
    together: bool = False


def run(data, options):
    """Assign each customer to one person.

    >>> data = {"labels": ["A", "B"], "columns": {
    ...     "hours": [5, 5], "today": [0, 0], "locked": [None, None],
    ...     "value_0": [10, 10], "value_1": [8, 9]}}
    >>> found = run(data, {"capacities": [5, 5]})
    >>> found.status, found.assignment, found.value, found.moves
    ('optimal', [0, 1], 19.0, 1)
    >>> found = run(data, {"capacities": [5, 5], "most_moves": 0})
    >>> found.status
    'infeasible'
    >>> [(give["limit"], give["least"]) for give in found.gives]
    [('capacity', 5.0), ('moves', 1)]
    """
    problem = _Problem(data, options)
    result = problem.solve()
    if result.status == INFEASIBLE:
        gives, together = problem.find_gives()
        return Allocation("infeasible", gives=gives, together=together)
    if result.x is None:
        return Allocation("unsolved")
    return problem.describe(result)


class _Problem:
    """Customers, persons, and the limits of what may be assigned."""

    def __init__(self, data, options):
        options = {
            "allowed": None,
            "balance": None,
            "most_moves": None,
            "penalty": 0.0,
            "time_limit": 60,
            "gap": 1e-6,
            **options,
        }
        columns = data["columns"]
        self.capacities = np.array(options["capacities"], dtype=float)
        self.people = len(self.capacities)
        self.hours = _to_array(columns["hours"], 0.0)
        self.customers = len(self.hours)
        self._check_size()
        self.locked = _to_numbers(columns["locked"], self.people)
        self.values = np.column_stack(
            [_to_array(columns[f"value_{n}"], 0.0) for n in range(self.people)]
        )
        self.moves = self._read_moves(columns)
        self.is_allowed = self._read_allowed(options["allowed"])
        self.balance = options["balance"]
        self.most_moves = options["most_moves"]
        self.penalty = float(options["penalty"])
        self.time_limit = float(options["time_limit"])
        self.gap = float(options["gap"])

    def _check_size(self):
        if not self.people:
            raise Refused("no_people")
        if self.capacities.sum() <= 0:
            raise Refused("no_capacity")
        if not self.customers:
            raise Refused("no_customers")
        if self.people * self.customers > MOST_PAIRS:
            raise Refused(
                "too_many_pairs",
                customers=self.customers,
                people=self.people,
                limit=MOST_PAIRS,
            )

    def _read_moves(self, columns):
        """:return: how many customers each pair takes from somebody else"""
        if "moves_0" in columns:
            return np.column_stack(
                [_to_array(columns[f"moves_{n}"], 0.0) for n in range(self.people)]
            )
        today = _to_numbers(columns["today"], self.people)
        is_served = today >= 0
        moves = np.repeat(is_served[:, None], self.people, axis=1)
        moves[is_served, today[is_served]] = False
        return moves.astype(float)

    def _read_allowed(self, allowed):
        if allowed is None:
            return np.ones((self.customers, self.people), dtype=bool)
        return np.array(allowed, dtype=bool).reshape(self.customers, self.people)

    # ------------------------------------------------------------------
    # Best assignment
    # ------------------------------------------------------------------

    def solve(self):
        """Return what HiGHS answers to: the greatest value within all limits."""
        scale = max(np.abs(self.values).max(), abs(self.penalty), 1e-12)
        gains = (self.values - self.penalty * self.moves) / scale
        ties = TIE / max(self.moves.max(axis=1).sum(), 1) * self.moves
        return self._ask((ties - gains).ravel(), (), self.time_limit)

    def describe(self, result):
        """Return what was found, with figures of the assignment itself."""
        pairs = result.x[: self.customers * self.people]
        chosen = pairs.reshape(self.customers, self.people).argmax(axis=1)
        rows = np.arange(self.customers)
        value = float(self.values[rows, chosen].sum())
        moves = int(self.moves[rows, chosen].sum())
        objective = value - self.penalty * moves
        bound = self._get_bound(result, objective)
        return Allocation(
            "optimal" if result.status == OPTIMAL else "stopped",
            assignment=chosen.tolist(),
            value=value,
            objective=objective,
            bound=bound,
            gap=(bound - objective) / (abs(objective) or abs(bound) or 1.0),
            moves=moves,
            loads=np.bincount(
                chosen, weights=self.hours, minlength=self.people
            ).tolist(),
        )

    def _get_bound(self, result, objective):
        """Return what no assignment exceeds; the tie-break must not shine through."""
        if result.status == OPTIMAL or result.mip_dual_bound is None:
            return objective
        scale = max(np.abs(self.values).max(), abs(self.penalty), 1e-12)
        bound = (TIE - result.mip_dual_bound) * scale
        return max(objective, float(bound))

    # ------------------------------------------------------------------
    # What would have to give
    # ------------------------------------------------------------------

    def find_gives(self):
        """Return the limits one of which would have to give, and whether they only
        suffice together."""
        found = [self._relax((limit,)) for limit in self._get_used()]
        gives = [give for gives in found if gives for give in gives]
        if gives:
            return gives, False
        return self._relax(self._get_used()) or [], True

    def _get_used(self):
        """:return: the limits that are set"""
        is_used = {
            "capacity": True,
            "moves": self.most_moves is not None,
            "balance": self.balance is not None,
            "allowed": not self._get_open().all(),
            "locked": bool((self.locked >= 0).any()),
        }
        return tuple(limit for limit in LIMITS if is_used[limit])

    def _relax(self, limits):
        """Return the least that some limits have to give, or None if it does not
        suffice."""
        costs = np.zeros((self.customers, self.people))
        is_alone = len(limits) == 1
        if "moves" in limits:
            costs += self.moves * (1 if is_alone else 1 / self.customers)
        if "allowed" in limits:
            costs += ~self._get_open() * (1 if is_alone else 1 / self.customers)
        if "locked" in limits:
            costs += self._get_unlocked() * (1 if is_alone else 1 / self.customers)
        result = self._ask(costs.ravel(), limits, min(RELAX_TIME, self.time_limit))
        if result.x is None:
            return None
        return self._read_gives(result.x, limits, result.status == OPTIMAL)

    def _read_gives(self, answer, limits, is_proved):
        size = self.customers * self.people
        pairs = answer[:size].reshape(self.customers, self.people)
        chosen = pairs.argmax(axis=1)
        rows = np.arange(self.customers)
        counts = {
            "moves": self.moves,
            "allowed": ~self._get_open(),
            "locked": self._get_unlocked(),
        }
        gives = []
        for limit in limits:
            give = {"limit": limit, "is_proved": is_proved}
            if limit == "capacity":
                extra = np.maximum(answer[size : size + self.people], 0)
                give["least"] = _tidy(extra.sum())
                give["where"] = [
                    [int(person), _tidy(extra[person])]
                    for person in np.flatnonzero(extra > NOISE)
                ]
            elif limit == "balance":
                give["least"] = math.ceil(
                    self.balance + 100 * max(float(answer[-1]), 0) - NOISE
                )
            else:
                give["least"] = int(counts[limit][rows, chosen].sum())
            gives.append(give)
        return gives

    def _get_open(self):
        """:return: which pairs regions, lines and bars allow, besides those locked"""
        is_open = self.is_allowed.copy()
        is_locked = self.locked >= 0
        is_open[is_locked, self.locked[is_locked]] = True
        return is_open

    def _get_unlocked(self):
        """:return: which pairs break a lock"""
        is_locked = self.locked >= 0
        breaks = np.repeat(is_locked[:, None], self.people, axis=1)
        breaks[is_locked, self.locked[is_locked]] = False
        return breaks

    # ------------------------------------------------------------------
    # Solver
    # ------------------------------------------------------------------

    def _ask(self, costs, relaxed, seconds):
        """Minimise the costs of pairs, and of what relaxed limits give.

        The unknowns: all pairs (0 or 1), hours beyond the capacity of each person, and
        the share by which the balance is wider.
        """
        size = self.customers * self.people
        weights = {"capacity": 1 / self.capacities.sum(), "balance": 1.0}
        if len(relaxed) == 1:
            weights["capacity"] = 1.0
        extra = weights["capacity"] if "capacity" in relaxed else 0.0
        wider = weights["balance"] if "balance" in relaxed else 0.0
        upper = np.concatenate(
            [
                self._get_upper(relaxed).ravel(),
                np.full(self.people, np.inf if extra else 0.0),
                [np.inf if wider else 0.0],
            ]
        )
        return milp(
            np.concatenate([costs, np.full(self.people, extra), [wider]]),
            integrality=np.concatenate([np.ones(size), np.zeros(self.people + 1)]),
            bounds=Bounds(0, upper),
            constraints=self._get_constraints(relaxed),
            options={"time_limit": seconds, "mip_rel_gap": self.gap},
        )

    def _get_upper(self, relaxed):
        """:return: 1 for the pairs that are possible"""
        upper = np.ones((self.customers, self.people))
        if "allowed" not in relaxed:
            upper *= self._get_open()
        if "locked" not in relaxed:
            upper *= ~self._get_unlocked()
        return upper

    def _get_constraints(self, relaxed):
        none = sparse.csr_array((self.customers, self.people + 1))
        each = sparse.kron(sparse.eye_array(self.customers), np.ones((1, self.people)))
        constraints = [LinearConstraint(sparse.hstack([each, none]), 1, 1)]
        loads = sparse.kron(self.hours[None, :], sparse.eye_array(self.people))
        beyond = -sparse.eye_array(self.people)
        zero = sparse.csr_array((self.people, 1))
        constraints.append(
            LinearConstraint(
                sparse.hstack([loads, beyond, zero]), -np.inf, self.capacities
            )
        )
        if self.balance is not None:
            constraints += self._get_balance(loads)
        if self.most_moves is not None and "moves" not in relaxed:
            moves = np.concatenate([self.moves.ravel(), np.zeros(self.people + 1)])
            constraints.append(
                LinearConstraint(
                    sparse.csr_array(moves[None, :]), -np.inf, self.most_moves
                )
            )
        return constraints

    def _get_balance(self, loads):
        """Keep each load within some percent of a fair share, and of what is wider."""
        fair = self.hours.sum() * self.capacities / self.capacities.sum()
        share = self.balance / 100
        none = sparse.csr_array((self.people, self.people))
        wider = sparse.csr_array(fair[:, None])
        above = sparse.hstack([loads, none, -wider])
        below = sparse.hstack([loads, none, wider])
        return [
            LinearConstraint(above, -np.inf, fair * (1 + share)),
            LinearConstraint(below, fair * (1 - share), np.inf),
        ]


def _to_array(values, missing):
    return np.array([missing if v is None else v for v in values], dtype=float)


def _to_numbers(values, people):
    """Return numbers of persons, -1 for nobody or somebody else.

    >>> _to_numbers([0, None, 5], 2).tolist()
    [0, -1, -1]
    """
    return np.array(
        [-1 if v is None or not 0 <= v < people else int(v) for v in values], dtype=int
    )


def _tidy(hours):
    """Return hours without the noise of the solver.

    >>> _tidy(5.9999999)
    6.0
    """
    return round(float(hours), 4)
