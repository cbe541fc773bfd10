# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesScopeMixin(models.AbstractModel):
    """Where leads come from, as a dimension of figures and targets (policy 3.1.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.scope.mixin"

    utm_source_id = fields.Many2one(
        comodel_name="utm.source",
        string="Source of the Lead",
        index="btree_not_null",
        ondelete="restrict",
        dimension="lead_source",
    )

    @api.model
    def _get_plurals(self):
        return super()._get_plurals() | {"utm_source_id": self.env._("Lead sources")}
