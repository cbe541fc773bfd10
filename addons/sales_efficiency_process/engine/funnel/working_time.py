# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from bisect import bisect_left
from collections import defaultdict
from datetime import timedelta
from itertools import accumulate

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

DAY = timedelta(days=1)
# Nobody asks for the working days of times long past; they would take long to find.
LONGEST = timedelta(days=15 * 366)


class WorkingTime:
    """Counts the working days between two days, in Python and in SQL.

    From Friday to Monday it is one: the day on which something begins does not count,
    the one on which it ends does, as with calendar days.

    :param parts: (day, part of it that is worked), several times for a day in parts
    :param first: the first day; nothing is counted before
    :param last: the last day
    """

    def __init__(self, parts, first, last):
        self.first, self.last = first, max(first, last)
        worked = defaultdict(float)
        for day, part in parts:
            worked[day] += part
        days = (self.last - first).days + 1
        by_day = (min(worked[first + n * DAY], 1.0) for n in range(days))
        # Working days up to and including each day
        self._until = [round(total, 3) for total in accumulate(by_day)]

    @classmethod
    def of_company(cls, company, first, last):
        """:return: working time by the calendar of a company, without holidays"""
        last = max(first, last)
        first = max(first, last - LONGEST)
        # sudo: working hours and holidays are only used to count days.
        parts = company.sudo()._get_sales_working_days(first, last)
        return cls(parts, first, last)

    def until(self, day):
        """Return the working days up to and including a day.

        >>> from datetime import date
        >>> monday = date(2026, 10, 12)
        >>> week = [(monday + n * DAY, 1.0) for n in range(5)]
        >>> time = WorkingTime(week, monday - DAY, monday + 7 * DAY)
        >>> [time.until(monday + n * DAY) for n in (-9, -1, 0, 4, 5, 90)]
        [0.0, 0.0, 1.0, 5.0, 5.0, 5.0]
        """
        if day < self.first:
            return 0.0
        return self._until[(min(day, self.last) - self.first).days]

    def count(self, start, end):
        """Return the working days from one day to another.

        >>> from datetime import date
        >>> friday = date(2026, 10, 9)
        >>> parts = [(friday, 0.5), (friday, 0.5), (friday + 3 * DAY, 1.0)]
        >>> time = WorkingTime(parts, friday, friday + 3 * DAY)
        >>> time.count(friday, friday + 3 * DAY), time.count(friday, friday)
        (1.0, 0.0)
        """
        return self.until(end) - self.until(start)

    def find_start(self, allowed):
        """Return the latest day from which, until the last day, more than so many
        working days have passed; None if there is none.

        >>> from datetime import date
        >>> monday = date(2026, 10, 12)
        >>> week = [(monday + n * DAY, 1.0) for n in range(5)]
        >>> time = WorkingTime(week, monday, monday + 4 * DAY)
        >>> time.find_start(2)
        datetime.date(2026, 10, 13)
        >>> time.find_start(4)
        """
        most = self._until[-1] - allowed
        place = bisect_left(self._until, most) - 1
        return self.first + place * DAY if place >= 0 else None

    def sql_until(self, day):
        """Return the SQL of the working days up to and including a day.

        :param SQL day: a date; NULL gives NULL
        """
        return SQL(
            "(%(until)s::float8[])[CASE WHEN %(day)s IS NOT NULL THEN"
            " LEAST(GREATEST(%(day)s, %(first)s), %(last)s) - %(first)s + 1 END]",
            until=to_array(self._until),
            day=day,
            first=SQL("%s::date", self.first),
            last=SQL("%s::date", self.last),
        )
