# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

import openpyxl

from .common import SalesEfficiencyCommon


def write_sheets(merged=None, **sheets):
    """Return the content of a workbook.

    :param str merged: range of cells to merge in the first sheet
    :param sheets: rows by name
    """
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if merged:
        workbook.worksheets[0].merge_cells(merged)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class ImportCommon(SalesEfficiencyCommon):
    """A sales director imports files. Amy is a person of two scripts."""

    subject = "sales"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.amy = cls._create_user("salesperson", login="amy")
        cls.amy.write({"login": "amy", "name": "Amy Huang 黃詩涵"})
        cls.imports = (
            cls.env["sales.import"]
            .with_user(cls.director)
            .with_context(default_subject=cls.subject)
        )

    def _upload(self, content, name="sales.csv"):
        """Choose a file, and press Continue."""
        if isinstance(content, str):
            content = content.encode()
        record = self.imports.create({"name": name, "file": base64.b64encode(content)})
        record.action_continue()
        return record

    def _import(self, record):
        """Press Import, and let the job run."""
        record.action_import()
        self.assertEqual(record.state, "running")
        record._run()
        self.env.invalidate_all()
        self.assertEqual(record.state, "done", record.error)
        return record

    def _get_lines(self, record):
        lines = self.env["sales.history.line"]
        return lines.search([("import_id", "=", record.id)], order="id")

    def _get_problems(self, record):
        """:return: list of (row, cell, heading, value) of the cells to correct"""
        return [
            (problem.row, problem.cell, problem.heading, problem.value)
            for problem in record.problem_ids
        ]

    def _get_totals(self, lines):
        return [(line.name, line.row_count, line.amount) for line in lines]

    def _assert_nothing_saved(self, record):
        self.assertFalse(self._get_lines(record))
        self.assertNotEqual(record.state, "done")
