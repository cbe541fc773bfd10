# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTargetGrowthMixin(models.AbstractModel):
    """Growth of a market; several are narrowed as far as is needed (policy 2.1.1)."""

    _name = "sales.target.growth.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Growth of a Market"
    _rec_name = "growth"

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
    growth = fields.Float(string="Growth (%)")

    _growth_range = models.Constraint(
        "CHECK (growth > -100 AND growth <= 1000)",
        "Growth must be above -100 % and at most 1,000 %.",
    )

    @api.model
    def _get_markets(self):
        """:return: names of the dimensions that may narrow the growth"""
        return ["region_id", "categ_id"]

    def _find(self, target):
        """:return: the growth for a target: that of the narrowest market around it"""
        around = self.filtered(
            lambda growth: all(
                target._is_inside(growth, name)
                for name in self._get_markets()
                if growth[name]
            )
        )
        return around.sorted(lambda growth: growth._get_depth())[-1:]

    def _get_depth(self):
        """:return: how narrow the market is, by the levels of its dimensions"""
        self.ensure_one()
        places = [self[name] for name in self._get_markets() if self[name]]
        return sum(place.parent_path.count("/") for place in places)
