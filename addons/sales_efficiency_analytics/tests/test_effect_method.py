# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from odoo.tests import BaseCase, tagged

from odoo.addons.sales_efficiency_analytics.engine.methods import effect
from odoo.addons.sales_efficiency_analytics.engine.methods.refused import Refused

from .decision_common import AFFECTED, AFTER, BEFORE


@tagged("post_install", "-at_install")
class TestEffectMethod(BaseCase):
    """Difference in differences (policy 6.3.1), without a database."""

    def _run(self, treated, before, after, earlier=(), **options):
        columns = {"treated": treated, "before": before, "after": after}
        names = [f"2026-{number + 1:02}" for number in range(len(earlier))]
        columns |= dict(zip(names, earlier, strict=True))
        data = {"labels": list(map(str, range(len(treated)))), "columns": columns}
        return effect.run(data, {"earlier": names, **options})

    def _run_regions(self, earlier=(), **options):
        treated = [int(name in AFFECTED) for name in BEFORE]
        before, after = list(BEFORE.values()), list(AFTER.values())
        return self._run(treated, before, after, earlier, **options)

    def test_two_of_eight_regions_as_worked_out(self):
        found = self._run_regions()
        self.assertEqual((found.change, found.control_change), (30.5, 5))
        self.assertEqual((found.effect, found.baseline, found.total), (25.5, 115, 51))
        self.assertAlmostEqual(found.percent, 22.17, 2)
        self.assertAlmostEqual(found.low, 19.59, 2)
        self.assertAlmostEqual(found.high, 31.41, 2)
        self.assertEqual((found.assignments, found.tried), (28, 28))
        self.assertEqual(found.p_value, 1 / 28)
        self.assertEqual((found.verdict, found.reasons), ("helped", []))

    def test_without_two_periods_before_the_check_is_not_made(self):
        for earlier in ([], [[1] * 8]):
            found = self._run_regions(earlier)
            self.assertEqual((found.check, found.check_periods), ("not_made", 0))
            self.assertEqual(found.verdict, "helped")

    def test_sides_that_ran_alike_pass_the_check(self):
        months = [[10 + month + unit % 3 for unit in range(8)] for month in range(6)]
        found = self._run_regions(months)
        self.assertEqual((found.check, found.check_p), ("passed", 1))
        self.assertEqual(found.check_periods, 6)

    def test_sides_that_ran_differently_cannot_be_compared(self):
        noise = random.Random(1)
        months = [
            [10 + (5 * month if unit < 2 else 0) + noise.random() for unit in range(8)]
            for month in range(6)
        ]
        found = self._run_regions(months)
        self.assertEqual(found.check, "failed")
        self.assertAlmostEqual(found.check_slope, 5, 0)
        self.assertEqual((found.verdict, found.reasons), ("unknown", ["check_failed"]))
        self.assertAlmostEqual(found.effect, 25.5)

    def test_exactly_different_slopes_fail_without_any_variance(self):
        months = [[month * (unit < 2) for unit in range(8)] for month in range(3)]
        self.assertEqual(self._run_regions(months).check, "failed")

    def test_one_on_a_side_is_too_few(self):
        for treated in ([1, 0, 0, 0], [1, 1, 1, 0]):
            found = self._run(treated, [10] * 4, [20, 11, 12, 10])
            self.assertEqual((found.verdict, found.reasons), ("unknown", ["few_units"]))
            self.assertIsNone(found.low)
            self.assertIsNone(found.p_value)
            self.assertIsNotNone(found.effect)

    def test_fewer_than_twenty_ways_to_choose_are_too_few(self):
        for size, count, ways in ((6, 2, 15), (6, 3, 20), (7, 2, 21)):
            treated = [1] * count + [0] * (size - count)
            after = [
                20 + unit / 10 if is_on else 10 for unit, is_on in enumerate(treated)
            ]
            found = self._run(treated, [10] * size, after)
            self.assertEqual(found.assignments, ways)
            self.assertEqual(
                (found.verdict, found.reasons),
                ("unknown", ["few_assignments"]) if ways < 20 else ("helped", []),
            )

    def test_before_and_after_are_told_without_others(self):
        found = self._run([1, 1], [10, 20], [15, 25])
        self.assertEqual((found.before, found.after, found.change), (15, 20, 5))
        self.assertIsNone(found.effect)
        self.assertEqual((found.verdict, found.reasons), ("unknown", ["no_control"]))

    def test_units_without_a_value_are_left_out_and_named(self):
        treated = [1, 1, 1, *[0] * 7]
        before = [None, 100, 120, 90, 110, 80, 130, 70, 100, 5]
        after = [5, 131, 150, 96, 114, 84, 141, 72, 103, None]
        found = self._run(treated, before, after)
        self.assertEqual(found.left_out, ["0", "9"])
        self.assertAlmostEqual(found.effect, 25.5)
        with self.assertRaises(Refused) as caught:
            self._run([1, 0, 0], [None, 1, 1], [1, 1, 1])
        self.assertEqual(caught.exception.code, "no_treated")

    def test_many_ways_are_drawn_with_a_fixed_seed(self):
        noise = random.Random(2)
        treated = [1] * 10 + [0] * 30
        before = [noise.gauss(100, 5) for _unit in treated]
        after = [
            value + noise.gauss(10 * is_on, 5)
            for value, is_on in zip(before, treated, strict=True)
        ]
        first, again = (self._run(treated, before, after) for _time in range(2))
        self.assertEqual(first, again)
        self.assertEqual((first.assignments, first.tried), (847660528, 20001))
        self.assertLess(first.p_value, 0.05)
        self.assertNotEqual(first.p_value, 0)
        self.assertEqual(first.verdict, "helped")

    def test_nothing_happened_and_little_varied(self):
        changes = [0, 1, 1, 0, 1, 0, 0, 1]
        after = [100 + change for change in changes]
        found = self._run([1, 1, *[0] * 6], [100] * 8, after, expected=10)
        self.assertEqual(
            (found.verdict, found.reasons), ("did_not", ["less_than_expected"])
        )
        self.assertEqual(found.expected, 10.05)
        found = self._run([1, 1, *[0] * 6], [100] * 8, after)
        self.assertEqual((found.verdict, found.reasons), ("did_not", ["no_effect"]))

    def test_figures_that_vary_a_lot_tell_nothing(self):
        after = [130, 90, 70, 140, 100, 60, 150, 95]
        found = self._run([1, 1, *[0] * 6], [100] * 8, after, expected=10)
        self.assertEqual((found.verdict, found.reasons), ("unknown", ["wide"]))

    def test_the_wrong_way_did_not_help(self):
        treated = [int(name in AFFECTED) for name in BEFORE]
        found = self._run(
            treated, list(BEFORE.values()), list(AFTER.values()), less_is_better=True
        )
        self.assertEqual((found.verdict, found.reasons), ("did_not", ["worse"]))
        found = self._run(
            treated, list(AFTER.values()), list(BEFORE.values()), expected=-5
        )
        self.assertEqual(found.verdict, "helped")
        self.assertEqual(found.p_value, 1 / 28)

    def test_a_lone_outlier_among_the_others_leaves_it_to_chance(self):
        """The interval leaves out 0, yet a twentieth of all choices show as much."""
        changes = [9, 8, 1, 2, 1, 2, 10, 1, 2]
        found = self._run(
            [1, 1, *[0] * 7], [100] * 9, [100 + change for change in changes]
        )
        self.assertGreater(found.low, 0)
        self.assertGreater(found.p_value, 0.05)
        self.assertEqual((found.verdict, found.reasons), ("unknown", ["chance"]))

    def test_zero_negative_and_equal_figures(self):
        found = self._run([1, 1, *[0] * 6], [0] * 8, [0] * 8, expected=10)
        self.assertEqual((found.effect, found.percent, found.expected), (0, None, None))
        self.assertEqual((found.low, found.high, found.p_value), (0, 0, 1))
        self.assertEqual(found.verdict, "did_not")
        found = self._run([1, 1, *[0] * 6], [-5] * 8, [5, 5, *[-5] * 6])
        self.assertIsNone(found.percent)
        self.assertEqual((found.effect, found.verdict), (10, "helped"))

    def test_text_is_no_number(self):
        with self.assertRaises(Refused) as caught:
            self._run([1, 0, 0], [1, "many", 1], [1, 1, 1])
        self.assertEqual(caught.exception.code, "not_a_number")
