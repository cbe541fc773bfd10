# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY


class SalesGradingDemo(models.AbstractModel):
    """Grades the customers of the demo company: three months ago and today, with moves
    between; one override holds, one waits for the director."""

    _name = "sales.grading.demo"
    _description = "Customer Grading Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        company = demo.env.company
        if demo.env["sales.grading"].search_count(
            [("company_id", "=", company.id)], limit=1
        ):
            return  # Odoo can load demo data repeatedly
        demo._load_classes()
        grading = demo.env["sales.grading"].create(
            {"name": demo.env._("All Customers")}
        )
        today = company._get_sales_today()
        demo._grade(grading, today - relativedelta(months=3))
        demo._grade(grading, today)
        demo._override()

    def _load_classes(self):
        classes = self.env["sales.customer.class"]
        classes.create(
            [
                {
                    "name": self.env._("Agents"),
                    "sequence": 1,
                    "is_automatic": True,
                    "domain": "[('sales_channel_id.kind', '=', 'agent')]",
                    "company_id": self.env.company.id,
                },
                {
                    "name": self.env._("Companies"),
                    "sequence": 2,
                    "is_automatic": True,
                    "domain": "[('is_company', '=', True), ('user_id', '!=', False)]",
                    "company_id": self.env.company.id,
                },
                {
                    "name": self.env._("Strategic Partners"),
                    "sequence": 3,
                    "company_id": self.env.company.id,
                },
            ]
        )
        classes.action_assign()

    def _grade(self, grading, day):
        run = self.env["sales.grading.run"].create(
            {"grading_id": grading.id, "date": day}
        )
        run.action_compute()
        run.with_user(self._get("grace")).action_confirm()

    def _override(self):
        """Amy's customers: one is held one grade higher, for another it is asked."""
        grades = self.env["sales.grade"]._find_grades(self.env.company)
        periods = self.env["sales.customer.grade"].search(
            [
                ("partner_id.user_id", "=", self._get("amy").id),
                ("date_to", "=", False),
                ("grade_id", "not in", (grades[0] | grades[-1]).ids),
            ],
            order="score desc, id",
            limit=2,
        )
        reasons = (
            self.env._("Signed a framework contract that starts next quarter."),
            self.env._("Tests our sensors for a new plant: a large order is near."),
        )
        for number, (period, reason) in enumerate(zip(periods, reasons, strict=False)):
            override = (
                self.env["sales.grade.override"]
                .with_user(self._get("amy"))
                .create(
                    {
                        "partner_id": period.partner_id.id,
                        "grade_id": grades[grades.ids.index(period.grade_id.id) - 1].id,
                        "reason": reason,
                        "company_id": self.env.company.id,
                    }
                )
            )
            override.action_submit()
            if not number:
                self.env.invalidate_all()  # as in a request of her own
                override.with_user(self._get("grace"))._validate_tier()

    def _get(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")
