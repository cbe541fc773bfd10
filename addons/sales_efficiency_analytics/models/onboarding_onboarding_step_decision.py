# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    """First steps with decisions (policy 6.3.1)."""

    _inherit = "onboarding.onboarding.step"

    @api.model
    def _get_sales_step_decision(self):
        decisions = self.env["sales.decision"]
        count = 0
        if decisions.has_access("read"):
            count = decisions.search_count([("company_id", "=", self.env.company.id)])
        return {
            "is_done": bool(count),
            "state": count and self.env._("Decisions: %s", count),
            "is_allowed": decisions.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_decision(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_analytics.sales_decision_action"
        )
