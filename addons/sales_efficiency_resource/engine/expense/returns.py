# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

# If spending moved by a smaller part, the quotient mostly tells of chance.
MOVED = 0.1


def divide(amount, number):
    """Return a quotient, or None if there is nothing to divide by.

    >>> divide(1000, 4), divide(0, 4), divide(1000, 0), divide(None, 4)
    (250.0, 0.0, None, None)
    """
    return None if amount is None or not number else amount / number


@dataclass(frozen=True, slots=True)
class Marginal:
    """What the margin moved for each unit of money by which spending moved.

    >>> Marginal(100_000, 120_000, 1_000_000, 1_030_000).value
    1.5

    Without a value there is a reason:

    >>> Marginal(100_000, 109_999, 1_000_000, 1_030_000).reason
    'little'
    >>> Marginal(0, 109_999, 1_000_000, 1_030_000).reason
    'nothing'
    >>> Marginal(100_000, 120_000, None, 1_030_000).reason
    'unknown'

    :param spent_before: what was spent in the period to compare with
    :param margin_before: its margin, None if it is unknown
    """

    spent_before: float
    spent: float
    margin_before: float | None
    margin: float | None

    @property
    def reason(self):
        """Why there is no value, or None if there is one"""
        if self.spent_before <= 0:
            return "nothing"
        # Rounded: spending that moved by exactly a tenth counts.
        moved = abs(self.spent - self.spent_before) / self.spent_before
        if round(moved, 9) < MOVED:
            return "little"
        if self.margin is None or self.margin_before is None:
            return "unknown"
        return None

    @property
    def value(self):
        if self.reason:
            return None
        return (self.margin - self.margin_before) / (self.spent - self.spent_before)
