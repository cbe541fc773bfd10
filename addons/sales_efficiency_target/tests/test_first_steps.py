# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-15 12:00:00")
class TestFirstSteps(SalesEfficiencyCommon):
    """The steps of planning, for the director of a new company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_company = cls.env["res.company"].create(
            {"name": "New Company", "sales_tz": "UTC"}
        )
        cls.director.write(
            {
                "company_ids": [(4, cls.new_company.id)],
                "company_id": cls.new_company.id,
            }
        )
        cls.steps = cls.env["onboarding.onboarding.step"].with_user(cls.director)

    def _get_step(self, code):
        cockpit = self.env["sales.cockpit"].with_user(self.director)
        steps = cockpit.get_data()["panels"]["start"]["steps"]
        return next(step for step in steps if step["code"] == code)

    def _record_sales(self, day, amount):
        self.env["sales.history.line"].create(
            {"date": day, "amount": amount, "company_id": self.new_company.id}
        )
        self.env["sales.mart"]._refresh()

    def test_a_plan_is_proposed_from_the_sales_of_last_year(self):
        self._record_sales(date(2026, 3, 1), 70)
        self.assertFalse(self._get_step("plan")["proposal"], "sold this year only")
        self._record_sales(date(2025, 3, 1), 1_200)
        self._record_sales(date(2025, 4, 1), 2_400)
        self.assertTrue(self._get_step("plan")["proposal"])
        self.steps.action_accept_sales_plan()
        plan = self.env["sales.target.plan"].search(
            [("company_id", "=", self.new_company.id)]
        )
        self.assertRecordValues(
            plan, [{"date_from": date(2026, 1, 1), "state": "draft"}]
        )
        self.assertEqual(plan.target_ids.amount, 3_600)
        self.steps.action_accept_sales_plan()  # a second click
        self.assertEqual(
            self.env["sales.target.plan"].search_count(
                [("company_id", "=", plan.company_id.id)]
            ),
            1,
        )
        months = plan.target_ids.month_ids.sorted("month").mapped("amount")
        self.assertEqual(months[2:4], [1_200, 2_400])
        step = self._get_step("plan")
        self.assertTrue(step["is_done"])
        self.assertFalse(step["proposal"])

    def test_approval_is_done_when_a_plan_runs(self):
        self._record_sales(date(2025, 3, 1), 1_200)
        self.assertFalse(self._get_step("approval")["state"])
        self.steps.action_accept_sales_plan()
        self.assertIn("Draft", self._get_step("approval")["state"])
        action = self.steps.action_open_sales_approval()
        self.assertEqual(action["res_model"], "sales.target.plan")
        plan = self.env["sales.target.plan"].browse(action["res_id"])
        plan.with_user(self.director).action_submit()
        plan.with_user(self.director).action_start()
        self.assertEqual(plan.date_started, date(2026, 7, 15))
        self.assertTrue(self._get_step("approval")["is_done"])
