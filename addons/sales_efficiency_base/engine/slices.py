# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from bisect import bisect_left, bisect_right

from odoo.tools import SQL

from ..tools.period import DAY, Period


def merge(ranges):
    """Merge ranges of days into as few as possible.

    >>> from datetime import date
    >>> may, june = Period.month(date(2026, 5, 1)), Period.month(date(2026, 6, 1))
    >>> [(part.start.month, part.end.month) for part in merge([[june], [may]])]
    [(5, 6)]

    :param list ranges: for each period, its ranges of days
    """
    merged = []
    for part in sorted(part for parts in ranges for part in parts):
        if merged and part.start <= merged[-1].end + DAY:
            end = max(part.end, merged[-1].end)
            merged[-1] = Period(merged[-1].start, end)
        else:
            merged.append(part)
    return merged


def cut(day, ranges):
    """Cut time into slices such that each range consists of whole slices.

    :param str day: column of the date: ``month`` or ``date``
    :param list ranges: see ``merge``
    :return: SQL of the first day of the slice, and pairs of the first day of a slice
        and the place of a period that contains it
    """
    parts = [part for parts in ranges for part in parts]
    if day == "month":
        first_day = SQL("month")
        starts = {month for part in parts for month in part.months()}
    else:
        starts = {part.start for part in parts} | {part.end + DAY for part in parts}
        days = f"{{{','.join(map(str, sorted(starts)))}}}"
        array = SQL("%s::date[]", days)
        first_day = SQL("(%s)[width_bucket(date, %s)]", array, array)
    starts = sorted(starts)
    return first_day, [
        (start, place)
        for place, parts in enumerate(ranges)
        for part in parts
        for start in starts[
            bisect_left(starts, part.start) : bisect_right(starts, part.end)
        ]
    ]
