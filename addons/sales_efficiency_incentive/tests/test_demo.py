# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestDemo(DemoCase):
    """The demo company has agreed on three plans, and one change waits."""

    def test_three_plans_have_approved_terms_and_people(self):
        plans = self.env["sales.incentive.plan"].search([])
        self.assertEqual(len(plans), 3)
        self.assertTrue(all(plan.version_id for plan in plans))
        self.assertEqual(sum(plans.mapped("assignment_count")), 11)
        self.assertTrue(plans.assignment_ids.filtered("draw_amount"))

    def test_a_change_waits_for_the_director(self):
        version = self.env["sales.incentive.version"].search(
            [("state", "=", "submitted")]
        )
        self.assertEqual(len(version), 1)
        grace = self.env.ref("sales_efficiency_base.user_grace_demo")
        self.assertIn(grace, version.reviewer_ids)

    def test_some_letters_are_not_accepted_yet(self):
        letters = self.env["sales.incentive.acceptance"].search([])
        states = set(letters.mapped("state"))
        self.assertEqual(states, {"open", "accepted"})
        undecided = letters.filtered(lambda letter: letter.state == "open").user_id
        self.assertEqual(set(undecided.mapped("login")), {"emily", "eric"})
