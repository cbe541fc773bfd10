# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


def next_month(month, count=1):
    """Return the first day of a later or earlier month.

    >>> next_month(date(2026, 12, 1)), next_month(date(2026, 1, 1), -1)
    (datetime.date(2027, 1, 1), datetime.date(2025, 12, 1))
    """
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def last_day(month):
    """
    >>> last_day(date(2028, 2, 1))
    datetime.date(2028, 2, 29)
    """
    return next_month(month) - timedelta(days=1)


class FiscalCalendar:
    """Finds the intervals of a company whose fiscal year begins in a given month.

    Months are named by their first day everywhere in the engine.
    """

    def __init__(self, first_month=1):
        self._first_month = first_month

    def months(self, interval, month):
        """Return the months of the interval that contains a month.

        >>> april = FiscalCalendar(first_month=4)
        >>> [day.month for day in april.months("quarter", date(2026, 6, 1))]
        [4, 5, 6]
        >>> april.months("year", date(2026, 3, 1))[0]
        datetime.date(2025, 4, 1)
        >>> FiscalCalendar().months("half", date(2026, 8, 1))[-1]
        datetime.date(2026, 12, 1)

        :param str interval: ``month``, ``quarter``, ``half`` or ``year``
        """
        length = LENGTHS[interval]
        start = next_month(month, -((month.month - self._first_month) % length))
        return [next_month(start, number) for number in range(length)]
