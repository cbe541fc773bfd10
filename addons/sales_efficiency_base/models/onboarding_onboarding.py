# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

START = "sales_efficiency_base.onboarding_onboarding_start"


class OnboardingOnboarding(models.Model):
    _inherit = "onboarding.onboarding"

    @api.model
    def action_close_panel_sales_start(self):
        """Hide the first steps from the directors of the company."""
        self._get_sales_start()._search_or_create_progress().action_close()

    @api.model
    def action_show_panel_sales_start(self):
        """Show the first steps again, in the cockpit."""
        self._get_sales_start()._search_or_create_progress().is_onboarding_closed = (
            False
        )
        return self.env["ir.actions.client"]._for_xml_id(
            "sales_efficiency_base.sales_cockpit_action"
        )

    @api.model
    def _get_sales_start(self):
        """:return: the first steps of the company, as superuser"""
        if not self.env.user.has_group("sales_efficiency_base.group_sales_director"):
            raise AccessError(self.env._("The first steps are for the sales director."))
        # sudo: of onboardings, directors may only see and close this one.
        return self.env.ref(START).sudo()
