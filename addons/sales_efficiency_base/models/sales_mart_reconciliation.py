# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesMartReconciliation(models.Model):
    """Differences found by a nightly check, by source, company and month."""

    _name = "sales.mart.reconciliation"
    _description = "Reconciliation of the Sales Data Mart"
    _order = "date desc, month desc, id desc"
    _log_access = False

    date = fields.Datetime(string="Checked On", readonly=True)
    source = fields.Selection(selection="_selection_source", readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True)
    documents = fields.Integer(
        readonly=True, help="Documents with wrong figures, now repaired."
    )
    stored = fields.Monetary(
        string="Amount Before", readonly=True, help="Amount shown before the repair."
    )
    expected = fields.Monetary(
        string="Amount After", readonly=True, help="Amount according to the documents."
    )

    @api.model
    def _selection_source(self):
        return self.env["sales.fact"]._fields["source"]._description_selection(self.env)

    @api.depends_context("lang")
    @api.depends("month", "source")
    def _compute_display_name(self):
        sources = dict(self._selection_source())
        for record in self:
            name = sources.get(record.source, "")
            record.display_name = f"{name} {record.month or ''}".strip()
