# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    """First steps with needs (policy 3.2.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "onboarding.onboarding.step"

    @api.model
    def _get_sales_step_needs(self):
        weights = self.env["sales.need.weight"]
        domain = [("company_id", "=", self.env.company.id)]
        found = weights.search(domain)
        return {
            "is_done": bool(found),
            "state": found
            and self.env._(
                "Urgency %(urgency)g, importance %(importance)g, feasibility"
                " %(feasibility)g, fit %(fit)g",
                urgency=found.urgency,
                importance=found.importance,
                feasibility=found.feasibility,
                fit=found.fit,
            ),
            "proposal": not found and self.env._("Use 30, 30, 20 and 20"),
            "is_allowed": weights.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_needs(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_process.sales_need_weight_action"
        )

    @api.model
    def action_accept_sales_needs(self):
        weights = self.env["sales.need.weight"]
        company = self.env.company
        if not weights.search_count([("company_id", "=", company.id)], limit=1):
            weights.create({"company_id": company.id})
