# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon

from .grading_common import GradingCommon

WEIGHTS = {"recency": 20, "frequency": 30, "amount": 30, "potential": 20}


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesGradingScore(GradingCommon):
    """Values, bins, scores and grades, by the worked cases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers()

    def _with_potentials(self):
        """:return: a context in which the customers have the potentials of the case"""
        if "sales_potential" in self.env["res.partner"]._fields:
            for customer, potential in zip(
                self.customers, self.potentials, strict=True
            ):
                customer.with_company(self.company).sales_potential = potential or 0
        values = SQL(" ").join(
            SQL("WHEN %s THEN %s", customer.id, potential)
            for customer, potential in zip(self.customers, self.potentials, strict=True)
        )
        gradings = type(self.env["sales.grading"])
        return patch.object(
            gradings,
            "_sql_potential",
            lambda self, alias: SQL(
                "(CASE %s WHEN 0 THEN 0 %s END)::numeric",
                SQL.identifier(alias, "id"),
                values,
            ),
        )

    def _get_parts(self, run, kind):
        """:return: dict customer → score record of a criterion"""
        scores = run.result_ids.score_ids.filtered(
            lambda score: score.criterion_id.kind == kind
        )
        return {score.partner_id: score for score in scores}

    def test_equal_frequencies_share_a_bin(self):
        """Worked case C1"""
        self._create_sales(self.customers, orders=(1, 1, 1, 1, 1, 2, 2, 3, 5, 8))
        run = self._compute(
            self._create_grading(weights={"frequency": 100}, window_months=24)
        )
        parts = self._get_parts(run, "frequency")
        bins = [parts[customer].bin for customer in self.customers]
        self.assertEqual(bins, [1, 1, 1, 1, 1, 3, 3, 4, 5, 5])

    def test_scores_and_grades_of_the_worked_case(self):
        """Worked case C2: two years, so that the last order of all is within"""
        self._create_sales(self.customers)
        grading = self._create_grading(weights=WEIGHTS, window_months=24)
        with self._with_potentials():
            run = self._compute(grading)
        scores = self._get_scores(run)
        self.assertEqual(
            [scores[customer] for customer in self.customers],
            [95, 100, 70, 52.5, 45, 21.88, 12.5, 40, 0, 0],
        )
        names = self._get_names(run)
        self.assertEqual(
            "".join(names[customer] for customer in self.customers), "AABCCDDCDD"
        )

    def test_no_value_is_left_out_and_named(self):
        self._create_sales(self.customers)
        grading = self._create_grading(weights=WEIGHTS, window_months=24)
        with self._with_potentials():
            run = self._confirm(grading)
        second = run.result_ids.filtered(lambda r: r.partner_id == self.customers[1])
        self.assertEqual(second.weight, 80)
        self.assertEqual(second.missing_criterion_ids.kind, "potential")
        self.assertEqual(sum(second.score_ids.mapped("most_points")), 100)
        self.assertIn("Potential", self.customers[1].sales_grade_reason)
        self.assertNotIn("Potential", self.customers[0].sales_grade_reason)

    def test_a_share_of_wallet_is_the_amount_of_the_potential(self):
        self._create_sales(self.customers)
        grading = self._create_grading(weights={"wallet": 100}, window_months=24)
        with self._with_potentials():
            parts = self._get_parts(self._compute(grading), "wallet")
        self.assertEqual(len(parts), 7)
        # 900 in two years of 2000 a year
        self.assertEqual(parts[self.customers[0]].value, 22.5)
        self.assertEqual(parts[self.customers[6]].value, 50)

    def test_the_reason_is_told_in_words(self):
        self._create_sales(self.customers)
        run = self._compute(self._create_grading(window_months=24))
        recency = self._get_parts(run, "recency")
        self.assertRecordValues(
            recency[self.customers[0]],
            [
                {
                    "value_text": "5.0 days",
                    "bin": 5,
                    "reason": "5 of 5: at least 80 % are worse",
                    "points": 30,
                }
            ],
        )
        self.assertEqual(
            recency[self.customers[9]].reason, "1 of 5: fewer than 20 % are worse"
        )

    def test_points_add_up_to_the_score(self):
        self._create_sales(self.customers)
        run = self._compute(self._create_grading(window_months=24))
        for result in run.result_ids:
            self.assertAlmostEqual(
                sum(result.score_ids.mapped("points")), result.score, 1
            )

    def test_the_window_ends_on_the_day_itself_and_recency_looks_at_all(self):
        first = date(2025, 10, 16)
        for customer, day in zip(
            self.customers,
            (first, first - timedelta(days=1), self.today),
            strict=False,
        ):
            self.env["sales.history.line"].create(
                {
                    "date": day,
                    "recorded_as": "order",
                    "amount": 100,
                    "company_id": self.company.id,
                    "partner_id": customer.id,
                }
            )
        self.env["sales.mart"]._refresh()
        run = self._compute(self._create_grading())
        self.assertEqual(run.date_from, first)
        amounts = self._get_parts(run, "amount")
        recency = self._get_parts(run, "recency")
        self.assertEqual(
            [amounts[customer].value for customer in self.customers[:3]], [100, 0, 100]
        )
        self.assertEqual(
            [recency[customer].value for customer in self.customers[:3]],
            [364, 365, 0],
        )
        self.assertEqual(len(run.result_ids), 3)

    def test_growth_compares_with_the_window_before(self):
        for days, amount in ((10, 150), (370, 100)):
            self._create_sales(self.customers[:1], (days,), (1,), (amount,))
        self._create_sales(self.customers[1:2], (10,), (1,), (50,))
        run = self._compute(self._create_grading(weights={"growth": 100}))
        parts = self._get_parts(run, "growth")
        self.assertEqual(parts[self.customers[0]].value, 50)
        self.assertNotIn(self.customers[1], parts)

    def test_an_order_of_several_people_counts_once(self):
        order = self._create_order(partner=self.customers[0], price=100)
        order.sales_credit_ids = [
            Command.create({"user_id": user.id, "share": 50})
            for user in (self.salesperson, self.colleague)
        ]
        order.action_confirm()
        self.env["sales.mart"]._refresh()
        run = self._compute(self._create_grading())
        parts = self._get_parts(run, "frequency")
        self.assertEqual(parts[self.customers[0]].value, 1)
        self.assertEqual(self._get_parts(run, "amount")[self.customers[0]].value, 100)

    def test_any_metric_grades_and_says_its_direction(self):
        for customer, price in zip(self.customers[:3], (70, 80, 100), strict=True):
            self._sell(1, "2026-10-01", partner=customer, price=price)
        self.env["sales.mart"]._refresh()
        rate = self.env.ref("sales_efficiency_base.sales_metric_margin_rate")
        grading = self.env["sales.grading"].create(
            {
                "name": "By Metric",
                "criterion_ids": [
                    Command.create(
                        {"kind": "metric", "metric_id": rate.id, "weight": 100}
                    )
                ],
            }
        )
        self.assertTrue(grading.criterion_ids.higher_is_better)
        run = self._compute(grading)
        parts = self._get_parts(run, "metric")
        self.assertEqual(
            [parts[customer].bin for customer in self.customers[:3]], [1, 2, 4]
        )
        self.assertEqual(parts[self.customers[2]].value, 40)
        self.assertEqual(parts[self.customers[2]].criterion_id.name, rate.name)
        grading.criterion_ids.higher_is_better = False
        run.action_compute()
        parts = self._get_parts(run, "metric")
        self.assertEqual(
            [parts[customer].bin for customer in self.customers[:3]], [4, 2, 1]
        )

    def test_a_metric_is_asked_for_customers_of_the_class_only(self):
        self._create_sales(self.customers)
        key = self.env["sales.customer.class"].create({"name": "Key"})
        few = self.customers[:2]
        few.with_company(self.company).sales_class_id = key
        rate = self.env.ref("sales_efficiency_base.sales_metric_margin_rate")
        grading = self._create_grading(class_id=key.id)
        grading.criterion_ids = [
            Command.clear(),
            Command.create({"kind": "metric", "metric_id": rate.id, "weight": 100}),
        ]
        asked = []
        evaluate = type(rate)._evaluate

        def _evaluate(metrics, scopes, *args, **kwargs):
            asked.extend(scopes)
            return evaluate(metrics, scopes, *args, **kwargs)

        with patch.object(type(rate), "_evaluate", _evaluate):
            self._compute(grading)
        customers = {
            id_ for scope in asked for _name, ids in scope.dimensions for id_ in ids
        }
        self.assertEqual(customers, set(few.ids))

    def test_queries_do_not_depend_on_the_number_of_customers(self):
        grading = self._create_grading(window_months=24)
        self._create_sales(self.customers[:2], (1, 2), (1, 1), (1, 2))
        counts = []
        for _time in ("warm", "few", "many"):
            if _time == "many":
                self._create_sales(self.customers)
            run = self.env["sales.grading.run"].search(
                [("grading_id", "=", grading.id)]
            ) or self._compute(grading)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            run.action_compute()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesGradingTolerance(GradingCommon, SalesEfficiencyCommon):
    """Up at once; down only below the threshold less the tolerance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls._create_customers(2)
        cls.grading = cls._create_grading(weights={"amount": 100})

    def _scored_as(self, scored):
        """:return: a context in which customers have given scores"""
        from ..engine.grading import Scoring

        return patch.object(Scoring, "_sql_scored", lambda self: scored)

    def _grade(self, score, so_far):
        """:return: name of the grade of a customer with a score, held so far another"""
        customer = self._create_customers(1)
        # 100 customers, of whom as many are worse as the score says
        self.grading.criterion_ids.bins = 2
        self._give(customer, so_far, 0, self.today - timedelta(days=40))
        self._create_sales(customer, (1,), (1,), (10,))
        run = self._compute(self.grading)
        result = run.result_ids.filtered(lambda r: r.partner_id == customer)
        # The score is what the case says; only the grade is asked for.
        scored = SQL(
            "SELECT %s AS partner_id, NULL::date AS last_order, 10::numeric AS amount,"
            " 100::numeric AS weight, %s::numeric AS score, '[]'::jsonb AS parts",
            customer.id,
            str(score),
        )
        with self._scored_as(scored):
            run.action_compute()
        result = run.result_ids
        self.assertEqual(result.score, score)
        run.action_cancel()
        return result.grade_id.name, result.is_kept

    def test_b_at_57_stays_and_at_54_is_c(self):
        self.assertEqual(self._grade(57, self.grade_b), ("B", True))
        self.assertEqual(self._grade(54, self.grade_b), ("C", False))

    def test_what_was_kept_by_tolerance_stays_so_when_the_grades_change(self):
        customer = self._create_customers(1)
        self._give(customer, self.grade_b, 0, self.today - timedelta(days=40))
        self._create_sales(customer, (1,), (1,), (10,))
        scored = SQL(
            "SELECT %s AS partner_id, NULL::date AS last_order, 10::numeric AS amount,"
            " 100::numeric AS weight, 57::numeric AS score, '[]'::jsonb AS parts",
            customer.id,
        )
        with self._scored_as(scored):
            result = self._compute(self.grading).result_ids
        self.assertTrue(result.is_kept)
        self.grade_b.threshold = 50
        self.grade_a.threshold = 55
        self.env.invalidate_all()
        self.assertTrue(result.is_kept)

    def test_the_tolerance_itself_is_within(self):
        self.assertEqual(self._grade(55, self.grade_b), ("B", True))
        self.assertEqual(self._grade(54.99, self.grade_b), ("C", False))

    def test_down_means_the_grade_that_the_score_has(self):
        self.assertEqual(self._grade(12, self.grade_a), ("D", False))

    def test_up_is_at_once(self):
        self.assertEqual(self._grade(60, self.grade_c), ("B", False))
        self.assertEqual(self._grade(59.99, self.grade_c), ("C", False))
