# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

from .workbook import create_workbook, format_money

NAME_WIDTH, WIDTH = 36, 16
FORMATS = {"percent": "0.0", "points": "0.0", "count": "#,##0"}


class BenefitSheet:
    """Writes a benefit board as a workbook.

    :param dict data: what the board shows, see ``get_board`` of
        ``sales.expense.benefit``
    :param str title: name of the sheet
    :param list lines: texts above the table
    :param int decimals: of the currency
    """

    def __init__(self, data, title, lines, decimals):
        self._data, self._title, self._lines = data, title, lines
        self._formats = FORMATS | {"currency": format_money(decimals)}

    def get_content(self):
        """:return: the XLSX file, as bytes"""
        stream = BytesIO()
        workbook = create_workbook(stream)
        self._write(workbook, workbook.add_worksheet(self._title[:31]))
        workbook.close()
        return stream.getvalue()

    def _write(self, workbook, sheet):
        bold = workbook.add_format({"bold": True})
        heading = workbook.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        for number, line in enumerate(self._lines):
            sheet.write_string(number, 0, line, bold if not number else None)
        top, columns = len(self._lines) + 1, self._data["columns"]
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, len(columns), WIDTH)
        for place, column in enumerate(columns, start=1):
            sheet.write_string(top, place, column["name"], heading)
        for number, row in enumerate(self._data["rows"], start=top + 1):
            self._write_row(workbook, sheet, number, row)
        sheet.freeze_panes(top + 1, 1)

    def _write_row(self, workbook, sheet, number, row):
        look = {"bold": row.get("is_total", False)}
        name = workbook.add_format({**look, "indent": row["depth"]})
        sheet.write_string(number, 0, row["name"], name)
        for place, column in enumerate(self._data["columns"], start=1):
            value = row["values"].get(column["key"])
            note = row["notes"].get(column["key"])
            if value is not None:
                shown = self._formats.get(column["unit"], "0.00")
                cell = workbook.add_format({**look, "num_format": shown})
                sheet.write_number(number, place, value, cell)
            elif note:
                sheet.write_string(number, place, note)
