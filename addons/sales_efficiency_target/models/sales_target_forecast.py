# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTargetForecast(models.Model):
    """Expected growth of a market, as a ground of a plan (policy 2.1.1)."""

    _name = "sales.target.forecast"
    _inherit = "sales.target.growth.mixin"
    _description = "Market Forecast of a Sales Target Plan"
    _order = "plan_id, sequence, id"
    _check_company_auto = True

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    sequence = fields.Integer(default=10)
    source = fields.Char(help="Where the figure comes from, e.g. an industry report.")

    _market_uniq = models.UniqueIndex(
        "(plan_id, COALESCE(region_id, 0), COALESCE(categ_id, 0))",
        "The plan already has a forecast for this region and product line. Change that"
        " one.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        forecasts = super().create(vals_list)
        forecasts._check_can_change()
        return forecasts

    def write(self, vals):
        self._check_can_change()
        res = super().write(vals)
        self._check_can_change()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self._check_can_change()

    def _check_can_change(self):
        """What was submitted stands on the forecast of that day."""
        self.plan_id._check_targets_can_change()
