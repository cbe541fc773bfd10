# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTargetAdjustmentLine(models.Model):
    """A month in a request to adjust a target."""

    _name = "sales.target.adjustment.line"
    _description = "Month of an Adjustment"
    _order = "adjustment_id, month"

    adjustment_id = fields.Many2one(
        comodel_name="sales.target.adjustment",
        required=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="adjustment_id.currency_id")
    metric_unit = fields.Selection(related="adjustment_id.metric_unit")
    month = fields.Date(required=True)
    present_amount = fields.Float(string="Present", digits=0)
    amount = fields.Float(string="New", digits=0)

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "A target cannot be negative."
    )
    _month_uniq = models.Constraint(
        "UNIQUE (adjustment_id, month)", "Each month is adjusted once."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.adjustment_id._check_is_draft()
        return lines

    def write(self, vals):
        self.adjustment_id._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.adjustment_id._check_is_draft()
