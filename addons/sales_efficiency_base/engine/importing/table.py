# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field
from typing import NamedTuple


class LeftOut(NamedTuple):
    """A row that is no row of the table.

    :param reason: lazily translated
    """

    sheet: str
    number: int
    reason: object


@dataclass
class Table:
    """A heading and the rows below it, of one sheet or several of one layout.

    :param list sheets: names of the sheets
    :param list headings: text, from left to right; empty for a column without heading
    :param list rows: ``Row``s in the order of the headings; ``Row.sheet`` tells the sheet
    :param list left_out: ``LeftOut``: titles, totals, units, repeated headings, remarks
    :param list notes: lazily translated, e.g. that merged cells were filled down
    :param dict years: sheet → year that its title or name says, for months without one
    :param int factor: 1000 if a title says "in thousands", 10000 for 萬元; the figures
        are not multiplied: ask the user
    """

    sheets: list
    headings: list
    rows: list = field(default_factory=list)
    left_out: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    years: dict = field(default_factory=dict)
    factor: int = 1

    def get_cells(self, column):
        """Return the cells of a column, from 0, by row."""
        return [row.get(column) for row in self.rows]

    def get_readings(self, column, kind):
        """Return the readings of a column, see ``find_readings``, with the hints that
        the whole table gives."""
        raise NotImplementedError


def find_table(sheet):
    """Find the heading of a sheet and the rows below it.

    :return: ``Table``, or None if the sheet has none
    """
    raise NotImplementedError


def find_tables(sheets):
    """Find the tables of all sheets; sheets of one layout become one table.

    :return: list of ``Table``s, the one with most rows first
    :raises UnreadableFile: if there is none
    """
    raise NotImplementedError
