# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestTrainingDemo(DemoCase):
    """The demo company trains its people."""

    def test_there_are_courses_of_each_topic(self):
        courses = self.env["sales.training.course"].search([])
        topics = courses._fields["topic"].get_values(self.env)
        self.assertEqual(set(courses.mapped("topic")), set(topics))

    def test_sessions_were_held_and_are_to_come(self):
        sessions = self.env["sales.training.session"].search([])
        self.assertEqual(set(sessions.mapped("state")), {"open", "done"})
        self.assertTrue(sum(sessions.mapped("waiting_count")))
        self.assertTrue(any(sessions.mapped("effect_months")))

    def test_one_training_plan_is_approved_and_one_waits(self):
        plans = self.env["sales.training.plan"].search([])
        self.assertEqual(set(plans.mapped("state")), {"approved", "submitted"})
        self.assertGreater(plans[0].planned_cost, 0)
