# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from unittest.mock import patch

import numpy as np

from odoo.tests import BaseCase, tagged

from ..engine.methods import cluster
from ..engine.methods.refused import Refused

# Case 5 of the specification
NINE = [
    (1, 1),
    (1.5, 2),
    (1, 1.8),
    (8, 8),
    (9, 9),
    (8.5, 9.5),
    (1, 9),
    (1.5, 8.5),
    (2, 9.2),
]


def run(points, **options):
    data = {
        "labels": [f"Row {number}" for number in range(len(points))],
        "columns": {
            "x": [point[0] for point in points],
            "y": [point[1] for point in points],
        },
    }
    return cluster.run(data, options)


def draw_less():
    """Return what saves time where it does not matter how often is drawn."""
    return patch.multiple(cluster, REFERENCES=3, RESAMPLES=3)


@tagged("post_install", "-at_install")
class TestClusterCase(BaseCase):
    def test_nine_points_are_three_groups_of_three(self):
        found = run(NINE)
        silhouettes = {
            k: round(value, 4) for k, value in found.silhouettes.items() if k in "234"
        }
        self.assertEqual(silhouettes, {"2": 0.6035, "3": 0.8625, "4": 0.7022})
        self.assertEqual(found.k, 3)
        self.assertTrue(found.clear)
        self.assertEqual([group.size for group in found.found], [3, 3, 3])
        self.assertEqual(found.groups, [3, 3, 3, 1, 1, 1, 2, 2, 2])

    def test_uniform_points_are_no_groups(self):
        points = np.random.default_rng(0).uniform(size=(200, 2)).tolist()
        found = run(points)
        self.assertAlmostEqual(found.silhouette, 0.42, 1)
        self.assertFalse(found.clear)
        self.assertEqual(found.why, "chance")
        self.assertLessEqual(found.silhouette, found.chance)


@tagged("post_install", "-at_install")
class TestMethodCluster(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(draw_less())

    def assertRefused(self, code, points, **options):
        with self.assertRaises(Refused) as caught:
            run(points, **options)
        self.assertEqual(caught.exception.code, code)
        return caught.exception.values

    def test_groups_are_in_the_order_of_a_value(self):
        found = run(NINE, order_by="y")
        means = [group.means["y"] for group in found.found]
        self.assertEqual(means, sorted(means, reverse=True))

    def test_groups_are_named_by_what_sets_them_apart(self):
        found = run(NINE)
        top = dict(found.found[0].apart)
        self.assertGreater(top["x"], 1)
        self.assertEqual(found.found[0].apart[0][0], "x")
        self.assertEqual(found.found[2].apart[0][0], "y")

    def test_the_same_rows_have_the_same_labels_in_any_order(self):
        rng = random.Random(3)
        points = [
            (rng.gauss(centre, 1), rng.gauss(-centre, 1))
            for centre in (0, 3, 9)
            for _row in range(30)
        ]
        places = list(range(len(points)))
        rng.shuffle(places)
        found, shuffled = run(points), run([points[place] for place in places])
        self.assertEqual(found, run(points))
        self.assertEqual([found.groups[place] for place in places], shuffled.groups)

    def test_a_log_scale_compares_by_ratio(self):
        points = [
            (scale * (1 + step / 50), 1 + step / 100)
            for scale in (10, 1_000, 100_000)
            for step in range(12)
        ]
        self.assertEqual(run(points, log=["x"]).log, ["x"])
        self.assertEqual(run(points, log=True).log, ["x", "y"])
        self.assertEqual(
            [group.size for group in run(points, log=["x"], k_min=3, k_max=3).found],
            [12, 12, 12],
        )
        self.assertRefused("log_of_negative", [(-1, 2), *NINE], log=["x"])

    def test_rows_without_a_value_are_in_no_group(self):
        found = run([(1, None), *NINE, (None, None)])
        self.assertEqual(found.groups, [None, 3, 3, 3, 1, 1, 1, 2, 2, 2, None])
        self.assertEqual((found.rows, found.missing), (9, 2))

    def test_a_column_without_differences_is_left_out(self):
        found = run([(x, 5) for x in (1, 1, 1.1, 1.2, 8, 8, 8.1, 8.2)])
        self.assertEqual((found.columns, found.equal), (["x"], ["y"]))
        self.assertEqual(found.k, 2)

    def test_fewer_distinct_points_than_groups_are_refused(self):
        values = self.assertRefused(
            "fewer_points_than_k", [(1, 1), (1, 2)] * 5, k_min=3
        )
        self.assertEqual(values, {"points": 2, "k": 3})
        self.assertEqual(run([(1, 1), (1, 2)] * 5).k, 2)

    def test_without_differences_there_is_nothing_to_group(self):
        for points in ([(1, 2)] * 9, [(1, 2)], [], [(None, 1)]):
            with self.subTest(points):
                self.assertRefused("all_equal", points)

    def test_options_are_checked(self):
        for options in (
            {"k_min": 1},
            {"k_min": 9},
            {"k_max": 9},
            {"k_min": 5, "k_max": 4},
            {"k_min": "3"},
            {"k_min": 2.5},
            {"seed": -1},
        ):
            with self.subTest(options):
                self.assertRefused("bad_option", NINE, **options)
        self.assertRefused("no_column", NINE, log=["z"])
        self.assertRefused("no_column", NINE, order_by="z")

    def test_text_and_values_too_large_are_refused(self):
        for value in ("12", True, 1e300):
            with self.subTest(value):
                self.assertRefused("not_a_number", [(value, 1), *NINE])

    def test_what_differs_by_rounding_alone_is_equal(self):
        points = [(x, 0.1 + 0.2 if x > 5 else 0.3) for x, _y in NINE]
        self.assertEqual(run(points).equal, ["y"])
