# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import attain


class SalesTargetResult(models.Model):
    """Figures cumulated since the start of the year (policy 2.2.1)."""

    _inherit = "sales.target.result"

    period_name = fields.Char(compute="_compute_period_name")
    cumulated_amount = fields.Float(
        string="Target Cumulated", digits=0, compute="_compute_cumulated"
    )
    cumulated_actual = fields.Float(
        string="Actual Cumulated", digits=0, compute="_compute_cumulated"
    )
    cumulated_attainment = fields.Float(
        string="Attainment Cumulated (%)",
        digits=(16, 1),
        compute="_compute_cumulated",
        help="Cumulated actual ÷ cumulated target.",
    )

    @api.depends_context("lang")
    @api.depends("period", "date_from")
    def _compute_period_name(self):
        for result in self:
            result.period_name = result._get_period_name(
                result.period, result.date_from
            )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_cumulated(self):
        """Add up the months until the end of each period: one query for all."""
        months = self.search(
            [("target_id", "in", self.target_id.ids), ("period", "=", "month")]
        ).grouped("target_id")
        for result in self:
            target, until = result.target_id, result.date_to
            elapsed = months.get(target, self.browse()).filtered(
                lambda month, until=until: month.date_to <= until
            )
            if not result.is_additive:
                elapsed = self.browse()
            amount = target._round(sum(elapsed.mapped("amount")))
            actual = target._round(sum(elapsed.mapped("actual")))
            result.cumulated_amount = amount
            result.cumulated_actual = actual
            result.cumulated_attainment = (
                attain(actual, amount, result.higher_is_better) or 0.0
            )
