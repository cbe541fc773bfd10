# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from datetime import date
from unittest.mock import patch

from odoo.tests import Form, freeze_time, tagged

from ..engine import (
    AppraisalMeasurement,
    appraisal_score,
    grading,
    kpi_score,
)
from .appraisal_common import SalesAppraisalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalScore(SalesAppraisalCommon):
    """From figures to scores: exact, and rounded in this order."""

    def test_the_examples_of_the_engine(self):
        for module in (appraisal_score, grading, kpi_score):
            with self.subTest(module.__name__):
                self.assertFalse(doctest.testmod(module).failed)

    def _appraise(self, marks=None, values=None):
        cycle = self._create_cycle()
        with self._measured(values or {}), self._rated(marks or {}):
            cycle.action_make()
        return self._get_appraisal(cycle)

    def _score_kpi(self, actual, target, **values):
        """Measure one KPI."""
        metric = self._create_metric(
            "kpi", unit="days", higher_is_better=values.pop("more", True)
        )
        kpi = self._prepare_kpi(metric, 100, target, **values)
        self._create_template("KPI", [kpi])
        return self._appraise(values={metric: actual}).kpi_ids

    # ------------------------------------------------------------------
    # KPIs
    # ------------------------------------------------------------------

    def test_kpis_are_weighed_and_those_without_value_drop_out(self):
        metrics = [self._create_metric(f"kpi_{n}", unit="days") for n in range(5)]
        weights_ = (40, 20, 15, 15, 10)
        self._create_template(
            "Five",
            [
                self._prepare_kpi(metric, weight, 100)
                for metric, weight in zip(metrics, weights_, strict=True)
            ],
        )
        values = dict(zip(metrics, (104.0, 95.0, 80.0, 130.0, None), strict=True))
        appraisal = self._appraise(values=values)
        self.assertEqual(
            appraisal.kpi_ids.mapped("score"), [104.0, 95.0, 80.0, 120.0, 0.0]
        )
        self.assertEqual(appraisal.kpi_ids[4].missing, "actual")
        self.assertEqual(appraisal.score, 100.67)
        self.assertTrue(appraisal.is_scored)

    def test_less_can_be_better(self):
        kpi = self._score_kpi(40.0, 50.0, more=False)
        self.assertRecordValues(kpi, [{"attainment": 125.0, "score": 120.0}])

    def test_the_highest_score_if_nothing_is_left_of_what_should_be_less(self):
        self.assertEqual(self._score_kpi(0.0, 50.0, more=False).score, 120.0)

    def test_a_negative_attainment_is_0(self):
        kpi = self._score_kpi(-2.0, 10.0)
        self.assertRecordValues(kpi, [{"score": 0.0, "is_counted": True}])

    def test_below_the_threshold_is_0(self):
        self.assertEqual(self._score_kpi(79.999, 100.0, threshold=80).score, 0.0)

    def test_the_threshold_itself_counts(self):
        self.assertEqual(self._score_kpi(80.0, 100.0, threshold=80).score, 80.0)

    def test_actuals_are_not_rounded(self):
        kpi = self._score_kpi(97.744999, 100.0)
        self.assertRecordValues(
            kpi, [{"actual": 97.744999, "attainment": 97.744999, "score": 97.74}]
        )

    def test_halves_are_rounded_upwards(self):
        self.assertEqual(self._score_kpi(97.745, 100.0).score, 97.75)

    def test_ratios_are_not_rounded_before_they_are_scored(self):
        won, closed = (
            self._create_metric(code, unit="count") for code in ("won", "closed")
        )
        ratio = self.env["sales.metric"].create(
            {
                "name": "Conversion",
                "code": "test_conversion",
                "kind": "ratio",
                "numerator_id": won.id,
                "denominator_id": closed.id,
                "unit": "percent",
            }
        )
        self._create_template("R", [self._prepare_kpi(ratio, 100, 0.0001)])
        # 0.00012345 %: rounded before to 4 decimals it would be 0.0001, hence 100.
        values = {won: 12345.0, closed: 1e10}
        appraisal = self._appraise(values=values)
        self.assertEqual(appraisal.kpi_ids.score, 120.0)

    def test_a_person_without_any_figure_has_no_score(self):
        metric = self._create_metric("none", unit="days")
        self._create_template("None", [self._prepare_kpi(metric, 100, 5)])
        appraisal = self._appraise(values={metric: None})
        self.assertRecordValues(appraisal, [{"is_scored": False, "score": 0.0}])
        averages = self.env["sales.appraisal"]._read_group(
            [("id", "=", appraisal.id)], [], ["score:avg"]
        )
        self.assertFalse(averages[0][0], "no score is not a score of 0")

    # ------------------------------------------------------------------
    # Parts
    # ------------------------------------------------------------------

    PARTS = {"kpi": 60, "superior": 20, "peer": 10, "customer": 10}

    def _appraise_parts(self, parts, marks, actual=80.0, criteria=None):
        metric = self._create_metric("kpi", unit="days")
        kpis = [self._prepare_kpi(metric, 100, 100)]
        self._create_template("Parts", kpis, parts, criteria)
        return self._appraise(marks, {metric: actual})

    def test_parts_without_raters_drop_out(self):
        marks = {
            "superior": {"Teamwork": [4.5]},
            "peer": {"Teamwork": [3, 4, 3.5]},
        }
        appraisal = self._appraise_parts(self.PARTS, marks)
        self.assertEqual(appraisal.score, 81.11)
        self.assertEqual(appraisal.part_ids.mapped("score"), [80.0, 90.0, 70.0, 0.0])
        self.assertEqual(appraisal.part_ids.mapped("share"), [66.67, 22.22, 11.11, 0.0])
        self.assertEqual(appraisal.part_ids[3].missing, "none")

    def test_two_peers_are_too_few(self):
        marks = {"superior": {"Teamwork": [4.5]}, "peer": {"Teamwork": [3, 4]}}
        appraisal = self._appraise_parts(self.PARTS, marks)
        self.assertEqual(appraisal.score, 82.50)
        peers = appraisal.part_ids[2]
        self.assertRecordValues(peers, [{"missing": "few", "raters": 2, "score": 0.0}])
        marks = appraisal.mark_ids.filtered(lambda mark: mark.kind == "peer")
        self.assertEqual(marks.mapped("mark"), [0.0], "nor is it shown what they say")

    def test_the_self_appraisal_is_shown_and_never_counts(self):
        parts = {"kpi": 50, "superior": 50, "self": 0}
        marks = {"superior": {"Teamwork": [5]}, "self": {"Teamwork": [1]}}
        appraisal = self._appraise_parts(parts, marks, actual=100.0)
        self.assertEqual(appraisal.score, 100.0)
        own = appraisal.part_ids[2]
        self.assertRecordValues(
            own, [{"score": 20.0, "missing": "shown", "is_counted": False}]
        )

    def test_criteria_are_weighed(self):
        criteria = {"Skill": 50, "Teamwork": 30, "Diligence": 20}
        marks = {"superior": {"Skill": [4], "Teamwork": [5], "Diligence": [3]}}
        appraisal = self._appraise_parts({"superior": 100}, marks, criteria=criteria)
        self.assertEqual(appraisal.score, 82.00)
        self.assertEqual(appraisal.mark_ids.mapped("mark"), [4.0, 5.0, 3.0])

    def test_criteria_that_nobody_has_rated_drop_out(self):
        criteria = {"Skill": 50, "Teamwork": 30, "Diligence": 20}
        marks = {"superior": {"Skill": [4], "Teamwork": [5]}}
        appraisal = self._appraise_parts({"superior": 100}, marks, criteria=criteria)
        self.assertEqual(appraisal.score, 87.50)

    def test_points_off_for_conduct_are_a_line_of_their_own(self):
        marks = {"superior": {"Teamwork": [4]}}
        appraisal = self._appraise_with_points({"superior": 100}, marks, 6.5)
        self.assertRecordValues(appraisal, [{"points": 6.5, "score": 73.5}])

    def test_points_off_never_lead_below_0(self):
        marks = {"superior": {"Teamwork": [1]}}
        appraisal = self._appraise_with_points({"superior": 100}, marks, 25)
        self.assertRecordValues(appraisal, [{"points": 25.0, "score": 0.0}])

    def _appraise_with_points(self, parts, marks, points):
        def get_points(measurement):
            return dict.fromkeys(measurement._appraisals, points)

        with patch.object(AppraisalMeasurement, "_get_points", get_points):
            return self._appraise_parts(parts, marks)

    # ------------------------------------------------------------------
    # Targets
    # ------------------------------------------------------------------

    def _appraise_by_target(self):
        kpis = [self._prepare_kpi(self.ordered, 100)]
        self._create_template("Target", kpis)
        return self._appraise().kpi_ids

    def test_targets_are_those_of_the_person(self):
        target = self._create_target(user_id=self.salesperson.id, amount=120_000)
        self._start()
        quarter = sum(self._amounts(target)[6:9])
        self._sell_in_quarter(quarter / 2)
        self._refresh()
        kpi = self._appraise_by_target()
        self.assertRecordValues(kpi, [{"target": quarter, "score": 50.0}])

    def test_an_adjusted_target_counts_from_its_date(self):
        target = self._create_target(user_id=self.salesperson.id, amount=120_000)
        self._start()
        with freeze_time("2026-08-15 12:00:00"):
            self._adjust(target, 2_000)
        months = self._amounts(target)[6:9]
        self.assertEqual(months, [10_000, 10_000, 2_000])
        self._sell_in_quarter(11_000)
        self._refresh()
        kpi = self._appraise_by_target()
        self.assertRecordValues(kpi, [{"target": 22_000, "score": 50.0}])

    def _adjust(self, target, amount):
        """Have a new amount for the coming months approved."""
        adjustments = self.env["sales.target.adjustment"].with_user(self.salesperson)
        form = Form(adjustments.with_context(default_target_id=target.id))
        form.ground = "market"
        form.reason = "The largest customer has closed."
        for number in range(len(form.line_ids)):
            with form.line_ids.edit(number) as line:
                line.amount = amount
        request = form.save()
        request.action_request()
        for user in (self.leader, self.director):
            self.env.invalidate_all()
            request.with_user(user)._validate_tier()
        self.env.invalidate_all()

    def test_without_a_target_a_kpi_drops_out(self):
        self._sell_in_quarter(100)
        kpi = self._appraise_by_target()
        self.assertRecordValues(
            kpi, [{"is_counted": False, "missing": "target", "actual": 100.0}]
        )

    def test_figures_of_a_person_who_changed_team_are_of_both(self):
        self.team_field.member_ids -= self.salesperson
        self._create_history(
            (
                date(2026, 7, 3),
                400,
                {"user_id": self.salesperson.id, "team_id": self.team_field.id},
            ),
            (
                date(2026, 9, 3),
                500,
                {"user_id": self.salesperson.id, "team_id": self.team_other.id},
            ),
        )
        self.team_other.member_ids += self.salesperson
        cycle = self._create_cycle()
        cycle.action_make()
        appraisal = self._get_appraisal(cycle)
        self.assertEqual(appraisal.kpi_ids.actual, 900)
        self.assertEqual(appraisal.team_name, self.team_other.name)

    def test_leaders_are_measured_by_the_teams_they_lead(self):
        kpi = self._prepare_kpi(self.ordered, 100, 1000, measures="team")
        self.superior.job_id = self.job.copy()
        jobs = self.superior.job_id
        template = self._create_template("Leaders", [kpi], job_ids=jobs.ids)
        self._create_history(
            (
                date(2026, 7, 3),
                800,
                {"user_id": self.salesperson.id, "team_id": self.team_field.id},
            )
        )
        cycle = self._create_cycle()
        cycle.action_make()
        appraisal = self._get_appraisal(cycle, self.leader)
        self.assertEqual(appraisal.template_id, template)
        self.assertEqual(appraisal.kpi_ids.actual, 800)
        self.assertEqual(self._get_appraisal(cycle).template_id, self.template)

    def test_sales_support_is_measured_by_the_teams_it_serves(self):
        support = self._create_support(self.team_field)
        template = self._create_template(
            "Support",
            [
                self._prepare_kpi(self.ordered, 60, 1000, measures="served"),
                self._prepare_kpi(self.quantity, 40, 10),
            ],
            job_ids=[],
            is_for_support=True,
        )
        for team, amount in ((self.team_field, 800), (self.team_other, 5000)):
            self._create_history(
                (
                    date(2026, 7, 3),
                    amount,
                    {"user_id": self.outsider.id, "team_id": team.id},
                )
            )
        cycle = self._create_cycle()
        cycle.action_make()
        appraisal = self._get_appraisal(cycle, support)
        self.assertEqual(appraisal.template_id, template)
        self.assertEqual(appraisal.team_id, self.team_field)
        self.assertEqual(appraisal.superior_id, self.leader)
        served = appraisal.kpi_ids[0]
        self.assertEqual((served.actual, served.score), (800, 80))
        action = served.with_user(self.director).action_open_figures()
        facts = self.env["sales.fact"].search(action["domain"])
        self.assertEqual(facts.team_id, self.team_field)
        self.assertEqual(self._get_appraisal(cycle).template_id, self.template)

    def test_a_year_is_measured_and_not_averaged(self):
        self.template.rhythm = "year"
        self._sell_in_quarter(300, day=date(2026, 2, 3))
        self._sell_in_quarter(500, day=date(2026, 8, 3))
        cycle = self._create_cycle(date(2026, 1, 1), rhythm="year")
        cycle.action_make()
        self.assertEqual(self._get_appraisal(cycle).kpi_ids.actual, 800)
