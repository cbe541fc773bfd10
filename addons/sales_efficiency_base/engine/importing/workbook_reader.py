# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
import warnings
from collections import defaultdict
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError

from lxml import etree
from openpyxl.reader.excel import ExcelReader
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.xml.constants import SHEET_MAIN_NS

from odoo.tools.translate import LazyTranslate

from .numbers import is_percentage
from .sheet import (
    MAX_COLUMNS,
    MAX_UNPACKED,
    BadCell,
    Merged,
    Sheet,
    UnreadableFile,
    UnreadableSheet,
    clean,
)

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# What openpyxl and its libraries raise for broken files
BROKEN = (
    *(BadZipFile, InvalidFileException, ZlibError, etree.XMLSyntaxError, SyntaxError),
    *(AttributeError, EOFError, IndexError, KeyError, NotImplementedError, OSError),
    *(OverflowError, RuntimeError, TypeError, ValueError),
)
DAMAGED = _lt(
    "The workbook is damaged. Open it in a spreadsheet program, save it anew as XLSX,"
    " and choose that file."
)
PROTECTED = _lt(
    "The file is protected by a password. Save it without one, and choose that file."
)
MAX_PARTS = 5_000
WORKBOOK = re.compile(r"xl/workbook\d*\.xml")
ROW, COLUMNS, CELL, FORMULA, VALUE, MERGED = (
    f"{{{SHEET_MAIN_NS}}}{name}" for name in ("row", "col", "c", "f", "v", "mergeCell")
)


def read_workbook(content):
    """Read XLSX.

    :return: list of ``Sheet``s; hidden ones without their rows
    """
    try:
        with ZipFile(BytesIO(content)) as archive, warnings.catch_warnings():
            # of what openpyxl leaves out: pictures, rules
            warnings.simplefilter("ignore")
            _check_archive(archive)
            return _read_sheets(content, archive)
    except BROKEN as error:
        raise UnreadableFile(DAMAGED) from error


def list_sheets(content):
    """Name the sheets of XLSX, hidden ones too, without reading them.

    :raises UnreadableFile: as ``read_workbook``
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_archive(archive)
            root = etree.fromstring(archive.read(_find_workbook(archive)), parser)
    except BROKEN as error:
        raise UnreadableFile(DAMAGED) from error
    return [sheet.get("name") for sheet in root.iter("{*}sheet")]


def _check_archive(archive):
    """Refuse what is no workbook of sensible size, before anything is unpacked."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(PROTECTED)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS:
        raise UnreadableFile(
            _lt(
                "The workbook is larger than %s MB when it is unpacked. Divide it, e.g."
                " into years, and leave out pictures.",
                MAX_UNPACKED // 2**20,
            )
        )
    if not _find_workbook(archive):
        raise UnreadableFile(
            _lt("This is not an Excel workbook. Save it as XLSX, and choose that file.")
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as source:
                # Workbooks define no entities; those that do are made to harm.
                if b"<!DOCTYPE" in source.read(1024):
                    raise UnreadableFile(DAMAGED)


def _find_workbook(archive):
    """:return: name of the part that tells the sheets, or None"""
    return next(filter(WORKBOOK.fullmatch, archive.namelist()), None)


def _read_sheets(content, archive):
    reader = ExcelReader(
        BytesIO(content), read_only=True, data_only=True, keep_links=False
    )
    reader.read()
    is_calculated = b'fullCalcOnLoad="1"' not in archive.read(_find_workbook(archive))
    paths = {
        sheet.name: relation.target for sheet, relation in reader.parser.find_sheets()
    }
    if not paths:
        raise UnreadableFile(
            _lt(
                "The workbook is of the strict kind of XLSX. Save it as the usual one,"
                " and choose that file."
            )
        )
    sheets = []
    try:
        for worksheet in reader.wb.worksheets:
            if worksheet.sheet_state != "visible":
                sheets.append(Sheet(worksheet.title, is_hidden=True))
                continue
            with archive.open(paths[worksheet.title]) as source:
                scan = _scan(source, is_calculated)
            try:
                sheets.append(_read_sheet(worksheet, *scan))
            except UnreadableSheet as error:
                sheets.append(Sheet(worksheet.title, reason=error.reason))
    finally:
        reader.wb.close()
    return sheets


def _scan(source, is_calculated):
    """Find what openpyxl does not tell when it reads row by row.

    :param bool is_calculated: whether formulas with value 0 really have it; programs
        that do not calculate write it, too
    :return: ``Merged`` ranges, dict row number → columns of formulas without value, the
        numbers of hidden rows, and those of hidden columns, from 0
    """
    merged, missing, rows, columns = [], defaultdict(list), set(), []
    for _event, element in etree.iterparse(
        source, tag=(ROW, COLUMNS, MERGED), resolve_entities=False, no_network=True
    ):
        is_hidden = element.get("hidden") in ("1", "true")
        if element.tag == MERGED:
            first_column, first_row, last_column, last_row = range_boundaries(
                element.get("ref")
            )
            merged.append(
                Merged(first_row, last_row, first_column - 1, last_column - 1)
            )
        elif element.tag == COLUMNS:
            if is_hidden:
                first, last = int(element.get("min")), int(element.get("max"))
                # Many hide all beyond the last column that they use.
                columns += range(first - 1, min(last, MAX_COLUMNS))
        else:
            if is_hidden:
                rows.add(int(element.get("r") or 0))
            for formula in element.iterfind(f"{CELL}/{FORMULA}"):
                cell = formula.getparent()
                value = cell.findtext(VALUE)
                is_missing = not value and cell.get("t") != "str"
                if is_missing or (value == "0" and not is_calculated):
                    row, column = coordinate_to_tuple(cell.get("r"))
                    missing[row].append(column - 1)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    return merged, missing, rows, columns


def _read_sheet(worksheet, merged, missing, hidden_rows, hidden_columns):
    sheet = Sheet(worksheet.title, merged=merged)
    # Many files tell wrong dimensions, or those of their colours.
    worksheet.reset_dimensions()
    for number, row in enumerate(worksheet.iter_rows(), 1):
        cells = [None if cell.value is None else _read_cell(cell) for cell in row]
        for column in missing.get(number, ()):
            cells += [None] * (column + 1 - len(cells))
            cells[column] = BadCell(
                _lt(
                    "The formula has no stored value. Open the file in a spreadsheet"
                    " program, save it, and choose it again."
                )
            )
        sheet.add(number, cells)
    sheet.note_hidden(hidden_rows, hidden_columns)
    return sheet


def _read_cell(cell):
    value = cell.value
    if cell.data_type == "e":
        return BadCell(_lt("The cell shows the error %s.", value))
    if cell.data_type == "n" and is_percentage(cell.number_format):
        return f"{value * 100:.12g}%"
    return clean(value)
