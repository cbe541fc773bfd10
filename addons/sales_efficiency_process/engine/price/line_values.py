# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from operator import itemgetter
from typing import NamedTuple

from odoo.tools import SQL, groupby


class OrderValues(NamedTuple):
    """What the floors of an order depend on."""

    order_id: int
    currency_id: int
    # What a unit of company currency is worth in that of the order
    rate: float
    # What a unit of the sales price of a shared product is worth in company currency
    list_rate: float
    rounding: float
    region_id: int | None
    channel_id: int | None
    # The floors of this day count.
    day: date


class LineValues(NamedTuple):
    """What the price of a line depends on."""

    line_id: int
    product_id: int | None
    template_id: int | None
    categ_id: int | None
    quantity: float
    uom_id: int | None
    product_uom_id: int | None
    price_unit: float
    discount: float
    # Without taxes, in the currency of the order; of one unit if only offered
    amount: float
    # Of a unit of the line, in company currency
    unit_cost: float
    # Of the product, and of options; in company currency unless companies share it
    list_price: float
    extra_price: float
    is_shared: bool
    is_reward: bool
    # Whether there may be a floor: all others only take part in the whole
    is_checked: bool
    is_goods: bool = False
    # What the taxes of the product leave of its sales price; None: those of the line
    untaxed: float | None = None

    @property
    def has_taxes_included(self):
        full = self.price_unit * (1.0 - self.discount / 100.0) * (self.quantity or 1.0)
        return abs(self.amount) < abs(full) * (1.0 - 1e-4)


# Of the currency: what data about taxes may round
ROUNDING = 10


def read_offer(line):
    """Read a line without quantity, or with data about its taxes: users may write them,
    and they say any subtotal and any tax.

    :return: what it costs without taxes; one unit of it, if it has no quantity
    """
    offer, included = _compute_amounts(line)
    if not line.extra_tax_data or not line.product_uom_qty:
        return offer
    tolerance = ROUNDING * line.currency_id.rounding
    subtotal, taken = line.price_subtotal, included - line.price_total
    amount = offer if subtotal > offer + tolerance else subtotal
    return min(amount, offer - taken) if taken > tolerance else amount


def _compute_amounts(line):
    """:return: what follows from the price of a line, without taxes and with them"""
    price = line.price_unit * (1.0 - (line.discount or 0.0) / 100.0)
    quantity = line.product_uom_qty
    if not price or not line.tax_ids:
        amount = line.currency_id.round(price * quantity) if quantity else price
        return amount, amount
    amounts = line.tax_ids.compute_all(
        price,
        currency=line.currency_id,
        quantity=quantity or 1.0,
        product=line.product_id,
        partner=line.order_id.partner_shipping_id,
    )
    return amounts["total_excluded"], amounts["total_included"]


class OrderReader:
    """Reads orders and their lines from the cache, as they are being edited."""

    def __init__(self, env, index):
        """:param FloorIndex index: of the company of the orders"""
        self._index = index
        self._sales_prices = index.sales_prices
        # Discounts of loyalty programs, if there are any
        self._has_rewards = "reward_id" in env["sale.order.line"]._fields

    def get_values(self, order):
        """:return: ``OrderValues`` and list of ``LineValues``, in the order of print"""
        # sudo: costs are for users only, but customers may not buy below them either.
        order = order.sudo()
        lines = order.order_line.filtered(self._counts)
        currency = order.currency_id or order.company_id.currency_id
        day = order._get_price_day()
        return (
            OrderValues(
                order._origin.id,
                currency.id,
                self._index.get_rate(order.company_id, currency, day),
                self._sales_prices.get_rate(order.company_id, day),
                currency.rounding,
                order.sales_region_id.id,
                order.sales_channel_id.id,
                day,
            ),
            [self._read_line(line) for line in lines.sorted(self._get_place)],
        )

    def _counts(self, line):
        """Expenses come to a confirmed order as they are invoiced again, at their own
        price. The flag alone is no way round the floor."""
        return not line.display_type and not (
            line.is_expense
            and line.order_id.state == "sale"
            and line.product_id.expense_policy != "no"
        )

    def _is_checked(self, line):
        """Items of a combo have its price. What was delivered besides an order comes to
        it without quantity and price."""
        is_besides = line.order_id.state == "sale" and not (
            line._get_sold_quantity() or line.price_unit > 0
        )
        product = line.product_id
        return bool(product) and product.type != "combo" and not is_besides

    def _get_place(self, line):
        return line.sequence, line._origin.id or float("inf")

    def _get_amount(self, line):
        if line.extra_tax_data or not line.product_uom_qty:
            return read_offer(line)
        return line.price_subtotal

    def _read_line(self, line):
        product = line.product_id
        quantity, amount = line.product_uom_qty, self._get_amount(line)
        if (sold := line._get_sold_quantity()) > quantity:
            quantity, amount = sold, amount * sold / (quantity or 1.0)
        values = LineValues(
            line.id,
            product.id,
            product.product_tmpl_id.id,
            product.categ_id.id,
            quantity,
            line.product_uom_id.id,
            product.uom_id.id,
            line.price_unit,
            line.discount,
            amount,
            line.sales_unit_cost,
            product.list_price,
            self._sales_prices.get_options(line),
            not product.company_id,
            self._has_rewards and bool(line.reward_id),
            self._is_checked(line),
            product.type == "consu",
        )
        if not self._index.has_discounts or not values.has_taxes_included:
            return values
        company = line.order_id.company_id
        return values._replace(untaxed=self._index.get_untaxed(product, company))


