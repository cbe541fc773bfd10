# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import date, timedelta
from itertools import product

from odoo.tests import tagged

from ..engine.importing.encodings import find_encoding
from .importing_common import ImportingCommon

TRADITIONAL = {
    "headings": ["日期", "業務員", "備註", "金額"],
    "names": ["黃詩涵", "李國豪", "Kevin 陳"],
    "encodings": ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp950"],
}
SIMPLIFIED = {
    "headings": ["日期", "业务员", "备注", "金额"],
    "names": ["王喆", "李镕", "张三"],
    "encodings": ["utf-8", "utf-8-sig", "utf-16", "gb18030"],
}
GERMAN = {
    "headings": ["Datum", "Verkäufer", "Bemerkung", "Betrag"],
    "names": ["Jürgen Groß", "Änne Möller", "Kevin"],
    "encodings": ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
}
DATES = {
    "ISO": "{0:%Y-%m-%d}".format,
    "year first": lambda day: f"{day.year}/{day.month}/{day.day}",
    "day first": "{0:%d/%m/%Y}".format,
    "month first": "{0:%m/%d/%Y}".format,
    "points": "{0:%d.%m.%Y}".format,
    "name": "{0:%d-%b-%y}".format,
    "compact": "{0:%Y%m%d}".format,
    "Chinese": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "Republic of China": lambda day: f"{day.year - 1911}/{day:%m/%d}",
    "Republic of China in words": (
        lambda day: f"民國{day.year - 1911}年{day.month}月{day.day}日"
    ),
    "number of a spreadsheet": lambda day: str((day - date(1899, 12, 30)).days),
}
POINT = {
    "plain": "{0:.2f}".format,
    "thousands": "{0:,.2f}".format,
    "currency": "NT$ {0:,.2f}".format,
    "brackets": lambda x: f"{x:,.2f}" if x >= 0 else f"({-x:,.2f})",
    "minus behind": lambda x: f"{x:,.2f}" if x >= 0 else f"{-x:,.2f}-",
    "minus sign": lambda x: f"{x:,.2f}".replace("-", "−"),
    "full width": lambda x: f"{x:,.2f}".translate(
        str.maketrans("0123456789,.-", "０１２３４５６７８９，．－")
    ),
    "apostrophes": lambda x: f"{x:,.2f}".replace(",", "'"),
    "blanks": lambda x: f"{x:,.2f}".replace(",", "\xa0"),
}
COMMA = {
    "plain": lambda x: f"{x:.2f}".replace(".", ","),
    "thousands": lambda x: f"{x:,.2f}".translate(str.maketrans(",.", ".,")),
    "currency": lambda x: f"{x:,.2f} €".translate(str.maketrans(",.", ".,")),
    "blanks": lambda x: f"{x:,.2f}".translate(str.maketrans(",.", "\xa0,")),
}
# Surnames and given names
NAMES = {
    "cp950": (
        "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周",
        "志淑美麗華建國",
        "文玉英俊傑偉芳娜敏靜",
    ),
    "gb18030": (
        "陈林黄张李王吴刘蔡杨许郑谢郭洪曾邱廖赖周",
        "志淑美丽华建国",
        "文玉英俊杰伟芳娜敏静",
    ),
}
# Characters that an encoding lacks are written as people do in it.
WRITTEN = str.maketrans({"−": "-", "€": "EUR", "\xa0": " "})


