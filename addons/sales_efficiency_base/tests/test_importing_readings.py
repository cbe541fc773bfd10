# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import pkgutil
from datetime import date, datetime
from importlib import import_module

from odoo.tests import tagged

from ..engine import importing
from ..engine.importing import BadCell, MonthName, find_readings, read_month
from .importing_common import ImportingCommon

DAY = date(2025, 3, 8)
# What can only be one day, whatever the order of the rest of the column
PLAIN_DAYS = [
    *("2025-03-08", "2025/3/8", "2025.3.8", "2025 03 08", "20250308", 20250308),
    *("8-Mar-25", "08 Mar 2025", "Mar 8, 2025", "March 8th, 2025", "8. März 2025"),
    *("8 mars 2025", "2025-Mar-08", "8-3月-25", "Sat, 8 Mar 2025", "08MAR2025"),
    *(
        "2025年3月8日",
        "2025年03月08",
        "2025年3月8號",
        "二〇二五年三月八日",
        "２０２５／３／８",
    ),
    *("民國114年3月8日", "民國 114 年 3 月 8 日", "中華民國114年3月8日", "114年3月8日"),
    *("民國114/03/08", "2025-03-08 00:00:00", "2025-03-08T10:00:00Z"),
    *("2025/3/8 下午 02:30:00", "2025/3/8 (六)", "2025/3/8 星期六", "　2025/3/8　"),
    *(DAY, datetime(2025, 3, 8, 12), 45724, 45724.5, "45724"),
]
MONTHS = [
    *("2025-03", "2025/03", "2025.3", "202503", 202503, "2025年3月", "2025年03月份"),
    *("114年3月", "民國114年3月", "114/03", "11403", "114年度3月", "Mar 25", "Mar-25"),
    *("March 2025", "MAR 2025", "2025 Mar", "Mar'25", "Mrz 25", "März 2025"),
    *("mars 2025", "03/2025", "3/2025", "2025M03", "２０２５年３月", DAY),
    *("2025-03-01", "2025/3/1", "民國114/3", "114/03/01"),
]
NUMBERS = {
    "1234.5": [
        *(
            "1,234.50",
            "NT$1,234.50",
            "NT$ 1,234.5",
            "$1,234.50",
            "US$1,234.50",
            "¥1234.5",
        ),
        *(
            "１，２３４．５０",
            "￥1,234.5",
            "1,234.5元",
            "1,234.50元整",
            "新台幣1,234.50元",
        ),
        *("1'234.50", "1’234.50", "1 234.50", "1\u202f234.50", "CHF 1'234.50"),
        *("TWD 1,234.50", "1,234.50 NTD", "€1,234.50", "1234.50 EUR", "RMB 1,234.50"),
        *("1.2345E+03", "+1,234.50", "0.12345萬", 1234.5),
    ],
    "-1234.5": [
        *(
            "-1,234.50",
            "−1,234.50",
            "(1,234.50)",
            "（1,234.50）",
            "1,234.50-",
            "1234.5 -",
        ),
        *(
            "(NT$1,234.50)",
            "NT$(1,234.50)",
            "-NT$1,234.50",
            "NT$-1,234.50",
            "－1234.50",
        ),
        *("△1,234.50", "▲1,234.50", "–1,234.50"),
    ],
    "0": ["0", "0.00", "-", "$ -", "—", 0],
    "1200": ["1'200.-", "1'200.--", "1 200", "1200", "0.12萬", "1.2千"],
}
NO_NUMBERS = [
    *("abc", "5 kg", "1元2", "--5", "((5))", "$", "%", "nan", "inf", "1_000", "1,23.4"),
    *(
        "1,2345.6",
        "1,23,456",
        "1.2.3",
        "1,000,",
        "114/03/08",
        "1e999",
        "9e15",
        True,
        DAY,
    ),
]


