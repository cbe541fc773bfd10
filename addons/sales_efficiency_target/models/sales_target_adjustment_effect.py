# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesTargetAdjustmentEffect(models.Model):
    """What an adjustment does to the target and to those above (policy 2.3.2)."""

    _name = "sales.target.adjustment.effect"
    _description = "Effect of an Adjustment"
    _order = "adjustment_id, id"

    adjustment_id = fields.Many2one(
        comodel_name="sales.target.adjustment",
        required=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="adjustment_id.currency_id")
    metric_unit = fields.Selection(related="adjustment_id.metric_unit")
    name = fields.Char(string="Target Of")
    amount_before = fields.Float(string="Year Before", digits=0)
    amount_after = fields.Float(string="Year After", digits=0)
    gap_after = fields.Float(
        digits=0, help="Sum of the parts less the target, after the adjustment."
    )
    attainment_before = fields.Float(
        string="Attainment Before (%)",
        digits=(16, 1),
        help="Actual of the year so far ÷ target of the year.",
    )
    attainment_after = fields.Float(string="Attainment After (%)", digits=(16, 1))
