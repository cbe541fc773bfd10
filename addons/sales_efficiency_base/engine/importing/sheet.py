# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field
from typing import NamedTuple


class UnreadableFile(Exception):
    """A file that cannot be read, with a reason for the user.

    :param reason: lazily translated; show it by ``env._(error.reason)``
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class BadCell(Exception):
    """A cell that cannot be read, with a reason for the user.

    A sheet holds it in place of a value that the file lacks, e.g. of a formula without
    stored value; a reading raises it.

    :param reason: lazily translated; show it by ``env._(error.reason)``
    """

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Row(NamedTuple):
    """A row with at least one cell filled.

    :param str sheet: name of the sheet; empty for a text file
    :param int number: as the program of the file shows it: blank rows count
    :param list cells: text without outer blanks, ``int``, ``float``, ``bool``, ``date``,
        ``BadCell``, or None if empty. A percentage is text as it is shown: "41%".
    """

    sheet: str
    number: int
    cells: list

    def get(self, column):
        """Return a cell, None beyond the last one."""
        return self.cells[column] if column < len(self.cells) else None


class Merged(NamedTuple):
    """A merged range, both ends included; rows by number, columns from 0."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass
class Sheet:
    """The cells of a sheet.

    :param str name: empty for a text file
    :param list rows: ``Row`` of each row that is not blank
    :param list merged: ``Merged`` ranges
    :param list notes: lazily translated: what the user should know of the reading,
        e.g. which encoding was taken
    """

    name: str
    rows: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def name_cell(column, number):
    """Name a cell as spreadsheets do.

    :param int column: from 0

    >>> name_cell(1, 2), name_cell(27, 10)
    ('B2', 'AB10')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{number}"
