# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    """First steps with visits (policy 3.1.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "onboarding.onboarding.step"

    @api.model
    def _get_sales_step_visits(self):
        rules = self.env["sales.visit.rule"]
        domain = [("company_id", "=", self.env.company.id)]
        count = rules.search_count(domain)
        # sudo: only whether there are any
        visits = self.env["sales.visit"].sudo().search_count(domain, limit=1)
        return {
            "is_done": bool(count or visits),
            "state": count and self.env._("Rules: %s", count),
            "proposal": not count and self.env._("Ask for a Goal"),
            "is_allowed": rules.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_visits(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_process.sales_visit_rule_action"
        )

    @api.model
    def action_accept_sales_visits(self):
        """Ask for a goal of each visit, without blocking anybody."""
        rules = self.env["sales.visit.rule"]
        if not rules.search_count([("company_id", "=", self.env.company.id)], limit=1):
            rules.create({"name": self.env._("Each visit has a goal"), "goal_count": 1})
