# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..engine.price import PriceGate

# What makes a price better or worse
PRICED = {
    "discount",
    "extra_tax_data",
    "order_id",
    "price_unit",
    "product_id",
    "product_uom_id",
    "product_uom_qty",
    "qty_delivered",
    "tax_ids",
}
# With these a line has another cost.
COSTED = {"order_id", "product_id", "product_uom_id"}
WATCHED = PRICED | {"purchase_price"}


class SaleOrderLine(models.Model):
    """A line beside its floor, and the gate for lines of confirmed orders (3.3.1)."""

    _name = "sale.order.line"
    _inherit = ["sale.order.line", "sales.figure.mixin"]
    _figure_fields = (
        "company_id",  # Costs are those of a company.
        "currency_id",
        "price_reduce_taxexcl",
        "price_reduce_taxinc",
        "price_subtotal",
        "price_tax",
        "price_total",
        "sales_unit_cost",
        "state",
    )

    sales_floor_price = fields.Float(
        string="Price Floor",
        digits="Product Price",
        compute="_compute_sales_floor",
        groups="sales_efficiency_base.group_sales_person",
        help="Of one unit, without taxes.",
    )
    is_below_floor = fields.Boolean(
        string="Below the Floor",
        compute="_compute_sales_floor",
        groups="sales_efficiency_base.group_sales_person",
    )

    @api.depends(
        "order_id.price_gate_message", "price_subtotal", "product_id", "product_uom_qty"
    )
    def _compute_sales_floor(self):
        gate = PriceGate(self.env)
        for order, lines in self.grouped("order_id").items():
            checks = {check.line_id: check for check in gate.check(order)}
            for line in lines:
                check = checks.get(line.id)
                has_floor = check and check.floor_amount is not None
                line.sales_floor_price = (
                    check.floor_amount / (line._get_sold_quantity() or 1.0)
                    if has_floor
                    else 0.0
                )
                line.is_below_floor = bool(check and check.is_below)

    @api.depends("extra_tax_data")
    def _compute_amount(self):
        """It may say another subtotal, so none must stay when it goes."""
        return super()._compute_amount()

    @api.model_create_multi
    def create(self, vals_list):
        orders = self._get_orders_of(*vals_list)
        with orders._filter_price_released()._watch_prices():
            lines = super().create(vals_list)
        is_default = "default_purchase_price" in self.env.context
        for line, vals in zip(lines, vals_list, strict=True):
            if is_default or "purchase_price" in vals:
                line._check_unit_cost()
        return lines

    @api.model
    def _get_orders_of(self, *vals_list):
        """:return: the orders to which values put lines, also by a default"""
        ids = {vals.get("order_id") for vals in vals_list}
        if None in ids:
            ids.add(self.default_get(["order_id"]).get("order_id"))
        return self.env["sale.order"].browse(filter(None, ids))

    def write(self, vals):
        if WATCHED.isdisjoint(vals):
            return super().write(vals)
        costs = self._get_costs() if "purchase_price" in vals else {}
        with self._get_priced_orders(vals)._filter_price_released()._watch_prices():
            res = super().write(vals)
        if costs:
            lower = self
            if COSTED.isdisjoint(vals):  # else what it was before says nothing
                now = self._get_costs()
                lower = self.filtered(lambda line: now[line] < costs[line])
            lower._check_unit_cost()
        return res

    def unlink(self):
        # Others bear more of a discount on the whole order.
        with self.order_id._filter_price_released()._watch_prices():
            return super().unlink()

    def _get_priced_orders(self, vals):
        """:return: the orders whose prices values may change"""
        if PRICED.isdisjoint(vals):
            return self.env["sale.order"]
        orders = self.order_id
        return orders | self._get_orders_of(vals) if "order_id" in vals else orders

    def _get_sold_quantity(self):
        """:return: what the customer pays for: of a confirmed order, all that is
        delivered, where invoices go by it"""
        self.ensure_one()
        ordered = self.product_uom_qty
        if ordered < 0 or self.order_id.state != "sale":
            return ordered
        if self.product_id.invoice_policy != "delivery":
            return ordered
        return max(ordered, self.qty_delivered)

    def _get_costs(self):
        # sudo: only compares costs.
        return {line: line.sudo().purchase_price for line in self}

    def _check_unit_cost(self):
        """Refuse a cost below that of the product where a margin is asked for: it would
        make any price good enough.

        :raise UserError: unless the user is a sales director
        """
        if self.env.su or self.env.user.has_group(
            "sales_efficiency_base.group_sales_director"
        ):
            return
        digits = self.env["decimal.precision"].precision_get("Product Price")
        for line in self.sudo():  # sudo: only compares costs.
            if not line.product_id or not line._is_margin_asked():
                continue
            cost = line._get_product_cost()
            if float_compare(line.purchase_price, cost, precision_digits=digits) < 0:
                raise UserError(
                    self.env._(
                        "%(product)s costs more. Only a sales director can enter a"
                        " lower cost, because the price floor goes by it.",
                        product=line.product_id.display_name,
                    )
                )

    def _is_margin_asked(self):
        index = self.env["sales.price.floor"]._get_index(self.order_id.company_id.id)
        return bool(index and index.has_margins)

    def _get_product_cost(self):
        """:return: the cost of a unit of the line as of its product, in the currency of
        the order, as Odoo proposes it"""
        line = self.with_company(self.company_id)
        cost = line.product_id.uom_id._compute_price(
            line.product_id.standard_price, line.product_uom_id
        )
        return line._convert_to_sol_currency(cost, line.product_id.cost_currency_id)
