# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase, tagged

from ..engine import add_up, choose_whole, rank

PLACES = ("region_id", "team_id", "user_id", "categ_id")


@tagged("post_install", "-at_install")
class TestAttainment(BaseCase):
    def _row(self, amount=100, actual=50, expected=40, is_additive=True, **values):
        place = {name: values[name] for name in PLACES if name in values}
        return {
            "amount": amount,
            "original_amount": amount,
            "actual": actual,
            "expected": expected,
            "projected": actual,
            "pipeline": None,
            "last_year": 0,
            "last_year_whole": 0,
            "remaining_days": 8,
            "higher_is_better": True,
            "is_rate": False,
            "is_additive": is_additive,
            "place": place,
        } | values

    def _choose(self, *rows, ancestors=()):
        return choose_whole(rows, PLACES, dict(ancestors))

    def test_ratios_are_sums_over_sums(self):
        sums = add_up([self._row(100, 100, 50), self._row(300, 20, 150)])
        self.assertEqual((sums["amount"], sums["actual"]), (400, 120))
        self.assertEqual((sums["attainment"], sums["pace"]), (30, 60))
        self.assertEqual((sums["gap"], sums["deviation"]), (280, -80))
        self.assertEqual(sums["status"], "behind")
        self.assertIsNone(sums["growth"])

    def test_the_gap_per_day_is_that_of_the_sums(self):
        sums = add_up([self._row(100, 20), self._row(100, 160)])
        self.assertEqual((sums["gap"], sums["gap_per_day"]), (20, 2.5))
        self.assertEqual(sums["remaining_days"], 8)

    def test_an_adjusted_target_has_its_original_beside_it(self):
        rows = [self._row(100), self._row(80, original_amount=100)]
        self.assertFalse(add_up(rows[:1])["is_adjusted"])
        sums = add_up(rows)
        self.assertEqual((sums["amount"], sums["original_amount"]), (180, 200))
        self.assertTrue(sums["is_adjusted"])

    def test_without_a_gap_or_days_nothing_is_to_be_done_each_day(self):
        for row in (
            self._row(100, 100),
            self._row(100, 50, remaining_days=0),
            self._row(actual=None),
            self._row(20, 10, higher_is_better=False),
            self._row(20, 10, is_additive=False),
        ):
            self.assertIsNone(add_up([row])["gap_per_day"], row)

    def test_the_pipeline_is_added_to_the_actual_not_to_the_projection(self):
        rows = [self._row(actual=50, pipeline=30), self._row(actual=10, pipeline=5)]
        sums = add_up(rows)
        self.assertEqual((sums["pipeline"], sums["with_pipeline"]), (35, 95))
        self.assertEqual(sums["projected"], 60)
        self.assertIsNone(add_up([self._row()])["with_pipeline"])

    def test_ratios_turn_round_where_less_is_better(self):
        sums = add_up([self._row(20, 40, 20, higher_is_better=False)])
        self.assertEqual((sums["attainment"], sums["status"]), (50, "behind"))
        sums = add_up([self._row(20, 16, 20, higher_is_better=False)])
        self.assertEqual((sums["attainment"], sums["status"]), (125, "reached"))

    def test_what_is_not_measured_has_no_ratio(self):
        sums = add_up([self._row(actual=None)])
        self.assertIsNone(sums["attainment"])
        self.assertIsNone(sums["gap"])
        self.assertEqual(sums["status"], "open")

    def test_what_has_not_begun_is_to_come(self):
        sums = add_up([self._row(expected=None, actual=0)])
        self.assertEqual((sums["attainment"], sums["status"]), (0, "open"))
        sums = add_up([self._row(expected=None, is_additive=False)])
        self.assertIsNone(sums["deviation"])

    def test_a_target_of_nothing_is_surpassed_or_missed(self):
        for actual, higher_is_better, status in (
            (13_250, True, "reached"),
            (0, True, "reached"),
            (-1, True, "behind"),
            (1, False, "behind"),
            (0, False, "reached"),
            (-1, False, "reached"),
        ):
            row = self._row(0, actual, 0, higher_is_better=higher_is_better)
            sums = add_up([row])
            self.assertEqual((sums["deviation"], sums["status"]), (actual, status), row)

    def test_growth_after_a_loss_is_growth(self):
        rows = [self._row(actual=20, last_year=40), self._row(30, 30, last_year=-140)]
        self.assertEqual(add_up(rows)["growth"], 150)

    def test_rates_grow_by_points_and_are_compared_with_the_same_days(self):
        row = self._row(30, 32.5, 30, is_additive=False, is_rate=True)
        sums = add_up([row | {"last_year": 30, "last_year_whole": 28}])
        self.assertEqual((sums["growth"], sums["projected_growth"]), (2.5, 4.5))
        sums = add_up([self._row(actual=60, last_year=40, last_year_whole=120)])
        self.assertEqual((sums["growth"], sums["projected_growth"]), (50, -50))

    def test_who_has_none_of_what_should_not_be_is_ranked_first(self):
        perfect, good, unasked, less, nothing = (
            rank(
                {
                    "status": status,
                    "attainment": attainment,
                    "higher_is_better": higher_is_better,
                }
            )
            for status, attainment, higher_is_better in (
                ("reached", None, False),
                ("reached", 250, True),
                ("reached", None, True),
                ("behind", 99, True),
                ("behind", None, True),
            )
        )
        self.assertGreater(perfect, good)
        self.assertGreater(good, unasked)
        self.assertGreater(unasked, less)
        self.assertGreater(less, nothing)

    def test_the_whole_is_the_widest(self):
        team, person = self._row(team_id=1), self._row(user_id=1)
        self.assertEqual(self._choose(person, team), [[team]])
        line = self._row(team_id=1, categ_id=1)
        self.assertEqual(self._choose(line, person), [[person]])
        company = self._row()
        self.assertEqual(self._choose(person, company, team), [[company]])

    def test_what_lies_inside_another_is_not_counted_twice(self):
        above, below, beside = (self._row(team_id=number) for number in (1, 2, 3))
        ancestors = {("team_id", 1): [1], ("team_id", 2): [1, 2], ("team_id", 3): [3]}
        chosen = self._choose(below, above, beside, ancestors=ancestors)
        self.assertEqual(chosen, [[above, beside]])

    def test_several_targets_of_a_person_are_added_up(self):
        new, existing = (self._row(user_id=1, categ_id=number) for number in (1, 2))
        self.assertEqual(self._choose(new, existing), [[new, existing]])

    def test_rates_stay_side_by_side(self):
        one, two = (self._row(team_id=n, is_additive=False) for n in (1, 2))
        self.assertEqual(self._choose(one, two), [[one], [two]])
        self.assertEqual(self._choose(), [])
