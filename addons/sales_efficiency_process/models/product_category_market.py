# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class ProductCategory(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "product.category"

    @api.constrains("parent_id")
    def _check_market_sizes(self):
        """A product line does not move into a market that is counted already."""
        self.env["sales.market.size"]._check_places("categ_id", self)
