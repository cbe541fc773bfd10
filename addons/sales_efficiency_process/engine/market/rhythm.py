# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

MONTHS = {"monthly": 1, "quarterly": 3}


def get_due_days(first, rhythm):
    """Iterate over the days on which rounds are due.

    They count from the first one, so that the 31st returns after a short month:

    >>> from datetime import date
    >>> days = get_due_days(date(2026, 1, 31), "monthly")
    >>> [next(days).isoformat() for _number in range(3)]
    ['2026-01-31', '2026-02-28', '2026-03-31']
    >>> [day.isoformat() for day in get_due_days(date(2026, 1, 31), "once")]
    ['2026-01-31']

    :param first: the first day
    :param str rhythm: ``once``, or a key of ``MONTHS``
    """
    yield first
    step = MONTHS.get(rhythm)
    number = 0
    while step:
        number += 1
        yield first + relativedelta(months=number * step)


def get_next_day(first, rhythm, last, today):
    """Return the day of the next round, or None if no round is to begin now.

    A round begins once the one before is over; rounds that nobody began in time, e.g.
    while the research was archived, are not made up for.

    >>> from datetime import date
    >>> first, today = date(2026, 1, 15), date(2026, 4, 20)
    >>> get_next_day(first, "monthly", None, date(2026, 1, 2)).isoformat()
    '2026-01-15'
    >>> get_next_day(first, "monthly", date(2026, 4, 15), today).isoformat()
    '2026-05-15'
    >>> get_next_day(first, "monthly", date(2026, 1, 15), today).isoformat()
    '2026-05-15'
    >>> get_next_day(first, "quarterly", date(2026, 4, 15), today).isoformat()
    '2026-07-15'
    >>> get_next_day(first, "once", first, today) is None
    True

    :param last: day of the last round, None before the first one
    """
    if last is None:
        return first
    if rhythm not in MONTHS:
        return None
    after = max(last, today)
    return next(day for day in get_due_days(first, rhythm) if day > after)
