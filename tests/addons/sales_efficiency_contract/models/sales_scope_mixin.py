# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesScopeMixin(models.AbstractModel):
    _inherit = "sales.scope.mixin"

    kind_id = fields.Many2one(
        comodel_name="sales.store.check.kind",
        string="Kind of Check",
        index="btree_not_null",
        ondelete="restrict",
        dimension="kind",
        in_cells=True,
    )
