# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .expense_budget_common import BudgetCommon

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestBudgetLeft(BudgetCommon):
    """Budgets give away only what is left of them (policy 5.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._start_budgets()
        cls.other_director = cls._create_user("director", login="second_director")
        cls.moves = cls.env["sales.budget.move"].with_user(cls.director)

    def _move(self, source, dest, month, amount, user=None):
        line = {
            "dest_month": DECEMBER if source == dest else month,
            "source_id": source.id,
            "dest_id": dest.id,
            "month": month,
            "amount": amount,
        }
        return self.moves.with_user(user or self.director).create(
            {
                "plan_id": self.budget_plan.id,
                "reason": "Test",
                "line_ids": [Command.create(line)],
            }
        )

    def _enter_without_refresh(self, kind, day, amount, **values):
        """Enter a draft bill whose figures come later."""
        self.patch(type(self.env["sales.mart"]), "_refresh", lambda mart: None)
        return self._spend(kind, day, amount, post=False, **values)

    def test_what_is_committed_is_not_given_away_before_the_figures_come(self):
        self._enter_without_refresh(self.kind_marketing, "2026-11-03", 8_000)
        move = self._move(self.marketing, self.travel, NOVEMBER, 2_000.01)
        with self.assertRaisesRegex(UserError, "only .*2,000.00.* left in Nov"):
            move.action_request()

    def test_what_is_committed_meanwhile_stops_the_approval(self):
        move = self._move(self.marketing, self.travel, NOVEMBER, 10_000)
        move.action_request()
        self.env.invalidate_all()
        self._enter_without_refresh(self.kind_marketing, "2026-11-03", 1)
        reviewer = move.sudo().review_ids.reviewer_ids[:1]
        with self.assertRaisesRegex(UserError, "left in Nov"), self.cr.savepoint():
            move.with_user(reviewer)._validate_tier()

    def test_a_budget_above_gives_no_more_than_is_left_of_it(self):
        # Spent by no team: nothing is left of travel, but all of that of the team.
        self._spend(self.kind_travel, "2026-11-03", 10_000)
        move = self._move(self.travel_field, self.marketing, NOVEMBER, 5_000)
        with self.assertRaisesRegex(UserError, "Travel.* has only .*0.00"):
            move.action_request()
        gift = self._move(
            self.travel_field, self.travel_field, NOVEMBER, 5, user=self.leader
        )
        with self.assertRaisesRegex(UserError, "contains what gives") as caught:
            gift.action_request()
        self.assertNotIn("0.00", str(caught.exception))

    def test_a_proposal_knows_the_budgets_above(self):
        self._spend(self.kind_travel, "2026-11-03", 9_000)
        propose = self.moves._propose
        with self.assertRaisesRegex(UserError, "only .*6,000.00.* left"):
            propose(self.travel_field, self.marketing, 6_000.01, NOVEMBER, "Above")
        move = propose(self.travel_field, self.marketing, 6_000, NOVEMBER, "Above")
        move.action_request()

    def test_between_its_parts_money_of_a_spent_budget_still_moves(self):
        self._spend(self.kind_travel, "2026-11-03", 10_000)
        move = self._move(self.travel_field, self.travel_other, NOVEMBER, 5_000)
        move.action_request()
        self.assertEqual(move.state, "requested")

    def test_what_is_assigned_to_parts_is_moved_from_them(self):
        move = self._move(self.travel, self.marketing, NOVEMBER, 1)
        with self.assertRaisesRegex(UserError, "Move the money from its parts"):
            move.action_request()

    def test_a_proposal_offers_what_the_move_accepts(self):
        for month in range(1, 7):
            self._spend(self.kind_marketing, f"2026-{month:02}-03", 19_000)
        # 6,000 are left of the year, 10,000 of each month that is not over
        with self.assertRaisesRegex(UserError, "only .*6,000.00.* left"):
            self.moves._propose(
                self.marketing, self.travel, 6_000.01, NOVEMBER, "Too much"
            )
        move = self.moves._propose(
            self.marketing, self.travel, 6_000, NOVEMBER, "More return"
        )
        move.action_request()
        self.assertEqual(move.state, "requested")
        with self.assertRaisesRegex(UserError, "only .*0.00.* left"):
            self.moves._propose(self.marketing, self.travel, 1, NOVEMBER, "Twice")

    def test_a_move_that_nobody_can_approve_is_refused(self):
        move = self._move(self.marketing, self.travel, NOVEMBER, 1)
        self.patch(
            type(move), "_choose_reviewers", lambda move, people, who: people.browse()
        )
        with self.assertRaisesRegex(UserError, "Nobody can approve"):
            move.action_request()
