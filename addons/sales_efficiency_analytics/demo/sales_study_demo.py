# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Ready question → login of the person who asks it
ASKED = {
    "best_customers": "grace",
    "sales_trend": "grace",
    "sales_forecast": "grace",
    "margin_by_size": "grace",
    "customers_explained": "grace",
    "customer_groups": "grace",
    "people": "kevin",
    "contacts": "kevin",
    "lines": "amy",
}


class SalesStudyDemo(models.AbstractModel):
    """Questions of the director, a team leader and a salesperson, with answers."""

    _name = "sales.study.demo"
    _description = "Study Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        studies = demo.env["sales.study"]
        if studies.search_count([("company_id", "=", demo.env.company.id)], limit=1):
            return  # Odoo can load demo data repeatedly
        for name, login in ASKED.items():
            user = self.env.ref(f"sales_efficiency_base.user_{login}_demo")
            study = studies.with_user(user).create(
                {
                    "template_id": self.env.ref(
                        f"sales_efficiency_analytics.sales_study_template_{name}"
                    ).id,
                    "company_id": demo.env.company.id,
                    "sharing": "team" if name == "people" else "none",
                    "is_monthly": name == "sales_forecast",
                }
            )
            study._ask()
            # As the job does; where libraries are missing, the study says so.
            study.latest_id.with_env(demo.env).sudo()._finish()
