# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesScopeMixin(models.AbstractModel):
    """Major projects as a dimension of targets and figures (policy 2.1.2)."""

    _inherit = "sales.scope.mixin"

    project_id = fields.Many2one(
        comodel_name="project.project",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('is_template', '=', False)]",
        dimension="project",
        responsible="user_id",
    )

    @api.model
    def _get_plurals(self):
        return super()._get_plurals() | {"project_id": self.env._("Projects")}

    def _get_implied_customers(self):
        """Add the customer of the project."""
        customer = self.project_id.partner_id.commercial_partner_id
        return super()._get_implied_customers() | customer
