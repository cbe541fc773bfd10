# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTargetForecast(models.Model):
    """Expected growth of a market, as a ground of a plan (policy 2.1.1)."""

    _name = "sales.target.forecast"
    _inherit = "sales.guard.mixin"
    _description = "Market Forecast of a Sales Target Plan"
    _order = "plan_id, sequence, id"
    _rec_name = "growth"
    _check_company_auto = True

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan", required=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    sequence = fields.Integer(default=10)
    region_id = fields.Many2one(
        comodel_name="sales.region",
        index="btree_not_null",
        ondelete="cascade",
        check_company=True,
        help="Leave empty for all regions.",
    )
    categ_id = fields.Many2one(
        comodel_name="product.category",
        string="Product Line",
        index="btree_not_null",
        ondelete="cascade",
        help="Leave empty for all product lines.",
    )
    growth = fields.Float(
        string="Growth (%)",
        help="Expected growth of the market over the year before.",
    )
    source = fields.Char(help="Where the figure comes from, e.g. an industry report.")

    _growth_range = models.Constraint(
        "CHECK (growth > -100 AND growth <= 1000)",
        "The growth of a market must be above -100 % and at most 1,000 %.",
    )
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

    def _find(self, target):
        """:return: the forecast for a target: that of the narrowest market around it"""
        around = self.filtered(
            lambda forecast: all(
                target._is_inside(forecast, name)
                for name in ("region_id", "categ_id")
                if forecast[name]
            )
        )
        return around.sorted(
            lambda forecast: sum(
                (forecast[name].parent_path or "").count("/")
                for name in ("region_id", "categ_id")
            )
        )[-1:]
