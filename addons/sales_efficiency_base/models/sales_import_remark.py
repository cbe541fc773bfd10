# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesImportRemark(models.Model):
    """A cell to correct, a row that is left out, or a note."""

    _name = "sales.import.remark"
    _inherit = "sales.import.part"
    _description = "Remark on an Import"

    kind = fields.Selection(
        selection=[
            ("problem", "To correct"),
            ("left_out", "Left out"),
            ("note", "Note"),
        ],
        string="What",
        readonly=True,
    )
    sheet = fields.Char(readonly=True)
    row = fields.Integer(readonly=True, aggregator=None)
    cell = fields.Char(readonly=True, help="Cell in the sheet, e.g. F12.")
    heading = fields.Char(string="Column", readonly=True)
    value = fields.Char(string="In the File", readonly=True)
    reason = fields.Char(readonly=True)
