# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesMartReconciliation(models.Model):
    """The log of checks says, too, what the data rules have found."""

    _inherit = "sales.mart.reconciliation"

    checked = fields.Integer(
        string="Data Checks", readonly=True, help="Records checked by data rules."
    )
    issues = fields.Integer(
        string="Data Issues", readonly=True, help="Checks that have found an issue."
    )
    data_score = fields.Float(
        string="Data Quality (%)",
        compute="_compute_data_score",
        digits=(16, 2),
        help="Checked without issue ÷ checked.",
    )

    @api.model
    def _selection_source(self):
        sources = super()._selection_source()
        known = {code for code, _label in sources}
        rules = self.env["sales.data.rule"]._selection_source()
        return sources + [item for item in rules if item[0] not in known]

    @api.depends("checked", "issues")
    def _compute_data_score(self):
        for log in self:
            right = log.checked - log.issues
            log.data_score = 100 * right / log.checked if log.checked else 0.0