@tagged("post_install", "-at_install")
class TestImportingText(ImportingCommon):
    """CSV comes out the same, whatever program wrote it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rng = random.Random("importing")
        cls.days = [date(2025, 1, 1) + timedelta(rng.randrange(365)) for _ in range(6)]
        cls.days += [date(2024, 2, 29), date(2025, 12, 31), date(2025, 1, 13)]
        cls.amounts = [round(rng.uniform(-9e6, 9e6), 2) for _ in cls.days]
        cls.amounts[:2] = [-1234.56, 0.07]

    def _check(self, language, dates, numbers, separators):
        """Try each style of days with each of numbers and each separator, in an
        encoding drawn by lot: what a file says does not depend on it."""
        names = [language["names"][i % 3] for i in range(len(self.days))]
        lot = random.Random("encodings")
        for styles in product(separators, dates, numbers):
            separator, day_style, number_style = styles
            encoding = lot.choice(language["encodings"])
            rows = [language["headings"]]
            for day, name, amount in zip(self.days, names, self.amounts, strict=True):
                number = numbers[number_style](amount)
                if not encoding.startswith("utf"):
                    number = number.translate(WRITTEN)
                day = dates[day_style](day)
                rows.append([day, name, f'"{name}", {day}; |', number])
            table = self._find_table(self._make_text(rows, encoding, separator))
            found = zip(
                self._read_column(table, "date", "date"),
                self._get_column(table, "user_id"),
                self._read_column(table, "amount", "number"),
                strict=True,
            )
            expected = zip(self.days, names, self.amounts, strict=True)
            self.assertEqual(list(found), list(expected), (encoding, styles))

    def test_traditional_chinese_comes_out_equal(self):
        self._check(TRADITIONAL, DATES, POINT, ",;\t|")

    def test_simplified_chinese_comes_out_equal(self):
        dates = {name: DATES[name] for name in ("ISO", "year first", "Chinese")}
        self._check(SIMPLIFIED, dates, POINT, ",;\t|")

    def test_german_comes_out_equal(self):
        dates = {name: DATES[name] for name in ("ISO", "points", "name")}
        self._check(GERMAN, dates, COMMA, ";\t|,")

    def test_encodings_are_told_apart_by_any_names(self):
        rng = random.Random("encodings")
        regions = {
            "cp950": (range(0xA4, 0xC6), "日期,業務員,金額"),
            "gb18030": (range(0xB0, 0xD7), "日期,业务员,金额"),
        }
        for _ in range(500):
            for encoding, (leads, headings) in regions.items():
                name = bytes(
                    byte
                    for _ in range(3)
                    for byte in (rng.choice(leads), rng.randrange(0xA1, 0xFE))
                ).decode(encoding)
                text = f"{headings}\n2025-01-01,{name},100\n"
                self.assertEqual(find_encoding(text.encode(encoding)), encoding, text)

    def test_common_names_alone_tell_the_encoding(self):
        rng = random.Random("names")
        for _ in range(500):
            for encoding, parts in NAMES.items():
                names = ["".join(map(rng.choice, parts)) for _ in range(2)]
                found = find_encoding(",".join(names).encode(encoding))
                self.assertEqual(found, encoding, names)

    def test_the_encoding_is_judged_on_the_whole_file(self):
        rows = [["Date", "Salesperson", "Amount"]]
        rows += [["2025-01-01", "amy", 1]] * 5000 + [["2025-01-02", "黃詩涵", 2]]
        table = self._find_table(self._make_text(rows, "big5"))
        self.assertEqual(table.rows[-1].cells[1], "黃詩涵")

    def test_the_encoding_and_the_separator_are_said(self):
        for encoding, name, customer in (
            ("gb18030", "GB18030", "客户"),
            ("cp950", "Big5", "客戶"),
            ("utf-8", "UTF-8", "客戶"),
        ):
            rows = [["日期", customer], ["2025-01-01", "中山公司"]]
            table = self._find_table(self._make_text(rows, encoding, ";"))
            self.assertEqual(
                self._say(table.notes),
                [f"Read as {name} text with cells separated by semicolons."],
            )

    def test_the_separator_is_found_from_all_rows(self):
        rows = [["Datum", "Notiz", "Betrag"]]
        rows += [["2025-01-01", "a, b, c", "1,5"]] * 50
        rows += [["2025-01-01", "", "1,5"]] * 60
        table = self._find_table(self._make_text(rows, separator=";"))
        self.assertEqual(table.headings, ["Datum", "Notiz", "Betrag"])

    def test_titles_do_not_hide_the_separator(self):
        text = "Sales; all regions\n\nAll amounts, net\nDate,Amount\n2025-01-01,5\n"
        table = self._find_table(text.encode())
        self.assertEqual(table.headings, ["Date", "Amount"])
        text = "A\nB\nC\nD\nDatum;Betrag\n2025-01-01;1,5\n"
        table = self._find_table(text.encode())
        self.assertEqual(table.headings, ["Datum", "Betrag"])

    def test_a_line_for_spreadsheets_tells_the_separator(self):
        table = self._find_table(b"sep=|\r\nDate|Amount\r\n2025-01-01|5\r\n")
        self.assertEqual([row.number for row in table.rows], [2])
        self.assertEqual(table.rows[0].cells, ["2025-01-01", "5"])

    def test_blank_rows_and_lines_within_cells_count_as_in_a_spreadsheet(self):
        text = 'Date,Note,Amount\n\n"2025-01-01","two\nlines",1\n,,\n2025-01-02,,2\n'
        table = self._find_table(text.encode())
        self.assertEqual([row.number for row in table.rows], [3, 5])
        self.assertEqual(table.rows[0].cells[1], "two\nlines")

    def test_blanks_of_any_kind_around_a_cell_are_left_out(self):
        text = 'Date,Salesperson,Amount\n2025-01-01,"　Amy\xa0 ","="" 5"""\n'
        table = self._find_table(text.encode())
        self.assertEqual(table.rows[0].cells[1], "Amy")

    def test_numbers_written_as_formulas_for_spreadsheets_are_text(self):
        table = self._find_table(b'Date,Reference\n2025-01-01,="0012"\n')
        self.assertEqual(table.rows[0].cells[1], "0012")

    def test_old_line_ends_are_read(self):
        for end in ("\r", "\n", "\r\n"):
            text = end.join(["Date,Amount", "2025-01-01,5", "2025-01-02,6"])
            self.assertEqual(len(self._find_table(text.encode()).rows), 2)

    def test_an_inch_sign_is_no_quotation_mark(self):
        table = self._find_table(b'Product,Amount\n19" monitor,5\n"20"" monitor",6\n')
        self.assertEqual(table.get_cells(0), ['19" monitor', '20" monitor'])

    def test_a_quotation_mark_that_swallows_rows_is_refused(self):
        text = 'Product,Amount\nDesk,5\n"Lamp,6\nChair,7\n'
        self._assert_refused(text.encode(), "A quotation mark in row 3 is not closed.")
        text += "x" * 200_000
        self._assert_refused(text.encode(), "A quotation mark in row 3 is not closed.")

    def test_an_amount_divided_by_the_separator_is_named(self):
        table = self._find_table(b"Date,Amount\n2025-01-01,1,000\n2025-01-02,5\n")
        (row, reason), value = self._read_column(table, "amount", "number")
        self.assertEqual((row, value), (2, 5))
        self.assertIn("divides the amount", reason)

    def test_a_damaged_text_is_refused(self):
        rows = "中山公司,1\n" * 3
        content = f"客戶名稱,金額\n{rows}".encode()
        # Cut within a character, and still what GB18030 might be
        name = "中山公司".encode()
        damaged = content.replace(name, name[:-2], 1)
        self.assertTrue(damaged.decode("gb18030"))
        self._assert_refused(damaged, "or it is damaged")
