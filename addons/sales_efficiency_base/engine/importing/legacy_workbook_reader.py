# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import struct

import xlrd

from odoo.tools.translate import LazyTranslate

from .numbers import is_percentage
from .sheet import BadCell, Merged, Sheet, UnreadableFile, clean
from .workbook_reader import DAMAGED, PROTECTED

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# What xlrd raises for broken files
BROKEN = (
    *(xlrd.XLRDError, xlrd.compdoc.CompDocError, struct.error, AssertionError),
    *(AttributeError, EOFError, IndexError, KeyError, OverflowError, RecursionError),
    *(TypeError, ValueError),
)
# Of a workbook in XLSX that a password turned into this kind of file
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def read_legacy_workbook(content):
    """Read XLS.

    :return: list of ``Sheet``s; hidden ones without their rows
    """
    if ENCRYPTED in content:
        raise UnreadableFile(PROTECTED)
    try:
        # with formats, which tell percentages and merged cells
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, logfile=io.StringIO()
        )
        return [_read_sheet(book, sheet) for sheet in book.sheets()]
    except BROKEN as error:
        is_protected = "encrypted" in str(error)
        raise UnreadableFile(PROTECTED if is_protected else DAMAGED) from error


def _read_sheet(book, source):
    if source.visibility:
        return Sheet(source.name, is_hidden=True)
    merged = [
        Merged(first_row + 1, last_row, first_column, last_column - 1)
        for first_row, last_row, first_column, last_column in source.merged_cells
    ]
    sheet = Sheet(source.name, merged=merged)
    for number in range(source.nrows):
        sheet.add(number + 1, [_read_cell(book, cell) for cell in source.row(number)])
    rows, columns = (
        {number for number, info in infos.items() if info.hidden}
        for infos in (source.rowinfo_map, source.colinfo_map)
    )
    sheet.note_hidden({number + 1 for number in rows}, sorted(columns))
    return sheet


def _read_cell(book, cell):
    value = cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        error = xlrd.error_text_from_code.get(value, value)
        return BadCell(_lt("The cell shows the error %s.", error))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return clean(xlrd.xldate_as_datetime(value, book.datemode))
        except (OverflowError, ValueError):
            return value
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        format_ = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        if is_percentage(format_):
            return f"{value * 100:.12g}%"
        return int(value) if value.is_integer() else value
    return clean(value)
