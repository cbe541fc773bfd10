# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest

from odoo.tests import tagged

from ..engine.methods import descriptive, outliers, table
from .method_common import MethodCase, to_data

MONTHS = [120, 80, 95, 200, 150, 80, 60, 310, 95, 110]


@tagged("post_install", "-at_install")
class TestMethodDescriptive(MethodCase):
    def describe(self, values, **options):
        return descriptive.run(to_data(x=values), options).columns["x"]

    def test_examples(self):
        for module in (descriptive, outliers, table):
            self.assertFalse(doctest.testmod(module).failed, module.__name__)

    def test_ten_months(self):
        """The worked case: quartiles are linear, the deviation that of a sample."""
        found = self.describe(MONTHS)
        self.assertEqual((found.n, found.missing, found.sum), (10, 0, 1300))
        self.assertEqual((found.mean, found.median), (130, 102.5))
        self.assertAlmostEqual(found.sd, 74.9444, 4)
        self.assertEqual((found.quartile_1, found.quartile_3), (83.75, 142.5))
        self.assertEqual(found.mad, 22.5)

    def test_an_outlier_is_far_by_the_median_of_deviations(self):
        found = self.describe(MONTHS)
        [outlier] = found.outliers
        self.assertEqual((outlier["label"], outlier["value"]), ("H", 310))
        self.assertAlmostEqual(outlier["score"], 6.22, 2)
        scores = outliers.get_robust_scores(MONTHS)
        self.assertAlmostEqual(scores[3], 2.92, 2)

    def test_there_is_no_outlier_without_deviations(self):
        self.assertFalse(self.describe([5, 5, 5, 5, 900]).outliers)

    def test_all_equal(self):
        found = self.describe([0.1 + 0.2, 0.3, 0.3])
        self.assertAlmostEqual(found.sd, 0)
        self.assertIsNone(found.skew)
        self.assertEqual(len(found.histogram), 1)
        self.assertAlmostEqual(found.gini, 0)

    def test_one_row(self):
        found = self.describe([7])
        self.assertEqual((found.n, found.mean, found.median), (1, 7, 7))
        self.assertIsNone(found.sd)
        self.assertIsNone(found.skew)
        self.assertEqual(found.concentration.rows_to_threshold, 1)

    def test_missing_values_are_not_zero(self):
        found = self.describe([None, 4, None, 6])
        self.assertEqual((found.n, found.missing, found.mean), (2, 2, 5))
        with self.assertRefused("no_values", column="x"):
            self.describe([None, None])
        with self.assertRefused("no_values", column="x"):
            self.describe([])

    def test_customers_without_an_order_are_in_no_gini(self):
        self.assertEqual(self.describe([1, 2, 3, 4, 0, 0]).gini, 0.25)

    def test_months_without_sales_are_in_it(self):
        found = self.describe([5, 0, 5, 0, 5, 0, 5, 0], zeros=True)
        self.assertEqual(found.gini, 0.5)

    def test_a_negative_value_leaves_no_gini_but_a_pareto(self):
        found = self.describe([-10, 60, 50])
        self.assertIsNone(found.gini)
        self.assertEqual(found.negative, 1)
        self.assertEqual(found.concentration.rows_to_threshold, 2)
        self.assertIsNone(self.describe([-10, 5]).concentration)

    def test_the_fewest_that_reach_a_share(self):
        found = self.describe([10, 60, 25, 5], threshold=60).concentration
        self.assertEqual(found.rows_to_threshold, 1)
        self.assertEqual([one["rows"] for one in found.classes], [1, 2, 1])
        with self.assertRefused("bad_option", option="threshold"):
            self.describe([1], threshold="most")

    def test_text_is_no_number(self):
        for value in ("12", True, float("inf"), float("nan"), 1e200, [1]):
            with self.assertRefused("not_a_number", column="x", label="B"):
                self.describe([1, value])

    def test_a_million_rows_are_the_limit(self):
        count = table.MAX_ROWS + 1
        data = {"labels": [""] * count, "columns": {"x": [1.0] * count}}
        with self.assertRefused("too_many_rows", rows=count):
            descriptive.run(data, {})

    def test_tables_are_bounded(self):
        values = [float(n) for n in range(2000)] + [1e9] * 60
        data = to_data([str(n) for n in range(2060)], x=values)
        found = descriptive.run(data, {}).columns["x"]
        self.assertLessEqual(len(found.histogram), descriptive.MAX_BINS)
        self.assertEqual(sum(bar["count"] for bar in found.histogram), 2060)
        self.assertEqual(len(found.concentration.rows), descriptive.MAX_PARETO)
        self.assertEqual(len(found.outliers), descriptive.MAX_OUTLIERS)
        self.assertEqual(found.outlier_count, 60)

    def test_a_value_at_the_end_of_a_bar_is_in_the_next(self):
        bars = self.describe([1, 2, 3, 4, 5, 6, 7, 8]).histogram
        for bar in bars:
            inside = [n for n in range(1, 9) if bar["from"] <= n < bar["to"]]
            self.assertEqual(bar["count"], len(inside), bar)
