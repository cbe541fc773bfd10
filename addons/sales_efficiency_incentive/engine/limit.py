# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)
#: In the order in which they are applied
LEVELS = ("document", "month", "interval", "plan_month", "plan_interval")


class Limit(NamedTuple):
    """Least and most that is earned by a document, in a month or in an interval.

    What a cap withholds is forfeited, or carried on until there is room for it.
    """

    minimum: Decimal | None = None
    cap: Decimal | None = None
    carry: bool = False

    def __bool__(self):
        return self.minimum is not None or self.cap is not None

    def correct(self, earned, minimum):
        """Return what the limit adds (minimum) or forfeits (negative).

        >>> print(Limit(cap=Decimal(5000)).correct(Decimal(8000), None))
        -3000
        >>> print(Limit().correct(Decimal(800), Decimal(1000)))
        200
        """
        if minimum is not None and earned < minimum:
            return minimum - earned
        if self.cap is not None and not self.carry and earned > self.cap:
            return self.cap - earned
        return ZERO

    def withhold(self, earned, capped):
        """Return what a cap that carries on withholds, or gives back (negative).

        >>> limit = Limit(cap=Decimal(8000), carry=True)
        >>> print(limit.withhold(Decimal(13000), Decimal(0)))
        5000
        >>> print(limit.withhold(Decimal(2000), Decimal(5000)))
        -5000
        >>> print(limit.withhold(Decimal(5000), Decimal(5000)))
        -3000
        """
        if self.cap is None or not self.carry:
            return -capped
        return max(earned - self.cap, -capped)
