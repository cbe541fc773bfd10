# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_efficiency_base.tools import format_period


class SalesTargetAdjustmentLine(models.Model):
    """A month in a request to adjust a target."""

    _name = "sales.target.adjustment.line"
    _inherit = "sales.guard.mixin"
    _description = "Month of an Adjustment"
    _order = "adjustment_id, month"
    _fixed_fields = ("adjustment_id", "month", "present_amount")

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
        "UNIQUE (adjustment_id, month)", "Each month can be adjusted only once."
    )

    @api.constrains("month", "present_amount")
    def _check_present_amount(self):
        """Check that the present figure is the one of the target."""
        for adjustment, lines in self.grouped("adjustment_id").items():
            # Check access before comparing, or users could guess figures.
            # Not as superuser: lines may be written as one.
            adjustment.target_id.sudo(False)._check_is_in_charge()
            # sudo: users who may request the adjustment may read the target's months.
            target = adjustment.target_id.sudo()
            present = {line.month: line.amount for line in target.month_ids}
            for line in lines:
                if line.month not in present:
                    raise ValidationError(
                        self.env._(
                            "%(month)s is not a month of %(plan)s.",
                            month=format_period(self.env, line.month),
                            plan=target.plan_id.name,
                        )
                    )
                if target._round(line.present_amount - present[line.month]):
                    raise ValidationError(
                        self.env._(
                            "The target has changed since this form was opened. Try"
                            " again."
                        )
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
