# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
from io import BytesIO, StringIO

import xlwt
from openpyxl import Workbook

from odoo.tests import TransactionCase

from ..engine.importing import (
    SYNONYMS,
    BadCell,
    Field,
    UnreadableFile,
    find_tables,
    match_headings,
    read_file,
)

NUMBERS = ("amount", "quantity", "margin", "cost", "actual")
FIELDS = [Field(name, (), words, name in NUMBERS) for name, words in SYNONYMS.items()]


class ImportingCommon(TransactionCase):
    """Reads files as the importer does."""

    def _make_text(self, rows, encoding="utf-8", separator=","):
        text = StringIO()
        csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
        return text.getvalue().encode(encoding)

    def _make_workbook(self, sheets, merged=(), formats=None):
        """:param dict sheets: name → rows
        :param merged: ranges, of the first sheet
        :param dict formats: cell of the first sheet → format of numbers
        """
        book = Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        first = book.worksheets[0]
        for cells in merged:
            first.merge_cells(cells)
        for cell, format_ in (formats or {}).items():
            first[cell].number_format = format_
        return self._save(book)

    def _make_legacy_workbook(self, sheets, merged=()):
        """:param dict sheets: name → rows of cells, or of pairs (cell, format)
        :param merged: tuples of first and last row, first and last column, text
        """
        book = xlwt.Workbook()
        for name, rows in sheets.items():
            sheet = book.add_sheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        sheet.write(number, column, cell[0], xlwt.easyxf("", cell[1]))
                    elif cell is not None:
                        sheet.write(number, column, cell)
        for cells in merged:
            book.get_sheet(0).write_merge(*cells)
        return self._save(book)

    def _save(self, book):
        buffer = BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    def _find_tables(self, content, name="sales.xlsx"):
        return find_tables(read_file(name, content))

    def _find_table(self, content, name="sales.xlsx"):
        [table] = self._find_tables(content, name)
        return table

    def _read_column(self, table, name, kind):
        """Read the column of a field that has one plain reading.

        :return: list of values; of a bad cell, row number and reason
        """
        column = match_headings(table.headings, FIELDS)[name]
        [reading] = table.get_readings(column, kind)
        return [self._read(reading, row, column) for row in table.rows]

    def _read(self, reading, row, column):
        try:
            return reading.read(row.get(column))
        except BadCell as error:
            return row.number, self.env._(error.reason)

    def _get_column(self, table, name):
        return table.get_cells(match_headings(table.headings, FIELDS)[name])

    def _say(self, notes):
        return [self.env._(note) for note in notes]

    def _list_left_out(self, table):
        return [(row.number, self.env._(row.reason)) for row in table.left_out]

    def _assert_refused(self, content, reason):
        with self.assertRaises(UnreadableFile) as caught:
            self._find_tables(content)
        self.assertIn(reason, self.env._(caught.exception.reason))
