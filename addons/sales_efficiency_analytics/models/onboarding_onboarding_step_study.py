# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    """First steps with analyses (policy 6.2)."""

    _inherit = "onboarding.onboarding.step"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_sales_step_study(self):
        studies = self.env["sales.study"]
        count = studies.search_count(
            [("company_id", "=", self.env.company.id), ("latest_id", "!=", False)]
        )
        return {
            "is_done": bool(count),
            "state": count and self.env._("Questions asked: %s", count),
            "is_allowed": studies.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_study(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_analytics.sales_study_template_ask_action"
        )
