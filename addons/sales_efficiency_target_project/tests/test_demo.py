# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestDemo(DemoCase):
    """The demo company has a major project, with milestones around today."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plans = cls.env["sales.target.plan"].search(
            [("company_id", "=", cls.company.id)]
        )
        cls.running = plans.filtered(lambda plan: plan.state == "running")
        cls.draft = plans.filtered(lambda plan: plan.state == "draft")

    def test_a_major_project_has_milestones_and_orders(self):
        target = self.running.target_ids.filtered("project_id")
        milestones = target.project_id.milestone_ids
        statuses = milestones.sorted("deadline").mapped("sales_status")
        self.assertLessEqual({"reached", "overdue", "slipped"}, set(statuses))
        self.assertEqual(sum(milestones.mapped("sales_weight")), 100)
        self.assertTrue(milestones.activity_ids)
        facts = self.env["sales.fact"].search(
            [("project_id", "=", target.project_id.id), ("source", "=", "order")]
        )
        self.assertGreater(sum(facts.mapped("amount")), 0)

    def test_it_goes_on_in_the_next_year(self):
        target = self.running.target_ids.filtered("project_id")
        coming = self.draft.target_ids.filtered("project_id")
        self.assertEqual(coming.project_id, target.project_id)
        self.assertGreater(coming.amount, target.amount)
        self.assertFalse(target.is_adjusted)
