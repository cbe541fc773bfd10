# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import re

from odoo.tools.translate import LazyTranslate

from .encodings import NAMES, find_encoding
from .separators import find_separator, split_rows
from .sheet import Sheet, UnreadableFile, clean

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

SEPARATOR_NAMES = {
    ",": _lt("commas"),
    ";": _lt("semicolons"),
    "\t": _lt("tabs"),
    "|": _lt("vertical bars"),
}
# First line by which a file tells spreadsheets its separator; they do not show it.
TOLD = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
# Text that looks like a number, as some programs write it for spreadsheets: ="0012"
QUOTED = re.compile(r'="([^"]*)"')
# A row of its own at the end, unless a quotation mark is not closed before
END = "\x1e"


def read_text(content):
    """Read CSV and other text with separators.

    :return: list of one ``Sheet``
    """
    encoding = find_encoding(content)
    if encoding is None:
        raise UnreadableFile(
            _lt(
                "This is neither a workbook nor text, or it is damaged. Save it as XLSX"
                " or CSV, and choose that file."
            )
        )
    text = content.decode(encoding)
    told = TOLD.match(text)
    separator = told[1] if told else find_separator(text)
    sheet = Sheet("", is_european=separator == ";")
    sheet.notes.append(
        _lt(
            "Read as %(encoding)s text with cells separated by %(separator)s.",
            encoding=NAMES[encoding],
            separator=SEPARATOR_NAMES.get(separator, separator),
        )
    )
    _read_rows(sheet, text[told.end() :] if told else text, separator)
    return [sheet]


def _read_rows(sheet, text, separator):
    number, cells = 0, []
    if not text.endswith(("\n", "\r")):
        text += "\n"
    try:
        for number, cells in enumerate(split_rows(text + END, separator), 1):
            if cells != [END]:
                sheet.add(number, [_clean(cell) for cell in cells])
    except csv.Error:
        cells, number = [], number + 1
    if cells != [END]:
        raise UnreadableFile(
            _lt(
                "A quotation mark in row %s is not closed. Mend it in the file.", number
            )
        )


def _clean(cell):
    if cell.startswith('="') and (match := QUOTED.fullmatch(cell)):
        cell = match[1]
    return clean(cell)
