# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

from odoo.addons.sales_efficiency_resource.engine.expense import MIMETYPE
from odoo.addons.sales_efficiency_resource.engine.expense.workbook import (
    create_workbook,
    format_money,
)

from .answer import Answer

NAME_WIDTH, WIDTH, TEXT_WIDTH = 32, 16, 100
LONGEST_TITLE = 31


class StudyWorkbook:
    """Writes an answer as a workbook: what was found in words, then all tables.

    :param result: ``sales.study.result`` record
    """

    mimetype = MIMETYPE

    def __init__(self, result):
        self.env = result.env
        self._result = result
        self._answer = Answer(result)

    def get_content(self):
        """:return: the XLSX file, as bytes"""
        stream = BytesIO()
        workbook = create_workbook(stream)
        self._bold = workbook.add_format({"bold": True, "text_wrap": True})
        self._wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._write_words(workbook.add_worksheet(self.env._("Answer")[:LONGEST_TITLE]))
        for table in self._answer.get_tables():
            sheet = workbook.add_worksheet(table.title[:LONGEST_TITLE])
            self._write_table(workbook, sheet, table)
        workbook.close()
        return stream.getvalue()

    def _write_words(self, sheet):
        sheet.set_column(0, 0, TEXT_WIDTH)
        sheet.write_string(0, 0, self._result.name, self._bold)
        sheet.write_string(1, 0, self._result.summary, self._wrap)
        sentences = self._answer.get_sentences()
        for place, sentence in enumerate(sentences, start=3):
            sheet.write_string(place, 0, sentence, self._wrap)
        sheet.write_string(
            len(sentences) + 4,
            0,
            self.env._("Fingerprint of the data: %s", self._result.fingerprint),
        )

    def _write_table(self, workbook, sheet, table):
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, max(len(table.columns) - 1, 1), WIDTH)
        formats = []
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.name, self._bold)
            formats.append(workbook.add_format({"num_format": self._format(column)}))
        sheet.freeze_panes(1, 1)
        for line, row in enumerate(table.rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, place, value)
                elif value is not None:
                    sheet.write_number(line, place, value, formats[place])

    def _format(self, column):
        digits = column.digits
        if column.code:
            unit = self._answer.get_unit(column.code)
            if unit.currency:
                return format_money(unit.currency.decimal_places)
            digits = unit.shown
        return "General" if digits is None else f"#,##0.{'0' * digits}".rstrip(".")
