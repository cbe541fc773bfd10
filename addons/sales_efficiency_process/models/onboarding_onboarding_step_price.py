# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    """First step with prices: what the company sells for at least (policy 3.3.1)."""

    _inherit = "onboarding.onboarding.step"

    @api.model
    def _get_sales_step_price_floor(self):
        floors = self.env["sales.price.floor"]
        count = floors.search_count(self._get_sales_floor_domain())
        return {
            "is_done": bool(count),
            "state": count and self.env._("Floors: %s", count),
            "proposal": not count and self.env._("Sell Nothing below Its Cost"),
            "is_allowed": floors.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_price_floor(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_process.sales_price_floor_action"
        )

    @api.model
    def action_accept_sales_price_floor(self):
        floors = self.env["sales.price.floor"]
        if not floors.search_count(self._get_sales_floor_domain(), limit=1):
            floors.create(
                {
                    "company_id": self.env.company.id,
                    "basis": "margin",
                    "least_margin": 0.0,
                }
            )

    @api.model
    def _get_sales_floor_domain(self):
        return [("company_id", "=", self.env.company.id), ("current_id", "=", False)]

    @api.model
    def _get_sales_step_after_sales(self):
        company = self.env.company
        terms = self.env["sales.quotation.term"]
        count = terms.search_count([("company_id", "=", company.id)])
        return {
            "is_done": bool(count),
            "state": count and self.env._("After-sales terms: %s", count),
            "is_allowed": terms.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_after_sales(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_process.sales_quotation_term_action"
        )
