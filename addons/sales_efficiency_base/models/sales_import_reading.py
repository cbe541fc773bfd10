# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesImportReading(models.Model):
    """One of several ways to read a column, shown on the user's own cells; or one of
    several groups of sheets, each with columns of its own."""

    _name = "sales.import.reading"
    _inherit = "sales.import.part"
    _description = "Reading of an Imported Column"
    _answers = ("is_chosen",)

    field_name = fields.Char(readonly=True, export_string_translation=False)
    key = fields.Char(readonly=True, export_string_translation=False)
    heading = fields.Char(string="Column", readonly=True)
    name = fields.Char(string="Format", readonly=True)
    samples = fields.Char(string="In the File", readonly=True)
    results = fields.Char(string="Is Read As", readonly=True)
    is_chosen = fields.Boolean(string="Right")

    def action_choose(self):
        """Read the column like this, or these sheets, and go on."""
        self.ensure_one()
        record = self.import_id
        others = (record.reading_ids + record.sheet_ids).filtered(
            lambda line: line.field_name == self.field_name
        )
        (others - self).is_chosen = False
        self.is_chosen = True
        if self in record.sheet_ids:
            record._forget_answers()
        return record.action_continue()
