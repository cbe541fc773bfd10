# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

DAY = relativedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The last two full months before a day, and what they are compared with.

    >>> window = Window.before(date(2024, 3, 1))
    >>> print(window.first, window.second, window.end)
    2024-01-01 2024-02-01 2024-02-29
    >>> print(*window.months_before, window.end_before)
    2023-01-01 2023-02-01 2023-02-28
    >>> print(window.year_start)
    2023-03-01

    :param date first: first day of the first month
    """

    first: date

    @classmethod
    def before(cls, day):
        """Return the window that is complete on a day: its month still runs."""
        return cls(day + relativedelta(day=1, months=-2))

    @property
    def second(self):
        return self.first + relativedelta(months=1)

    @property
    def end(self):
        return self.first + relativedelta(months=2) - DAY

    @property
    def months(self):
        return self.first, self.second

    @property
    def months_before(self):
        """The same months a year before."""
        return tuple(month - relativedelta(years=1) for month in self.months)

    @property
    def end_before(self):
        return self.first + relativedelta(years=-1, months=2) - DAY

    @property
    def year_start(self):
        """The first of the twelve months that end with the window."""
        return self.first - relativedelta(months=10)
