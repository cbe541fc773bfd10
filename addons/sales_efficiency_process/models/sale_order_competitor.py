# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SaleOrder(models.Model):
    """Shows the prices of the competitors that the opportunity names (policy 3.3.1)."""

    _inherit = "sale.order"  # pylint: disable=consider-merging-classes-inherited

    def _get_competitor_prices(self, products):
        known = super()._get_competitor_prices(products)
        # An opportunity that the user may not read must not tell who else offers.
        lead = self.opportunity_id._origin._filtered_access("read")
        if not lead.sales_competitor_ids:
            return known
        prices = self.env["sales.competitor.price"].with_company(self.company_id)
        newest = prices._get_newest(lead.sales_competitor_ids, products)
        return known | {
            product: [
                (price.competitor_id.name, price.price, price.currency_id, price.date)
                for price in found
            ]
            for product, found in newest.items()
        }
