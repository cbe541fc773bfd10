# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import freeze_time, tagged

from .study_common import StudyCommon

# Of add-ons that may be installed: codes of metrics that tell each what they may see
BY_USER = ("appraisal_score", "incentive_cost", "incentive_cost_rate")


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestStudyMetrics(StudyCommon):
    """Answers are read by others than those whose rights they are made with."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        metrics = cls.env["sales.metric"]
        known = metrics._get_methods_by_user()
        cls.startClassPatcher(
            patch.object(
                type(metrics),
                "_get_methods_by_user",
                lambda _self: known | {"_measure_secret"},
            )
        )
        cls.secret = metrics.create(
            {
                "name": "Secret",
                "kind": "method",
                "unit": "currency",
                "method_model": "sales.metric",
                "method_name": "_measure_secret",
                "method_formula": "Secret",
            }
        )
        cls.share = metrics.create(
            {
                "name": "Share of the Secret",
                "kind": "ratio",
                "numerator_id": cls.secret.id,
                "denominator_id": cls.ordered.id,
            }
        )
        cls.by_user = cls.secret | cls.share | metrics.search([("code", "in", BY_USER)])

    def test_no_study_asks_what_depends_on_who_asks(self):
        for metric in self.by_user:
            others = {"method": "correlation", "metric_ids": metric.ids}
            for values in ({"metric_id": metric.id}, others):
                with (
                    self.subTest(metric.name, values=values),
                    self.assertRaisesRegex(ValidationError, "only what they may see"),
                ):
                    self._create_study(**values)

    def test_no_ready_question_either(self):
        for metric in self.by_user:
            with (
                self.subTest(metric.name),
                self.assertRaisesRegex(ValidationError, "only what they may see"),
            ):
                self.env["sales.study.template"].create(
                    {"name": "Whose?", "metric_id": metric.id}
                )

    def test_no_decision_is_judged_by_it(self):
        for metric in self.by_user:
            with (
                self.subTest(metric.name),
                self.assertRaisesRegex(ValidationError, "only what they may see"),
            ):
                self.env["sales.decision"].with_user(self.director).create(
                    {"name": "Pay less", "metric_id": metric.id}
                )

    def test_a_metric_that_has_become_so_is_not_answered(self):
        rate = self.env["sales.metric"].create(
            {
                "name": "Rate",
                "kind": "ratio",
                "numerator_id": self.ordered.id,
                "denominator_id": self.orders.id,
            }
        )
        study = self._create_study(metric_id=rate.id)
        rate.numerator_id = self.secret
        answer = self._answer(study)
        self.assertEqual(answer.state, "failed")
        self.assertIn("only what they may see", answer.error)
        self.assertFalse(answer.figures)

    def test_a_metric_that_is_compared_is_not_deleted(self):
        metric = self.orders.copy()
        study = self._create_study(
            method="correlation", metric_ids=[Command.set(metric.ids)], active=False
        )
        with self.assertRaisesRegex(UserError, "ask about"):
            metric.unlink()
        study.unlink()
        metric.unlink()

    def test_an_answer_keeps_the_names_and_units_of_its_columns(self):
        metric = self.ordered.copy({"name": "Sold", "code": "sold"})
        study = self._create_study(metric_id=metric.id)
        answer = self._answer(study)
        before = answer.verdict, answer.tables
        metric.code = "sold_now"
        self.env.invalidate_all()
        self.assertEqual((answer.verdict, answer.tables), before)
        metric.name = "Sold Now"
        self.env.invalidate_all()
        self.assertIn("Sold Now", answer.tables)
        study.metric_id = self.ordered
        metric.unlink()
        self.env.invalidate_all()
        self.assertEqual((answer.verdict, answer.tables), before)
