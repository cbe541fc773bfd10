# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class CrmTeamMember(models.Model):
    """Which product lines a member sells: who may serve which customer."""

    _inherit = "crm.team.member"

    sales_category_ids = fields.Many2many(
        comodel_name="product.category",
        relation="crm_team_member_sales_category_rel",
        string="Product Lines Sold",
        help="Leave empty if the person sells all product lines.",
    )

    def _get_sales_region(self):
        """:return: the region of the team, or else of one above"""
        # sudo: the regions of teams are not confidential.
        team = self.sudo().crm_team_id
        while team and not team.sales_region_id:
            team = team.parent_id
        return team.sales_region_id.with_env(self.env)
