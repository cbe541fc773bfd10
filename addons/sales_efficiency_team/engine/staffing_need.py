# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cached_property


@dataclass(frozen=True)
class StaffingMonth:
    """A month of a team.

    :param target: what the team is to sell
    :param present: people, as shares of a full month: newcomers by their ramp, leavers
        until their last day
    :param newcomer: share of the month in which one newcomer would be present
    :param actual: what was sold, once the month is over; None before
    """

    target: float
    present: float
    newcomer: float = 0
    actual: float | None = None


class StaffingNeed:
    """How many newcomers close the gap between target and capacity (policy 4.1.1).

    The capacity of a month is its people × what one earns in a month; that of a past
    month is what was sold. Of the people, an even part leaves each month: the expected
    attrition, which a year has. Newcomers leave like the others.

    The figures of the specification: eight people at 100,000, newcomers from April.

    >>> ramp = [0] * 4 + [0.25, 0.5] + [1] * 6
    >>> def need(people, **values):
    ...     months = zip([1_000_000] * 12, people, ramp, strict=True)
    ...     months = [StaffingMonth(*month) for month in months]
    ...     return StaffingNeed(months, 100_000, **values)
    >>> eight = need([8] * 12)
    >>> eight.capacity, eight.gap, eight.presence, eight.newcomers
    (Decimal('9600000'), Decimal('2400000'), Decimal('6.75'), 4)

    One leaves on 1 July:

    >>> need([8] * 6 + [7] * 6).newcomers
    5

    Every tenth leaves within the year:

    >>> need([8] * 12, attrition=10).newcomers
    5

    Ten people reach it by themselves; a newcomer who sells nothing closes no gap:

    >>> need([10] * 12).newcomers
    0
    >>> StaffingNeed([StaffingMonth(100, 0)], 100).newcomers

    :param months: :class:`StaffingMonth` objects of consecutive months
    :param rate: what one earns in a full month
    :param attrition: percent of the people who leave within a year
    """

    def __init__(self, months, rate, attrition=0):
        self.months = months
        self._rate = to_decimal(rate)
        self._attrition = to_decimal(attrition) / 100

    @cached_property
    def capacities(self):
        """What the people sell in each month."""
        return [
            to_decimal(month.present) * stay * self._rate
            if month.actual is None
            else to_decimal(month.actual)
            for month, stay in zip(self.months, self._stays, strict=True)
        ]

    @property
    def target(self):
        return sum((to_decimal(month.target) for month in self.months), Decimal())

    @property
    def capacity(self):
        return sum(self.capacities, Decimal())

    @property
    def gap(self):
        return max(self.target - self.capacity, Decimal())

    @property
    def presence(self):
        """Full months of one newcomer."""
        return sum(
            (
                to_decimal(month.newcomer) * stay
                for month, stay in zip(self.months, self._stays, strict=True)
                if month.actual is None
            ),
            Decimal(),
        )

    @property
    def newcomers(self):
        """The fewest newcomers that close the gap; None if no number does."""
        if not self.gap:
            return 0
        brought = self.presence * self._rate
        if brought <= 0:
            return None
        return int((self.gap / brought).to_integral_value(ROUND_CEILING))

    @cached_property
    def _stays(self):
        """The part of the people who are still here in each month to come."""
        stays, ahead = [], 0
        for month in self.months:
            if month.actual is None:
                stays.append(max(1 - self._attrition * ahead / 12, Decimal()))
                ahead += 1
            else:
                stays.append(Decimal(1))
        return stays


def count_presence(month: date, left: date | None):
    """Return the share of a month before the day on which somebody leaves.

    >>> count_presence(date(2026, 6, 1), date(2026, 7, 1))
    1.0
    >>> count_presence(date(2026, 7, 1), date(2026, 7, 1))
    0.0
    >>> count_presence(date(2026, 6, 1), date(2026, 6, 16))
    0.5
    >>> count_presence(date(2026, 6, 1), None)
    1.0
    """
    if left is None:
        return 1.0
    days = monthrange(month.year, month.month)[1]
    return min(max((left - month).days, 0), days) / days


def to_decimal(value):
    """Return a figure as it is written, not as the nearest binary fraction.

    >>> to_decimal(0.1)
    Decimal('0.1')
    """
    return Decimal(str(value))
