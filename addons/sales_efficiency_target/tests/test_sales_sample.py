# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo.tests import new_test_user, tagged

from odoo.addons.sales_efficiency_base.demo.sales_sample import STEPS
from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-15 12:00:00")
class TestSalesSample(SalesEfficiencyCommon):
    def test_the_sample_has_a_plan_that_runs_and_goes_with_it(self):
        company = self.env["res.company"].create({"name": "New Company"})
        administrator = new_test_user(
            self.env,
            login="test_administrator",
            groups="base.group_system,sales_efficiency_base.group_sales_director",
            company_id=company.id,
        )
        sample = self.env["sales.sample"].with_user(administrator)
        for step in STEPS:
            sample.load_step(step)
            self.env["sales.mart"]._refresh()
        plan = self.env["sales.target.plan"].search([("company_id", "=", company.id)])
        self.assertRecordValues(
            plan, [{"state": "running", "user_id": administrator.id}]
        )
        self.assertEqual(len(plan.target_ids.user_id), 7)
        self.env["sales.target.result"]._refresh_running()
        self.env["sales.alert"]._evaluate_rules()
        panels = self.env["sales.cockpit"].with_user(administrator).get_data()["panels"]
        self.assertTrue(panels["figures"])
        for step in reversed(STEPS):
            sample.remove_step(step)
            self.env["sales.mart"]._refresh()
        self.assertFalse(plan.exists())
        self.assertEqual(sample.get_state(), "possible")
        people = self.env["res.users"].with_context(active_test=False)
        self.assertFalse(people.search([("login", "=like", f"sample-%-{company.id}")]))
