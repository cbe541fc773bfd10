# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import tracemalloc
from datetime import date, datetime, time
from io import BytesIO
from unittest.mock import patch
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
import xlwt
from openpyxl import Workbook

from odoo.tests import tagged

from ..engine.importing import (
    UnreadableFile,
    file_reader,
    list_sheets,
    name_cell,
    read_file,
    sheet,
    workbook_reader,
)
from .importing_common import ImportingCommon

MISSING = (
    "The formula has no stored value. Open the file in a spreadsheet program, save it,"
    " and choose it again."
)

# Names of the usual and of the strict kind of XLSX
STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": (
        b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    ),
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


@tagged("post_install", "-at_install")
class TestImportingFiles(ImportingCommon):
    """Files that people have come out right, or are refused in words."""

    # ------------------------------------------------------------------
    # Files that Odoo's import took wrongly, or not at all
    # ------------------------------------------------------------------

    def test_a_percent_sign_in_quotation_marks_is_text(self):
        rows = [["Month", "Rate"], ["2026-01", 41], ["2026-02", 0.41]]
        content = self._make_workbook({"S": rows}, formats={"B2": '0"%"', "B3": "0%"})
        [sheet] = read_file("rates.xlsx", content)
        self.assertEqual([row.cells[1] for row in sheet.rows[1:]], [41, "41%"])
        legacy = [["Rate"], [(41, '0"%"')], [(0.41, "0%")]]
        [sheet] = read_file("rates.xls", self._make_legacy_workbook({"S": legacy}))
        self.assertEqual([row.cells[0] for row in sheet.rows[1:]], [41, "41%"])

    def test_rows_that_a_filter_hides_are_told(self):
        book = Workbook()
        for row in (["Date", "Amount"], ["2025-01-01", 1], ["2025-01-02", 2]):
            book.active.append(row)
        book.active.row_dimensions[3].hidden = True
        [sheet] = read_file("sales.xlsx", self._save(book))
        self.assertEqual(len(sheet.rows), 3)
        self.assertIn("Hidden rows are read, too: 1", self._say(sheet.notes)[0])

    def test_columns_that_are_hidden_are_told(self):
        book = Workbook()
        for row in (["Date", "Cost", "Amount"], ["2025-01-01", 1, 2]):
            book.active.append(row)
        for column in ("B", "E"):
            book.active.column_dimensions[column].hidden = True
        [sheet] = read_file("sales.xlsx", self._save(book))
        self.assertEqual(len(sheet.rows[1].cells), 3)
        [note] = self._say(sheet.notes)
        self.assertIn("Hidden columns are read, too: B.", note)

    def test_hidden_columns_of_an_old_workbook_are_told(self):
        book = xlwt.Workbook()
        page = book.add_sheet("Sales")
        for column, heading in enumerate(("Date", "Cost", "Margin", "Amount")):
            page.write(0, column, heading)
            page.col(column).hidden = column in (1, 2, 7)
        [sheet] = read_file("sales.xls", self._save(book))
        [note] = self._say(sheet.notes)
        self.assertIn("Hidden columns are read, too: B, C.", note)

    def test_sheets_are_named_without_reading_them(self):
        content = self._make_workbook({"A": [["x"]], "B": [["y"]]})
        self.assertEqual(list_sheets(content), ["A", "B"])
        self.assertEqual(list_sheets(b"Date,Amount"), [])
        with self.assertRaises(UnreadableFile):
            list_sheets(content[: len(content) // 2])

    def test_decimal_commas_are_no_thousands(self):
        rows = [["Datum", "Beleg", "Betrag"]]
        rows += [[f"2025-01-{i + 1:02}", f"A{i}", f"{320 + i},50"] for i in range(12)]
        table = self._find_table(self._make_text(rows, separator=";"))
        amounts = self._read_column(table, "amount", "number")
        self.assertEqual(amounts, [320.5 + i for i in range(12)])
        self.assertEqual(sum(amounts), 3912)

    def test_a_missing_amount_is_empty_and_not_0(self):
        table = self._find_table(
            b"Date,Reference,Salesperson,Amount\n2025-03-05,A1,amy,1000\n"
            b"2025-03-06,A2,amy,\n"
        )
        self.assertEqual(self._read_column(table, "amount", "number"), [1000, None])
        self.assertEqual(table.rows[1].number, 3)

    def test_a_formula_without_stored_value_is_named(self):
        content = self._make_workbook(
            {"Sheet": [["Date", "Amount"], [datetime(2025, 1, 5), "=50*2"], ["", 100]]}
        )
        table = self._find_table(content)
        [bad, good] = self._read_column(table, "amount", "number")
        self.assertEqual(bad, (2, MISSING))
        self.assertEqual(name_cell(1, bad[0]), "B2")
        self.assertEqual(good, 100)

    def test_a_merged_salesperson_has_all_the_sales(self):
        content = self._make_workbook(
            {
                "Sheet": [
                    ["Date", "Salesperson", "Amount"],
                    [datetime(2025, 1, 5), "Amy Huang 黃詩涵", 100],
                    [datetime(2025, 1, 6), None, 100],
                    [datetime(2025, 1, 7), None, 100],
                ]
            },
            merged=["B2:B4"],
        )
        table = self._find_table(content)
        self.assertEqual(self._get_column(table, "user_id"), ["Amy Huang 黃詩涵"] * 3)
        self.assertEqual(self._read_column(table, "amount", "number"), [100] * 3)
        self.assertEqual(
            self._say(table.notes),
            [
                "Merged cells continue in the rows below. Cells filled down: 2, the"
                " first is Sheet!B3."
            ],
        )

    def test_rows_keep_their_numbers_after_blank_ones(self):
        table = self._find_table(
            b"Date,Salesperson,Amount\n2025-01-01,amy,1\n2025-01-02,amy,2\n,,\n,,\n"
            b"2025-01-03,Nobody,3\n2025-01-04,amy,abc\n"
        )
        self.assertEqual([row.number for row in table.rows], [2, 3, 6, 7])
        self.assertEqual(table.rows[2].cells[1], "Nobody")
        self.assertEqual(
            self._read_column(table, "amount", "number"),
            [1, 2, 3, (7, "abc is not a number.")],
        )

    def test_days_of_the_republic_of_china_in_all_forms(self):
        days = ["114/03/05", "114.3.6", "民國114年3月7日", "2025年3月8日", "20250309"]
        rows = [["日期", "業務員", "金額"], *([day, "amy", "100"] for day in days)]
        table = self._find_table(self._make_text(rows))
        self.assertEqual(
            self._read_column(table, "date", "date"),
            [date(2025, 3, day) for day in range(5, 10)],
        )
        self.assertEqual(self._read_column(table, "amount", "number"), [100] * 5)

    def test_names_lose_outer_blanks(self):
        table = self._find_table(
            "Date,Salesperson,Region,Amount\n2025-01-05,黃詩涵,Greater Taipei,100\n"
            "2025-01-05, Amy Huang 黃詩涵 ,N1,100\n".encode()
        )
        self.assertEqual(
            self._get_column(table, "user_id"), ["黃詩涵", "Amy Huang 黃詩涵"]
        )

    def test_titles_and_totals_are_left_out_and_said(self):
        content = self._make_workbook(
            {
                "Sheet": [
                    ["2025年度 銷售明細表"],
                    ["單位：元"],
                    ["日期", "業務員", "金額"],
                    [datetime(2025, 1, 5), "amy", 100],
                    [None, "合計", 100],
                ]
            },
            merged=["A1:C1"],
        )
        table = self._find_table(content)
        self.assertEqual(self._read_column(table, "amount", "number"), [100])
        self.assertEqual(
            self._list_left_out(table),
            [
                (1, "It is above the headings."),
                (2, "It is above the headings."),
                (5, "It is a total of other rows."),
            ],
        )

    def test_a_sheet_for_each_month_is_one_table(self):
        content = self._make_workbook(
            {
                f"{month}月": [
                    ["Date", "Amount"],
                    [datetime(2025, month, 5), month * 100],
                ]
                for month in (1, 2, 3)
            }
        )
        table = self._find_table(content)
        self.assertEqual(table.sheets, ["1月", "2月", "3月"])
        self.assertEqual([row.sheet for row in table.rows], table.sheets)
        self.assertEqual(self._read_column(table, "amount", "number"), [100, 200, 300])

    def test_names_beyond_gb2312_are_read(self):
        rows = [["日期", "参考", "业务员", "金额"]]
        rows += [
            [f"2014/{i % 12 + 1}/{i % 28 + 1}", f"订单{i:03}", name, f"{1000 + i:,}"]
            for i, name in enumerate(["王喆", "李镕", "张三"] * 10)
        ]
        table = self._find_table(self._make_text(rows, "gb18030"))
        self.assertEqual(
            set(self._get_column(table, "user_id")), {"王喆", "李镕", "张三"}
        )
        self.assertEqual(sum(self._read_column(table, "amount", "number")), 30435)

    def test_a_month_twice_stays_two_rows(self):
        table = self._find_table(
            b"plan_id,metric_id,categ_id,month_ids/month,month_ids/amount\n"
            b"Sales Targets 2027,Collected Amount,Furniture,2027-01-01,100\n"
            b",,,2027-01-01,5\n"
        )
        self.assertEqual([row.number for row in table.rows], [2, 3])
        self.assertEqual(
            self._read_column(table, "month", "month"), [date(2027, 1, 1)] * 2
        )

    # ------------------------------------------------------------------
    # Workbooks
    # ------------------------------------------------------------------

    def test_cells_of_a_workbook_keep_what_they_are(self):
        rows = [
            ["Date", "Customer", "Amount", "Margin", "Note"],
            [datetime(2025, 3, 8, 14), 1001, 12.5, 0.4125, time(8, 30)],
            ["2025-03-08", "　A  ", "1,000", "41%", True],
        ]
        content = self._make_workbook({"S": rows}, formats={"D2": "0%"})
        [first, second] = self._find_table(content).rows
        self.assertEqual(
            first.cells, [date(2025, 3, 8), 1001, 12.5, "41.25%", "08:30:00"]
        )
        self.assertEqual(second.cells, ["2025-03-08", "A", "1,000", "41%", True])

    def test_cells_of_an_old_workbook_keep_what_they_are(self):
        rows = [
            ["日期", "客戶", "金額", "毛利", "備註"],
            [(date(2025, 3, 8), "YYYY-MM-DD"), 1001, 12.5, (0.4125, "0%"), True],
            ["114/03/08", "　王喆 ", "1,000", "41%", None],
        ]
        table = self._find_table(self._make_legacy_workbook({"一月": rows}))
        [first, second] = table.rows
        self.assertEqual(first.cells, [date(2025, 3, 8), 1001, 12.5, "41.25%", True])
        self.assertEqual(second.cells, ["114/03/08", "王喆", "1,000", "41%"])
        self.assertEqual((first.sheet, first.number), ("一月", 2))

    def test_merged_cells_of_an_old_workbook_are_filled_down(self):
        rows = [["Date", "Salesperson", "Amount"]]
        rows += [[f"2025-01-0{day}", None, 100] for day in (1, 2, 3)]
        content = self._make_legacy_workbook({"S": rows}, merged=[(1, 3, 1, 1, "amy")])
        table = self._find_table(content)
        self.assertEqual(self._get_column(table, "user_id"), ["amy"] * 3)

    def test_formulas_count_with_their_stored_value(self):
        buffer = BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, ["Reference", "Amount", "Note"])
            page.write_formula(1, 1, "=50*2", None, 100)
            page.write_formula(1, 2, '=IF(TRUE,"","x")', None, "")
            page.write_formula(1, 0, '="A"&1', None, "A1")
        table = self._find_table(buffer.getvalue())
        self.assertEqual(table.rows[0].cells[:2], ["A1", 100])

    def test_a_0_of_a_program_that_does_not_calculate_is_no_value(self):
        buffer = BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, ["Reference", "Amount"])
            page.write_row(1, 0, ["A1"])
            page.write_formula(1, 1, "=50*2")  # writes the value 0
        table = self._find_table(buffer.getvalue())
        self.assertEqual(self._read_column(table, "amount", "number"), [(2, MISSING)])

    def test_errors_in_cells_are_named(self):
        buffer = BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, ["Reference", "Amount"])
            page.write_row(1, 0, ["A1"])
            page.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        table = self._find_table(buffer.getvalue())
        self.assertEqual(
            self._read_column(table, "amount", "number"),
            [(2, "The cell shows the error #DIV/0!.")],
        )

    def test_hidden_sheets_are_not_read_and_said(self):
        buffer = BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            for name, amount in (("shown", 1), ("hidden", 2)):
                page = book.add_worksheet(name)
                page.write_row(0, 0, ["Reference", "Amount"])
                page.write_row(1, 0, ["A1", amount])
            page.hide()
        table = self._find_table(buffer.getvalue())
        self.assertEqual(table.sheets, ["shown"])
        self.assertEqual(
            self._say(table.notes), ["Hidden sheets are not read: hidden."]
        )

    def test_hidden_sheets_of_an_old_workbook_are_not_read(self):
        book = xlwt.Workbook()
        for name in ("shown", "hidden"):
            page = book.add_sheet(name)
            page.write(0, 0, "Amount")
            page.write(1, 0, 5)
        page.visibility = 1
        table = self._find_table(self._save(book))
        self.assertEqual(table.sheets, ["shown"])

    def test_a_format_down_to_the_last_row_does_no_harm(self):
        buffer = BytesIO()
        with xlsxwriter.Workbook(buffer) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, ["Reference", "Amount"])
            page.write_row(1, 0, ["A1", 5])
            page.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
        self.assertEqual(len(self._find_table(buffer.getvalue()).rows), 1)

    # ------------------------------------------------------------------
    # Refused
    # ------------------------------------------------------------------

    def test_files_that_hold_nothing_are_refused(self):
        for content in (b"", b"\n\n", b" , ,\n", "\ufeff".encode()):
            self._assert_refused(content, "The file is empty.")
        self._assert_refused(self._make_workbook({"S": []}), "The file is empty.")
        self._assert_refused(b"Date,Amount\n", "The file has no table")

    def test_files_of_another_kind_are_refused(self):
        for content, reason in (
            (b"%PDF-1.7", "This is a PDF."),
            (b"\x89PNG\r\n", "This is a picture."),
            (b"\x1f\x8b\x08", "This is an archive."),
            (b"<html><table><tr><td>1</td></tr></table>", "This is a web page or XML"),
            (b"\xef\xbb\xbf <?xml version='1.0'?><Workbook/>", "This is a web page or"),
            (bytes(range(256)) * 4, "neither a workbook nor text"),
            (
                self._make_archive({"word/document.xml": b"<w/>"}),
                "not an Excel workbook",
            ),
        ):
            self._assert_refused(content, reason)

    def test_broken_workbooks_are_refused(self):
        content = self._make_workbook({"S": [["Date", "Amount"], ["2025-01-01", 5]]})
        old = self._make_legacy_workbook({"S": [["Date", "Amount"], ["2025-01-01", 5]]})
        for broken in (
            content[: len(content) // 2],
            content[:40] + bytes(40) + content[80:],
            b"PK\x03\x04" + b"x" * 100,
            self._make_archive({"xl/workbook.xml": b"<workbook"}),
            old[:600],
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000,
        ):
            self._assert_refused(broken, "The workbook is damaged.")

    def test_no_part_of_a_workbook_that_changes_raises_anything_else(self):
        content = self._make_workbook({"S": [["Date", "Amount"], ["2025-01-01", 5]]})
        for kind in (content, self._make_legacy_workbook({"S": [["Date", "Amount"]]})):
            for place in range(0, len(kind), 97):
                broken = kind[:place] + b"\xff\x00\x7f" + kind[place + 3 :]
                try:
                    read_file("sales", broken)
                except sheet.UnreadableFile:
                    continue

    def test_protected_workbooks_are_refused(self):
        # Excel keeps an encrypted XLSX in a container with this stream.
        name = "EncryptedPackage".encode("utf-16-le")
        encrypted = b"\xd0\xcf\x11\xe0" + bytes(600) + name
        self._assert_refused(encrypted, "protected by a password")
        # An XLS tells it by a record, here in place of one for add-ins.
        old = self._make_legacy_workbook({"S": [["Date"], [1]]})
        record = b"\xc1\x00\x02\x00"
        self.assertEqual(old.count(record), 1)
        encrypted = old.replace(record, b"\x2f" + record[1:])
        self._assert_refused(encrypted, "protected by a password")
        # A ZIP tells it of each part.
        archive = bytearray(self._make_archive({"xl/workbook.xml": b"<workbook/>"}))
        archive[archive.rindex(b"PK\x01\x02") + 8] |= 1
        self._assert_refused(bytes(archive), "protected by a password")

    def test_the_strict_kind_of_workbooks_is_refused(self):
        content = self._make_workbook({"S": [["Date", "Amount"], ["2025-01-01", 5]]})
        with ZipFile(BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        for usual, strict in STRICT.items():
            parts = {name: xml.replace(usual, strict) for name, xml in parts.items()}
        self._assert_refused(self._make_archive(parts), "strict kind of XLSX")

    def test_entities_are_refused(self):
        content = self._make_workbook({"S": [["Date", "Amount"], ["2025-01-01", 5]]})
        bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
        with ZipFile(BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/worksheets/sheet1.xml"] = bomb
        self._assert_refused(self._make_archive(parts), "The workbook is damaged.")

    def test_files_that_are_too_large_are_refused_before_they_are_read(self):
        zeros = self._make_archive({"xl/workbook.xml": bytes(2**22)})
        with patch.object(workbook_reader, "MAX_UNPACKED", 2**20):
            self._assert_refused(zeros, "when it is unpacked")
        with patch.object(file_reader, "MAX_BYTES", 100):
            self._assert_refused(b"x" * 101, "The file is larger than")

    def test_too_many_rows_or_columns_are_refused(self):
        rows = [["Date", "Amount"], *[["2025-01-01", 1]] * 20]
        with patch.object(sheet, "MAX_ROWS", 20):
            for content in (self._make_text(rows), self._make_workbook({"S": rows})):
                self._assert_refused(content, "The file has more than 20 rows.")
        wide = [["x"] * 501] * 2
        for content in (self._make_text(wide), self._make_workbook({"S": wide})):
            self._assert_refused(content, "Row 1 has 501 columns")

    def test_a_sheet_that_is_too_wide_does_not_hide_the_others(self):
        rows = [["Date", "Amount"], ["2025-01-01", 1]]
        content = self._make_workbook({"Wide": [["x"] * 501] * 2, "Sales": rows})
        table = self._find_table(content)
        self.assertEqual(table.sheets, ["Sales"])
        [left_out] = table.left_out
        self.assertEqual(left_out.sheet, "Wide")
        self.assertIn("501 columns", self.env._(left_out.reason))

    def test_long_files_are_read_in_little_memory(self):
        buffer = BytesIO()
        with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
            page = book.add_worksheet()
            page.write_row(0, 0, ["Reference", "Customer", "Quantity", "Amount"])
            for number in range(1, 5001):
                page.write_row(number, 0, [f"SO{number}", f"C{number % 90}", 2, 9.5])
        tracemalloc.start()
        try:
            rows = read_file("sales.xlsx", buffer.getvalue())[0].rows
            _now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        self.assertEqual(len(rows), 5001)
        # 100,000 such rows in 100 MB
        self.assertLess(peak, 5_000_000)

    def _make_archive(self, parts):
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return buffer.getvalue()
