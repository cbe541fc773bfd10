# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesPriceRequestLine(models.Model):
    """A line below its floor, as it was when approval was requested."""

    _name = "sales.price.request.line"
    _inherit = ["sales.guard.mixin"]
    _description = "Line of a Price Request"
    _order = "request_id, id"

    request_id = fields.Many2one(
        comodel_name="sales.price.request",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    order_line_id = fields.Many2one(
        comodel_name="sale.order.line",
        string="Order Line",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    product_id = fields.Many2one(
        comodel_name="product.product",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    floor_id = fields.Many2one(
        comodel_name="sales.price.floor",
        string="Price Floor",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    # Exactly: a unit may be a small part of that of the product.
    quantity = fields.Float(digits=0, min_display_digits="Product Unit", readonly=True)
    order_currency_id = fields.Many2one(related="request_id.order_currency_id")
    currency_id = fields.Many2one(related="request_id.currency_id")
    amount = fields.Monetary(
        readonly=True,
        currency_field="order_currency_id",
        help="Without taxes, after discounts on the whole order.",
    )
    floor_amount = fields.Monetary(
        string="Amount at the Floor",
        readonly=True,
        currency_field="order_currency_id",
    )
    cost = fields.Monetary(readonly=True, currency_field="order_currency_id")
    shortfall = fields.Float(
        string="Below (%)",
        digits=(7, 4),
        readonly=True,
        aggregator="max",
        help="Percent of the floor that is missing.",
    )
    price = fields.Float(
        digits="Product Price",
        compute="_compute_prices",
        help="Of a unit of the product, without taxes, in the currency of the company.",
    )
    floor_price = fields.Float(
        string="Floor", digits="Product Price", compute="_compute_prices"
    )
    margin_percent = fields.Float(
        string="Margin (%)", digits=(7, 4), compute="_compute_prices"
    )

    @api.depends("amount", "cost", "floor_amount", "quantity", "request_id.rate")
    def _compute_prices(self):
        for line in self:
            worth = line.quantity * (line.request_id.rate or 1.0)
            line.price = line.amount / worth if worth else 0.0
            line.floor_price = line.floor_amount / worth if worth else 0.0
            margin = line.amount - line.cost
            has_share = line.amount > 0  # More may be taken off than there is.
            line.margin_percent = 100.0 * margin / line.amount if has_share else 0.0
