# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from bisect import bisect_left, bisect_right
from decimal import Decimal
from itertools import zip_longest

ZERO = Decimal(0)


class RateTable:
    """Rates by tiers (policy 4.4.1).

    A tier reaches from its bound to the next one. Marginal: each slice has the rate of
    its tier. Whole: all has the rate of the tier that is reached. A negative measure
    has the first rate. A bound that is met exactly is reached, unless it has to be
    exceeded.

    >>> table = RateTable.of((0, "0.05"), (50_000, "0.06"), (100_000, "0.07"))
    >>> print(table.marginal(Decimal(102_000)), table.whole(Decimal(102_000)))
    5640.00 7140.00
    >>> print(table.whole(Decimal(100_000)))
    7000.00
    >>> exceeded = RateTable(table.tiers, exceed=True)
    >>> print(exceeded.whole(Decimal(100_000)), exceeded.whole(Decimal(-100)))
    6000.00 -5.00

    >>> RateTable.of((0, "0.05"), (50, "0.06"), (50, "0.07"))
    Traceback (most recent call last):
    ...
    ValueError: Tiers must start at 0 and ascend: 0, 50, 50.
    """

    __slots__ = ("_sums", "bounds", "exceed", "rates")

    def __init__(self, tiers, exceed=False):
        self.bounds = [bound for bound, _rate in tiers]
        self.rates = [rate for _bound, rate in tiers]
        self.exceed = exceed
        ascending = all(
            low < high for low, high in zip(self.bounds, self.bounds[1:], strict=False)
        )
        if self.bounds[:1] != [0] or not ascending:
            raise ValueError(
                "Tiers must start at 0 and ascend: "
                f"{', '.join(str(bound) for bound in self.bounds)}."
            )
        self._sums = [ZERO]
        for low, high, rate in zip(
            self.bounds, self.bounds[1:], self.rates, strict=False
        ):
            self._sums.append(self._sums[-1] + (high - low) * rate)

    @classmethod
    def of(cls, *tiers, **options):
        """Make a table from numbers and texts."""
        tiers = [(Decimal(bound), Decimal(rate)) for bound, rate in tiers]
        return cls(tiers, **options)

    @property
    def tiers(self):
        return list(zip(self.bounds, self.rates, strict=True))

    def scaled(self, factor):
        """Return the table for a measure that is a multiple, e.g. of a target."""
        tiers = [(bound * factor, rate) for bound, rate in self.tiers]
        return RateTable(tiers, self.exceed)

    def times(self, factor):
        """Return the table with multiples of its rates."""
        tiers = [(bound, rate * factor) for bound, rate in self.tiers]
        return RateTable(tiers, self.exceed)

    def tier_at(self, measure):
        bisect = bisect_left if self.exceed else bisect_right
        return max(bisect(self.bounds, measure) - 1, 0)

    def rate_at(self, measure):
        return self.rates[self.tier_at(measure)]

    def whole(self, measure):
        return measure * self.rate_at(measure)

    def slices(self, before, after):
        """Return the parts of a measure with the rates of their tiers.

        >>> table = RateTable.of((0, "0.05"), (50, "0.06"), (100, "0.07"))
        >>> for part, rate in table.slices(Decimal(40), Decimal(110)):
        ...     print(part, rate)
        10 0.05
        50 0.06
        10 0.07
        """
        for low, high, rate in zip_longest(self.bounds, self.bounds[1:], self.rates):
            part = min(after, after if high is None else high) - max(before, low)
            if part > 0:
                yield part, rate

    def marginal(self, measure):
        tier = bisect_right(self.bounds, measure) - 1 if measure > 0 else 0
        return self._sums[tier] + (measure - self.bounds[tier]) * self.rates[tier]
