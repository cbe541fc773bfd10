# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from datetime import date

import numpy as np
from dateutil.relativedelta import relativedelta

from odoo.tests import BaseCase, tagged

from ..engine.methods import back_test, forecast, forecast_methods
from ..engine.methods.refused import Refused

# Case 4 of the specification
SEASON = [-20, -15, 5, 0, 10, -5, -25, -10, 15, 20, 30, -5]
STEADY = [200 + 2 * month + SEASON[month % 12] for month in range(48)]


def get_months(number, first=date(2022, 1, 1)):
    return [f"{first + relativedelta(months=n):%Y-%m}" for n in range(number)]


def run(values, **options):
    data = {"labels": get_months(len(values)), "columns": {"sales": list(values)}}
    return forecast.run(data, options)


def get_noisy(number, seed=1, noise=20):
    rng = random.Random(seed)
    return [STEADY[month % 48] + rng.gauss(0, noise) for month in range(number)]


def get_walk(number, seed=1):
    """Return a series whose last value is the best guess."""
    rng, values = random.Random(seed), [1000]
    while len(values) < number:
        values.append(values[-1] + rng.gauss(0, 50))
    return values


@tagged("post_install", "-at_install")
class TestMethodForecast(BaseCase):
    def _get_candidates(self, found):
        return {candidate.method: candidate for candidate in found.candidates}

    def assertRefused(self, code, labels, values, **options):
        data = {"labels": labels, "columns": {"sales": values}}
        with self.assertRaises(Refused) as caught:
            forecast.run(data, options)
        self.assertEqual(caught.exception.code, code)
        return caught.exception.values

    # ------------------------------------------------------------------
    # The worked case
    # ------------------------------------------------------------------

    def test_steady_growth_with_season_is_continued(self):
        found = run(STEADY[:36])
        values = {
            name: candidate.values
            for name, candidate in self._get_candidates(found).items()
        }
        errors = {
            name: [said - came for said, came in zip(said, STEADY[36:], strict=True)]
            for name, said in values.items()
        }
        for error in errors["seasonal_naive"]:
            self.assertAlmostEqual(error, -24)
        wape = sum(map(abs, errors["seasonal_naive"])) / sum(STEADY[36:])
        self.assertAlmostEqual(100 * wape, 8.48, 2)
        self.assertLess(sum(map(abs, errors["holt_winters"])) / 12, 0.5)
        self.assertEqual((found.method, found.why), ("holt_winters", "default"))
        self.assertEqual(found.ahead, get_months(48)[36:])

    def test_a_constant_series_stays_as_it_is(self):
        for number in (6, 22, 24, 30, 48):
            for value in (7, 0):
                found = run([value] * number)
                with self.subTest(number=number, value=value):
                    self.assertEqual(found.why, "constant")
                    for values in (
                        found.values,
                        found.low_80,
                        found.high_80,
                        found.low_95,
                        found.high_95,
                    ):
                        self.assertEqual(values, [value] * 12)

    def test_without_two_years_there_is_no_season(self):
        found = run(STEADY[:22], horizon=3)
        self.assertEqual((found.method, found.why), ("naive", "short"))
        self.assertFalse(found.has_season)
        self.assertEqual(found.months_for_season, 24)
        self.assertEqual(list(self._get_candidates(found)), ["naive"])
        self.assertEqual(found.values, [STEADY[21]] * 3)

    def test_with_two_years_the_default_says_that_it_is_not_tested(self):
        for number in (24, 27):
            found = run(get_noisy(number), horizon=3)
            with self.subTest(number):
                self.assertEqual(
                    (found.method, found.why), ("holt_winters", "untested")
                )
                self.assertEqual(found.ranges_of, "seasonal_naive")
                self.assertGreater(found.high_80[0], found.values[0])
        self.assertNotEqual(run(get_noisy(28), horizon=3).why, "untested")

    # ------------------------------------------------------------------
    # The choice
    # ------------------------------------------------------------------

    def test_a_naive_method_replaces_the_default_as_soon_as_it_is_better(self):
        for seed in range(20):
            found = run(get_walk(36, seed), horizon=1)
            candidates = self._get_candidates(found)
            better = (
                candidates[found.better_naive].wape < candidates["holt_winters"].wape
            )
            if better and found.why == "naive":
                break
        self.assertEqual(found.why, "naive")
        self.assertEqual(found.method, found.better_naive)
        self.assertGreater(found.gain_on_default, 0)

    def test_any_other_needs_to_be_ten_percent_better(self):
        get_allowed = back_test.BackTest._get_allowed
        naive = {"naive": 200, "seasonal_naive": 200}
        for errors, allowed in ((90.0, True), (90.1, False)):
            sums = {"holt_winters": 100, **naive, "log_trend": errors}
            with self.subTest(errors):
                self.assertEqual("log_trend" in get_allowed(sums), allowed)
        sums = {"holt_winters": 100, "naive": 99.9, "seasonal_naive": 100}
        self.assertEqual(get_allowed(sums), ["holt_winters", "naive"])

    def test_growth_in_percent_wins_where_it_is_clearly_better(self):
        values = [
            1000 * 1.04**month * (1 + SEASON[month % 12] / 100) for month in range(48)
        ]
        found = run(values)
        self.assertEqual(found.why, "other")
        self.assertIn(found.method, ("log_trend", "seasonal_growth"))
        self.assertGreaterEqual(found.gain_on_default, 0.1)

    def test_the_best_comes_first(self):
        found = run(get_noisy(48))
        wapes = [candidate.wape for candidate in found.candidates]
        self.assertEqual(wapes, sorted(wapes))
        self.assertEqual(len(wapes), 5)

    # ------------------------------------------------------------------
    # The back-test
    # ------------------------------------------------------------------

    def test_it_sees_the_past_alone(self):
        """A method sees only what came before each test, whatever comes later."""
        values, seen = get_noisy(40), []
        naive = forecast_methods.METHODS["naive"]

        def spy(past):
            seen.append(past.tolist())
            return naive(past)

        self.addCleanup(forecast_methods.METHODS.update, naive=naive)
        forecast_methods.METHODS["naive"] = spy
        run(values, horizon=3)
        self.assertEqual(sorted(map(len, seen)), list(range(28, 41)))
        for past in seen:
            self.assertEqual(past, values[: len(past)])

    def test_its_measures_are_those_of_the_errors(self):
        values = get_noisy(36)
        found = run(values, horizon=2)
        candidate = self._get_candidates(found)["seasonal_naive"]
        errors = [
            (values[origin + step - 12] - values[origin + step], values[origin + step])
            for origin in range(24, 36)
            for step in (0, 1)
            if origin + step < 36
        ]
        total = sum(abs(actual) for _error, actual in errors)
        distance = sum(abs(error) for error, _actual in errors)
        before = [abs(values[month] - values[month - 12]) for month in range(12, 24)]
        self.assertEqual(candidate.tests, 23)
        self.assertAlmostEqual(candidate.wape, distance / total)
        self.assertAlmostEqual(
            candidate.mase, distance / 23 / (sum(before) / len(before))
        )
        self.assertAlmostEqual(
            candidate.bias, sum(error for error, _actual in errors) / total
        )
        self.assertEqual(
            [(line["ahead"], line["tests"]) for line in candidate.horizons],
            [(1, 12), (2, 11)],
        )

    def test_ranges_are_wider_further_ahead_and_for_more_cases(self):
        found = run(get_noisy(48))
        widths_80 = [
            high - low for low, high in zip(found.low_80, found.high_80, strict=True)
        ]
        widths_95 = [
            high - low for low, high in zip(found.low_95, found.high_95, strict=True)
        ]
        self.assertEqual(widths_80, sorted(widths_80))
        for narrow, wide in zip(widths_80, widths_95, strict=True):
            self.assertLess(narrow, wide)

    def test_ranges_cover_about_what_they_say(self):
        """Over many series, months that came later are in the ranges as often."""
        held, number = {80: 0, 95: 0}, 0
        for seed in range(8):
            values = get_noisy(48, seed)
            found = run(values[:45], horizon=3)
            for step, actual in enumerate(values[45:]):
                number += 1
                held[80] += found.low_80[step] <= actual <= found.high_80[step]
                held[95] += found.low_95[step] <= actual <= found.high_95[step]
        self.assertGreater(held[80] / number, 0.65)
        self.assertGreater(held[95] / number, 0.85)

    def test_the_coverage_is_that_of_the_other_tests(self):
        errors = [[1.0], [1.0], [1.0], [1.0], [1.0], [10.0]]
        ranges = back_test.Ranges("naive", back_test.np.array(errors))
        shares, number = ranges.get_coverages()
        self.assertEqual(number, 6)
        # The outlier is outside what the other errors give.
        self.assertEqual(shares, {80: 5 / 6, 95: 5 / 6})

    # ------------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------------

    def test_what_cannot_be_negative_is_not_forecast_so(self):
        falling = [max(900 - 25 * month, 1) for month in range(36)]
        found = run(falling, horizon=6)
        self.assertGreaterEqual(min(found.values + found.low_95), 0)
        self.assertLess(min(run(falling, may_be_negative=True).low_95), 0)

    def test_what_was_negative_may_be_so_again(self):
        values = [value - 230 for value in get_noisy(36)]
        self.assertLess(min(run(values).low_95), 0)

    def test_months_without_sales_are_no_obstacle(self):
        values = [0 if month % 3 else 900 for month in range(40)]
        found = run(values)
        self.assertNotIn("log_trend", self._get_candidates(found))
        self.assertEqual(len(found.values), 12)

    def test_months_before_the_first_value_are_left_out(self):
        found = run([None] * 5 + [7] * 8)
        self.assertEqual(found.months, get_months(13)[5:])

    def test_a_hole_is_refused(self):
        values = self.assertRefused(
            "missing_months", get_months(8), [1, 2, 3, None, 5, 6, 7, None]
        )
        self.assertEqual(values, {"label": "2022-04", "rows": 2})

    def test_months_in_disorder_are_refused(self):
        for labels in (
            get_months(8)[::-1],
            get_months(9)[1:2] + get_months(9)[:7],
            ["North"] * 8,
            ["2022-1-1"] * 8,
        ):
            with self.subTest(labels):
                self.assertRefused("months_not_in_order", labels, [1] * 8)

    def test_too_few_months_are_refused(self):
        for values in ([], [None] * 9, [1] * 5):
            with self.subTest(values):
                self.assertRefused("too_short", get_months(len(values)), values)

    def test_a_horizon_is_a_number_of_months(self):
        for horizon in (0, 25, 1.5, "3", True):
            with self.subTest(horizon):
                self.assertRefused(
                    "bad_option", get_months(8), [1] * 8, horizon=horizon
                )

    def test_text_is_no_number(self):
        self.assertRefused("not_a_number", get_months(8), [1, "2", *[3] * 6])

    def test_a_test_does_not_know_that_a_later_month_was_negative(self):
        values = np.array([100.0 - 3 * month for month in range(36)])
        tests = back_test.BackTest(values, 12, None)
        for months, least in ((30, 0), (36, -np.inf)):
            known = values[:months]
            with self.subTest(months):
                self.assertEqual(tests.get_floor(known), least)
        self.assertEqual(tests._say("holt_winters", values[:30]).min(), 0)
        self.assertLess(tests._say("holt_winters", values).min(), 0)

    # ------------------------------------------------------------------
    # Several series
    # ------------------------------------------------------------------

    def test_several_columns_are_forecast_each_for_itself(self):
        columns = {"steady": STEADY[:36], "constant": [5] * 36, "hole": [1, None] * 18}
        found = forecast.run({"labels": get_months(36), "columns": columns}, {})
        self.assertEqual(found.series["steady"], run_named("steady", STEADY[:36]))
        self.assertEqual(found.series["constant"].why, "constant")
        self.assertEqual(found.series["hole"]["refused"]["code"], "missing_months")


def run_named(name, values):
    return forecast.run({"labels": get_months(36), "columns": {name: values}}, {})
