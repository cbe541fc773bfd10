# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestFeedbackDemo(DemoCase):
    """The demo company tells its people, and somebody improves."""

    def test_talks_are_held_and_noted(self):
        talks = self.env["sales.appraisal.talk"].search([])
        self.assertEqual(set(talks.mapped("state")), {"held"})
        self.assertTrue(any(talks.mapped("strengths")))
        self.assertTrue(any(talks.mapped("improvements")))

    def test_one_objects_and_a_superior_is_to_decide(self):
        objection = self.env["sales.appraisal.objection"].search([])
        self.assertEqual(objection.state, "open")
        self.assertTrue(objection.with_user(objection.judge_id).can_decide)

    def test_a_plan_runs_with_goals_and_steps(self):
        plan = self.env["sales.improvement.plan"].search([("state", "=", "running")])
        self.assertEqual(len(plan), 1)
        self.assertTrue(plan.goal_ids)
        self.assertGreaterEqual(len(plan.action_ids), 2)
        self.assertTrue(all(plan.goal_ids.mapped("is_measured")))
