# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class OnboardingOnboardingStep(models.Model):
    """First steps with leads (policy 3.1.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "onboarding.onboarding.step"

    @api.model
    def _get_sales_step_leads(self):
        rules = self.env["sales.lead.rule"]
        count = self._count_lead_rules()
        return {
            "is_done": bool(count),
            "state": count and self.env._("Rules: %s", count),
            "proposal": not count and self.env._("Usual Rules"),
            "is_allowed": rules.has_access("create"),
        }

    @api.model
    @api.readonly
    def action_open_sales_leads(self):
        return self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_process.sales_lead_rule_action"
        )

    @api.model
    def action_accept_sales_leads(self):
        """Create rules that fit most companies."""
        if self._count_lead_rules():
            return  # Somebody else was faster.
        self.env["sales.lead.rule"].create(
            [
                {"name": name, "domain": domain, "points": points, "reason": reason}
                for name, domain, points, reason in self._get_usual_lead_rules()
            ]
        )

    @api.model
    def _count_lead_rules(self):
        companies = [self.env.company.id, False]
        return self.env["sales.lead.rule"].search_count(
            [("company_id", "in", companies)]
        )

    @api.model
    def _get_usual_lead_rules(self):
        """:return: list of (name, domain, points, reason)"""
        return [
            (
                self.env._("Recommended by customers"),
                repr([("source_id", "in", self._get_referral_sources().ids)]),
                30,
                self.env._("A customer recommended us"),
            ),
            (
                self.env._("Present customers"),
                repr([("partner_id.is_sales_customer", "=", True)]),
                20,
                self.env._("Buys from us already"),
            ),
            (
                self.env._("Can be reached"),
                repr([("email_from", "!=", False), ("phone", "!=", False)]),
                15,
                self.env._("We know e-mail and telephone"),
            ),
            (
                self.env._("Product line is known"),
                repr([("sales_categ_id", "!=", False)]),
                15,
                self.env._("We know what they need"),
            ),
            (
                self.env._("Met at fairs"),
                repr([("campaign_id.sales_type", "=", "fair")]),
                10,
                self.env._("Talked to us at a fair"),
            ),
            (
                self.env._("Old leads"),
                repr([("create_date", "<", "today -180d")]),
                -20,
                self.env._("Came in more than half a year ago"),
            ),
        ]

    @api.model
    def _get_referral_sources(self):
        sources = self.env["utm.source"]
        for name in (
            "sales_efficiency_process.utm_source_referral",
            "utm.utm_source_referral",
        ):
            sources |= self.env.ref(name, raise_if_not_found=False) or sources
        return sources
