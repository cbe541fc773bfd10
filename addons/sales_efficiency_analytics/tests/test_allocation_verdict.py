# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import freeze_time, tagged

from ..engine.methods import allocation as method
from ..engine.verdicts import AllocationVerdict
from .allocation_common import TODAY, AllocationCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestAllocationVerdict(AllocationCommon):
    """What was found is told in words, and what would have to give where nothing was.

    The solver is real; only that its time is up is feigned.
    """

    def _say(self, **values):
        """:return: the verdict of the case with some other values"""
        capacity = values.pop("capacity", 26)
        allocation = self._create_allocation(**values)
        allocation.person_ids.capacity = capacity
        allocation.action_calculate()
        self._follow(allocation)
        self.assertTrue(allocation.verdict, allocation.problem)
        return allocation.verdict

    def _change_answers(self, change):
        """Have the solver answer otherwise.

        :param change: function of its answer and of the limits that were relaxed
        """
        ask = method._Problem._ask

        def ask_and_change(problem, costs, relaxed, seconds):
            result = ask(problem, costs, relaxed, seconds)
            change(result, relaxed)
            return result

        self.patch(method._Problem, "_ask", ask_and_change)

    def _get_best_today(self):
        """:return: fits with which each customer is worth most where it is"""
        return [
            Command.create(
                {
                    "partner_id": self.customers[name].id,
                    "user_id": user.id,
                    "kind": "fit",
                    "fit_percent": 100 if number == today else 50,
                }
            )
            for name, today in TODAY.items()
            for number, user in enumerate(self.people, start=1)
        ]

    # A result

    def test_nobody_has_to_move(self):
        self.assertIn(
            "Nobody has to move: no assignment is worth more.",
            self._say(pair_ids=self._get_best_today()),
        )

    def test_what_the_limits_cost_is_a_loss(self):
        """Two customers have to leave person 3, and are worth half with others."""
        self._add_work()
        verdict = self._say(pair_ids=self._get_best_today())
        loss = self.company.currency_id.format(10)
        self.assertIn(f"Value lost, so that all limits hold: {loss}.", verdict)

    def test_what_could_be_better_is_told_when_the_time_is_up(self):
        """49 was found; 70 are 42.86 % more."""
        self._add_work()

        def stop(result, _relaxed):
            result.status = method.STOPPED
            result.mip_dual_bound = method.TIE - 70 / 9

        self._change_answers(stop)
        verdict = self._say()
        bound = self.company.currency_id.format(70)
        self.assertIn(f"none is worth more than {bound}, 42.86 % above", verdict)
        self.assertNotIn("This is the best possible", verdict)

    def test_nothing_was_found_in_time(self):
        def find_nothing(result, _relaxed):
            result.status, result.x = method.STOPPED, None

        self._change_answers(find_nothing)
        self.assertIn("No assignment was found in the time allowed.", self._say())

    # What would have to give

    def test_how_far_the_balance_has_to_give(self):
        self._add_work()
        self.assertIn(
            "Balance: off the fair share by up to 3 %, instead of 0 %.",
            self._say(limits_load=True, balance_percent=0),
        )

    def test_locks_that_exclude_each_other(self):
        """The 27 hours of three customers are more than the 26 of one person."""
        self._add_work()
        verdict = self._say(
            pair_ids=[
                Command.create(
                    {
                        "partner_id": self.customers[name].id,
                        "user_id": self.people[0].id,
                        "kind": "lock",
                    }
                )
                for name in "ABC"
            ]
        )
        self.assertIn("One of these would have to give, at least:", verdict)
        self.assertIn(f"1.0 more hours ({self.people[0].name} +1.0)", verdict)
        self.assertIn("Locked pairs given up: 1.", verdict)
        self.assertNotIn("The time was up", verdict)

    def test_limits_that_only_suffice_together(self):
        self._add_work()
        verdict = self._say(
            capacity=10,
            limits_moves=True,
            most_moves=0,
            limits_load=True,
            balance_percent=0,
        )
        self.assertIn("No single limit is to blame.", verdict)
        for limit in ("Capacity: ", "Moves: ", "Balance: "):
            self.assertIn(limit, verdict)

    def test_less_may_do_when_the_time_is_up(self):
        self._add_work()

        def stop(result, relaxed):
            if relaxed:
                result.status = method.STOPPED

        self._change_answers(stop)
        verdict = self._say(limits_moves=True, most_moves=1)
        self.assertIn("Moves: 2 instead of 1.", verdict)
        self.assertIn("The time was up: less may do.", verdict)

    def test_nothing_suffices_in_time(self):
        self._add_work()

        def find_nothing(result, relaxed):
            if relaxed:
                result.status, result.x = method.STOPPED, None

        self._change_answers(find_nothing)
        verdict = self._say(limits_moves=True, most_moves=1)
        self.assertIn("Not even without them, in the time allowed.", verdict)

    # Refusals

    def test_too_many_pairs_are_refused_with_their_numbers(self):
        self.patch(method, "MOST_PAIRS", 20)
        allocation = self._create_allocation()
        allocation.action_calculate()
        self._follow(allocation)
        self.assertEqual(allocation.progress, "failed")
        self.assertIn("7 customers × 3 people are too many", allocation.problem)
        self.assertIn("at most 20 pairs", allocation.problem)

    def test_an_unknown_refusal_is_told_by_its_code(self):
        self.assertIn("strange", AllocationVerdict.explain(self.env, "strange", {}))
