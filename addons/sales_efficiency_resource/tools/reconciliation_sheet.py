# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

import xlsxwriter

WIDTH = 18


class ReconciliationSheet:
    """The reconciliation of expenses as a workbook, with a total of each amount.

    :param rows: ``sales.expense.reconciliation`` records
    """

    texts = ("month", "company_id", "expense_kind_id", "account_id")
    amounts = (
        "ledger",
        "sales",
        "figures",
        "difference",
        "budget",
        "unmapped",
        "closed",
        "moved",
    )

    def __init__(self, rows):
        self.env, self.rows = rows.env, rows
        # The ledger is for finance alone.
        self.amounts = [
            name
            for name in self.amounts
            if rows._has_field_access(rows._fields[name], "read")
        ]

    def get_content(self):
        """:return: the file, as bytes"""
        stream = BytesIO()
        options = {"in_memory": True, "strings_to_urls": False}
        workbook = xlsxwriter.Workbook(stream, options)
        sheet = workbook.add_worksheet(self.env._("Reconciliation")[:31])
        bold = workbook.add_format({"bold": True, "text_wrap": True})
        names = (*self.texts, *self.amounts)
        for column, name in enumerate(names):
            label = self.rows._fields[name]._description_string(self.env)
            sheet.write_string(0, column, label, bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(names) - 1, WIDTH)
        self._write_rows(workbook, sheet)
        self._write_totals(workbook, sheet, bold)
        workbook.close()
        return stream.getvalue()

    def _write_rows(self, workbook, sheet):
        formats = {}
        for line, row in enumerate(self.rows, 1):
            sheet.write_string(line, 0, f"{row.month:%Y-%m}")
            for column, name in enumerate(self.texts[1:], 1):
                sheet.write_string(line, column, row[name].display_name or "")
            decimals = row.currency_id.decimal_places
            if decimals not in formats:
                formats[decimals] = self._add_format(workbook, decimals)
            for column, name in enumerate(self.amounts, len(self.texts)):
                sheet.write_number(line, column, row[name], formats[decimals])

    def _write_totals(self, workbook, sheet, bold):
        """Add the totals, unless they would add up several currencies."""
        if len(self.rows.currency_id) != 1:
            return
        last = len(self.rows)
        decimals = self.rows.currency_id.decimal_places
        format_ = self._add_format(workbook, decimals, bold=True)
        sheet.write_string(last + 1, 0, self.env._("Total"), bold)
        for column, name in enumerate(self.amounts, len(self.texts)):
            total = self.rows.currency_id.round(sum(self.rows.mapped(name)))
            sheet.write_number(last + 1, column, total, format_)

    @staticmethod
    def _add_format(workbook, decimals, **values):
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return workbook.add_format({"num_format": pattern, **values})
