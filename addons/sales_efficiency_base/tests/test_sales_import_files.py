# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo.exceptions import UserError
from odoo.tests import tagged

from .import_common import ImportCommon, write_sheets


@tagged("post_install", "-at_install")
class TestSalesImportFiles(ImportCommon):
    """Files that people have get in as a whole, or say why not."""

    def test_semicolons_and_decimal_commas(self):
        rows = (f"2025-01-{n + 1:02};A{n};{320 + n},50" for n in range(12))
        record = self._upload("\n".join(["Datum;Beleg;Betrag", *rows]))
        self.assertEqual(record.state, "preview")
        self.assertEqual((record.row_count, record.amount), (12, 3912))
        lines = self._get_lines(self._import(record))
        self.assertEqual(record.state, "done")
        self.assertEqual(lines.mapped("amount"), [320.5 + n for n in range(12)])
        self.assertEqual(lines[0].name, "A0")

    def test_a_missing_amount_is_refused_not_0(self):
        record = self._upload(
            "Date,Reference,Salesperson,Amount\n"
            "2025-03-05,A1,amy,1000\n2025-03-06,A2,amy,\n"
        )
        self.assertEqual(self._get_problems(record), [(3, "D3", "Amount", "")])
        with self.assertRaises(UserError):
            record.action_import()
        self._assert_nothing_saved(record)

    def test_a_formula_without_value_is_named(self):
        record = self._upload(
            write_sheets(
                Sheet=[
                    ("Date", "Amount"),
                    (datetime(2025, 1, 5), "=50*2"),
                    (datetime(2025, 1, 6), 100),
                ]
            ),
            "formula.xlsx",
        )
        self.assertEqual([p.cell for p in record.problem_ids], ["B2"])
        self.assertEqual(record.problem_ids.sheet, "Sheet")
        with self.assertRaises(UserError):
            record.action_import()

    def test_a_merged_cell_is_filled_down_and_said(self):
        rows = [(datetime(2025, 1, n), None, 100) for n in (6, 7)]
        content = write_sheets(
            Sheet=[
                ("Date", "Salesperson", "Amount"),
                (datetime(2025, 1, 5), "Amy Huang 黃詩涵", 100),
                *rows,
            ],
            merged="B2:B4",
        )
        record = self._upload(content, "merged.xlsx")
        self.assertTrue(record.note_ids.filtered(lambda note: note.kind == "note"))
        self.assertEqual(self._get_totals(record.person_ids), [(self.amy.name, 3, 300)])
        lines = self._get_lines(self._import(record))
        self.assertEqual(lines.mapped("user_id"), self.amy)
        self.assertEqual(sum(lines.mapped("amount")), 300)

    def test_rows_have_the_numbers_of_the_file(self):
        record = self._upload(
            "Date,Salesperson,Amount\n2025-01-01,amy,1\n2025-01-02,amy,2\n,,\n,,\n"
            "2025-01-03,Nobody,3\n2025-01-04,amy,abc\n"
        )
        self.assertEqual(record.state, "questions")
        self.assertEqual(
            [(name.name, name.row_count, name.is_open) for name in record.name_ids],
            [("Nobody", 1, True)],
        )
        self.assertEqual(self._get_problems(record), [(7, "C7", "Amount", "abc")])
        self._assert_nothing_saved(record)

    def test_dates_of_the_republic(self):
        record = self._upload(
            "日期,業務員,金額\n114/03/05,amy,100\n114.3.6,amy,100\n"
            "民國114年3月7日,amy,100\n2025年3月8日,amy,100\n20250309,amy,100\n"
        )
        self.assertEqual(record.state, "preview")
        self.assertIn("114/03/05", record.column_ids[0].samples)
        self.assertIn("March 5, 2025", record.column_ids[0].results)
        lines = self._get_lines(self._import(record))
        self.assertEqual(
            lines.mapped("date"), [date(2025, 3, day) for day in range(5, 10)]
        )
        self.assertEqual(lines.mapped("amount"), [100] * 5)

    def test_text_in_any_usual_encoding(self):
        content = "日期,業務員,金額\n2025-01-05,黃詩涵,100\n2025-01-06,黃詩涵,200\n"
        for encoding in (
            "utf-8",
            "utf-8-sig",
            "utf-16",
            "utf-16-le",
            "big5",
            "gb18030",
        ):
            with self.subTest(encoding):
                record = self._upload(content.encode(encoding))
                self.assertEqual((record.state, record.amount), ("preview", 300))
                self.assertEqual(
                    self._get_totals(record.person_ids), [(self.amy.name, 2, 300)]
                )

    def test_amounts_however_people_write_them(self):
        amounts = {
            "(1,234)": -1234,
            "（５６７）": -567,
            "−8": -8,
            "9-": -9,
            "△10": -10,
            "１，２３４": 1234,
            "US$ 1,000": 1000,
            "2,000元": 2000,
            "+3": 3,
            " 4.50 ": 4.5,
        }
        rows = (f'2025-01-01,B{n},"{text}"' for n, text in enumerate(amounts))
        record = self._upload("\n".join(["Date,Reference,Amount", *rows]))
        self.assertEqual(record.state, "preview", record.question)
        self.assertFalse(record.problem_ids)
        lines = self._get_lines(self._import(record))
        self.assertEqual(lines.mapped("amount"), list(amounts.values()))

    def test_months_as_columns_however_people_write_them(self):
        headings = (
            *("2025年1月", "114年2月", "民國114年3月", "2025/04", "2025-05", "202506"),
            *(
                "Jul-25",
                "August 2025",
                "25年9月",
                "10/2025",
                "二〇二五年十一月",
                "2025.12",
            ),
        )
        content = write_sheets(
            Sheet=[("業務員", *headings, "合計"), ("amy", *range(1, 13), 78)]
        )
        record = self._upload(content, "matrix.xlsx")
        self.assertEqual((record.state, record.shape), ("preview", "matrix"))
        lines = self._get_lines(self._import(record))
        self.assertEqual(
            {(line.date.year, line.date.month, line.amount) for line in lines},
            {(2025, month, month) for month in range(1, 13)},
        )

    def test_names_however_people_write_them(self):
        self.region_north.write({"name": "Greater Test", "code": "N1T"})
        record = self._upload(
            "Date,Salesperson,Region,Amount\n"
            "2025-01-05,黃詩涵,Greater Test,100\n"
            "2025-01-05,amy huang 黃詩涵,N1T,100\n"
            "2025-01-05, Amy Huang 黃詩涵 ,n1t,100\n"
        )
        self.assertEqual(record.state, "preview")
        lines = self._get_lines(self._import(record))
        self.assertEqual(lines.mapped("user_id"), self.amy)
        self.assertEqual(lines.mapped("region_id"), self.region_north)
        self.assertEqual(len(lines), 3)

    def test_half_a_name_that_fits_two_is_asked(self):
        self.colleague.name = "Anna 黃詩涵"
        record = self._upload("Date,Salesperson,Amount\n2025-01-05,黃詩涵,100\n")
        self.assertEqual(record.state, "questions")
        self.assertIn("amy", record.name_ids.hint)
        record.name_ids.reference = self.colleague
        record.name_ids.decision = "map"
        record.action_continue()
        self.assertEqual(record.state, "preview")
        self.assertEqual(self._get_lines(self._import(record)).user_id, self.colleague)

    def test_titles_and_totals_are_left_out_and_said(self):
        content = write_sheets(
            Sheet=[
                ("2025年度 銷售明細表", None, None),
                ("單位：元", None, None),
                ("日期", "業務員", "金額"),
                (datetime(2025, 1, 5), "amy", 100),
                (None, "合計", 100),
            ],
            merged="A1:C1",
        )
        record = self._upload(content, "title_rows.xlsx")
        self.assertEqual((record.row_count, record.amount), (1, 100))
        left_out = record.note_ids.filtered(lambda note: note.kind == "left_out")
        self.assertIn(5, left_out.mapped("row"))
        self.assertEqual(self._get_lines(self._import(record)).amount, 100)

    def test_a_sheet_a_month(self):
        sheets = {
            f"{month}月": [
                ("Date", "Amount"),
                (datetime(2025, month, 5), 100 * month),
            ]
            for month in (1, 2, 3)
        }
        record = self._upload(write_sheets(**sheets), "sheets.xlsx")
        self.assertEqual((record.row_count, record.amount), (3, 600))
        self.assertEqual(
            self._get_totals(record.month_ids),
            [
                ("January 2025", 1, 100),
                ("February 2025", 1, 200),
                ("March 2025", 1, 300),
            ],
        )

    def test_sheets_with_other_columns_are_left_out_and_can_be_chosen(self):
        names = [("Code", "Customer", "City")]
        names += [(f"C{n}", f"Customer {n}", "Taipei") for n in range(9)]
        content = write_sheets(
            Read_me=[("How to use this file",), ("Fill in the sheets of the months",)],
            Customers=names,
            Jan=[("Date", "Amount"), (datetime(2025, 1, 5), 100)],
            Feb=[("Amount", "Date"), (200, datetime(2025, 2, 5))],
            Quarter=[
                ("Salesperson", "2024-01", "2024-02"),
                ("amy", 7, 8),
            ],
        )
        record = self._upload(content, "messy.xlsx")
        self.assertEqual(record.state, "preview")
        self.assertEqual((record.row_count, record.amount), (2, 300))
        self.assertEqual(
            [(line.heading, line.results, line.is_chosen) for line in record.sheet_ids],
            [
                ("Customers", "9", False),
                ("Jan, Feb", "2", True),
                ("Quarter", "1", False),
            ],
        )
        left_out = record.note_ids.filtered(lambda note: note.kind == "left_out")
        self.assertEqual(
            {note.sheet: note.reason for note in left_out},
            {
                "Read_me": "It has no rows below headings.",
                "Customers": "It has other columns: Code, Customer, City. Choose it if"
                " it is what you want to import.",
                "Quarter": "It has other columns: Salesperson, 2024-01, 2024-02. Choose"
                " it if it is what you want to import.",
            },
        )
        record.sheet_ids.filtered(
            lambda line: line.heading == "Quarter"
        ).action_choose()
        self.assertEqual((record.state, record.shape), ("preview", "matrix"))
        self.assertEqual(record.sheet_ids.mapped("is_chosen"), [False, False, True])
        lines = self._get_lines(self._import(record))
        self.assertEqual(lines.mapped("amount"), [7, 8])
        self.assertEqual(lines.user_id, self.amy)

    def test_a_longer_sheet_without_amounts_is_not_taken_for_the_sales(self):
        content = write_sheets(
            Products=[("Product", "Price"), *((f"P{n}", n) for n in range(50))],
            Sales=[("Date", "Amount"), (datetime(2025, 1, 5), 100)],
        )
        record = self._upload(content, "sales.xlsx")
        self.assertEqual((record.state, record.amount), ("preview", 100))

    def test_simplified_chinese_names_are_listed_once_each(self):
        names = ("王喆", "李镕", "张三")
        rows = (
            f'2014/{n % 12 + 1}/{n % 28 + 1},订单{n:03},{names[n % 3]},"{1000 + n:,}"'
            for n in range(30)
        )
        content = "\n".join(["日期,参考,业务员,金额", *rows]).encode("gb18030")
        record = self._upload(content)
        self.assertEqual(record.state, "questions")
        self.assertEqual(
            {(name.name, name.row_count) for name in record.name_ids},
            {(name, 10) for name in names},
        )
        record.action_create_all()
        self.assertEqual(record.state, "preview", "nothing else is asked")
        self.assertEqual((record.row_count, record.amount), (30, 30435))
        people = self._get_lines(self._import(record)).user_id
        self.assertEqual(set(people.mapped("name")), set(names))
