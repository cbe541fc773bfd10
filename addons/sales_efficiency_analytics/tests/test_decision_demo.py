# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestDecisionDemo(DemoCase):
    """The demo company decides, and looks at what it brought."""

    def test_one_decision_was_measured_against_others(self):
        decision = self.env["sales.decision"].search([("state", "=", "measured")])
        self.assertEqual(decision.verdict, "helped", decision.problem)
        self.assertTrue(any(decision.compared_ids.mapped("likeness")))
        self.assertTrue(decision.has_roi)
        self.assertTrue(decision.action_ids)

    def test_others_are_in_other_states(self):
        decisions = self.env["sales.decision"].search([])
        self.assertLessEqual(
            {"submitted", "running", "measured", "closed"},
            set(decisions.mapped("state")),
        )

    def test_one_waits_for_the_director(self):
        waiting = self.env["sales.decision"].search([("state", "=", "submitted")])
        director = self.env.ref("sales_efficiency_base.user_grace_demo")
        self.assertIn(director, waiting.review_ids.reviewer_ids)
