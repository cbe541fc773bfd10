# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import NamedTuple

from odoo.tools.translate import LazyTranslate

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# What is larger was not made for people, or to harm: one file holds years of sales.
MAX_BYTES = 50 * 2**20
MAX_UNPACKED = 250 * 2**20
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_CELLS = 5_000_000
# Blanks of any kind, and marks without width
BLANKS = " \t\r\n\f\v\xa0\u3000\u2002\u2003\u2009\u202f\u200b\u200e\u200f\ufeff\0"


class UnreadableFile(Exception):
    """A file that cannot be read, with a reason for the user.

    :param reason: lazily translated; show it by ``env._(error.reason)``
    """

    def __init__(self, reason):
        super().__init__(repr(reason))  # for logs, in no language
        self.reason = reason


class UnreadableSheet(UnreadableFile):
    """A sheet that holds no rows of records; other sheets of the file may."""


class BadCell(Exception):
    """A cell that cannot be read, with a reason for the user.

    A sheet holds it in place of a value that the file lacks, e.g. of a formula without
    stored value; a reading raises it.

    :param reason: lazily translated; show it by ``env._(error.reason)``
    """

    def __init__(self, reason):
        super().__init__(repr(reason))  # for logs, in no language
        self.reason = reason


class Row(NamedTuple):
    """A row with at least one cell filled.

    :param str sheet: name of the sheet; empty for a text file
    :param int number: as the program of the file shows it: blank rows count
    :param list cells: text without outer blanks, number, ``bool``, ``date``,
        ``BadCell``, or None if empty. A percentage is text: "41%".
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
    :param bool is_european: whether semicolons separate the cells, as where commas are
        written before decimals
    :param bool is_hidden: whether the user does not see it
    :param reason: lazily translated: why it cannot be read, though others can
    :param str file: name of the file
    """

    name: str
    rows: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    is_european: bool = False
    is_hidden: bool = False
    reason: object = None
    file: str = ""
    cells: int = field(default=0, init=False)

    def add(self, number, cells):
        """Add a row unless it is blank; empty cells at its end are left out.

        :raises UnreadableFile: if the sheet is too large
        """
        width = len(cells)
        while width and cells[width - 1] is None:
            width -= 1
        if not width:
            return
        self.cells += width
        if width > MAX_COLUMNS:
            raise UnreadableSheet(
                _lt(
                    "Row %(row)s has %(columns)s columns; %(most)s can be read.",
                    row=number,
                    columns=width,
                    most=MAX_COLUMNS,
                )
            )
        if len(self.rows) == MAX_ROWS or self.cells > MAX_CELLS:
            raise UnreadableFile(
                _lt(
                    "The file has more than %s rows. Divide it, e.g. into years.",
                    len(self.rows),
                )
            )
        self.rows.append(Row(self.name, number, cells[:width]))

    def note_hidden(self, rows, columns):
        """Tell of rows that a filter hides, and of hidden columns: they are read, too.

        :param rows: their numbers
        :param columns: their numbers, from 0
        """
        if hidden := [row.number for row in self.rows if row.number in rows]:
            self.notes.append(
                _lt(
                    "Hidden rows are read, too: %(count)s, the first is row %(row)s."
                    " Delete those that you do not want to import.",
                    count=len(hidden),
                    row=hidden[0],
                )
            )
        width = max((len(row.cells) for row in self.rows), default=0)
        if hidden := [name_column(column) for column in columns if column < width]:
            self.notes.append(
                _lt(
                    "Hidden columns are read, too: %s. Leave out those that you do not"
                    " want to import.",
                    ", ".join(hidden),
                )
            )


def clean(value):
    """Return the value of a cell: text without outer blanks, dates without time.

    >>> clean("\\u3000Amy \\xa0"), clean("  "), clean(datetime(2025, 3, 8, 12))
    ('Amy', None, datetime.date(2025, 3, 8))
    """
    if isinstance(value, str):
        return value.strip(BLANKS) or None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, time | timedelta):
        return str(value)
    return value


def name_column(column):
    """Name a column, from 0, as spreadsheets do.

    >>> name_column(0), name_column(27)
    ('A', 'AB')
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def name_cell(column, number, sheet=""):
    """Name a cell as spreadsheets do.

    :param int column: from 0

    >>> name_cell(1, 2), name_cell(1, 2, "Jan")
    ('B2', 'Jan!B2')
    """
    return f"{sheet}{'!' if sheet else ''}{name_column(column)}{number}"