@tagged("post_install", "-at_install")
class TestImportingReadings(ImportingCommon):
    """A column is read in the one way that fits, or the user is asked."""

    def _get_keys(self, kind, *values):
        return [reading.key for reading in find_readings(kind, values)]

    def _read_all(self, kind, *values):
        [reading] = find_readings(kind, values)
        return [reading.read(value) for value in values]

    def _get_reason(self, kind, value):
        [reading] = find_readings(kind, [value])
        with self.assertRaises(BadCell) as caught:
            reading.read(value)
        return self.env._(caught.exception.reason)

    def test_examples_of_the_documentation_are_true(self):
        attempted = 0
        for module in pkgutil.iter_modules(importing.__path__):
            name = f"{importing.__name__}.{module.name}"
            results = doctest.testmod(import_module(name))
            self.assertFalse(results.failed, name)
            attempted += results.attempted
        self.assertGreater(attempted, 30)

    def test_each_usual_form_of_a_day_is_read(self):
        for value in PLAIN_DAYS:
            with self.subTest(value):
                self.assertEqual(self._read_all("date", value), [DAY])

    def test_all_forms_of_a_day_are_read_in_one_column(self):
        self.assertEqual(self._read_all("date", *PLAIN_DAYS), [DAY] * len(PLAIN_DAYS))

    def test_days_of_the_republic_of_china_are_read(self):
        values = ["114/03/08", "114.3.8", "114-03-08", "1140308", 1140308]
        self.assertEqual(self._read_all("date", *values), [DAY] * 5)

    def test_a_column_with_years_before_and_after_100_is_plain(self):
        self.assertEqual(
            self._read_all("date", "99/12/31", "100/01/01"),
            [date(2010, 12, 31), date(2011, 1, 1)],
        )

    def test_a_day_that_could_be_two_is_asked(self):
        self.assertEqual(self._get_keys("date", "03/04/2025"), ["dmy", "mdy"])
        self.assertEqual(self._get_keys("date", "99/12/31"), ["ymd", "roc"])
        self.assertEqual(self._get_keys("date", "03/04/05"), ["ymd", "dmy", "mdy"])

    def test_another_row_decides_how_a_day_is_read(self):
        self.assertEqual(self._get_keys("date", "03/04/2025", "13/04/2025"), ["dmy"])
        self.assertEqual(self._get_keys("date", "03/04/2025", "04/13/2025"), ["mdy"])

    def test_the_same_day_in_both_orders_is_not_asked(self):
        self.assertEqual(len(self._get_keys("date", "03/03/2025", "2025-04-05")), 1)

    def test_points_stand_between_day_and_month_not_month_and_day(self):
        self.assertEqual(self._read_all("date", "8.3.2025"), [DAY])

    def test_two_rows_that_contradict_each_other_are_asked(self):
        keys = self._get_keys("date", "03/04/2025", "13/04/2025", "04/13/2025")
        self.assertEqual(keys, ["dmy", "mdy"])

    def test_a_typing_error_does_not_change_the_reading(self):
        values = ["13/04/2025", "14/04/2025", "15/44/2025"]
        [reading] = find_readings("date", values)
        self.assertEqual(reading.key, "dmy")
        with self.assertRaises(BadCell):
            reading.read(values[2])

    def test_what_is_no_day_is_named(self):
        for value in ("2025-02-30", "31/04/2025", "abc", "5", "1899-12-31", 7, True):
            reason = self._get_reason("date", value)
            self.assertEqual(reason, f"{value} is not a date.")
        self.assertEqual(self._get_reason("date", "3/8"), "3/8 lacks the year.")

    def test_each_usual_form_of_a_month_is_read(self):
        for value in MONTHS:
            with self.subTest(value):
                self.assertEqual(read_month(value), MonthName(2025, 3))
                self.assertEqual(self._read_all("month", value), [date(2025, 3, 1)])

    def test_a_month_without_year_is_a_month(self):
        for value in ("3月", "三月", "3月份", "Mar", "March", "MAR.", "März", "mars"):
            with self.subTest(value):
                self.assertEqual(read_month(value), MonthName(None, 3))
        self.assertEqual(read_month("十二月"), MonthName(None, 12))

    def test_what_is_no_month_is_not_taken_for_one(self):
        for value in (
            "2025-13",
            "13月",
            "0月",
            "1234",
            "2025",
            "Q1",
            "3",
            "Total",
            5.5,
        ):
            with self.subTest(value):
                self.assertIsNone(read_month(value))

    def test_each_usual_form_of_a_number_is_read(self):
        for number, values in NUMBERS.items():
            for value in values:
                with self.subTest(value):
                    [result] = self._read_all("number", value)
                    self.assertAlmostEqual(result, float(number))

    def test_decimal_commas_are_read(self):
        values = ["1.234,50", "1 234,50", "1'234,50", "1234,50 €", "1.234,50-"]
        self.assertEqual(
            self._read_all("number", *values), [1234.5, 1234.5, 1234.5, 1234.5, -1234.5]
        )

    def test_a_number_that_could_be_two_is_asked(self):
        self.assertEqual(self._get_keys("number", "1.234"), [".", ","])
        self.assertEqual(self._get_keys("number", "1.234", "100"), [".", ","])
        self.assertEqual(self._get_keys("number", "1.234", "1.234.567"), [","])
        self.assertEqual(self._get_keys("number", "1.234", "12.5"), ["."])

    def test_a_comma_before_three_digits_divides_thousands(self):
        self.assertEqual(self._read_all("number", "1,000", "2,000"), [1000, 2000])

    def test_a_comma_before_three_digits_is_asked_where_it_may_be_decimal(self):
        for rows in (["Betrag"], ["Umsatz"]):
            table = self._find_table(self._make_text([rows, ["1,000"], ["2,500"]]))
            keys = [reading.key for reading in table.get_readings(0, "number")]
            self.assertEqual(keys, [".", ","])

    def test_other_columns_decide_what_a_comma_is(self):
        table = self._find_table(
            self._make_text(
                [["Datum", "Menge", "Betrag"], ["1.2.2025", "1.234", "5,50"]],
                separator=";",
            )
        )
        [reading] = table.get_readings(1, "number")
        self.assertEqual(reading.read("1.234"), 1234)

    def test_what_is_no_number_is_named(self):
        for value in NO_NUMBERS:
            with self.subTest(value):
                reason = self._get_reason("number", value)
                self.assertEqual(reason, f"{value} is not a number.")

    def test_a_percentage_counts_by_the_kind_of_its_column(self):
        self.assertEqual(self._read_all("number", "41%", "41 ％"), [0.41, 0.41])
        self.assertEqual(self._read_all("percent", "41%", "41", 41), [41, 41, 41])

    def test_an_empty_cell_is_no_number(self):
        [reading] = find_readings("number", [None, ""])
        self.assertIsNone(reading.read(None))
        self.assertIsNone(reading.read(""))
