# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation, NotNullViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .expense_budget_common import BudgetCommon

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestSalesBudgetMove(BudgetCommon):
    """Money moves between budgets as one document (policy 5.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.travel_department = cls._create_budget(
            parent_id=cls.travel.id,
            expense_kind_id=cls.kind_travel.id,
            team_id=cls.team_department.id,
            campaign_id=cls.env["utm.campaign"].create({"name": "Test Fair"}).id,
            amount=1_200,
        )
        cls._start_budgets()
        cls.other_director = cls._create_user("director", login="second_director")

    def _move(self, *lines, user=None):
        """Draft a move: (source, destination, month, amount), by the director."""
        return (
            self.env["sales.budget.move"]
            .with_user(user or self.director)
            .create(
                {
                    "plan_id": self.budget_plan.id,
                    "reason": "Test",
                    "line_ids": [
                        Command.create(
                            {
                                "source_id": source.id,
                                "dest_id": dest.id,
                                "month": month,
                                "amount": amount,
                            }
                        )
                        for source, dest, month, amount in lines
                    ],
                }
            )
        )

    def _approve(self, move):
        move.action_request()
        self.env.invalidate_all()
        reviewer = move.sudo().review_ids.reviewer_ids[:1]
        move.with_user(reviewer)._validate_tier()
        self.env.invalidate_all()
        return reviewer

    def _month(self, budget, month):
        return budget.month_ids.filtered(lambda line: line.month == month).amount

    def test_what_one_budget_gives_another_gets(self):
        form = Form(self.env["sales.budget.move"].with_user(self.director))
        form.reason = "The fair is cancelled"
        self.assertEqual(form.plan_id, self.budget_plan)
        with form.line_ids.new() as line:
            line.source_id = self.marketing
            line.dest_id = self.travel
            line.month = date(2026, 12, 24)
            line.amount = 4_000
            self.assertEqual(line.left, 10_000)
        move = form.save()
        self.assertEqual(move.line_ids.mapped("dest_month"), [DECEMBER])
        self.assertEqual(move.amount, 4_000)
        self.assertIn("Test Marketing", move.display_name)
        reviewer = self._approve(move)
        self.assertNotEqual(reviewer, self.director)
        self.assertEqual(move.state, "approved")
        self.assertEqual(self._month(self.marketing, DECEMBER), 6_000)
        self.assertEqual(self._month(self.travel, DECEMBER), 14_000)
        self.assertEqual(self.budget.amount, 240_000)
        self.assertEqual(self.marketing.amount, 116_000)
        self.assertEqual(self.marketing.original_amount, 120_000)
        self.assertTrue(self.marketing.is_adjusted)
        self.assertIn("moved between budgets", self.marketing.message_ids[0].body)

    def test_it_waits_in_the_cockpit_of_its_approver(self):
        move = self._move((self.marketing, self.travel, DECEMBER, 1_000))
        move.action_request()
        self.env.invalidate_all()
        approver = move.sudo().review_ids.reviewer_ids
        for user, count in ((approver[:1], 1), (self.director, 0)):
            cockpit = self.env["sales.cockpit"].with_user(user)
            panel = cockpit.get_data()["panels"].get("approvals", {"rows": []})
            rows = [row for row in panel["rows"] if row["model"] == move._name]
            self.assertEqual(len(rows), count)
            if rows:
                self.assertEqual(rows[0]["name"], move.display_name)

    def test_the_budgets_above_both_sides_stay(self):
        self._approve(self._move((self.travel_field, self.marketing, DECEMBER, 1_000)))
        self.assertEqual(self.travel_field.amount, 59_000)
        self.assertEqual(self.travel.amount, 119_000)
        self.assertEqual(self.marketing.amount, 121_000)
        self.assertEqual(self.budget.amount, 240_000)

    def test_a_month_gives_only_what_is_left(self):
        self._spend(self.kind_marketing, "2026-11-03", 7_000)
        self._spend(self.kind_marketing, "2026-11-04", 1_000, post=False)
        move = self._move((self.marketing, self.travel, NOVEMBER, 2_000.01))
        self.assertEqual(move.line_ids.left, 2_000)
        with self.assertRaisesRegex(UserError, "only .*2,000.00.* left in Nov"):
            move.action_request()
        move.line_ids.amount = 2_000
        self._approve(move)
        self.assertEqual(self._month(self.marketing, NOVEMBER), 8_000)

    def test_an_overspent_year_gives_nothing(self):
        self._spend(self.kind_marketing, "2026-03-03", 115_000)
        move = self._move((self.marketing, self.travel, DECEMBER, 5_000.01))
        with self.assertRaisesRegex(UserError, "only .*5,000.00.* left in Expense"):
            move.action_request()

    def test_months_that_are_over_neither_give_nor_get(self):
        move = self._move((self.marketing, self.travel, date(2026, 10, 1), 1))
        with self.assertRaisesRegex(UserError, "October 2026 is over"):
            move.action_request()

    def test_what_changes_meanwhile_stops_the_approval(self):
        move = self._move((self.marketing, self.travel, DECEMBER, 10_000))
        move.action_request()
        self._spend(self.kind_marketing, "2026-12-01", 1)
        self.env.invalidate_all()
        reviewer = move.sudo().review_ids.reviewer_ids[:1]
        with self.assertRaisesRegex(UserError, "left in Dec"), self.cr.savepoint():
            move.with_user(reviewer)._validate_tier()
        self.env.invalidate_all()
        self.assertEqual(move.state, "requested")
        self.assertEqual(self.marketing.amount, 120_000)

    def test_one_line_that_fails_moves_nothing(self):
        move = self._move(
            (self.marketing, self.travel, DECEMBER, 5_000),
            (self.travel_field, self.marketing, DECEMBER, 5_000.01),
        )
        with self.assertRaisesRegex(UserError, "left"):
            move.action_request()
        self.assertEqual(self.marketing.amount, 120_000)

    @mute_logger("odoo.sql_db")
    def test_money_does_not_move_to_nowhere(self):
        values = {"plan_id": self.budget_plan.id, "reason": "Test"}
        line = {"source_id": self.marketing.id, "month": DECEMBER, "amount": 5}
        moves = self.env["sales.budget.move"].with_user(self.director)
        with self.assertRaises(NotNullViolation), self.cr.savepoint():
            moves.create(values | {"line_ids": [Command.create(line)]})
        for dest, message in (
            (self.marketing, "cannot give money to itself"),
            (self.budget, "is part of"),
            (self.root, "is no budget of"),
        ):
            with self.assertRaisesRegex(ValidationError, message), self.cr.savepoint():
                self._move((self.marketing, dest, DECEMBER, 5))
        with self.assertRaisesRegex(ValidationError, "not a month of"):
            self._move((self.marketing, self.travel, date(2027, 1, 1), 5))
        with self.assertRaisesRegex(UserError, "Enter from which budget"):
            self._move().action_request()

    def test_an_amount_is_above_zero(self):
        for amount in (0, -5):
            with (
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self._move((self.marketing, self.travel, DECEMBER, amount))

    def test_money_moves_between_months_of_one_budget(self):
        move = self._move((self.marketing, self.travel, NOVEMBER, 3_000))
        move.line_ids.write({"dest_id": self.marketing.id, "dest_month": DECEMBER})
        self._approve(move)
        self.assertEqual(self._month(self.marketing, NOVEMBER), 7_000)
        self.assertEqual(self._month(self.marketing, DECEMBER), 13_000)
        self.assertEqual(self.marketing.amount, 120_000)

    def test_nobody_gives_away_the_money_of_others(self):
        with self.assertRaises(AccessError):
            self._move(
                (self.travel_other, self.travel_field, DECEMBER, 5), user=self.leader
            )
        lead = self._create_user("leader", login="lead_other")
        self.team_other.user_id = lead
        move = self._move(
            (self.travel_field, self.travel_department, DECEMBER, 5), user=self.leader
        )
        self.assertEqual(move.superior_id, self.director)
        with self.assertRaises(AccessError):
            move.with_user(lead).action_request()
        move.action_request()
        with self.assertRaises(UserError):
            move.action_approve()

    def test_a_request_that_was_sent_does_not_change(self):
        move = self._move((self.marketing, self.travel, DECEMBER, 5))
        move.action_request()
        for record, values in (
            (move, {"reason": "Other"}),
            (move.line_ids, {"amount": 6}),
        ):
            with self.assertRaisesRegex(UserError, "has been sent"):
                record.write(values)
        with self.assertRaisesRegex(UserError, "Cancel it instead"):
            move.unlink()
        move.action_cancel()
        self.assertEqual(move.state, "cancelled")
        with self.assertRaises(AccessError):
            move.state = "approved"

    def test_whoever_sends_a_move_does_not_approve_it(self):
        move = self._move(
            (self.travel_field, self.travel_department, DECEMBER, 5), user=self.leader
        )
        self.assertEqual(move.superior_id, self.director)
        move.with_user(self.other_director).line_ids.amount = 10
        move.with_user(self.other_director).action_request()
        self.assertEqual(move.user_id, self.other_director)
        self.assertNotIn(self.other_director, move.sudo().review_ids.reviewer_ids)

    def test_who_approves_does_not_write(self):
        move = self._move((self.travel_field, self.marketing, DECEMBER, 5))
        superior = self._create_user("salesperson", login="superior")
        move.sudo().superior_id = superior
        self.env.invalidate_all()
        self.assertEqual(move.with_user(superior).reason, "Test")
        for record in (move, move.line_ids):
            self.assertFalse(record.with_user(superior).has_access("write"))

    def test_a_proposal_takes_from_each_month_what_is_left(self):
        self._spend(self.kind_marketing, "2026-11-03", 5_000)
        moves = self.env["sales.budget.move"].with_user(self.director)
        move = moves._propose(
            self.marketing, self.travel, 3_000, date(2026, 6, 1), "More return"
        )
        self.assertEqual(move.state, "draft")
        self.assertEqual(
            [(line.month, line.amount) for line in move.line_ids],
            [(NOVEMBER, 1_000), (DECEMBER, 2_000)],
        )
        with self.assertRaisesRegex(UserError, "only .*15,000.00.* left"):
            moves._propose(self.marketing, self.travel, 15_000.01, NOVEMBER, "Too much")
