# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo.tests import HttpCase, tagged

from .staffing_common import StaffingCommon


@tagged("post_install", "-at_install")
class TestUiStaffing(StaffingCommon, HttpCase):
    """HR proposes a plan from the targets and submits it; the director approves it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staffing.sudo().unlink()
        cls.hr_user.sudo().password = "test_hr_user"

    def test_hr_makes_a_plan_that_the_director_approves(self):
        self._plan_this_year()
        self.job.no_of_recruitment = 0
        self.start_tour(
            "/odoo/action-sales_efficiency_team.sales_staffing_plan_action",
            "sales_staffing_of_hr",
            login="test_hr_user",
        )
        plan = self.env["sales.staffing.plan"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(plan.state, "submitted")
        self.assertEqual(plan.need, plan.head_count)
        self.start_tour(
            f"/odoo/sales.staffing.plan/{plan.id}",
            "sales_staffing_of_director",
            login="test_director",
        )
        plan.with_user(self.hr_manager)._validate_tier()
        self.assertEqual(plan.state, "approved")
        self.assertEqual(self.job.no_of_recruitment, plan.head_count)

    def _plan_this_year(self):
        """Start a fiscal year, and its targets, this month: the browser lives today."""
        start = self.company._get_sales_today().replace(day=1)
        last = start - relativedelta(days=1)
        self.company.write(
            {
                "fiscalyear_last_month": str(last.month),
                "fiscalyear_last_day": last.day,
            }
        )
        self.env.cr.execute(
            "UPDATE sales_target_plan SET state = 'draft' WHERE id = %s", [self.plan.id]
        )
        self.env.invalidate_all()
        sales = (last.replace(day=10), 800_000, self._of_seller())
        self._create_history(sales)
        plan = self.plan.create({"company_id": self.company.id, "date_from": start})
        self._create_target(
            plan_id=plan.id, team_id=self.team_field.id, amount=90_000_000
        )
        plan.target_ids.gap_reason = "Test"
        plan.action_submit()
        plan.action_start()
        self.env["sales.target.result"]._refresh(plan.target_ids)
