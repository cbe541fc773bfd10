# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections import defaultdict

from odoo.tools.translate import LazyTranslate

from .heading_row import find_heading, read_headings
from .headings import normalize
from .left_out import ABOVE, LeftOut, find_left_out
from .merged_cells import fill_down
from .sheet import BadCell, UnreadableFile, name_cell, name_column
from .table import Table
from .titles import find_units, read_factor, read_year
from .whole_sheets import WHOLE, find_wholes
from .year_column import find_year_column, join_years

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

NO_TABLE = _lt("It has no rows below headings.")
REST = re.compile(r"\d{3}(?:[.,]\d+)?")
DIVIDED = _lt(
    "The row has more cells than there are headings: the separator of the cells divides"
    " the amount. Save the file as XLSX."
)


def find_tables(sheets, fields=()):
    """Find the tables of all sheets; sheets of one layout become one table.

    :param fields: ``Field``s that columns may be, to tell headings from rows
    :return: list of ``Table``s, the one with most rows first
    :raises UnreadableFile: if there is none
    """
    layouts, left_out = defaultdict(list), []
    for sheet in sheets:
        table = sheet.rows and find_table(sheet, fields)
        if table:
            layouts[_get_layout(table)].append(table)
        else:
            left_out.append(LeftOut(sheet.name, 0, sheet.reason or NO_TABLE))
    if not layouts:
        raise UnreadableFile(
            _lt("The file has no table: headings, and rows with figures below them.")
        )
    tables = []
    for same in layouts.values():
        wholes = find_wholes(same)
        left_out += [LeftOut(*table.sheets, 0, WHOLE) for table in wholes]
        table, *others = [table for table in same if table not in wholes]
        for other in others:
            _append(table, other)
        tables.append(table)
    for table in tables:
        table.left_out += left_out
    return sorted(tables, key=lambda table: -len(table.rows))


def _get_layout(table):
    """:return: what sheets have in common that become one table: their headings, and
    what their figures are counted in"""
    columns = range(len(table.headings))
    return tuple(
        sorted(
            (normalize(table.headings[column]), table.get_factor(column))
            for column in columns
        )
    )


def find_table(sheet, fields=()):
    """Find the heading of a sheet and the rows below it.

    :return: ``Table``, or None if the sheet has none
    """
    place = find_heading(sheet.rows, fields)
    width = max(len(row.cells) for row in sheet.rows)
    notes = list(sheet.notes)
    if place is None and width < 2:
        return None
    if place is None:
        above, below = [], sheet.rows
        headings = [name_column(column) for column in range(width)]
        notes.append(_lt("There are no headings; columns are named by their letters."))
    else:
        above, below = sheet.rows[:place], sheet.rows[place + 1 :]
        headings = read_headings(sheet.rows, place, sheet.merged, width)
    reasons = find_left_out(below, headings)
    rows = [row for number, row in enumerate(below) if number not in reasons]
    if not rows:
        return None
    notes += fill_down(sheet, rows, headings, fields)
    notes += _note_unnamed(rows, headings)
    year_column = find_year_column(rows, headings)
    if year_column is not None:
        join_years(rows, headings, year_column)
    left_out = [LeftOut(row.sheet, row.number, ABOVE) for row in above]
    left_out += [
        LeftOut(row.sheet, row.number, reasons[number])
        for number, row in enumerate(below)
        if number in reasons
    ]
    titles = [cell for row in above for cell in row.cells if isinstance(cell, str)]
    year = _find_first(read_year, [*titles, sheet.name])
    return Table(
        sheets=[sheet.name],
        headings=headings,
        rows=rows,
        left_out=left_out,
        notes=notes,
        years={sheet.name: year} if year else {},
        file_year=read_year(sheet.file),
        year_column=year_column,
        units=[unit for title in titles for unit in find_units(title)],
        factor=_find_first(read_factor, titles) or 1.0,
        is_european=sheet.is_european,
    )


def _find_first(read, texts):
    """:return: what the first text tells that tells anything"""
    return next(filter(None, map(read, texts)), None)


def _note_unnamed(rows, headings):
    """Tell of cells without heading: of a column that would be missed.

    One with three figures after the last heading is the rest of an amount that its
    thousands separator divided: that amount is a bad cell.
    """
    notes = []
    for row in rows:
        for column, cell in enumerate(row.cells):
            if cell is None or headings[column]:
                continue
            if column and isinstance(cell, str) and REST.fullmatch(cell):
                row.cells[column - 1] = BadCell(DIVIDED)
            elif not notes:
                notes.append(
                    _lt(
                        "Cells without a heading are not read, the first is %s.",
                        name_cell(column, row.number, row.sheet),
                    )
                )
    return notes


def _append(table, other):
    """Add the rows of a table with the same headings, maybe in another order."""
    places = _find_places(table.headings, other.headings)
    if places == sorted(places):
        table.rows += other.rows
    else:
        table.rows += [
            row._replace(cells=[row.get(place) for place in places])
            for row in other.rows
        ]
    table.sheets += other.sheets
    table.left_out += other.left_out
    table.notes += other.notes
    table.years |= other.years
    table.units += other.units


def _find_places(headings, others):
    """:return: for each heading, where it is among others"""
    keys, places = list(map(normalize, others)), []
    for heading in map(normalize, headings):
        places.append(keys.index(heading))
        keys[places[-1]] = None
    return places
