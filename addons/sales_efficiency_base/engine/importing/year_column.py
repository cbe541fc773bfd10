# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A column of years beside months without one: 年度, 月份 or Year, Jan, Feb, Mar"""

import re

from ...tools.limits import FIRST_DAY, LAST_DAY
from .headings import normalize
from .month_names import ERA, get_year, read_month
from .text import simplify
from .vocabulary import SYNONYMS

YEARS, MONTHS = (
    frozenset(map(normalize, SYNONYMS[name])) for name in ("year", "month")
)
CELL = re.compile(rf"{ERA}\s*(?:fy)?\s*(?P<year>\d{{3,4}})\s*年?度?")


def read_year_cell(cell):
    """Return the year in a cell of a column of years.

    >>> read_year_cell(2025), read_year_cell("114年度"), read_year_cell("FY2025")
    (2025, 2025, 2025)
    >>> read_year_cell("amy")

    :return: None if it is something else
    """
    match = CELL.fullmatch(simplify(str(cell))) if type(cell) in (int, str) else None
    year = match and get_year(match["year"], match["era"])
    return year if year in range(FIRST_DAY.year, LAST_DAY.year + 1) else None


def find_year_column(rows, headings):
    """:return: the column that tells the year of each row, or None"""
    for column, heading in enumerate(headings):
        if normalize(heading) in YEARS and all(
            read_year_cell(row.get(column)) for row in rows
        ):
            return column
    return None


def join_years(rows, headings, year_column):
    """Write the year into a column of months without year.

    :param list rows: their cells are changed
    """
    for column, heading in enumerate(headings):
        if normalize(heading) not in MONTHS or column == year_column:
            continue
        for row in rows:
            month = read_month(row.get(column), bare=True)
            if month and month.year is None:
                row.cells[column] = month.on(read_year_cell(row.get(year_column)))
