# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesImportColumn(models.Model):
    """A column of an imported file, and the field that it fills."""

    _name = "sales.import.column"
    _inherit = "sales.import.part"
    _description = "Column of an Import"
    _order = "place, id"
    _answers = ("key",)

    place = fields.Integer(readonly=True, help="Number of the column, from 0.")
    name = fields.Char(string="Heading", readonly=True)
    samples = fields.Char(string="Examples", readonly=True)
    results = fields.Char(string="Is Read As", readonly=True)
    choices = fields.Json(readonly=True, export_string_translation=False)
    key = fields.Selection(
        selection=lambda self: self.env["sales.import"]._selection_columns(),
        string="Means",
        help="Leave it empty for a column that is not needed.",
    )

    def _filter_possible(self):
        return self.filtered(lambda line: not line.key or line.key in line.choices)

    def _get_field_name(self):
        return (self.key or "").partition(".")[2]
