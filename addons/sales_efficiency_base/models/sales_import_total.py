# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesImportTotal(models.Model):
    """A total of the preview, by year, month or person."""

    _name = "sales.import.total"
    _inherit = "sales.import.part"
    _description = "Total of an Import"

    kind = fields.Selection(
        selection=[("year", "Year"), ("month", "Month"), ("person", "Person")],
        readonly=True,
    )
    name = fields.Char(readonly=True)
    row_count = fields.Integer(string="Rows", readonly=True)
    amount = fields.Float(digits=0, readonly=True)
    metric_id = fields.Many2one(
        comodel_name="sales.metric", readonly=True, ondelete="cascade"
    )
    metric_unit = fields.Char(compute="_compute_metric_unit")
    currency_id = fields.Many2one(related="import_id.currency_id")

    @api.depends("metric_id.unit")
    def _compute_metric_unit(self):
        for total in self:
            total.metric_unit = total.metric_id.unit or "currency"
