# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesDecisionPoint(models.Model):
    """The mean of those affected, or of the others, in a month."""

    _name = "sales.decision.point"
    _inherit = "sales.guard.mixin"
    _description = "Month of an Effect"
    _order = "effect_id, month, side"

    effect_id = fields.Many2one(
        comodel_name="sales.decision.effect",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    decision_id = fields.Many2one(
        related="effect_id.decision_id", store=True, index=True
    )
    company_id = fields.Many2one(related="effect_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    metric_unit = fields.Selection(related="effect_id.metric_id.unit", string="Unit")
    month = fields.Date(readonly=True)
    side = fields.Selection(
        selection=[("affected", "Affected"), ("compared", "Compared With")],
        readonly=True,
    )
    value = fields.Float(
        string="Mean of Each", digits=0, readonly=True, aggregator="avg"
    )
    is_after = fields.Boolean(string="Since the Start", readonly=True)
