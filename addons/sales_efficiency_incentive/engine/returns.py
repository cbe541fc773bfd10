# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal
from typing import NamedTuple


class ReturnTerms(NamedTuple):
    """How much of what is given back counts, by the days since the sale.

    >>> from datetime import date
    >>> from .sale_line import Return, SaleLine
    >>> sold, back = date(2026, 3, 1), Return(date(2026, 6, 9), Decimal(40_000))
    >>> line = SaleLine(("m", 1), ("m",), sold, Decimal(150_000), returns=(back,))
    >>> (back.date - sold).days
    100
    >>> print(ReturnTerms().base(line))
    110000
    >>> print(ReturnTerms(days=100).base(line), ReturnTerms(days=99).base(line))
    110000 150000
    >>> steps = ((90, Decimal(1)), (180, Decimal("0.5")))
    >>> print(ReturnTerms(steps=steps).base(line))
    130000.0
    """

    #: after more days nothing is taken back; None: no limit
    days: int | None = None
    #: pairs of days (included) and share of the credited amount, ascending; nothing
    #: after the last. Empty: all counts.
    steps: tuple[tuple[int, Decimal], ...] = ()

    def share(self, days):
        if self.days is not None and days > self.days:
            return Decimal(0)
        if not self.steps:
            return Decimal(1)
        return next((share for bound, share in self.steps if days <= bound), Decimal(0))

    def base(self, line):
        """Return the base of a line less what was given back (before the table)."""
        base = line.base
        for back in line.returns:
            since = back.since or line.date
            base -= back.base * self.share((back.date - since).days)
        return base
