# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from .spreading import spread


class LineCheck(NamedTuple):
    """What a line costs the customer, and what it has to cost at least.

    Amounts are without taxes, in the currency of the order; the quantity is in units of
    the product. ``floor_amount`` is None if no floor counts. A line that is only
    offered, without a quantity yet, is checked as if it were one unit.
    """

    line_id: int
    product_id: int
    quantity: float
    amount: float
    cost: float
    floor_amount: float | None
    floor_id: int | None
    is_below: bool
    is_offered: bool
    # What a unit of company currency is worth in that of the order
    rate: float

    @property
    def shortfall(self):
        """Percent of the floor that is missing."""
        if not self.is_below:
            return 0.0
        if self.floor_amount <= 0:
            return 100.0
        return min(100.0, 100.0 * (1.0 - self.amount / self.floor_amount))


class FloorCheck:
    """Compares lines of orders with their floors (policy 3.3.1).

    It is the only place that does: for an order that is being edited and for thousands
    read by one statement.
    """

    def __init__(self, index):
        """:param index: :class:`FloorIndex` of the company of the orders"""
        self._index = index
        self._found = {}

    def check(self, order, lines):
        """Iterate over the checks of all lines that sell something.

        :param order: ``OrderValues``
        :param list lines: ``LineValues`` of all lines of the order
        """
        for line, amount in zip(lines, self._spread(order, lines), strict=True):
            if not line.is_checked:
                continue
            if line.quantity > 0 and line.amount >= 0:
                yield self._check_line(order, line, line.quantity, amount)
            elif line.quantity > 0 and self._is_given_away(order, line):
                yield self._check_line(order, line, line.quantity, line.amount)
            elif line.quantity == 0 and (
                line.price_unit > 0 or self._is_given_away(order, line)
            ):
                yield self._check_line(order, line, 1.0, line.amount)

    def find_below(self, order, lines):
        """:return: list of the checks of the lines that are below their floors"""
        return [check for check in self.check(order, lines) if check.is_below]

    def _is_given_away(self, order, line):
        """A negative price takes something off the whole order, but not where it gives
        away what has a floor: goods, what has a floor of its own, and what would bring
        something, but for its discount."""
        if not line.is_checked:
            return False
        is_discount = line.price_unit <= 0 and not line.is_goods
        if is_discount and (line.is_reward or not self._index.has_own(line)):
            return False
        return bool(self._check_line(order, line, 1.0, 0.0).floor_amount)

    def _check_line(self, order, line, quantity, amount):
        units = self._index.units
        factor = units.get(line.uom_id, 1.0) / units.get(line.product_uom_id, 1.0)
        floor_amount = floor_id = None
        for floor in self._find(order, line):
            price = self._get_price(floor, order, line, factor)
            least = price * quantity * factor * order.rate
            if floor_amount is None or least > floor_amount:
                floor_amount, floor_id = least, floor.id
        return LineCheck(
            line.line_id,
            line.product_id,
            quantity * factor,
            amount,
            line.unit_cost * quantity * order.rate,
            floor_amount,
            floor_id,
            floor_amount is not None
            # Half a cent does not show in the amount.
            and floor_amount - amount > order.rounding * (0.5 + 1e-6),
            not line.quantity,
            order.rate,
        )

    def _find(self, order, line):
        key = line.product_id, order.region_id, order.channel_id, order.day
        if key not in self._found:
            self._found[key] = self._index.find(line, *key[1:])
        return self._found[key]

    def _get_price(self, floor, order, line, factor):
        """:return: the lowest price of a unit of the product, in company currency"""
        if floor.basis == "price":
            return floor.value
        if floor.basis == "margin":
            return line.unit_cost / factor / (1.0 - floor.value / 100.0)
        # Neither a discount nor a lower unit price gets round the largest discount.
        gross = self._get_gross(line)
        untaxed = gross / line.price_unit if line.price_unit else 1.0
        extra = self._index.sales_prices.get_extra(line.product_id) + line.extra_price
        sales_price = line.list_price + extra
        if line.is_shared:
            sales_price *= order.list_rate
        # Nor does another tax.
        sales_price *= untaxed if line.untaxed is None else line.untaxed
        full = max(sales_price, gross / factor / order.rate)
        return full * (1.0 - floor.value / 100.0)

    @staticmethod
    def _get_gross(line):
        """:return: the price of a unit of the line, without taxes and discounts"""
        if line.discount >= 100.0 or not line.amount:
            return line.price_unit  # The amount of 0 does not tell the taxes.
        return line.amount / (line.quantity or 1.0) / (1.0 - line.discount / 100.0)

    def _spread(self, order, lines):
        """Spread what is taken off the whole order: negative lines, and what rewards
        take off their own."""
        amounts, reduction = [], 0.0
        for line in lines:
            amount = line.amount if line.quantity else 0.0
            if amount < 0:
                if line.quantity < 0 or not self._is_given_away(order, line):
                    reduction -= amount
                amount = 0.0
            elif line.is_reward and line.discount and line.quantity > 0:
                amount = self._get_gross(line) * line.quantity
                reduction += amount - line.amount
            amounts.append(amount)
        return spread(amounts, reduction, order.rounding) if reduction else amounts
