# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import itertools
import random
import time
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..engine.methods import allocation
from ..engine.methods.refused import Refused
from .allocation_common import HOURS, TODAY, VALUES


def ask(columns, **options):
    labels = [str(number) for number in range(len(columns["hours"]))]
    columns = {"locked": [None] * len(labels), **columns}
    return allocation.run({"labels": labels, "columns": columns}, options)


def ask_case(**options):
    """Ask about the worked case of seven customers and three persons."""
    columns = {
        "hours": list(HOURS.values()),
        "today": [number - 1 for number in TODAY.values()],
        **{f"value_{n}": [worth[n] for worth in VALUES.values()] for n in range(3)},
    }
    if "locked" in options:
        columns["locked"] = options.pop("locked")
    return ask(columns, **{"capacities": [26, 26, 26], **options})


@tagged("post_install", "-at_install")
class TestMethodAllocation(BaseCase):
    """Exact, and where it is impossible, it says what would have to give."""

    def _assert_case(self, found, value, **moves):
        expected = TODAY | moves
        self.assertEqual(found.status, "optimal")
        self.assertEqual([n + 1 for n in found.assignment], list(expected.values()))
        self.assertEqual((found.value, found.bound, found.gap), (value, value, 0))
        self.assertEqual(found.moves, len(moves))

    # The worked case

    def test_one_move_is_not_enough(self):
        found = ask_case(most_moves=1)
        self.assertEqual(found.status, "infeasible")
        self.assertEqual(found.assignment, [])
        gives = {give["limit"]: give for give in found.gives}
        self.assertEqual(gives["moves"]["least"], 2)
        self.assertEqual(gives["capacity"]["least"], 6)
        self.assertEqual(gives["capacity"]["where"], [[2, 6]])
        self.assertFalse(found.together)

    def test_what_is_not_proved_to_be_the_least_is_told(self):
        ask_solver = allocation._Problem._ask

        def stop(problem, costs, relaxed, seconds):
            result = ask_solver(problem, costs, relaxed, seconds)
            if relaxed:
                result.status = allocation.STOPPED
            return result

        with patch.object(allocation._Problem, "_ask", stop):
            found = ask_case(most_moves=1)
        self.assertEqual({give["is_proved"] for give in found.gives}, {False})

    def test_two_moves(self):
        self._assert_case(ask_case(most_moves=2), 37, E=2, F=1)

    def test_three_moves(self):
        self._assert_case(ask_case(most_moves=3), 46, A=2, D=1, E=1)

    def test_as_many_moves_as_it_takes(self):
        self._assert_case(ask_case(), 49, A=2, B=3, C=2, D=3, E=1, F=1)

    # Limits

    def test_a_lock_holds(self):
        found = ask_case(locked=[2, *[None] * 6])
        self.assertEqual(found.assignment[0], 2)
        self.assertLess(found.value, 49)

    def test_what_is_not_allowed_is_not_chosen(self):
        allowed = [[1, 1, 1] for _customer in HOURS]
        allowed[0] = [1, 0, 1]
        self.assertNotEqual(ask_case(allowed=allowed).assignment[0], 1)

    def test_a_customer_whom_nobody_may_serve_is_told(self):
        allowed = [[1, 1, 1] for _customer in HOURS]
        allowed[3] = [0, 0, 0]
        found = ask_case(allowed=allowed)
        self.assertEqual(found.status, "infeasible")
        self.assertEqual(
            found.gives, [{"limit": "allowed", "is_proved": True, "least": 1}]
        )

    def test_two_locks_that_exclude_each_other(self):
        found = ask_case(locked=[0, 0, 0, *[None] * 4])
        self.assertEqual(found.status, "infeasible")
        gives = {give["limit"]: give["least"] for give in found.gives}
        self.assertEqual(gives, {"capacity": 1, "locked": 1})

    def test_loads_are_balanced(self):
        found = ask_case(balance=5)
        fair = sum(HOURS.values()) / 3
        for load in found.loads:
            self.assertLessEqual(abs(load - fair), 0.05 * fair)

    def test_how_far_the_balance_must_give(self):
        """Loads of 22 and 23 cannot be equal."""
        found = ask_case(balance=0)
        self.assertEqual(
            found.gives, [{"limit": "balance", "is_proved": True, "least": 3}]
        )
        self.assertEqual(ask_case(balance=3).status, "optimal")

    def test_limits_that_only_suffice_together(self):
        found = ask_case(most_moves=0, balance=0, capacities=[10, 10, 10])
        self.assertTrue(found.together)
        self.assertEqual(
            {give["limit"] for give in found.gives}, {"capacity", "moves", "balance"}
        )

    def test_a_move_must_be_worth_its_cost(self):
        free = ask_case(capacities=[100, 100, 100])
        dear = ask_case(capacities=[100, 100, 100], penalty=100)
        self.assertGreater(free.moves, 0)
        self.assertEqual(dear.moves, 0)

    def test_nobody_moves_for_nothing(self):
        columns = {
            "hours": [5, 5],
            "today": [1, 0],
            "value_0": [7, 7],
            "value_1": [7, 7],
        }
        self.assertEqual(ask(columns, capacities=[5, 5]).assignment, [1, 0])

    def test_the_first_salesperson_is_no_move(self):
        columns = {"hours": [5], "today": [None], "value_0": [1]}
        found = ask(columns, capacities=[5], most_moves=0)
        self.assertEqual((found.assignment, found.moves), ([0], 0))

    # Groups

    def test_customers_that_stay_together_count_each(self):
        """A group of two customers of different people: one of them moves anyway."""
        columns = {
            "hours": [10, 5],
            "moves_0": [1, 1],
            "moves_1": [1, 0],
            "value_0": [20, 0],
            "value_1": [10, 5],
        }
        labels = ["Region", "Customer"]
        columns["locked"] = [None, None]
        found = allocation.run(
            {"labels": labels, "columns": columns},
            {"capacities": [15, 15], "most_moves": 1},
        )
        self.assertEqual((found.assignment, found.moves), ([0, 1], 1))
        found = allocation.run(
            {"labels": labels, "columns": columns},
            {"capacities": [15, 15], "most_moves": 0},
        )
        [give] = found.gives
        self.assertEqual((give["limit"], give["least"]), ("moves", 1))

    # The edges

    def test_what_cannot_be_calculated_is_refused(self):
        for code, hours, capacities in (
            ("no_people", [1], []),
            ("no_customers", [], [5]),
            ("no_capacity", [1], [0]),
        ):
            columns = {"hours": hours, "today": [0] * len(hours), "value_0": hours}
            with self.subTest(code), self.assertRaises(Refused) as refused:
                ask(columns, capacities=capacities)
            self.assertEqual(refused.exception.code, code)

    def test_negative_values_and_customers_without_work(self):
        columns = {
            "hours": [0, 0],
            "today": [0, 0],
            "value_0": [-5, -1],
            "value_1": [-2, -3],
        }
        found = ask(columns, capacities=[1, 1])
        self.assertEqual((found.assignment, found.value), ([1, 0], -3))

    def test_it_is_the_best_of_all(self):
        """Compared with all assignments of small problems."""
        draw = random.Random(7)
        for _number in range(20):
            hours = [draw.randint(1, 9) for _customer in range(6)]
            values = [[draw.randint(0, 20) for _customer in hours] for _person in "ab"]
            today = [draw.randint(0, 1) for _customer in hours]
            capacity = sum(hours) * 0.6
            best = max(
                (
                    sum(values[person][n] for n, person in enumerate(persons))
                    for persons in itertools.product((0, 1), repeat=6)
                    if sum(a != b for a, b in zip(persons, today, strict=True)) <= 3
                    and all(
                        sum(h for h, p in zip(hours, persons, strict=True) if p == who)
                        <= capacity
                        for who in (0, 1)
                    )
                ),
                default=None,
            )
            found = ask(
                {
                    "hours": hours,
                    "today": today,
                    "value_0": values[0],
                    "value_1": values[1],
                },
                capacities=[capacity] * 2,
                most_moves=3,
            )
            self.assertEqual(found.value, best)

    def test_when_time_is_up_the_bound_is_told(self):
        draw = random.Random(3)
        size, people = 300, 15
        columns = {
            "hours": [draw.uniform(2, 20) for _n in range(size)],
            "today": [draw.randrange(people) for _n in range(size)],
            **{
                f"value_{number}": [draw.uniform(1, 100) for _n in range(size)]
                for number in range(people)
            },
        }
        capacity = sum(columns["hours"]) / people * 1.001
        found = ask(columns, capacities=[capacity] * people, time_limit=1)
        self.assertIn(found.status, ("optimal", "stopped", "unsolved"))
        if found.status == "stopped":
            self.assertGreaterEqual(found.bound, found.objective)
            self.assertGreater(found.gap, 0)

    def test_twelve_persons_and_two_hundred_customers(self):
        draw = random.Random(1)
        columns = {
            "hours": [draw.uniform(2, 20) for _n in range(200)],
            "today": [draw.randrange(12) for _n in range(200)],
            **{
                f"value_{number}": [draw.uniform(1, 100) for _n in range(200)]
                for number in range(12)
            },
        }
        capacity = sum(columns["hours"]) / 12 * 1.1
        started = time.process_time()
        found = ask(columns, capacities=[capacity] * 12, balance=10, most_moves=30)
        self.assertEqual(found.status, "optimal")
        self.assertLess(time.process_time() - started, 5)
