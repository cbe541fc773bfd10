# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from dataclasses import asdict

from odoo.tests import TransactionCase, tagged

from ..engine.methods import cluster, forecast
from ..engine.methods.refused import Refused
from ..engine.verdicts import ClusterVerdict, ForecastVerdict
from .test_method_cluster import NINE, draw_less
from .test_method_forecast import STEADY, get_months, get_noisy, get_walk


@tagged("post_install", "-at_install")
class TestForecastVerdict(TransactionCase):
    """What methods found is told in whole sentences."""

    def _say(self, values, unit="count", **options):
        data = {"labels": get_months(len(values)), "columns": {"x": list(values)}}
        found = asdict(forecast.run(data, options))
        verdict = ForecastVerdict(self.env, found, {"x": "Orders"}, {"x": unit})
        sentences = verdict.sentences()
        self.assertTrue(all(sentences))
        return sentences

    def test_the_sum_is_told_first_then_the_next_month(self):
        sentences = self._say(STEADY[:36])
        self.assertRegex(
            sentences[0],
            r"^Orders from January 2025 to December 2025: 3,39\d are expected, after"
            r" 3,108 in the last 12 months\.$",
        )
        self.assertIn("January 2025: Orders is expected at 252", sentences[1])
        self.assertIn("in 8 of 10 cases between", sentences[1])

    def test_the_winner_is_told_and_by_how_much(self):
        text = " ".join(self._say(STEADY[:36]))
        self.assertIn("damped trend with season (Holt-Winters)", text)
        self.assertIn(
            "99 % smaller than those of the better simple guess (the same month of"
            " last year)",
            text,
        )

    def test_each_way_of_the_choice_has_words(self):
        rng = random.Random(2)
        growing = [1000 * 1.04**month * (1 + rng.gauss(0, 0.01)) for month in range(48)]
        texts = {
            "simple guess had": self._say(get_walk(36, 3), horizon=1),
            "10 % at least": self._say(growing),
            "too few months to test it": self._say(get_noisy(25)),
            "has been 7 in each month since January 2022": self._say([7] * 30),
            "that takes 24 finished months, two of each, and these are 22": self._say(
                STEADY[:22]
            ),
        }
        for words, sentences in texts.items():
            with self.subTest(words):
                self.assertIn(words, " ".join(sentences))

    def test_a_rate_is_not_added_up(self):
        sentences = self._say([30 + month % 12 for month in range(36)], unit="percent")
        self.assertIn("is expected at", sentences[0])
        self.assertNotIn("36 %  are expected", sentences[0])

    def test_a_rough_forecast_is_called_so(self):
        rng = random.Random(5)
        text = " ".join(self._say([rng.expovariate(0.01) for _month in range(36)]))
        self.assertIn("only a rough idea", text)

    def test_each_reason_to_refuse_has_words(self):
        cases = (
            ({}, [1] * 5),
            ({}, [1, None, 3, 4, 5, 6, 7]),
            ({"horizon": 0}, [1] * 9),
        )
        for options, values in cases:
            data = {"labels": get_months(len(values)), "columns": {"x": values}}
            with self.assertRaises(Refused) as caught:
                forecast.run(data, options)
            error = caught.exception
            with self.subTest(error.code):
                self.assertIn(error.code, ForecastVerdict.refusals(self.env))
                text = ForecastVerdict.explain(
                    self.env, error.code, error.values, {"x": "Orders"}
                )
                self.assertNotIn("%(", text)


@tagged("post_install", "-at_install")
class TestClusterVerdict(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(draw_less())

    def _say(self, points, **options):
        data = {
            "labels": list(map(str, range(len(points)))),
            "columns": {"x": [x for x, _y in points], "y": [y for _x, y in points]},
        }
        found = asdict(cluster.run(data, options))
        names = {"x": "Sales", "y": "Orders"}
        return ClusterVerdict(self.env, found, names, {"x": "count", "y": "count"})

    def test_groups_are_named_and_told_with_their_doubt(self):
        verdict = self._say(NINE)
        self.assertEqual(
            verdict.get_group_names(),
            [
                "high Sales and high Orders",
                "high Orders and low Sales",
                "low Orders and low Sales",
            ],
        )
        sentences = verdict.sentences()
        self.assertEqual(sentences[0], "There are 3 groups among 9.")
        self.assertIn("3 rows (33 %), on average Sales 8.50", sentences[1])
        self.assertIn("well apart (silhouette 0.86; without groups up to", sentences[4])

    def test_no_groups_are_told_with_the_reason(self):
        rng = random.Random(1)
        points = [(rng.random(), rng.random()) for _row in range(80)]
        sentences = self._say(points).sentences()
        self.assertIn("There are no clear groups", sentences[0])
        self.assertIn("rank them", sentences[1])

    def test_what_is_left_out_is_told(self):
        points = [(x, 5) for x, _y in NINE] + [(None, 5)]
        text = " ".join(self._say(points, log=["x"]).sentences())
        self.assertIn("1 rows lack a value", text)
        self.assertIn("the same everywhere: Orders", text)
        self.assertIn("log scale", text)
