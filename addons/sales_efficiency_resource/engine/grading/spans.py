# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

DAY = timedelta(days=1)


def subtract(span, others):
    """Return the parts of a span of days that no other span covers.

    :param tuple span: first and last day; None as the last day means open
    :param others: spans that do not overlap
    :return: list of spans, in order

    >>> day = date(2026, 1, 1)
    >>> week, rest = (day, day + 6 * DAY), (day + 5 * DAY, None)
    >>> subtract(week, [rest]) == [(day, day + 4 * DAY)]
    True
    >>> subtract((day, None), [(day + DAY, day + DAY)]) == [
    ...     (day, day), (day + 2 * DAY, None)]
    True
    >>> subtract(week, [(day, None)])
    []
    """
    start, end = span
    end = end or date.max
    parts = []
    for other_start, other_end in sorted(others):
        if start > end:
            break
        if (other_end or date.max) < start or other_start > end:
            continue
        if other_start > start:
            parts.append((start, other_start - DAY))
        start = other_end + DAY if other_end else date.max
        if not other_end:
            return [(first, last) for first, last in parts]
    if start <= end:
        parts.append((start, None if end == date.max else end))
    return parts
