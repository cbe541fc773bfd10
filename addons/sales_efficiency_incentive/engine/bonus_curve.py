# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from bisect import bisect_left, bisect_right
from decimal import Decimal

ZERO = Decimal(0)


class BonusCurve:
    """Payout by attainment: 0 below the first point, flat above the last.

    >>> points = [("0.8", "0.5"), ("1", "1"), ("1.2", "1.5")]
    >>> points = [(Decimal(x), Decimal(y)) for x, y in points]
    >>> linear, stepped = BonusCurve(points), BonusCurve(points, stepped=True)
    >>> attained = [Decimal(part) for part in ("79.99", "80", "97.3", "125")]
    >>> [str(linear.payout(part, Decimal(100)).normalize()) for part in attained]
    ['0', '0.5', '0.9325', '1.5']
    >>> [str(stepped.payout(part, Decimal(100))) for part in attained]
    ['0', '0.5', '0.5', '1.5']
    """

    __slots__ = ("_exceed", "_points", "_stepped")

    def __init__(self, points, stepped=False, exceed=False):
        if any(a[0] >= b[0] for a, b in zip(points, points[1:], strict=False)):
            raise ValueError("The points of a bonus curve must ascend.")
        self._points = points
        self._stepped = stepped
        self._exceed = exceed

    def payout(self, actual, target):
        """Return the share of the target incentive that is paid."""
        # Bounds are compared as amounts: a quotient would have to be rounded.
        bounds = [attained * target for attained, _payout in self._points]
        bisect = bisect_left if self._exceed else bisect_right
        reached = bisect(bounds, actual)
        if not reached:
            return ZERO
        payout = self._points[reached - 1][1]
        if self._stepped or reached == len(bounds):
            return payout
        low, high = bounds[reached - 1], bounds[reached]
        rise = self._points[reached][1] - payout
        return payout + rise * (actual - low) / (high - low)
