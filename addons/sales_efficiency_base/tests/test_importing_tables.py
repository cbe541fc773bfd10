# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import date, datetime
from itertools import product

from odoo.tests import tagged

from ..engine.importing import (
    BadCell,
    Field,
    Row,
    Table,
    UnreadableFile,
    find_matrix,
    match_headings,
)
from .importing_common import FIELDS, ImportingCommon

KINDS = ("date", "month", "number", "percent")
# Of cells that are nearly dates, months, numbers or totals
PARTS = [
    *(
        "日期",
        "金額",
        "業務員",
        "合計",
        "Total",
        "月",
        "年月日",
        "1月",
        "業務月",
        "十月",
        "十",
    ),
    *(
        "2025",
        "2025-01",
        "Jan",
        "114/03/05",
        "03/04/2025",
        "1,234",
        "1.234",
        "(5)",
        "-",
    ),
    *(
        "",
        " ",
        "%",
        "元",
        "單位：千元",
        "=1",
        "'5",
        "1",
        "12",
        "99",
        "１２",
        "²",
        "½",
        "٣",
    ),
    *(
        "①/1/25",
        "9" * 40,
        "-" * 40,
        "(",
        "((1)",
        "$$",
        "Q1",
        "1e5",
        "nan",
        "民國",
        "\0",
    ),
]


