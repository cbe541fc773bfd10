# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta


def get_monday(day):
    """Return the first day of the ISO week of a day.

    >>> from datetime import date
    >>> get_monday(date(2026, 7, 19)), get_monday(date(2026, 7, 20))
    (datetime.date(2026, 7, 13), datetime.date(2026, 7, 20))
    """
    return day - timedelta(days=day.weekday())
