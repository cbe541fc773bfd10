# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field
from functools import cached_property

from .headings import match_headings, normalize
from .numbers import DECIMALS, read_number
from .readings import Hints, find_readings
from .sheet import BadCell
from .titles import read_factor
from .vocabulary import EUROPEAN
from .year_column import read_year_cell

# Rows that show whether a column holds figures
SAMPLE = 200


@dataclass
class Table:
    """A heading and the rows below it, of one sheet or several of one layout.

    :param list sheets: names of the sheets
    :param list headings: text, from left to right; empty for a column without heading
    :param list rows: ``Row``s in the order of the headings; ``Row.sheet`` is the sheet
    :param list left_out: ``LeftOut`` rows: titles, totals, units, repeated headings,
        remarks
    :param list notes: lazily translated, e.g. that merged cells were filled down
    :param dict years: sheet → year that its title or name says, for months without one
    :param int file_year: year that only the name of the file says: it may be when the
        file was made
    :param list units: what the titles say of the figures
    :param int year_column: column that tells the year of each row, or None
    :param float factor: 1000 if a title says "in thousands"; see ``get_factor``
    :param bool is_european: whether semicolons separate the cells
    :param str zone: time zone of days; set it before you read stamps of other zones
    """

    sheets: list
    headings: list
    rows: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    years: dict = field(default_factory=dict)
    file_year: int | None = None
    units: list = field(default_factory=list)
    year_column: int | None = None
    factor: float = 1.0
    is_european: bool = False
    zone: str | None = None

    def get_cells(self, column):
        """Return the cells of a column, from 0, by row."""
        return [row.get(column) for row in self.rows]

    def get_year(self, row, default=None):
        """Return the year of a row whose months have none."""
        if self.year_column is not None:
            return read_year_cell(row.get(self.year_column))
        return self.years.get(row.sheet, default)

    def match(self, fields, remembered=None, unlikely=()):
        """Find the columns of fields, see ``match_headings``, by their cells, too.

        :param unlikely: numbers of columns that others go before
        """
        numeric = {
            column
            for column in range(len(self.headings))
            if _is_numeric(self.rows, column)
        }
        return match_headings(self.headings, fields, remembered, numeric, unlikely)

    def get_readings(self, column, kind):
        """Return the readings of a column, see ``find_readings``."""
        return find_readings(kind, self.get_cells(column), self.hints)

    def get_factor(self, column):
        """Return what the figures of a column are counted in: 1000 if its heading or a
        title says "in thousands". Ask the user before you multiply."""
        return read_factor(self.headings[column]) or self.factor

    @cached_property
    def hints(self):
        """What the whole table makes plain"""
        years = set(self.years.values())
        words = set(map(normalize, self.headings))
        return Hints(
            decimal=self._find_decimal(),
            is_european=self.is_european or not words.isdisjoint(EUROPEAN),
            year=years.pop() if len(years) == 1 else self.file_year,
            zone=self.zone,
        )

    def _find_decimal(self):
        """:return: the sign before decimals that some columns can only have"""
        found = set()
        for column in range(len(self.headings)):
            cells = {
                cell
                for cell in self.get_cells(column)
                if isinstance(cell, str) and ("," in cell or "." in cell)
            }
            fitting = [
                decimal
                for decimal in DECIMALS
                if all(read_number(cell, decimal) is not None for cell in cells)
            ]
            if len(fitting) == 1:
                found.update(fitting)
        return found.pop() if len(found) == 1 else None


def _is_numeric(rows, column):
    """:return: whether a column holds figures; one that may is no other. Cells that
    are empty or cannot be read say nothing."""
    cells = [row.get(column) for row in rows[:SAMPLE]]
    cells = [cell for cell in cells if not isinstance(cell, BadCell | None)]
    figures = sum(
        any(read_number(cell, decimal) is not None for decimal in DECIMALS)
        for cell in cells
    )
    return 2 * figures >= len(cells)