@tagged("post_install", "-at_install")
class TestImportingTables(ImportingCommon):
    """The table in a sheet is found, and what its columns are."""

    def _find(self, *lines, **options):
        rows = [line.split("|") for line in lines]
        return self._find_table(self._make_text(rows, **options), "file.csv")

    def _get_numbers(self, table):
        return [row.number for row in table.rows]

    def _get_figures(self, matrix, table, **options):
        return [
            (row.number, month, name, row.get(column))
            for row, column, month, name in matrix.get_figures(table, **options)
        ]

    # ------------------------------------------------------------------
    # Heading, and rows that are left out
    # ------------------------------------------------------------------

    def test_the_heading_is_found_below_titles(self):
        for titles in (
            [],
            ["Sales of all regions"],
            ["某某股份有限公司", "", "銷售明細表", "製表日期：2025/03/01|||單位：元"],
            ["Report|2025", "From|2025-01-01", "To|2025-12-31"],
        ):
            table = self._find(*titles, "日期|客戶|備註|金額", "2025-01-05|A||100")
            self.assertEqual(table.headings, ["日期", "客戶", "備註", "金額"])
            self.assertEqual(self._get_numbers(table), [len(titles) + 2])

    def test_a_heading_of_unknown_words_is_found(self):
        table = self._find("Monthly list", "Foo|Bar|Baz", "a|b|1", "c|d|2")
        self.assertEqual(table.headings, ["Foo", "Bar", "Baz"])

    def test_columns_without_headings_are_named_by_letters(self):
        table = self._find("2025-01-01|amy|100", "2025-01-02|bob|200")
        self.assertEqual(table.headings, ["A", "B", "C"])
        self.assertEqual(len(table.rows), 2)
        self.assertIn("There are no headings", " ".join(self._say(table.notes)))

    def test_totals_in_all_languages_are_left_out(self):
        for name in (
            *(
                "合計",
                "小計",
                "總計",
                "总计",
                "合 計：",
                "1月小計",
                "合計(未稅)",
                "Total",
            ),
            *(
                "TOTAL:",
                "Subtotal",
                "Grand Total",
                "Amy Total",
                "Total for March",
                "Sum",
            ),
            *("Summe", "Gesamt", "Zwischensumme", "Sous-total", "累計"),
        ):
            table = self._find(
                "Date|Customer|Amount",
                *["2025-01-05|A|100"] * 3,
                f"|{name}|300",
                f"{name}||300",
            )
            self.assertEqual(self._get_numbers(table), [2, 3, 4], name)
            self.assertEqual(
                self._list_left_out(table),
                [(number, "It is a total of other rows.") for number in (5, 6)],
            )

    def test_totals_of_a_matrix_are_left_out(self):
        for name in ("合計", "Total", "全年合計", "北區小計"):
            table = self._find("業務員|1月|2月", "amy|1|2", "bob|3|4", f"{name}|4|6")
            self.assertEqual(self._get_numbers(table), [2, 3], name)
        table = self._find("業務員|1月|2月", "amy|1|2", "合作|3|4", "Totalin|4|6")
        self.assertEqual(self._get_numbers(table), [2, 3, 4])

    def test_a_customer_called_total_is_no_total(self):
        table = self._find(
            "Date|Customer|Amount",
            "2025-01-05|Total|100",
            "2025-01-05|Total Wine|100",
            "2025-01-05|TotalEnergies|100",
            "2025-01-06|Sum & Co|100",
        )
        self.assertEqual(self._get_numbers(table), [2, 3, 4, 5])
        table = self._find("Customer|Product|Amount", "A|Desk|1", "Total|Desk|100")
        self.assertEqual(self._get_numbers(table), [2, 3])

    def test_units_repeated_headings_and_remarks_are_left_out(self):
        table = self._find(
            "日期|客戶|數量|金額",
            "||件|元",
            "2025-01-05|A|1|100",
            "日期|客戶|數量|金額",
            "2025-01-06|B|1|100",
            "",
            "製表人：王小明",
        )
        self.assertEqual(self._get_numbers(table), [3, 5])
        self.assertEqual(
            self._list_left_out(table),
            [
                (2, "It tells the units."),
                (4, "It repeats the headings."),
                (7, "It is a remark below the table."),
            ],
        )

    def test_a_row_that_lacks_its_amount_is_not_left_out(self):
        table = self._find("Date|Customer|Amount", "2025-01-05|A|", "2025-01-06||5")
        self.assertEqual(self._get_numbers(table), [2, 3])
        table = self._find("Date|Customer|Amount", "2025-01-05|Total Wine|", "|A|5")
        self.assertEqual(self._get_numbers(table), [2, 3])

    def test_a_merged_amount_is_not_counted_for_each_row(self):
        content = self._make_workbook(
            {
                "S": [
                    ["Reference", "Salesperson", "Amount"],
                    [1001, "amy", 300],
                    [None, "bob", None],
                    [1002, "bob", 5],
                ]
            },
            merged=["A2:A3", "C2:C3"],
        )
        table = self._find_table(content)
        self.assertEqual(self._get_column(table, "name"), [1001, 1001, 1002])
        [first, second, third] = self._read_column(table, "amount", "number")
        self.assertEqual((first, third), (300, 5))
        self.assertEqual(
            second,
            (3, "The figure in S!C2 is merged over several rows. Enter one for each."),
        )

    def test_blank_cells_that_are_not_merged_stay_empty(self):
        table = self._find(
            "Date|Salesperson|Amount", "2025-01-05|amy|1", "2025-01-06||2"
        )
        self.assertEqual(self._get_column(table, "user_id"), ["amy", None])

    def test_cells_without_heading_are_said(self):
        table = self._find("Date|Amount|", "2025-01-05|100|urgent")
        self.assertIn(
            "Cells without a heading are not read, the first is C2.",
            self._say(table.notes),
        )

    def test_figures_in_thousands_are_told(self):
        for title, heading, factor in (
            ("單位：千元", "金額", 1000),
            ("單位：新台幣萬元", "金額", 10_000),
            ("Amounts in thousands", "Amount", 1000),
            ("in TEUR", "Betrag", 1000),
            ("單位：百萬元", "金額", 1e6),
            ("銷售", "金額(千元)", 1000),
            ("銷售", "金額(NT$千元)", 1000),
            ("in NT$1,000", "Amount", 1000),
            ("Sales", "Amount (k€)", 1000),
            ("單位：元", "金額", 1),
            ("單位：NT$", "金額", 1),
            ("Sales", "Amount (NT$)", 1),
            ("Thousand Oaks", "Amount", 1),
        ):
            table = self._find(title, f"日期|客戶|{heading}", "2025-01-05|A|100")
            self.assertEqual(table.get_factor(2), factor, (title, heading))
            self.assertEqual(self._read_column(table, "amount", "number"), [100])

    def test_no_cell_stops_the_reading(self):
        rng = random.Random("tables")
        for _ in range(300):
            rows = [
                ["".join(rng.choices(PARTS, k=rng.choice([1, 1, 2]))) for _ in range(4)]
                for _ in range(rng.randrange(2, 8))
            ]
            try:
                tables = self._find_tables(self._make_text(rows))
            except UnreadableFile:
                continue
            for table in tables:
                matrix = find_matrix(table)
                if matrix:
                    self.assertTrue(list(matrix.get_figures(table)) or matrix.keys)
                for column, kind in product(range(len(table.headings)), KINDS):
                    for reading in table.get_readings(column, kind):
                        for row in table.rows:
                            self._read(reading, row, column)

    # ------------------------------------------------------------------
    # Several sheets
    # ------------------------------------------------------------------

    def test_sheets_with_columns_in_another_order_are_one_table(self):
        content = self._make_workbook(
            {
                "Jan": [["Date", "Amount"], ["2025-01-01", 1]],
                "Feb": [["Amount (NT$)", " DATE"], [2, "2025-02-01"]],
            }
        )
        table = self._find_table(content)
        self.assertEqual(table.get_cells(0), ["2025-01-01", "2025-02-01"])
        self.assertEqual(self._read_column(table, "amount", "number"), [1, 2])

    def test_sheets_in_other_units_are_tables_of_their_own(self):
        rows = [["Date", "Amount"], ["2025-01-01", 1]]
        for other in ([["單位：千元"], *rows], [["Date", "Amount (千元)"], rows[1]]):
            content = self._make_workbook({"A": rows, "B": other})
            tables = self._find_tables(content)
            self.assertEqual([table.get_factor(1) for table in tables], [1, 1000])

    def test_a_note_names_the_sheet(self):
        rows = [["Date", "Salesperson"], ["2025-01-01", "amy"], ["2025-01-02"]]
        table = self._find_table(
            self._make_workbook({"Jan": rows, "Feb": rows}, merged=["B2:B3"])
        )
        self.assertIn("the first is Jan!B3", self._say(table.notes)[0])

    def test_sheets_of_another_layout_are_tables_of_their_own(self):
        content = self._make_workbook(
            {
                "Cover": [["Sales report"]],
                "Few": [["Customer", "City"], ["A", "Taipei"]],
                "Many": [["Date", "Amount"], ["2025-01-01", 1], ["2025-01-02", 2]],
            }
        )
        tables = self._find_tables(content)
        self.assertEqual([table.sheets for table in tables], [["Many"], ["Few"]])
        for table in tables:
            self.assertEqual(
                [(row.sheet, self.env._(row.reason)) for row in table.left_out],
                [("Cover", "It has no rows below headings.")],
            )

    # ------------------------------------------------------------------
    # Headings
    # ------------------------------------------------------------------

    def test_headings_are_matched_in_several_languages(self):
        names = ["date", "name", "user_id", "partner_id", "product_id", "quantity"]
        for headings in (
            "Order Date|Order No.|Sales Rep|Customer Name|Item|QTY|Net Amount (USD)",
            "訂單日期|單 號|業務員*|客戶名稱|品名|數量|未稅金額（元）",
            "订单日期|订单号|业务员|客户名称|产品名称|数量|金额",
            "Rechnungsdatum|Beleg-Nr.|Verkäufer|Kunde|Artikel|Menge|Nettobetrag",
            "Date|Facture|Vendeur|Client|Produit|Quantité|Montant HT",
        ):
            found = match_headings(headings.split("|"), FIELDS)
            self.assertEqual(
                [found.get(name) for name in (*names, "amount")],
                list(range(7)),
                headings,
            )

    def test_parts_of_headings_are_matched_after_whole_ones(self):
        found = match_headings(
            ["金額小計說明", "預計出貨日期", "日期", "銷售總金額"], FIELDS
        )
        self.assertEqual((found["date"], found["amount"]), (2, 3))

    def test_a_column_serves_one_field(self):
        fields = [Field("a", ("Amount",)), Field("b", (), ("amount",))]
        self.assertEqual(match_headings(["Amount"], fields), {"a": 0})

    def test_labels_go_before_synonyms(self):
        fields = [Field("a", (), ("Target",)), Field("b", ("Target",))]
        self.assertEqual(match_headings(["Target"], fields), {"b": 0})

    def test_cells_tell_an_amount_from_a_person_called_sales(self):
        table = self._find(
            "Date|Customer|Sales", "2025-01-05|A|1,000", "2025-01-06|B|5"
        )
        self.assertEqual(table.match(FIELDS)["amount"], 2)
        table = self._find("Date|Sales|Net Sales", "2025-01-05|amy|1,000")
        found = table.match(FIELDS)
        self.assertEqual((found["user_id"], found["amount"]), (1, 2))

    def test_costs_and_margins_are_found_in_both_languages(self):
        for name, headings in {
            "cost": ("Cost", "COGS", "Total Cost", "成本", "銷貨成本(元)", "销售成本"),
            "margin": ("Margin", "Gross Profit", "毛利", "毛利額", "毛利润"),
        }.items():
            for heading in headings:
                with self.subTest(heading):
                    table = Table([], ["日期", heading], [Row("", 2, [None, "5"])])
                    self.assertEqual(table.match(FIELDS).get(name), 1)

    def test_rates_and_figures_of_a_piece_are_no_sums(self):
        for heading in ("毛利率", "Margin %", "Margin Rate", "單位成本", "Unit Price"):
            with self.subTest(heading):
                table = Table([], ["日期", heading], [Row("", 2, [None, "5"])])
                found = table.match(FIELDS)
                self.assertFalse({"amount", "margin", "cost"} & found.keys())
        table = Table([], ["金額（單位：元）"], [Row("", 2, ["5"])])
        self.assertEqual(table.match(FIELDS).get("amount"), 0)

    def test_formulas_without_value_do_not_hide_what_a_column_is(self):
        rows = [Row("", n, ["2025-01-01", BadCell("no value")]) for n in (2, 3)]
        table = Table([], ["Date", "Amount"], rows)
        self.assertEqual(table.match(FIELDS), {"date": 0, "amount": 1})

    def test_what_the_user_chose_last_time_goes_first(self):
        fields = [Field("amount", ("Amount",)), Field("cost", ("Cost",))]
        headings = ["Amount", "EK (netto)", "Cost"]
        found = match_headings(headings, fields, {"ek": "amount", "amount": None})
        self.assertEqual(found, {"amount": 1, "cost": 2})

    # ------------------------------------------------------------------
    # Months or names as columns
    # ------------------------------------------------------------------

    def test_months_of_any_form_as_columns_are_a_matrix(self):
        for months in (
            *(
                "2025-01|2025-02|2025-03",
                "Jan 25|Feb 25|Mar 25",
                "202501|202502|202503",
            ),
            *(
                "114年1月|114年2月|114年3月",
                "2025/01|2025/02|2025/03",
                "1/2025|2/2025|3/2025",
            ),
            "January 2025|February 2025|March 2025",
        ):
            table = self._find(f"業務員|{months}|合計", "amy|1||3|4", "bob|4|5|6|15")
            matrix = find_matrix(table)
            self.assertEqual((matrix.keys, matrix.left_out), ([0], [4]), months)
            self.assertFalse(matrix.lacks_year)
            self.assertEqual(
                self._get_figures(matrix, table),
                [
                    (2, date(2025, 1, 1), None, "1"),
                    (2, date(2025, 3, 1), None, "3"),
                    (3, date(2025, 1, 1), None, "4"),
                    (3, date(2025, 2, 1), None, "5"),
                    (3, date(2025, 3, 1), None, "6"),
                ],
            )

    def test_days_as_headings_are_months(self):
        months = [datetime(2025, month, 1) for month in (1, 2, 3)]
        table = self._find_table(
            self._make_workbook({"S": [["Salesperson", *months], ["amy", 1, 2, 3]]})
        )
        figures = self._get_figures(find_matrix(table), table)
        self.assertEqual(
            [day for _r, day, _n, _v in figures], [d.date() for d in months]
        )

    def test_months_without_year_are_asked_or_told_by_the_title(self):
        for months in ("1月|2月", "Jan|Feb", "一月|二月", "1|2|3"):
            table = self._find(f"業務員|{months}", "amy|7|8|9"[: 4 + len(months)])
            matrix = find_matrix(table)
            self.assertTrue(matrix.lacks_year, months)
            [first, *_rest] = self._get_figures(matrix, table, year=2024)
            self.assertEqual(first[1], date(2024, 1, 1))
            self.assertIsInstance(self._get_figures(matrix, table)[0][1], BadCell)
        printed = ["Printed on 2026-01-05", "製表日期：115/01/05", "2024-2025"]
        for title in printed:
            table = self._find(title, "業務員|1月|2月", "amy|7|8")
            self.assertTrue(find_matrix(table).lacks_year, title)
        table = self._find(printed[0], "114年度業績表", "業務員|1月|2月", "amy|7|8")
        matrix = find_matrix(table)
        self.assertFalse(matrix.lacks_year)
        self.assertEqual(self._get_figures(matrix, table)[0][1], date(2025, 1, 1))

    def test_a_column_tells_the_year_of_months(self):
        table = self._find("目標年度|業務員|1月|2月", "2025|amy|1|2", "115|amy|3|4")
        matrix = find_matrix(table)
        self.assertFalse(matrix.lacks_year)
        self.assertEqual(
            [day for _row, day, _name, _value in self._get_figures(matrix, table)],
            [date(year, month, 1) for year in (2025, 2026) for month in (1, 2)],
        )
        table = self._find("年|月|金額", "2025|1|100", "2025|2月|200", "2026|三月|300")
        self.assertEqual(
            self._read_column(table, "month", "month"),
            [date(2025, 1, 1), date(2025, 2, 1), date(2026, 3, 1)],
        )

    def test_a_sheet_for_each_year_tells_the_year(self):
        rows = [["Salesperson", "Jan", "Feb"], ["amy", 1, 2]]
        table = self._find_table(self._make_workbook({"2024": rows, "2025": rows}))
        figures = self._get_figures(find_matrix(table), table)
        self.assertEqual(
            [day for _row, day, _name, _value in figures],
            [date(year, month, 1) for year in (2024, 2025) for month in (1, 2)],
        )

    def test_the_name_of_the_file_only_proposes_the_year(self):
        content = self._make_text([["Salesperson", "Jan", "Feb"], ["amy", 1, 2]])
        table = self._find_table(content, "sales (exported 2026-01).csv")
        self.assertTrue(find_matrix(table).lacks_year)
        self.assertEqual(table.file_year, 2026)

    def test_a_sheet_that_repeats_the_others_is_left_out(self):
        heading = ["日期", "業務員", "金額"]
        january = [["2025-01-05", "amy", 1], ["2025-01-06", "bob", 2]]
        february = [["2025-02-05", "amy", 3], ["2025-02-06", "bob", 4]]
        for name in ("合計", "2025年 全年", "Total 2025", "Everything"):
            with self.subTest(name):
                content = self._make_workbook(
                    {
                        "1月": [heading, *january],
                        "2月": [heading, *february],
                        name: [heading, *january, *february],
                    }
                )
                table = self._find_table(content)
                self.assertEqual(table.sheets, ["1月", "2月"])
                self.assertEqual(len(table.rows), 4)
                self.assertIn(
                    (0, "It adds up the other sheets, or repeats their rows."),
                    self._list_left_out(table),
                )

    def test_months_that_are_alike_are_both_read(self):
        rows = [["Salesperson", "Amount"], ["amy", 1]]
        table = self._find_table(self._make_workbook({"2024": rows, "2025": rows}))
        self.assertEqual((table.sheets, len(table.rows)), (["2024", "2025"], 2))

    def test_a_merged_whole_number_under_a_month_is_not_filled(self):
        content = self._make_workbook(
            {
                "S": [
                    ["Team", "Salesperson", "Code", "Jan 2025", "Feb 2025"],
                    ["North", "amy", 7, 100, 1],
                    [None, "bob", None, None, 2],
                ]
            },
            merged=["A2:A3", "C2:C3", "D2:D3"],
        )
        [_first, second] = self._find_table(content).rows
        self.assertEqual(second.cells[:2], ["North", "bob"])
        self.assertIsInstance(second.cells[3], BadCell)

    def test_a_sale_to_a_customer_called_total_needs_no_salesperson(self):
        rows = [f"2025-03-{day:02}|amy|Acme|100" for day in range(1, 29)]
        for name in ("Total Wine & More", "總計科技股份有限公司"):
            with self.subTest(name):
                table = self._find(
                    "Date|Salesperson|Customer|Amount",
                    *rows,
                    f"2025-03-29||{name}|99999",
                    "2025-03-29||Subtotal|102799",
                    "Total for March|||202598",
                )
                self.assertEqual(len(table.rows), 29)
                self.assertEqual(table.rows[-1].cells[2], name)

    def test_a_year_above_the_months_belongs_to_each(self):
        content = self._make_workbook(
            {
                "S": [
                    ["業務員", "2024年", None, "2025年", None],
                    [None, "11月", "12月", "1月", "2月"],
                    ["amy", 1, 2, 3, 4],
                ]
            },
            merged=["A1:A2", "B1:C1", "D1:E1"],
        )
        table = self._find_table(content)
        self.assertEqual(table.headings[0], "業務員")
        self.assertEqual(
            [
                day
                for _row, day, _name, _value in self._get_figures(
                    find_matrix(table), table
                )
            ],
            [date(2024, 11, 1), date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1)],
        )

    def test_quarters_and_totals_are_no_months(self):
        table = self._find("Rep|Jan 25|Feb 25|Mar 25|Q1|第一季|上半年|YTD|Total", "a|1")
        self.assertEqual(find_matrix(table).left_out, [4, 5, 6, 7, 8])

    def test_several_figures_of_a_month_are_asked(self):
        table = self._find(
            "|2025-01||2025-02|", "業務員|目標|實績|目標|實績", "amy|1|2|3|4"
        )
        matrix = find_matrix(table)
        self.assertEqual(matrix.series, ["目標", "實績"])
        actual = find_matrix(table, series="實績")
        values = [figure.row.get(figure.column) for figure in actual.get_figures(table)]
        self.assertEqual(values, ["2", "4"])

    def test_names_as_columns_are_a_matrix(self):
        table = self._find(
            "月份|王小明|April|Test Line|合計", "2025-01|1|2|3|6", "2025-02|4||6|10"
        )
        matrix = find_matrix(table)
        self.assertEqual((matrix.month_column, matrix.left_out), (0, [4]))
        self.assertEqual(
            self._get_figures(matrix, table),
            [
                (2, date(2025, 1, 1), "王小明", "1"),
                (2, date(2025, 1, 1), "April", "2"),
                (2, date(2025, 1, 1), "Test Line", "3"),
                (3, date(2025, 2, 1), "王小明", "4"),
                (3, date(2025, 2, 1), "Test Line", "6"),
            ],
        )

    def test_months_without_year_down_the_rows_are_asked(self):
        lines = ["月份|王小明|李大華", "1月|1|2", "2月|3|4"]
        table = self._find(*lines)
        matrix = find_matrix(table)
        self.assertTrue(matrix.lacks_year)
        self.assertIsInstance(self._get_figures(matrix, table)[0][1], BadCell)
        months = [
            day for _r, day, _n, _v in self._get_figures(matrix, table, year=2024)
        ]
        self.assertEqual(months, [date(2024, 1, 1)] * 2 + [date(2024, 2, 1)] * 2)
        table = self._find("2025年業績", *lines)
        matrix = find_matrix(table)
        self.assertFalse(matrix.lacks_year)
        self.assertEqual(self._get_figures(matrix, table)[0][1], date(2025, 1, 1))

    def test_a_list_of_records_is_no_matrix(self):
        for lines in (
            ["Date|Salesperson|Amount", "2025-01-01|amy|1", "2025-02-01|bob|2"],
            ["Month|Quantity|Amount", "2025-01|1|2", "2025-02|3|4"],
            ["月份|數量|金額", "2025-01|1|2", "2025-02|3|4"],
            ["Month|Foo|Bar", "2025-01|amy|2", "2025-02|bob|4"],
        ):
            self.assertIsNone(find_matrix(self._find(*lines)), lines)
