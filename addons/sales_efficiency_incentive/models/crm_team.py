# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    sales_incentive_analytic_id = fields.Many2one(
        comodel_name="account.analytic.account",
        string="Analytic Account of Incentives",
        company_dependent=True,
        check_company=True,
        groups="analytic.group_analytic_accounting",
        help="By default that of the parent team. Everybody who reads analytic items"
        " sees what the team is paid in all.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        teams._note_served_pools(*vals_list)
        return teams

    def write(self, vals):
        res = super().write(vals)
        self._note_served_pools(vals)
        return res

    @api.model
    def _note_served_pools(self, *vals_list):
        """Sales support shares the pools of the teams that they serve."""
        if any("sales_support_ids" in vals for vals in vals_list):
            self.env["crm.team.member"]._note_incentive_pools()

    def _get_incentive_analytic_account(self, company):
        """:return: the analytic account of the team, or of the nearest team above"""
        # sudo: who is accounted where is no secret to those who post.
        team = self.sudo().with_company(company)
        while team and not team.sales_incentive_analytic_id:
            team = team.parent_id
        return team.sales_incentive_analytic_id
