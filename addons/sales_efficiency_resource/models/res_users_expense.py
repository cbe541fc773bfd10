# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_expense_team(self, company):
        """Return the sales team that the user's expenses count for: the first one that
        they belong to in the company, or else the first one that they lead."""
        self.ensure_one()
        # sudo: who belongs to which team is no secret, and whoever files a claim need
        # not be a salesperson.
        user = self.sudo()
        for teams in (user.crm_team_ids, user.sales_led_team_ids):
            if fitting := teams.filtered(
                lambda team: team.company_id in (company, company.browse())
            ):
                return fitting.sorted("sequence")[:1].with_env(self.env)
        return self.env["crm.team"]

    def _is_expense_person(self, company):
        """Return whether what the user spends is spent to sell."""
        self.ensure_one()
        # sudo: roles of others are not readable for everybody.
        sells = self.sudo().has_group("sales_efficiency_base.group_sales_person")
        return sells or bool(self._get_expense_team(company))
