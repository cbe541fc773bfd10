# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .expense_benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 12:00:00")
class TestExpenseBenefitProposal(BenefitCommon):
    """A part of a budget goes to where money returns more (policy 5.3.3)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._start_budgets()

    def _spend_and_sell(self):
        """Field: 1,000 → 1,500 alongside margin 2,000 → 6,000, so 8 each; Other:
        1,000 → 2,000 alongside 2,000 → 3,000, so 1 each; all marketing little moved"""
        for day, field, other in (("2025-02-10", 1, 1), ("2026-02-10", 1.5, 2)):
            self._spend(self.kind_travel, day, 1000 * field, team=self.team_field)
            self._spend(self.kind_travel, day, 1000 * other, team=self.team_other)
            self._spend(self.kind_marketing, day, 1000)
        for day, field, other in (("2025-03-01", 50, 50), ("2026-03-01", 150, 75)):
            self._sell(field, day)
            self._sell(other, day, user=self.outsider)
        self.env["sales.mart"]._refresh()

    def _propose(self, user=None):
        boards = self.env["sales.expense.benefit"].with_user(user or self.director)
        action = boards.action_propose()
        return boards.env[action["res_model"]].browse(action["res_id"])

    def test_money_moves_from_the_least_to_the_most_return(self):
        self._spend_and_sell()
        proposal = self._propose()
        self.assertEqual(proposal.measure, "marginal")
        self.assertEqual(proposal.source_id.target_id, self.travel_other)
        self.assertEqual(proposal.dest_id.target_id, self.travel_field)
        self.assertEqual(proposal.source_id.marginal, 1)
        self.assertEqual(proposal.dest_id.marginal, 8)
        # 20 % of 60,000
        self.assertEqual(proposal.amount, 12_000)
        self.assertEqual(str(proposal.date_from), "2026-07-01")
        self.assertIn("8.00", proposal.reckoning)
        self.assertIn("alongside", proposal.reason)

    def test_the_reckoning_names_every_budget_that_can_give(self):
        self._spend_and_sell()
        proposal = self._propose()
        marketing = proposal.line_ids.filtered(
            lambda line: line.target_id == self.marketing
        )
        self.assertEqual(marketing.marginal_text, "Spending moved by less than 10 %")
        self.assertEqual(marketing.spent, 1000)
        self.assertEqual(marketing.left, 119_000)
        self.assertEqual(
            proposal.line_ids.target_id,
            self.marketing + self.travel_field + self.travel_other,
        )

    def test_the_move_is_a_draft_of_the_budgets(self):
        self._spend_and_sell()
        action = self._propose().action_draft()
        move = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(move._name, "sales.budget.move")
        self.assertEqual(move.state, "draft")
        self.assertEqual(move.amount, 12_000)
        self.assertEqual(move.line_ids.source_id, self.travel_other)
        self.assertEqual(move.line_ids.dest_id, self.travel_field)
        self.assertEqual(self.travel_other.amount, 60_000)

    def test_the_user_chooses_other_budgets_and_an_amount(self):
        self._spend_and_sell()
        proposal = self._propose()
        marketing = proposal.line_ids.filtered(
            lambda line: line.target_id == self.marketing
        )
        with Form(proposal) as form:
            form.source_id = marketing
            self.assertEqual(form.amount, 24_000)
            form.amount = 500
            form.reason = "A trial"
        move = self.env["sales.budget.move"].browse(proposal.action_draft()["res_id"])
        self.assertEqual((move.amount, move.reason), (500, "A trial"))
        self.assertEqual(move.line_ids.source_id, self.marketing)

    def test_more_than_a_fifth_is_refused(self):
        self._spend_and_sell()
        proposal = self._propose()
        for amount in (12_000.01, 0, -5):
            proposal.amount = amount
            with self.assertRaises(ValidationError):
                proposal.action_draft()
        proposal.write({"amount": 100, "dest_id": proposal.source_id.id})
        with self.assertRaisesRegex(ValidationError, "two different"):
            proposal.action_draft()
        self.assertFalse(self.env["sales.budget.move"].search_count([]))

    def test_no_more_moves_than_is_left(self):
        self._spend_and_sell()
        # What is left of July to December: 5,000 a month
        for month in range(7, 13):
            self._spend(
                self.kind_travel, f"2026-{month:02}-10", 4000, team=self.team_other
            )
        proposal = self._propose()
        proposal.source_id = proposal.line_ids.filtered(
            lambda line: line.target_id == self.travel_other
        )
        self.assertEqual(proposal.limit, 6000)

    def test_without_marginal_returns_the_average_is_compared(self):
        self._spend(self.kind_travel, "2026-02-10", 1000, team=self.team_field)
        self._spend(self.kind_travel, "2026-02-10", 1000, team=self.team_other)
        self._sell(100, "2026-03-01")
        self._sell(50, "2026-03-01", user=self.outsider)
        self.env["sales.mart"]._refresh()
        proposal = self._propose()
        self.assertEqual(proposal.measure, "average")
        self.assertEqual(proposal.dest_id.target_id, self.travel_field)
        self.assertEqual(proposal.dest_id.average, 4)
        self.assertEqual(
            proposal.source_id.marginal_text, "Nothing was spent last year"
        )

    def test_the_user_compares_in_the_other_way(self):
        self._spend_and_sell()
        with Form(self._propose()) as form:
            form.measure = "average"
            # Margin of Other 3,000 on 2,000; of all, beside marketing, 9,000 on 1,000
            self.assertEqual(form.source_id.target_id, self.travel_other)
            self.assertEqual(form.dest_id.average, 9)
            self.assertIn("Each unit spent", form.reckoning)

    def test_where_nothing_was_spent_nothing_is_proposed(self):
        proposal = self._propose()
        self.assertFalse(proposal.source_id or proposal.dest_id)
        self.assertIn("Fewer than two", proposal.reckoning)
        with self.assertRaises(UserError):
            proposal.action_draft()

    def test_without_a_running_budget_there_is_nothing_to_propose(self):
        self.budget_plan.sudo().state = "closed"
        with self.assertRaisesRegex(UserError, "No budget plan runs"):
            self._propose()
        self.assertFalse(self._get_board()["can_propose"])

    def test_a_leader_moves_only_money_of_the_own_budgets(self):
        with self.assertRaisesRegex(UserError, "in charge"):
            self._propose(self.leader)

    def test_the_reckoning_cannot_be_written(self):
        proposal = self._propose()
        with self.assertRaises(AccessError):
            proposal.line_ids[0].amount = 1
        with self.assertRaises(AccessError):
            proposal.with_user(self.leader).read(["amount"])

    def test_many_budgets_take_as_many_queries_as_three(self):
        self._spend_and_sell()
        self._propose()
        self.env.invalidate_all()
        start = self.env.cr.sql_log_count
        self._propose()
        self.env.flush_all()
        queries = self.env.cr.sql_log_count - start
        self.budget_plan.sudo().state = "draft"
        teams = self.env["crm.team"].create([{"name": f"T{n}"} for n in range(10)])
        for team in teams:
            self._create_budget(
                parent_id=self.marketing.id,
                expense_kind_id=self.kind_marketing.id,
                team_id=team.id,
            )
        self.budget_plan.sudo().state = "running"
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(queries):
            self._propose()
