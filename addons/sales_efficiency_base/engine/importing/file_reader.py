# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.translate import LazyTranslate

from .sheet import MAX_BYTES, UnreadableFile
from .text_reader import read_text

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# First bytes of files that are often chosen by mistake
FOREIGN = {
    b"%PDF": _lt("This is a PDF. Choose the spreadsheet that it was made from."),
    b"\x89PNG": _lt("This is a picture. Choose the spreadsheet that it shows."),
    b"\xff\xd8\xff": _lt("This is a picture. Choose the spreadsheet that it shows."),
    b"Rar!": _lt("This is an archive. Unpack it, and choose a file in it."),
    b"7z\xbc\xaf": _lt("This is an archive. Unpack it, and choose a file in it."),
    b"\x1f\x8b": _lt("This is an archive. Unpack it, and choose a file in it."),
}
WEB_PAGE = _lt(
    "This is a web page or XML, whatever its name says. Open it in a spreadsheet"
    " program, save it as XLSX, and choose that file."
)
MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"mime-version")


def read_file(name, content):
    """Read XLSX, XLS, CSV and other text.

    The content decides what the file is, not the ending of its name.

    :param str name: name of the file, which may tell the year
    :param bytes content:
    :return: list of the visible ``Sheet``s that are not empty; one for a text file.
        One that is too wide has no rows, but a reason.
    :raises UnreadableFile: if it is empty, broken, protected, too large, or of another
        kind
    """
    _check_size(content)
    for beginning, reason in FOREIGN.items():
        if content.startswith(beginning):
            raise UnreadableFile(reason)
    if content.startswith(b"PK"):
        sheets = _get_reader().read_workbook(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        sheets = _get_legacy_reader().read_legacy_workbook(content)
    elif content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(MARKUP):
        raise UnreadableFile(WEB_PAGE)
    else:
        sheets = read_text(content)
    hidden = [sheet.name for sheet in sheets if sheet.is_hidden]
    sheets = [sheet for sheet in sheets if sheet.rows or sheet.reason]
    if not any(sheet.rows for sheet in sheets):
        reasons = [sheet.reason for sheet in sheets]
        raise UnreadableFile(reasons[0] if reasons else _lt("The file is empty."))
    if hidden:
        sheets[0].notes.append(_lt("Hidden sheets are not read: %s.", hidden))
    for sheet in sheets:
        sheet.file = name
    return sheets


def list_sheets(content):
    """Name the sheets of XLSX, hidden ones too, without reading them.

    :return: list of names; none of a file of another kind
    :raises UnreadableFile: as ``read_file``
    """
    _check_size(content)
    return _get_reader().list_sheets(content) if content.startswith(b"PK") else []


def _check_size(content):
    if len(content) > MAX_BYTES:
        raise UnreadableFile(
            _lt(
                "The file is larger than %s MB. Divide it, e.g. into years.",
                MAX_BYTES // 2**20,
            )
        )


# Workbooks are rare, and what reads them is heavy: where numpy is installed, openpyxl
# loads it, with 25 MB for each worker.


def _get_reader():
    from . import workbook_reader

    return workbook_reader


def _get_legacy_reader():
    from . import legacy_workbook_reader

    return legacy_workbook_reader
