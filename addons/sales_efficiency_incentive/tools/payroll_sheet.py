# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
from collections import defaultdict
from datetime import datetime, time
from io import BytesIO, StringIO

import xlsxwriter

from odoo.exceptions import UserError

# What spreadsheets take for the beginning of a formula
FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTH = 16


class PayrollSheet:
    """What a payout pays to employees, as a file for the payroll.

    It depends on nothing but the payout and the ledger, so that a second download is
    the same to the byte. Agents have vendor bills.

    :param payout: ``sales.incentive.payout`` record that was paid
    """

    def __init__(self, payout):
        self.env, self.payout = payout.env, payout
        kinds = self.env["sales.incentive.entry"]._fields["kind"]
        self._kinds = dict(kinds._description_selection(self.env))
        del self._kinds["payout"]

    def get_content(self, kind):
        """
        :param kind: "csv" or "xlsx"
        :return: the file, as bytes
        :raise UserError: before anything is paid
        """
        if self.payout.state == "draft":
            raise UserError(self.env._("Pay first: a draft may still change."))
        return self._write_csv() if kind == "csv" else self._write_xlsx()

    # ------------------------------------------------------------------
    # Content
    # ------------------------------------------------------------------

    def _get_headings(self):
        return [
            self.env._("Month"),
            self.env._("Employee Number"),
            self.env._("Employee"),
            self.env._("Plan"),
            *self._kinds.values(),
            self.env._("Earlier months"),
            self.env._("Payable"),
            self.env._("Currency"),
            self.env._("Rate"),
            self.env._("Payment Date"),
            self.env._("Paid In"),
            self.env._("Paid Amount"),
        ]

    def _get_rows(self):
        """Return the cells: texts, and pairs of a number and its decimals."""
        lines = self.payout.line_ids.filtered(lambda line: line.method == "payroll")
        moved = self._get_moved(lines)
        return [
            self._get_row(line, moved[line.assignment_id])
            for line in lines.sorted(lambda line: (line.payee, line.id))
        ]

    def _get_moved(self, lines):
        """:return: dict assignment → kind → what the month adds to what is payable"""
        moved = defaultdict(lambda: dict.fromkeys(self._kinds, 0.0))
        for assignment, kind, amount in self.env["sales.incentive.entry"]._read_group(
            [
                ("period_id", "=", self.payout.period_id.id),
                ("assignment_id", "in", lines.assignment_id.ids),
                ("balance", "=", "payable"),
                ("kind", "in", list(self._kinds)),
            ],
            ["assignment_id", "kind"],
            ["amount:sum"],
        ):
            moved[assignment][kind] = amount
        return moved

    def _get_row(self, line, moved):
        own, other = line.currency_id, line.pay_currency_id
        earlier = own.round(line.amount - sum(moved.values()))
        amounts = [*moved.values(), earlier, line.amount]
        return [
            f"{self.payout.month:%Y-%m}",
            self._get_number(line),
            line.payee or "",
            line.plan_id.name,
            *((amount, own.decimal_places) for amount in amounts),
            own.name,
            (line.rate, 6),
            f"{self.payout.payment_date:%Y-%m-%d}",
            other.name,
            (line.pay_amount, other.decimal_places),
        ]

    # ------------------------------------------------------------------
    # Files
    # ------------------------------------------------------------------

    @staticmethod
    def _get_number(line):
        """Only those who may read badges get them in the file."""
        has_access = line._has_field_access(line._fields["employee_number"], "read")
        return line.employee_number or "" if has_access else ""

    def _write_csv(self):
        stream = StringIO()
        writer = csv.writer(stream)
        writer.writerow(self._get_headings())
        for row in self._get_rows():
            writer.writerow([self._write_cell(cell) for cell in row])
        # With the mark by which spreadsheets know the encoding
        return stream.getvalue().encode("utf-8-sig")

    @staticmethod
    def _write_cell(cell):
        if isinstance(cell, tuple):
            number, decimals = cell
            return f"{number + 0.0:.{decimals}f}"
        return f"'{cell}" if cell.startswith(FORMULA) else cell

    def _write_xlsx(self):
        stream = BytesIO()
        options = {"in_memory": True, "strings_to_urls": False}
        workbook = xlsxwriter.Workbook(stream, options)
        created = datetime.combine(self.payout.payment_date, time())
        workbook.set_properties({"created": created})
        sheet = workbook.add_worksheet(self.env._("Payroll")[:31])
        headings = self._get_headings()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, WIDTH)
        bold = workbook.add_format({"bold": True, "text_wrap": True})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        formats = {}
        for number, row in enumerate(self._get_rows(), 1):
            for column, cell in enumerate(row):
                if isinstance(cell, tuple):
                    value, decimals = cell
                    if decimals not in formats:
                        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
                        formats[decimals] = workbook.add_format({"num_format": pattern})
                    sheet.write_number(number, column, value, formats[decimals])
                else:
                    sheet.write_string(number, column, cell)
        workbook.close()
        return stream.getvalue()
