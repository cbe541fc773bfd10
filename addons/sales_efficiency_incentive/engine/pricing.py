# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

ZERO = Decimal(0)


class SlicePricing:
    """Each slice of the measure at the rate of its tier"""

    __slots__ = ("_table", "price", "tier")

    def __init__(self, table):
        self._table = table
        #: what all of a measure earns, and the tier that it reaches
        self.price = table.marginal
        self.tier = table.tier_at

    def rate(self, tier):
        return self._table.rates[tier]


class RatePricing:
    """All of the measure at one rate, the one of the tier that is reached"""

    __slots__ = ("_rate", "_tier")

    def __init__(self, rate, tier=None):
        self._rate = rate
        self._tier = tier

    def price(self, measure):
        return measure * self._rate

    def tier(self, _measure):
        return self._tier

    def rate(self, _tier):
        return self._rate


#: Where there is no target, or the condition is not reached
NOTHING = RatePricing(ZERO)