class OrderSelect:
    """Reads many orders and their lines by one statement, as ``OrderReader`` does."""

    def __init__(self, env, index):
        """:param FloorIndex index: of the company of the orders"""
        self.env = env
        self._index = index
        self._sales_prices = index.sales_prices
        self._has_rewards = "reward_id" in env["sale.order.line"]._fields

    def iterate(self, company, condition):
        """Iterate over the open and cancelled quotations of a company.

        :param SQL condition: restricts orders ``o``
        :return: pairs of ``OrderValues`` and list of ``LineValues``
        """
        self.env["sale.order"].flush_model()
        self.env["sale.order.line"].flush_model()
        self.env["product.template"].flush_model(["categ_id", "list_price", "uom_id"])
        width = len(OrderValues._fields)
        rows = self.env.execute_query(self._select(company, condition))
        offers = self._read_offers(rows)
        for _order_id, group in groupby(rows, itemgetter(0)):
            values = OrderValues._make(group[0][:width])
            list_rate = self._sales_prices.get_rate(company, values.day)
            lines = [LineValues(*row[width:]) for row in group]
            if offers:
                lines = [
                    line._replace(amount=offers.get(line.line_id, line.amount))
                    for line in lines
                ]
            yield values._replace(list_rate=list_rate), lines

    def complete(self, company, values, lines):
        """:return: the same values with what the statement does not tell: the rate of
        the currency, and the taxes of products"""
        currency = self.env["res.currency"].browse(values.currency_id)
        rate = self._index.get_rate(company, currency, values.day)
        if self._index.has_discounts:
            lines = [self._add_untaxed(line, company) for line in lines]
        return values._replace(rate=rate), lines

    def _add_untaxed(self, line, company):
        if not line.product_id or not line.has_taxes_included:
            return line
        # sudo: the line has been selected.
        product = self.env["product.product"].sudo().browse(line.product_id)
        return line._replace(untaxed=self._index.get_untaxed(product, company))

    def _read_offers(self, rows):
        """Taxes of lines without quantity, or with data about their taxes, are known to
        Odoo only.

        :return: dict id of such a line -> what it, or one unit, costs without taxes
        """
        start = len(OrderValues._fields)
        quantity = start + LineValues._fields.index("quantity")
        price = start + LineValues._fields.index("price_unit")
        amount = start + LineValues._fields.index("amount")
        ids = [
            row[start]
            for row in rows
            if row[amount] is None or (row[price] and not row[quantity])
        ]
        # sudo: the lines have been selected.
        lines = self.env["sale.order.line"].sudo().browse(ids)
        return {line.id: read_offer(line) for line in lines}

    def _select(self, company, condition):
        return SQL(
            """
            SELECT o.id, o.currency_id, 1::float8, 1::float8,
                   currency.rounding::float8, o.sales_region_id,
                   o.sales_channel_id, %(day)s,
                   l.id, l.product_id, p.product_tmpl_id, t.categ_id,
                   l.product_uom_qty::float8, l.product_uom_id, t.uom_id,
                   l.price_unit::float8, COALESCE(l.discount, 0)::float8,
                   CASE WHEN l.extra_tax_data IS NULL
                        THEN COALESCE(l.price_subtotal, 0) END::float8,
                   COALESCE(l.sales_unit_cost, 0)::float8,
                   COALESCE(t.list_price, 0)::float8, %(extra)s,
                   t.company_id IS NULL, %(is_reward)s,
                   t.type IS NOT NULL AND t.type <> 'combo',
                   COALESCE(t.type = 'consu', FALSE)
              FROM sale_order o
              JOIN res_currency currency ON currency.id = o.currency_id
              JOIN sale_order_line l ON l.order_id = o.id
               AND l.display_type IS NULL
              LEFT JOIN product_product p ON p.id = l.product_id
              LEFT JOIN product_template t ON t.id = p.product_tmpl_id
             WHERE o.state IN ('draft', 'sent', 'cancel')
               AND o.company_id = %(company)s
               AND %(condition)s
             ORDER BY o.id, l.sequence, l.id
            """,
            day=self._get_day(company),
            extra=self._sales_prices.sql_options(self.env),
            is_reward=SQL("l.reward_id IS NOT NULL")
            if self._has_rewards
            else SQL("FALSE"),
            company=company.id,
            condition=condition,
        )

    def _get_day(self, company):
        """See ``_get_price_day`` of orders."""
        return SQL(
            """
            COALESCE(
                CASE WHEN o.state <> 'draft' THEN
                    (o.sales_sent_on AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                END,
                %(today)s::date
            )
            """,
            zone=company.sales_tz,
            today=company._get_sales_today(),
        )
