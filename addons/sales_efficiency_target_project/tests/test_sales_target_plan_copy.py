# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, tagged

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetPlanCopy(SalesTargetCommon):
    def test_targets_of_projects_end_with_their_year_unless_they_are_taken_over(self):
        project = self.env["project.project"].create({"name": "Test Metro"})
        target = self._create_target(project_id=project.id, amount=12)
        wizard = self.env["sales.target.plan.copy"].with_user(self.director)
        form = Form(wizard.with_context(default_plan_id=self.plan.id))
        self.assertEqual(form.left_out_ids[:], target)
        action = form.save().action_copy()
        plan = self.env["sales.target.plan"].browse(action["res_id"])
        self.assertFalse(plan.target_ids.project_id)
        self.assertIn("Test Metro", plan.message_ids[0].body)
        plan.target_ids.unlink()
        form = Form(wizard.with_context(default_plan_id=self.plan.id))
        form.left_out_ids.clear()
        form.save().action_copy()
        self.assertEqual(plan.target_ids.project_id, project)
