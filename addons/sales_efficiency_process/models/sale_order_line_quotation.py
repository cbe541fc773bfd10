# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import format_amount, format_date


class SaleOrderLine(models.Model):
    """What competitors ask for the same, beside the line; customers never see it
    (policy 3.3.1)."""

    _inherit = "sale.order.line"  # pylint: disable=consider-merging-classes-inherited

    competitor_prices = fields.Char(
        string="Competitors",
        compute="_compute_competitor_prices",
        groups="sales_efficiency_base.group_sales_person",
        help="The newest known prices of the competitors named on the opportunity.",
    )

    @api.depends("order_id.opportunity_id", "product_id")
    @api.depends_context("lang", "uid")
    def _compute_competitor_prices(self):
        for order, lines in self.grouped("order_id").items():
            products = lines.product_id
            known = order._get_competitor_prices(products) if order else {}
            for line in lines:
                line.competitor_prices = ", ".join(
                    self._describe_competitor(*price)
                    for price in known.get(line.product_id, ())
                )

    @api.model
    def _describe_competitor(self, name, price, currency, day):
        return self.env._(
            "%(competitor)s %(price)s (%(day)s)",
            competitor=name,
            price=format_amount(self.env, price, currency),
            day=format_date(self.env, day),
        )
