# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest

from odoo.tests import tagged

from ..engine.methods import correlation
from .method_common import ANSCOMBE, MethodCase, get_months, to_data


@tagged("post_install", "-at_install")
class TestMethodCorrelation(MethodCase):
    def correlate(self, **columns):
        return correlation.run(to_data(**columns), {}).pairs

    def test_examples(self):
        self.assertFalse(doctest.testmod(correlation).failed)

    def test_anscombe(self):
        """Spearman tells the four apart, Pearson does not."""
        ranks = {"I": 0.818182, "II": 0.690909, "III": 0.990909, "IV": 0.5}
        for name, (x, y) in ANSCOMBE.items():
            [pair] = self.correlate(x=x, y=y)
            self.assertAlmostEqual(pair.spearman, ranks[name], 6, name)
            self.assertAlmostEqual(pair.pearson, 0.8164, 3, name)

    def test_interval_and_p(self):
        x, y = ANSCOMBE["I"]
        [pair] = self.correlate(x=x, y=y)
        self.assertEqual(pair.n, 11)
        self.assertAlmostEqual(pair.pearson, 0.816421, 6)
        self.assertAlmostEqual(pair.low, 0.424391, 6)
        self.assertAlmostEqual(pair.high, 0.950693, 6)
        self.assertAlmostEqual(pair.p, 0.00217, 6)

    def test_p_is_corrected_for_the_number_of_pairs(self):
        x, y = ANSCOMBE["I"]
        pairs = self.correlate(x=x, y=y, z=[5, 1, 4, 2, 8, 3, 9, 7, 6, 0, 5])
        self.assertEqual((pairs[0].x, pairs[0].y), ("x", "y"))
        self.assertAlmostEqual(pairs[0].p, 3 * 0.00217, 5)
        self.assertLessEqual(max(pair.p for pair in pairs), 1)

    def test_a_perfect_line(self):
        x = list(range(10))
        [pair] = self.correlate(x=x, y=[-2 * value for value in x])
        self.assertAlmostEqual(pair.pearson, -1)
        self.assertAlmostEqual(pair.low, -1)
        self.assertAlmostEqual(pair.high, -1)

    def test_less_than_eight_rows_are_refused(self):
        x = list(range(9))
        with self.assertRefused("too_few_rows", rows=7, needed=8):
            self.correlate(x=x, y=[1, None, 3, 4, None, 6, 1, 8, 9])
        with self.assertRefused("too_few_rows", rows=1):
            self.correlate(x=[1], y=[2])

    def test_a_column_that_never_varies_is_refused(self):
        x = list(range(9))
        with self.assertRefused("constant", column="y"):
            self.correlate(x=x, y=[4] * 9)
        pairs = self.correlate(x=x, y=[4] * 9, z=[*x[1:], 0])
        self.assertEqual([pair.problem for pair in pairs].count("constant"), 2)

    def test_columns_are_two_to_twelve_and_different(self):
        with self.assertRefused("too_few_columns"):
            self.correlate(x=list(range(9)))
        with self.assertRefused("too_many_columns", columns=13):
            self.correlate(**{f"x{n}": list(range(9)) for n in range(13)})
        for names, code in (
            (["x", "x", "y"], "column_twice"),
            (["x", "z"], "no_column"),
        ):
            data = to_data(x=list(range(9)), y=list(range(9)))
            with self.assertRefused(code):
                correlation.run(data, {"columns": names})

    def test_months_are_known_as_such(self):
        data = to_data(get_months("2024-01", 9), x=list(range(9)), y=list(range(9)))
        self.assertTrue(correlation.run(data, {}).is_monthly)
        data["labels"][3] = "North"
        self.assertFalse(correlation.run(data, {}).is_monthly)

    def test_the_chart_shows_the_same_sample_each_time(self):
        rows = [float(n * 7919 % 3001) for n in range(3000)]
        data = to_data([str(n) for n in range(3000)], x=rows, y=rows[::-1])
        first, second = (correlation.run(data, {}).scatter for _n in range(2))
        self.assertEqual(first, second)
        self.assertEqual((first["rows"], len(first["points"])), (3000, 1000))
