# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesImportPart(models.AbstractModel):
    """A question or an answer of an import."""

    _name = "sales.import.part"
    _inherit = "sales.guard.mixin"
    _description = "Part of an Import"
    _order = "id"
    _protects_readonly = False
    # Fields that users answer in
    _answers = ()

    import_id = fields.Many2one(
        comodel_name="sales.import", required=True, index=True, ondelete="cascade"
    )

    def write(self, vals):
        res = super().write(vals)
        if not set(self._answers).isdisjoint(vals):
            self.import_id._ask_again()
        return res
