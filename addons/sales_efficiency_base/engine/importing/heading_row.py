# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections import Counter
from datetime import date

from .dates import read_date
from .headings import normalize
from .month_names import read_month
from .numbers import read_number
from .text import simplify
from .vocabulary import FIGURES, SYNONYMS, TOTALS

# Rows among which the heading is sought, and rows that show how wide the table is
FIRST, SAMPLE = 50, 200
WORDS = frozenset(
    normalize(word) for words in (TOTALS, FIGURES, *SYNONYMS.values()) for word in words
)
YEAR = re.compile(
    r"(?:民國|民国|西元|公元|fy)?\s*(?:(?:19|20)\d\d|1[0-4]\d|\d\d)\s*年?度?"
)


def find_heading(rows, fields=()):
    """Find the row with the headings.

    It is the first of those that have most words of headings, and months. If none has
    any, the first row of texts as wide as the table.

    :param list rows: ``Row``s
    :param fields: ``Field``s; what they are called is a word of headings too
    :return: its place in ``rows``, or None if the table has no heading
    """
    first = rows[:FIRST]
    words = WORDS.union(*(field.other_names for field in fields))
    known = [_count_known(row, words) for row in first]
    best = max(known, default=0)
    if best >= 2 or (best == 1 and max(len(row.cells) for row in rows[:SAMPLE]) == 1):
        return known.index(best)
    widths = Counter(_count_filled(row) for row in rows[:SAMPLE])
    usual = max(widths, key=lambda width: (widths[width], width))
    for place, row in enumerate(first[: len(rows) - 1]):
        cells = [cell for cell in row.cells if cell is not None]
        is_wide = len(cells) >= max(2, 0.6 * usual)
        if is_wide and all(map(is_label, cells)) and len({*cells}) == len(cells):
            return place
    return None


def is_label(cell):
    """Return whether a cell may name a column."""
    if read_month(cell):
        return True
    return (
        isinstance(cell, str)
        and not cell.endswith((":", "："))
        and read_number(cell) is None
        and read_number(cell, ",") is None
        and read_date(cell, "dmy") is None
    )


def read_headings(rows, place, merged, width):
    """Read the headings, those over several rows and columns included.

    In the row above are a year over months, what tells repeated headings apart (a month
    over target and actual), and the text of a heading merged over both.

    :param int place: of the row with the headings in ``rows``
    :return: list of text
    """
    row = rows[place]
    headings = [_name(row.get(column)) for column in range(width)]
    above = rows[place - 1] if place else None
    if above is None or above.number != row.number - 1:
        return headings
    is_repeated = len(set(filter(None, headings))) < sum(map(bool, headings))
    over = ""
    for column in range(width):
        upper = _name(above.get(column))
        over = upper or over
        month = read_month(headings[column])
        if month and month.year is None and YEAR.fullmatch(simplify(over)):
            headings[column] = f"{over.rstrip('年度')}年{month.month}月"
        elif headings[column] and is_repeated and over:
            headings[column] = f"{over} {headings[column]}"
        elif upper and not headings[column] and _covers(merged, above, row, column):
            headings[column] = upper
    return headings


def _covers(merged, above, row, column):
    """:return: whether a merged cell begins above and ends in the row of headings"""
    return any(
        cells.first_row <= above.number
        and cells.last_row >= row.number
        and cells.first_column <= column <= cells.last_column
        for cells in merged
    )


def _name(cell):
    """:return: a cell as a heading: dates are months"""
    if cell is None or isinstance(cell, Exception):
        return ""
    if isinstance(cell, date):
        return cell.strftime("%Y-%m")
    return " ".join(str(cell).split())


def _count_filled(row):
    return sum(cell is not None for cell in row.cells)


def _count_known(row, known):
    """:return: how many cells are words of headings, or months not in a column"""
    cells = [cell for cell in row.cells if cell is not None]
    words = sum(isinstance(cell, str) and normalize(cell) in known for cell in cells)
    in_turn = _count_in_turn(cells)
    if words and words + in_turn == len(cells):
        return len(cells)
    months = sum(bool(read_month(cell)) for cell in cells)
    # A row of data has one month and one figure that looks like one.
    return words + (months if months > 2 else 0)


def _count_in_turn(cells):
    """:return: how many numbers follow each other, as 1 to 12 for the months"""
    cells = [str(cell) for cell in cells if type(cell) in (int, str)]
    numbers = [int(cell) for cell in cells if cell.isdecimal()]
    return len(numbers) if numbers == list(range(1, len(numbers) + 1)) else 0
