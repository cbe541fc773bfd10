# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from fractions import Fraction
from typing import NamedTuple

PARTS = ("volume", "mix", "price", "new", "discontinued", "other")


class Item(NamedTuple):
    """Figures of a sold item, e.g. a product: before (last year or budget) and now"""

    amount_before: float
    quantity_before: float
    amount: float
    quantity: float


class Variance(NamedTuple):
    """Components of the change of an item's amount"""

    volume: float = 0.0
    mix: float = 0.0
    price: float = 0.0
    new: float = 0.0
    discontinued: float = 0.0
    other: float = 0.0


def decompose(items, step=0.01):
    """Split the change of amounts into price, volume and mix (policy 2.2.2).

    The usual price-volume-mix analysis of sales variances (e.g. Horngren, Datar,
    Rajan: *Cost Accounting*, sales-quantity, sales-mix and price variance). For an
    item sold before (amount a, quantity q, price p = a ÷ q) and now (A, Q, P), where T
    and t are the total quantities of such items now and before:

    - volume = (T ÷ t − 1) × a; in total (T − t) × their average price before
    - mix    = Q × p − T ÷ t × a; in total Σ Q × p − T × their average price before
    - price  = A − Q × p; in total Σ (P − p) × Q

    An item not sold before is new, an item no longer sold is discontinued, each with
    its whole amount. If a quantity is 0 or negative (fees and discounts without a
    quantity, more returns than sales), there is no price to compare and the whole
    difference is other. None of these count in the total quantities.

    Rounding: amounts are rounded first, then volume and mix of each item, half away
    from zero; the price effect is the remainder. The parts of each item thus add up
    exactly to its difference, and the totals of the parts to the total difference.

    >>> decompose({"all": Item(1000, 100, 810, 90)})["all"]
    Variance(volume=-100.0, mix=0.0, price=-90.0, new=0.0, discontinued=0.0, other=0.0)
    >>> parts = decompose({"a": Item(10, 1, 5, 1), "b": Item(20, 1, 60, 3)})
    >>> [(part.volume, part.mix, part.price) for part in parts.values()]
    [(10.0, -10.0, -5.0), (20.0, 20.0, 0.0)]

    :param dict items: key -> :class:`Item`
    :param float step: parts are multiples of it, e.g. the rounding of a currency
    :return: dict key -> :class:`Variance`, in the order of the items
    """
    unit = Fraction(str(step))
    compared = [
        item
        for item in items.values()
        if item.quantity_before > 0 and item.quantity > 0 and not _is_new(item)
    ]
    before = sum(Fraction(item.quantity_before) for item in compared)
    growth = sum(Fraction(item.quantity) for item in compared) / (before or 1)
    variances = {}
    for key, item in items.items():
        total = _count(item.amount, unit) - _count(item.amount_before, unit)
        if _is_new(item):
            counts = {"new": total}
        elif not item.amount and not item.quantity:
            counts = {"discontinued": total}
        elif item.quantity_before > 0 and item.quantity > 0:
            counts = _compare(item, growth, total, unit)
        else:
            counts = {"other": total}
        variances[key] = Variance(
            **{part: float(count * unit) for part, count in counts.items()}
        )
    return variances


def _is_new(item):
    return not item.amount_before and not item.quantity_before


def _compare(item, growth, total, unit):
    """Return the parts of an item with prices now and before, in steps."""
    amount = _count(item.amount_before, unit) * unit
    quantities = Fraction(item.quantity) / Fraction(item.quantity_before)
    volume = _count((growth - 1) * amount, unit)
    mix = _count((quantities - growth) * amount, unit)
    return {"volume": volume, "mix": mix, "price": total - volume - mix}


def _count(amount, unit):
    """Return an amount as a number of steps, rounded half away from zero."""
    exact = amount if isinstance(amount, Fraction) else Fraction(str(amount))
    steps = int(abs(exact) / unit + Fraction(1, 2))
    return -steps if exact < 0 else steps
