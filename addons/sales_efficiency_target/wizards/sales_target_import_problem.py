# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesTargetImportProblem(models.TransientModel):
    """A cell of a workbook that cannot be imported, with the reason."""

    _name = "sales.target.import.problem"
    _inherit = "sales.guard.mixin"
    _description = "Import Error"
    _order = "row, id"

    import_id = fields.Many2one(
        comodel_name="sales.target.import",
        required=True,
        index=True,
        ondelete="cascade",
    )
    row = fields.Integer(aggregator=None)
    cell = fields.Char(help="Cell in the sheet, e.g. F12.")
    reason = fields.Char()
