# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest

from odoo.tests import tagged

from ..engine.methods import trend
from .method_common import MethodCase, get_months, to_data

QUARTERS = [
    f"{year}-Q{number}" for year in (2023, 2024, 2025) for number in range(1, 5)
]


@tagged("post_install", "-at_install")
class TestMethodTrend(MethodCase):
    def fit(self, values, first="2023-01", **options):
        months = get_months(first, len(values))
        return trend.run(to_data(months, x=values), options)

    def test_examples(self):
        self.assertFalse(doctest.testmod(trend).failed)

    def test_seasonal_indices(self):
        values = [40, 60, 50, 90, 44, 66, 55, 99, 48, 72, 60, 108]
        found = trend.run(to_data(QUARTERS, x=values), {})
        for index, expected in zip(
            found.indices, (0.6960, 1.0170, 0.8271, 1.4599), strict=True
        ):
            self.assertAlmostEqual(index, expected, 4)

    def test_an_index_belongs_to_its_quarter_whichever_comes_first(self):
        values = [60, 50, 90, 44, 66, 55, 99, 48, 72, 60, 108]
        found = trend.run(to_data(QUARTERS[1:], x=values), {})
        self.assertEqual(found.indices.index(max(found.indices)), 3)
        self.assertEqual(found.indices.index(min(found.indices)), 0)

    def test_a_straight_line(self):
        found = self.fit([10 + 3 * n for n in range(24)])
        self.assertAlmostEqual(found.ols.slope, 3)
        self.assertAlmostEqual(found.ols.intercept, 10)
        self.assertAlmostEqual(found.theil_sen.slope, 3)
        self.assertAlmostEqual(found.kendall, 1)
        self.assertAlmostEqual(found.r2, 1)

    def test_one_wild_month_bends_one_line_only(self):
        values = [100 + n % 3 for n in range(24)]
        values[-1] = 5000
        found = self.fit(values)
        self.assertGreater(found.ols.slope, 20)
        self.assertLess(abs(found.theil_sen.slope), 0.5)

    def test_all_equal(self):
        found = self.fit([7] * 24)
        self.assertEqual((found.ols.slope, found.theil_sen.slope), (0, 0))
        self.assertIsNone(found.p)
        self.assertEqual(found.indices, [1] * 12)

    def test_less_than_six_values_are_refused(self):
        with self.assertRefused("too_few_periods", periods=5, needed=6):
            self.fit([1, 2, None, 3, 4, 5])
        with self.assertRefused("too_few_periods", periods=1):
            self.fit([1])
        with self.assertRefused("too_few_periods", periods=0):
            self.fit([])

    def test_missing_months_are_left_out_where_they_are(self):
        values = [10 + 3 * n for n in range(30)]
        values[4] = values[17] = None
        found = self.fit(values)
        self.assertEqual((found.n, found.missing), (28, 2))
        self.assertAlmostEqual(found.ols.slope, 3)
        self.assertAlmostEqual(found.ols.intercept, 10)

    def test_seasons_need_two_years(self):
        self.assertEqual(self.fit(list(range(1, 24))).no_indices, "too_short")
        self.assertIsNone(self.fit(list(range(1, 25))).no_indices)

    def test_seasons_need_values_above_zero_on_average(self):
        """Negative and zero months are values like others, unless a year is."""
        values = [100 + n for n in range(36)]
        values[5], values[6] = -40, 0
        self.assertIsNone(self.fit(values).no_indices)
        found = self.fit([-100 + n for n in range(36)])
        self.assertEqual(found.no_indices, "not_positive")
        self.assertAlmostEqual(found.ols.slope, 1)

    def test_seasons_need_a_value_of_each(self):
        values = [100.0 + n for n in range(24)]
        values[10] = None
        self.assertEqual(self.fit(values).no_indices, "missing")

    def test_working_days_make_months_comparable(self):
        """February 2024 has 21 working days, March as many, February 2023 has 20."""
        months = get_months("2023-02", 14)
        days = [20, 23, 20, 23, 22, 21, 23, 21, 22, 22, 21, 23, 21, 21]
        values = [10 * number for number in days]
        found = trend.run(
            to_data(months, x=values),
            {"working_days": dict(zip(months, days, strict=True))},
        )
        self.assertTrue(found.is_adjusted)
        usual = sum(values) / 14
        self.assertAlmostEqual(max(one["value"] for one in found.series), usual)
        self.assertAlmostEqual(min(one["value"] for one in found.series), usual)

    def test_a_month_without_working_days_is_refused(self):
        months = get_months("2024-01", 8)
        days = dict.fromkeys(months, 20) | {"2024-03": 0}
        with self.assertRefused("no_working_days", label="2024-03"):
            self.fit([1] * 8, "2024-01", working_days=days)
        with self.assertRefused("no_working_days", label="2024-08"):
            days = dict.fromkeys(months[:7], 20)
            self.fit([1] * 8, "2024-01", working_days=days)

    def test_labels_are_months_or_quarters_without_a_gap(self):
        months = get_months("2024-01", 8)
        for at, label, code in (
            (3, "2024-13", "not_a_period"),
            (3, "April", "not_a_period"),
            (3, "2024-Q2", "not_a_period"),
            (3, "2024-06", "gap"),
            (3, "2024-03", "gap"),
        ):
            labels = [*months[:at], label, *months[at + 1 :]]
            with self.assertRefused(code):
                trend.run(to_data(labels, x=[1] * 8), {})

    def test_more_than_a_century_is_refused(self):
        with self.assertRefused("too_many_periods", periods=1201):
            self.fit([1] * 1201, "1900-01")
