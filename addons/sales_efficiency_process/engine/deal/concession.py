# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class OfferLine:
    """A line of an offer.

    :param key: what is offered, the same in each offer
    :param float quantity: in the unit of the product
    :param float amount: untaxed, after discount; negative for a discount on the order
    :param float full: untaxed, before discount
    """

    key: object
    quantity: float
    amount: float
    full: float


@dataclass(frozen=True)
class Concession:
    """How much less an offer costs than it would at the prices first offered.

    :param float amount: what was given way, negative if it costs more
    :param float base: what it would cost at the prices first offered
    """

    amount: float
    base: float

    @property
    def percent(self):
        return 100 * self.amount / self.base if self.base > 0 else 0.0


def get_concession(first, now, rate=1.0):
    """Compare an offer with the one that was sent first, for what is offered now: who
    takes fewer pieces gets no concession by that.

    What was not offered at first counts at its price without discount; discounts on the
    whole order keep their share of the goods.

    >>> first = [OfferLine("shelf", 10, 1000, 1000)]
    >>> concession = get_concession(first, [OfferLine("shelf", 5, 475, 500)])
    >>> concession.amount, concession.base, concession.percent
    (25.0, 500.0, 5.0)
    >>> get_concession(first, [*first, OfferLine("lamp", 1, 0, 80)]).amount
    80.0
    >>> both = [*first, OfferLine("discount", 1, -100, -100)]
    >>> get_concession(both, [OfferLine("shelf", 5, 450, 500)]).amount
    0.0

    :param list first: lines of the offer that was sent first
    :param list now: lines of the offer
    :param float rate: units of the currency of the offer for one of that of the first
    """
    goods, discounts = _split(first)
    prices = _get_prices(goods)
    base = known = 0.0
    for line in now:
        if line.amount < 0:
            continue
        if line.key in prices and line.quantity:
            price = line.quantity * prices[line.key] * rate
            known += price
        else:
            price = max(line.full, line.amount)
        base += price
    total = sum(line.amount for line in goods) * rate
    if total:
        base += sum(line.amount for line in discounts) * rate * known / total
    return Concession(base - sum(line.amount for line in now), base)


def _split(lines):
    """:return: the goods, and the discounts on the order"""
    goods = [line for line in lines if line.amount >= 0]
    return goods, [line for line in lines if line.amount < 0]


def _get_prices(goods):
    """:return: dict what is offered -> price of a unit, on average"""
    amounts, quantities = defaultdict(float), defaultdict(float)
    for line in goods:
        amounts[line.key] += line.amount
        quantities[line.key] += line.quantity
    return {key: amounts[key] / count for key, count in quantities.items() if count}
