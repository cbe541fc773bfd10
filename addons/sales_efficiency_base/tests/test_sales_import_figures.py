# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.tests import tagged
from odoo.tools import mute_logger

from .import_common import ImportCommon

SALES = "Date,Salesperson,Amount\n"


@tagged("post_install", "-at_install")
class TestSalesImportFigures(ImportCommon):
    """No figure is imported that the file does not say."""

    def _get_reasons(self, record):
        return set(record.problem_ids.mapped("reason"))

    # Currencies

    def test_amounts_of_another_currency_are_refused(self):
        for text in ("€1,000", "1,000 JPY", "NT$ 1,000", "人民幣 1000"):
            with self.subTest(text):
                record = self._upload(f'{SALES}2025-01-01,amy,"{text}"\n')
                self.assertEqual(record.problem_ids.mapped("cell"), ["C2"])
                self.assertIn("but figures are in USD", record.problem_ids.reason)
        for text in ("$1,000", "US$ 1,000", "1,000 USD", "1000元"):
            with self.subTest(text):
                record = self._upload(f'{SALES}2025-01-01,amy,"{text}"\n')
                self.assertFalse(record.problem_ids)
                self.assertEqual(record.amount, 1000)

    def test_headings_titles_and_columns_name_a_currency(self):
        for content in (
            "Date,Amount (EUR)\n2025-01-01,5\n2025-01-02,6\n",
            "單位：歐元\nDate,Amount\n2025-01-01,5\n2025-01-02,6\n",
            "Date,Amount,Currency\n2025-01-01,5,USD\n2025-01-02,6,EUR\n",
        ):
            with self.subTest(content):
                record = self._upload(content)
                self.assertEqual(
                    self._get_reasons(record),
                    {
                        "The amount is in %s, but figures are in USD. Convert it."
                        % ("歐元" if "歐元" in content else "EUR")
                    },
                )

    def test_the_column_in_our_currency_goes_before(self):
        record = self._upload(
            "Date,Amount (EUR),Amount (USD)\n2025-01-01,1,5\n2025-01-02,2,6\n"
        )
        self.assertEqual((record.problem_count, record.amount), (0, 11))

    # Totals

    def test_a_preview_adds_up_what_is_saved(self):
        self.company.currency_id.rounding = 1.0
        content = SALES + "".join(f"2025-01-{n:02},amy,99.5\n" for n in range(1, 11))
        record = self._upload(content)
        self.assertEqual(record.amount, 1000)
        lines = self._get_lines(self._import(record))
        self.assertEqual(sum(lines.mapped("amount")), 1000)

    def test_rows_that_are_skipped_are_in_no_total(self):
        content = f"{SALES}2025-01-01,amy,100\n"
        self._import(self._upload(content))
        record = self._upload(f"{content}2025-01-02,amy,7\n")
        self.assertEqual((record.existing_count, record.amount), (1, 7))
        self.assertEqual(self._get_totals(record.year_ids), [("2025", 1, 7)])

    # What is there already

    def test_only_as_many_equal_sales_are_replaced_as_the_file_has(self):
        shop = f"{SALES}2025-03-31,amy,1000\n"
        first = self._import(self._upload(shop))
        second = self._upload(shop)
        second.on_existing = "add"
        second.action_continue()
        self._import(second)
        corrected = self._upload(
            "Date,Salesperson,Amount,Margin\n2025-03-31,amy,1000,400\n"
        )
        self.assertEqual(corrected.existing_count, 1)
        corrected.on_existing = "replace"
        corrected.action_continue()
        self._import(corrected)
        lines = self.env["sales.history.line"].search(
            [("import_id", "in", (first + second + corrected).ids)]
        )
        self.assertEqual(sorted(lines.mapped("amount")), [1000, 1000])
        self.assertEqual(sorted(lines.mapped("margin")), [0, 400])

    def test_a_row_without_product_line_has_that_of_its_product(self):
        product = self.env["product.product"].create(
            {"name": "Test Desk", "categ_id": self.category.id}
        )
        content = (
            "Date,Product,Product Line,Amount\n"
            f"2025-01-01,{product.name},,100\n"
            f"2025-01-02,{product.name},{self.category.name},100\n"
        )
        self._import(self._upload(content))
        again = self._upload(content + f"2025-04-01,{product.name},,5\n")
        self.assertEqual((again.row_count, again.existing_count), (3, 2))

    # Names

    def test_spellings_of_a_name_are_one_record(self):
        record = self._upload(
            "Date,Customer,Amount\n2025-01-01,ACME Ltd,1\n2025-01-02,Acme  LTD,2\n"
        )
        self.assertEqual(
            [(line.name, line.row_count) for line in record.name_ids], [("ACME Ltd", 2)]
        )
        record.action_create_all()
        lines = self._get_lines(self._import(record))
        self.assertEqual(len(lines.partner_id), 1)

    def test_an_archived_namesake_is_not_asked_for(self):
        partners = self.env["res.partner"].create([{"name": "ACME Test"}] * 2)
        partners[0].active = False
        record = self._upload("Date,Customer,Amount\n2025-01-01,ACME Test,1\n")
        self.assertEqual(record.state, "preview")
        self.assertEqual(self._get_lines(self._import(record)).partner_id, partners[1])

    # Time

    def test_times_of_other_zones_are_converted(self):
        self.company.sales_tz = "Asia/Taipei"
        record = self._upload(
            "Date,Amount\n2025-03-31T17:00:00Z,1\n2025-03-31 17:00:00+08:00,2\n"
        )
        lines = self._get_lines(self._import(record))
        self.assertEqual(lines.mapped("date"), [date(2025, 4, 1), date(2025, 3, 31)])

    def test_a_year_that_only_the_file_name_says_is_told(self):
        content = "Salesperson,Jan,Feb\namy,1,2\n"
        record = self._upload(content, "sales (exported 2026-01).csv")
        self.assertEqual((record.year, record.is_year_asked), (2026, True))
        self.assertIn("name of the file", " ".join(record.note_ids.mapped("reason")))
        record.year = 2025
        record.action_continue()
        self.assertEqual(self._get_totals(record.year_ids), [("2025", 2, 3)])
        self.assertNotIn("name of the file", " ".join(record.note_ids.mapped("reason")))

    # Answers

    def test_years_and_factors_are_limited(self):
        record = self._upload("Salesperson,Jan,Feb\namy,1,2\n")
        for values in ({"year": 20266}, {"year": 206}, {"factor": 0}, {"factor": -1}):
            with (
                self.subTest(values),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
                mute_logger("odoo.sql_db"),
            ):
                record.write(values)
                record.flush_recordset()

    def test_another_layout_has_columns_of_its_own(self):
        record = self._upload(
            "Salesperson,2025-01,2025-02,Amount,Date\namy,1,2,3,2025-01-05\n"
        )
        self.assertEqual(record.shape, "matrix")
        record.shape = "rows"
        record.action_continue()
        self.assertEqual(len(record.column_ids), 5)
        self.assertEqual((record.state, record.amount), ("preview", 3))
        rows = self._upload(f"{SALES}2025-01-01,amy,100\n")
        self.assertEqual(rows.shape_choices, ["rows"])

    def test_texts_that_no_index_holds_are_bad_cells(self):
        record = self._upload(f"Date,Reference,Amount\n2025-01-01,{'x' * 3000},1\n")
        self.assertEqual(record.problem_ids.mapped("cell"), ["B2"])
