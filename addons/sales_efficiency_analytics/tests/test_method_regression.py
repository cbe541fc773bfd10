# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import warnings
from dataclasses import asdict

from odoo.tests import tagged

from ..engine.methods import regression
from .method_common import ANSCOMBE, MethodCase, run_in_child, to_data


@tagged("post_install", "-at_install")
class TestMethodRegression(MethodCase):
    def fit(self, options=None, **columns):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return regression.run(
                to_data(**columns), {"target": "y", **(options or {})}
            )

    def fit_anscombe(self, name, **options):
        x, y = ANSCOMBE[name]
        return self.fit(options, x=x, y=y)

    def test_anscombe(self):
        expected = {
            "I": (0.500091, 3.000091, 0.666542),
            "II": (0.500000, 3.000909, 0.666242),
            "III": (0.499727, 3.002455, 0.666324),
            "IV": (0.499909, 3.001727, 0.666707),
        }
        for name, values in expected.items():
            found = self.fit_anscombe(name)
            intercept, slope = found.coefficients
            figures = (slope.value, intercept.value, found.r2)
            for figure, value in zip(figures, values, strict=True):
                self.assertAlmostEqual(figure, value, 6, name)

    def test_standard_error_and_interval(self):
        slope = self.fit_anscombe("I").coefficients[1]
        self.assertAlmostEqual(slope.se, 0.117906, 6)
        self.assertAlmostEqual(slope.p, 0.00217, 6)
        self.assertAlmostEqual(slope.low, 0.23337, 6)
        self.assertAlmostEqual(slope.high, 0.766812, 6)

    def test_what_the_chart_shows_is_warned_of(self):
        self.assertEqual(self.fit_anscombe("I").warnings, [])
        [curved] = self.fit_anscombe("II").warnings
        self.assertEqual(curved["code"], "curvature")
        [cook] = self.fit_anscombe("III").warnings
        self.assertEqual((cook["code"], cook["label"]), ("influential", "C"))
        self.assertAlmostEqual(cook["cook"], 1.3928, 4)
        [leverage] = self.fit_anscombe("IV").warnings
        self.assertEqual((leverage["code"], leverage["label"]), ("influential", "H"))
        self.assertAlmostEqual(leverage["leverage"], 1)
        self.assertIsNone(leverage["cook"])

    def test_curvature_is_not_asked_where_squares_add_no_rank(self):
        self.assertIsNone(self.fit_anscombe("IV").reset_p)

    def test_robust_errors(self):
        plain, robust = (self.fit_anscombe("III", robust=value) for value in (0, 1))
        self.assertEqual(plain.coefficients[1].value, robust.coefficients[1].value)
        self.assertNotAlmostEqual(plain.coefficients[1].se, robust.coefficients[1].se)
        self.assertEqual(plain.warnings, robust.warnings)

    def test_no_robust_errors_if_a_row_decides_alone(self):
        with self.assertRefused("no_robust_errors", label="H"):
            self.fit_anscombe("IV", robust=True)

    def test_collinear_predictors_are_refused_by_name(self):
        x, y = ANSCOMBE["I"]
        for twin in ([3 * value + 7 for value in x], [1e9 * value for value in x]):
            with self.assertRefused("collinear", column="twin"):
                self.fit(x=x, y=y, twin=twin)

    def test_nearly_collinear_predictors_are_warned_of(self):
        x, y = ANSCOMBE["I"]
        twin = [value + (0.1 if number % 2 else 0) for number, value in enumerate(x)]
        codes = {one["code"] for one in self.fit(x=x, y=y, twin=twin).warnings}
        self.assertEqual(codes, {"collinear", "few_rows"})

    def test_ten_rows_per_predictor(self):
        x, y = ANSCOMBE["I"]
        codes = [one["code"] for one in self.fit(x=x[:9], y=y[:9]).warnings]
        self.assertIn("few_rows", codes)

    def test_too_few_rows(self):
        with self.assertRefused("too_few_rows", rows=2, needed=3):
            self.fit(x=[1, 2, None], y=[1, 2, 3])
        with self.assertRefused("too_few_rows", rows=1):
            self.fit(x=[1], y=[2])

    def test_missing_values_leave_out_the_row(self):
        x, y = ANSCOMBE["I"]
        found = self.fit(x=[*x, None, 4], y=[*y, 5, None])
        self.assertEqual((found.n, found.missing), (11, 2))
        self.assertAlmostEqual(found.r2, 0.666542, 6)

    def test_all_equal(self):
        x, y = ANSCOMBE["I"]
        with self.assertRefused("constant", column="x"):
            self.fit(x=[3] * 11, y=y)
        with self.assertRefused("constant", column="y"):
            self.fit(x=x, y=[3] * 11)

    def test_an_exact_fit_has_no_tests_of_what_is_left(self):
        found = self.fit(x=list(range(12)), y=[3 + 2 * n for n in range(12)])
        self.assertAlmostEqual(found.r2, 1)
        self.assertIsNone(found.reset_p)
        self.assertIsNone(found.breusch_pagan_p)
        self.assertEqual(found.warnings, [])

    def test_predictors_of_any_size_keep_their_digits(self):
        x, y = ANSCOMBE["I"]
        rate = [0.001 * (n % 4) for n in range(11)]
        small = self.fit(x=x, y=y, rate=rate).coefficients
        large = self.fit(x=[1e12 * v for v in x], y=y, rate=rate).coefficients
        self.assertAlmostEqual(large[1].value * 1e12, small[1].value, 9)
        self.assertAlmostEqual(large[2].value, small[2].value, 6)

    def test_prediction(self):
        """As R's predict(lm(y1 ~ x1), …, interval = "prediction")."""
        [found] = self.fit_anscombe("I", predict=[{"x": 10}]).predictions
        self.assertAlmostEqual(found["value"], 8.001, 6)
        self.assertLess(found["low"], found["mean_low"])
        self.assertLess(found["mean_high"], found["high"])
        # 1.236603 × √(1 + 1/11 + 1/110) × t(9) = 2.262157
        self.assertAlmostEqual(found["high"] - found["value"], 2.933928, 6)
        self.assertEqual(found["outside"], [])

    def test_a_prediction_far_from_the_data_says_so(self):
        [found] = self.fit_anscombe("I", predict=[{"x": 100}]).predictions
        self.assertEqual(found["outside"], ["x"])
        with self.assertRefused("no_value_to_predict", column="x"):
            self.fit_anscombe("I", predict=[{"z": 1}])
        with self.assertRefused("bad_option"):
            self.fit_anscombe("I", predict=[{"x": "many"}])

    def test_nothing_explains_itself(self):
        x, y = ANSCOMBE["I"]
        with self.assertRefused("explains_itself", column="y"):
            self.fit({"predictors": ["y"]}, x=x, y=y)
        with self.assertRefused("too_few_columns"):
            self.fit(y=y)

    def test_a_child_answers_the_same_without_a_word_besides(self):
        """Nothing of Odoo is imported, and warnings of libraries are not printed."""
        x, y = ANSCOMBE["IV"]
        answer, said = run_in_child("regression", to_data(y=y, x=x))
        self.assertEqual(said, "")
        expected = json.loads(json.dumps(asdict(self.fit_anscombe("IV"))))
        for name in ("n", "warnings", "influential", "reset_p", "predictors"):
            self.assertEqual(answer["result"][name], expected[name])

    def test_a_child_refuses_by_code(self):
        answer, _said = run_in_child("regression", to_data(y=[1, 2], x=[1, "2"]))
        self.assertEqual(answer["refused"]["code"], "not_a_number")
        self.assertEqual(answer["refused"]["values"]["column"], "x")
