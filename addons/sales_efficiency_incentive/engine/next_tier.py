# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from bisect import bisect_left, bisect_right
from typing import NamedTuple


class NextTier(NamedTuple):
    """The next bound of a table, and what is missing to it.

    >>> from decimal import Decimal
    >>> from .rate_table import RateTable
    >>> table = RateTable.of((0, "0.03"), (100_000, "0.05"))
    >>> NextTier.of(table, Decimal(90_000))
    NextTier(bound=Decimal('100000'), rate=Decimal('0.05'), missing=Decimal('10000'))
    >>> NextTier.of(table, Decimal(100_000))

    What it brings is an ``Estimate`` of a sale of what is missing.
    """

    bound: object
    rate: object
    missing: object

    @classmethod
    def of(cls, table, measure):
        """Return the next tier, or None above the last."""
        bisect = bisect_left if table.exceed else bisect_right
        tier = bisect(table.bounds, measure)
        if tier == len(table.bounds):
            return None
        bound = table.bounds[tier]
        return cls(bound, table.rates[tier], bound - measure)
