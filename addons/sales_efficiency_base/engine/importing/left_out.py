# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections import Counter
from datetime import date
from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

from ...tools.limits import FIRST_DAY
from .dates import ORDERS, read_date
from .headings import normalize
from .month_names import read_month
from .numbers import DECIMALS, read_number
from .text import simplify
from .vocabulary import TOTALS, UNITS

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

ABOVE = _lt("It is above the headings.")
TOTAL = _lt("It is a total of other rows.")
UNIT = _lt("It tells the units.")
HEADING = _lt("It repeats the headings.")
REMARK = _lt("It is a remark below the table.")

TOTAL_KEYS = frozenset(map(normalize, TOTALS))
CHINESE_TOTALS = tuple(word for word in TOTALS if not word.isascii())
LATIN_TOTAL = "|".join(re.escape(word) for word in TOTALS if word.isascii())
ENDS_WITH_TOTAL = re.compile(rf"(?<![a-z])(?:{LATIN_TOTAL})$")
BEGINS_WITH_TOTAL = re.compile(rf"(?:{LATIN_TOTAL})(?![a-z])")
# Share of the rows in which a column is filled that a record has
USUAL = 0.9


class LeftOut(NamedTuple):
    """A row that is no row of the table.

    :param reason: lazily translated
    """

    sheet: str
    number: int
    reason: object


def is_total(text):
    """Return whether a text is what totals are called, and nothing else.

    >>> is_total("合 計："), is_total("Grand Total"), is_total("Total Wine")
    (True, True, False)
    """
    return isinstance(text, str) and normalize(text) in TOTAL_KEYS


def find_left_out(rows, headings):
    """Find the rows below the headings that are no rows of the table.

    :param list rows: ``Row``s
    :param list headings: text
    :return: dict place in ``rows`` → reason
    """
    keys = [normalize(heading) for heading in headings]
    usual = _find_usual_columns(rows)
    reasons = {}
    for place, row in enumerate(rows):
        if _is_total_row(row, usual):
            reasons[place] = TOTAL
        elif _repeats(row, keys):
            reasons[place] = HEADING
    if rows and 0 not in reasons and _tells_units(rows[0]):
        reasons[0] = UNIT
    for place in range(len(rows) - 1, -1, -1):
        if place in reasons:
            continue
        if len(headings) < 3 or not _is_remark(rows[place]):
            break
        reasons[place] = REMARK
    return reasons


def _find_usual_columns(rows):
    """:return: columns that are filled in nearly all rows"""
    filled = Counter(
        column
        for row in rows
        for column, cell in enumerate(row.cells)
        if cell is not None
    )
    if len(rows) < 10:
        # so few that a total weighs much
        return [column for column, count in filled.items() if 2 * count >= len(rows)]
    return [column for column, count in filled.items() if count >= USUAL * len(rows)]


def _is_total_row(row, usual):
    """A customer may be called Total: a row with all that a record has is a total only
    if it begins with such a word, and has nothing but figures beside it."""
    cells = [cell for cell in row.cells if cell is not None]
    if any(row.get(column) is None for column in usual):
        # A customer may be called so, too: what happened on a day is no total, but
        # totals of a day or month end with such a word.
        is_named = ends_with_total if any(map(_is_day, cells)) else _has_total
        return any(map(is_named, cells)) and any(map(is_figure, cells))
    return ends_with_total(cells[0]) and all(map(is_figure, cells[1:]))


def _is_day(cell):
    """:return: whether a cell is a day or a month, and no amount"""
    if not isinstance(cell, str) or is_figure(cell):
        return isinstance(cell, date)
    is_month = read_month(cell) is not None
    return is_month or any(read_date(cell, order, FIRST_DAY.year) for order in ORDERS)


def is_figure(cell):
    """Return whether a cell is a number or may be one."""
    if isinstance(cell, str):
        return any(read_number(cell, decimal) is not None for decimal in DECIMALS)
    # a formula without value, too
    return not isinstance(cell, date)


def _has_total(text):
    """:return: whether a text is about a total: Total for March, Amy Total"""
    if not isinstance(text, str):
        return False
    simple = simplify(text)
    return ends_with_total(text) or bool(
        simple.startswith(CHINESE_TOTALS) or BEGINS_WITH_TOTAL.match(simple)
    )


def ends_with_total(text):
    """Return whether a text ends with what totals are called: Amy Total."""
    if not isinstance(text, str):
        return False
    simple = simplify(text).rstrip(":. ")
    return (
        is_total(text)
        or simple.endswith(CHINESE_TOTALS)
        or bool(ENDS_WITH_TOTAL.search(simple))
    )


def _repeats(row, keys):
    width = len(row.cells)
    # The first cell decides it for nearly all rows.
    return (
        width <= len(keys)
        and not any(keys[width:])
        and all(
            (normalize(cell) if isinstance(cell, str) else cell or "") == key
            for cell, key in zip(row.cells, keys, strict=False)
        )
    )


def _tells_units(row):
    cells = [cell for cell in row.cells if cell is not None]
    return all(
        isinstance(cell, str) and simplify(cell).strip("()[]") in UNITS
        for cell in cells
    )


def _is_remark(row):
    cells = [cell for cell in row.cells if cell is not None]
    return len(cells) == 1 and isinstance(cells[0], str)
