# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesMartReconciliation(models.Model):
    """What a nightly check found different, by source, company and month."""

    _name = "sales.mart.reconciliation"
    _description = "Reconciliation of the Sales Data Mart"
    _order = "date desc, month desc, id desc"
    _log_access = False

    date = fields.Datetime(string="Checked On", readonly=True)
    source = fields.Char(readonly=True)
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    month = fields.Date(readonly=True)
    documents = fields.Integer(
        readonly=True, help="Documents whose figures differed and were repaired."
    )
    stored = fields.Monetary(
        string="Amount Before", readonly=True, help="Amount of the wrong figures."
    )
    expected = fields.Monetary(
        string="Amount After", readonly=True, help="Amount that the documents say."
    )

    @api.depends("date", "source")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.source} {record.month or ''}".strip()
