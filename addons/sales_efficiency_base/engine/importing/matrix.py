# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

from .headings import Field, normalize
from .left_out import is_total
from .month_names import read_month
from .numbers import DECIMALS, read_number
from .sheet import BadCell
from .text import match_any, simplify
from .vocabulary import FIGURES, SYNONYMS

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

SERIES = re.compile(rf"(?P<month>.*\S)\s*(?P<word>{match_any(FIGURES)})", re.IGNORECASE)
# Columns of a longer time than a month, and of what is derived from others
LONGER = re.compile(
    r"(?:.*\s)?(?:q[1-4]|[1-4]q|h[12]|ytd|fy)(?:\s.*)?|.*(?:第?[一二三四1-4]季度?|[上下]半年|全年|平均|占比)"
    r"|average|avg|share|growth|durchschnitt|.*quartal|.*quarter"
)
NO_YEAR = BadCell(_lt("The month has no year."))
FIGURE_WORDS = frozenset(map(normalize, FIGURES))
FIELDS = [Field(name, (), synonyms) for name, synonyms in SYNONYMS.items()]


class Figure(NamedTuple):
    """A figure of a matrix.

    :param Row row: row of the table
    :param int column: column of the figure
    :param month: ``date``: first day of the month; a ``BadCell`` if it cannot be read
    :param str name: heading, if names are the columns; else None
    """

    row: object
    column: int
    month: object
    name: str | None


@dataclass
class Matrix:
    """A table with months or names (persons, products) as columns.

    :param dict months: column → ``MonthName``; empty if names are the columns
    :param dict names: column → heading; empty if months are the columns
    :param int month_column: column of the months, if names are the columns
    :param list keys: columns that describe the rows: person, product, metric
    :param list left_out: columns of totals and quarters
    :param list series: words beside the months, e.g. target and actual; if there is
        more than one, ask, and find the matrix of that one
    :param bool lacks_year: whether a month has no year and no title says it: ask
    """

    months: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)
    month_column: int | None = None
    keys: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    series: list = field(default_factory=list)
    lacks_year: bool = False

    @property
    def columns(self):
        """Columns with figures"""
        return list(self.months or self.names)

    def get_figures(self, table, year=None, reading=None):
        """Yield a ``Figure`` for each cell of a row and a column with figures; empty
        cells are left out.

        :param int year: of months without one, if the table does not say it
        :param Reading reading: of the column of months; the likeliest if None
        """
        if self.names and not reading:
            reading = table.get_readings(self.month_column, "month")[0]
        for row in table.rows:
            default = table.get_year(row, year)
            if self.names:
                month = self._read_month(row, reading, default)
            for column in self.columns:
                if row.get(column) is None:
                    continue
                if self.months:
                    month = self.months[column].on(default) or NO_YEAR
                yield Figure(row, column, month, self.names.get(column))

    def _read_month(self, row, reading, year):
        cell = row.get(self.month_column)
        month = read_month(cell)
        if month and month.year is None:
            return month.on(year) or NO_YEAR
        try:
            return reading.read(cell)
        except BadCell as error:
            return error


def find_matrix(table, fields=(), series=None):
    """Find out whether a table is a matrix.

    :param fields: ``Field``s; what they are called is no name of a person or product
    :param str series: which of several figures of the months, see ``Matrix.series``
    :return: ``Matrix``, or None if a row is one record
    """
    # Names first: a person may be called April.
    return _find_names(table, [*fields, *FIELDS]) or _find_months(table, series)


def _find_months(table, series):
    by_series = _read_month_headings(table.headings)
    if series not in by_series:
        series = next(iter(by_series), None)
    months = by_series.get(series, {})
    if len(set(months.values())) < 2 or len(set(months.values())) < len(months):
        return None
    matrix = Matrix(months=months, series=list(by_series))
    others = {column for found in by_series.values() for column in found} - {*months}
    for column, heading in enumerate(table.headings):
        if column in others or (column not in months and _is_derived(heading)):
            matrix.left_out.append(column)
        elif column not in months and heading:
            matrix.keys.append(column)
    matrix.lacks_year = _lacks_year(months.values(), table)
    return matrix


def _lacks_year(months, table):
    """:return: whether nothing tells the year of a month"""
    if table.year_column is not None:
        return False
    return any(month.year is None for month in months) and any(
        sheet not in table.years for sheet in table.sheets
    )


def _read_month_headings(headings):
    """:return: dict word beside the months (target, actual) → dict column → month"""
    # 1 to 12, but not the code of a product
    bare = sum(heading.isdecimal() and len(heading) < 3 for heading in headings) > 2
    found = {}
    for column, heading in enumerate(headings):
        match = SERIES.fullmatch(heading)
        name, word = (match["month"], match["word"]) if match else (heading, "")
        month = name and read_month(name, bare=bare)
        if month:
            found.setdefault(word, {})[column] = month
    return found


def _find_names(table, fields):
    columns = [column for column, heading in enumerate(table.headings) if heading]
    month_column = next((c for c in columns if _has_months(table.get_cells(c))), None)
    if month_column is None:
        return None
    words = FIGURE_WORDS.union(
        *(field_.names | field_.other_names for field_ in fields)
    )
    months = map(read_month, table.get_cells(month_column))
    matrix = Matrix(
        month_column=month_column,
        lacks_year=_lacks_year(filter(None, months), table),
    )
    for column in columns:
        heading = table.headings[column]
        if column == month_column:
            continue
        if _is_derived(heading):
            matrix.left_out.append(column)
        elif normalize(heading) in words or not _has_figures(table, column):
            return None
        else:
            matrix.names[column] = heading
    return matrix if len(matrix.names) > 1 else None


def _is_derived(heading):
    return is_total(heading) or bool(LONGER.fullmatch(simplify(heading)))


def _has_months(cells):
    """:return: whether all cells are months, each once"""
    found = set()
    for cell in cells:
        if cell is not None:
            month = read_month(cell)
            if month is None or month in found:
                return False
            found.add(month)
    return len(found) > 1


def _has_figures(table, column):
    cells = [cell for cell in table.get_cells(column) if cell is not None]
    return bool(cells) and any(
        all(read_number(cell, decimal) is not None for cell in cells)
        for decimal in DECIMALS
    )
