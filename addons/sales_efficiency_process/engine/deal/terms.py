# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)


def get_notice_date(end, days):
    """Return the day by which a contract is to be renewed or ended.

    >>> from datetime import date
    >>> get_notice_date(date(2027, 3, 31), 60)
    datetime.date(2027, 1, 30)
    """
    return end - timedelta(days=days)


def get_next_term(start, end):
    """Return the term that follows, as long as the one that ends: in months if that was
    in whole months, else in days.

    >>> from datetime import date
    >>> get_next_term(date(2026, 4, 1), date(2027, 3, 31))
    (datetime.date(2027, 4, 1), datetime.date(2028, 3, 31))
    >>> get_next_term(date(2023, 3, 1), date(2024, 2, 29))
    (datetime.date(2024, 3, 1), datetime.date(2025, 2, 28))
    >>> get_next_term(date(2026, 1, 1), date(2026, 1, 10))
    (datetime.date(2026, 1, 11), datetime.date(2026, 1, 20))

    :param start: first day, or None if it is not known: then a year follows
    """
    following = end + DAY
    length = relativedelta(following, start) if start else relativedelta(years=1)
    if length.days:
        return following, following + (end - start)
    return following, following + length - DAY


def add_working_days(days, start, count):
    """Return the day on which so many working days have passed since a day.

    >>> from datetime import date
    >>> week = [date(2026, 10, day) for day in (12, 13, 14, 15, 16, 19)]
    >>> add_working_days(week, date(2026, 10, 14), 3)
    datetime.date(2026, 10, 19)
    >>> add_working_days(week, date(2026, 10, 14), 0)
    datetime.date(2026, 10, 14)

    :param days: working days
    :return: the day, or None if there are not so many
    """
    if not count:
        return start
    later = sorted(day for day in days if day > start)
    return later[count - 1] if len(later) >= count else None
