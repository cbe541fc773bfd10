# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestExpenseControlDemo(DemoCase):
    """The demo company has rules, and claims in each step of approval."""

    def test_there_are_claims_in_each_step(self):
        amy = self.env.ref("sales_efficiency_base.employee_amy_demo")
        states = self.env["hr.expense"].search([]).mapped("state")
        self.assertLessEqual({"draft", "submitted", "refused"}, set(states))
        own = self.env["hr.expense"].search([("employee_id", "=", amy.id)])
        self.assertIn("draft", own.mapped("state"))

    def test_a_claim_over_budget_waits_for_the_director(self):
        claims = self.env["hr.expense"].search(
            [("sales_submitted_status", "=", "exceeded"), ("state", "=", "submitted")]
        )
        waiting = claims.filtered(lambda claim: claim.validation_status == "pending")
        director = self.env.ref("sales_efficiency_base.user_grace_demo")
        self.assertIn(director, waiting.reviewer_ids)
        self.assertTrue(waiting.sales_excess_reason)

    def test_rules_inform_ask_and_block(self):
        effects = self.env["sales.expense.rule"].search([]).mapped("effect")
        self.assertEqual(set(effects), {"inform", "approval", "block"})
