# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine.child_process import ChildFailed
from ..engine.study import study_data
from .study_common import StudyCommon

TOOL = "odoo.addons.sales_efficiency_base.tools.each_alone"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesStudy(StudyCommon):
    """A question becomes data, and the data an answer in words."""

    # ------------------------------------------------------------------
    # Data
    # ------------------------------------------------------------------

    def test_months_are_those_that_are_over_and_the_running_one_stands_apart(self):
        study = self._create_study(rows="month")
        figures, names, units = study._get_values()
        self.assertEqual((figures.keys[0], figures.keys[-1]), ("2025-10", "2026-09"))
        self.assertEqual([apart["key"] for apart in figures.apart], ["2026-10"])
        scope = Scope(self.company.id)
        for key, value in zip(
            figures.keys, figures.columns["ordered_amount"], strict=True
        ):
            month = Period.month(date.fromisoformat(f"{key}-01"))
            values = self.ordered._evaluate([scope], [month])
            self.assertEqual(value, values[self.ordered.id, scope, month])
        self.assertEqual(names, {"ordered_amount": self.ordered.name})
        self.assertEqual(units, {"ordered_amount": "currency"})

    def test_months_that_the_period_cuts_stand_apart(self):
        study = self._create_study(
            rows="month",
            period_kind="fixed",
            date_from="2026-01-10",
            date_to="2026-04-20",
        )
        figures, _names, _units = study._get_values()
        self.assertEqual(figures.keys, ["2026-02", "2026-03"])
        self.assertEqual([one["key"] for one in figures.apart], ["2026-01", "2026-04"])
        self.assertGreater(figures.apart[0]["values"]["ordered_amount"], 0)

    def test_months_before_the_first_sale_are_no_zeros(self):
        figures, _names, _units = self._create_study(
            rows="month", month_count=120
        )._get_values()
        self.assertEqual(figures.keys[0], "2024-01")

    def test_a_month_of_a_leap_year_is_whole(self):
        figures, _names, _units = self._create_study(
            rows="month",
            period_kind="fixed",
            date_from="2024-02-01",
            date_to="2024-02-29",
        )._get_values()
        self.assertEqual((figures.keys, figures.apart), (["2024-02"], []))

    def test_each_sees_the_figures_that_they_may_see(self):
        expected = {
            self.salesperson: self.customers[:5],
            self.leader: self.customers[:8],
            self.director: self.customers,
        }
        for user, customers in expected.items():
            figures, _names, _units = self._create_study(user)._get_values()
            with self.subTest(user.name):
                self.assertEqual(figures.keys, customers.ids)
                self.assertEqual(figures.labels, customers.mapped("name"))

    def test_a_scope_is_narrowed_to_what_the_owner_may_see(self):
        study = self._create_study(self.leader, region_id=self.region_south.id)
        figures, _names, _units = study._get_values()
        # The others of the region are the outsider's.
        self.assertEqual(figures.keys, self.customers[6:8].ids)

    def test_of_places_within_each_other_the_narrowest_are_rows(self):
        study = self._create_study(rows="region_id")
        figures, _names, _units = study._get_values()
        self.assertEqual(
            figures.keys, sorted((self.region_north | self.region_south).ids)
        )
        self.assertEqual(figures.left_out, [self.region_world.display_name])

    def test_rows_have_the_values_of_their_metrics(self):
        """Sums are read with the rows, others are measured: both are the metrics."""
        margin = self.env.ref("sales_efficiency_base.sales_metric_margin")
        for others in (margin, margin | self.margin_rate | self.orders):
            study = self._create_study(
                method="correlation", metric_ids=[Command.set(others.ids)]
            )
            figures, _names, _units = study._get_values()
            period = study._get_period()
            metrics = self.ordered | others
            scopes = [Scope(self.company.id, partner_id=id_) for id_ in figures.keys]
            values = metrics._evaluate(scopes, [period], rounded=False)
            for metric in metrics:
                with self.subTest(metric.name, count=len(metrics)):
                    for value, measured in zip(
                        figures.columns[metric._get_column()],
                        values.column(metric.id),
                        strict=True,
                    ):
                        self.assertAlmostEqual(value, measured, 6)

    def test_what_has_no_value_is_none_and_not_zero(self):
        csat = self.env.ref("sales_efficiency_base.sales_metric_csat")
        study = self._create_study(
            method="correlation", metric_ids=[Command.set(csat.ids)]
        )
        figures, _names, _units = study._get_values()
        self.assertEqual(set(figures.columns["csat"]), {None})
        answer = self._answer(study)
        self.assertEqual(answer.state, "refused")
        self.assertIn("8", answer.headline)

    def test_queries_do_not_depend_on_rows_and_metrics(self):
        few = self._create_study(partner_id=self.customers[0].id)
        many = self._create_study(metric_ids=self.orders.ids, method="correlation")
        counts = []
        for study in (few, many):
            study._get_values()  # fill what is cached for all
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            study._get_values()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_the_same_data_have_the_same_fingerprint(self):
        study = self._create_study()
        first = self._answer(study)
        self.customers[0].name = "Renamed"
        second = self._answer(study)
        self.assertEqual(first.fingerprint, second.fingerprint)
        self.assertEqual(len(first.fingerprint), 64)
        self.assertTrue(second.is_unchanged)
        self.assertIn("the same as those of the last", second.verdict)
        self.env["sales.history.line"].search(
            [("partner_id", "=", self.customers[0].id)], limit=1, order="date desc"
        ).copy({"date": "2026-09-20"})
        self.env["sales.mart"]._refresh()
        third = self._answer(study)
        self.assertNotEqual(second.fingerprint, third.fingerprint)
        self.assertFalse(third.is_unchanged)

    # ------------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_the_end_is_not_before_the_start(self):
        with self.assertRaises(CheckViolation) as caught:
            self._create_study(
                period_kind="fixed", date_from="2026-05-01", date_to="2026-04-01"
            )
        message = self.env["sales.study"]._sql_error_to_message(caught.exception)
        self.assertIn("cannot end before it starts", message)

    def test_a_fixed_period_has_both_days(self):
        with self.assertRaisesRegex(ValidationError, "first and the last day"):
            self._create_study(period_kind="fixed", date_from="2026-05-01")

    def test_one_metric_alone_is_not_compared(self):
        with self.assertRaisesRegex(ValidationError, "at least one other metric"):
            self._create_study(method="regression")

    def test_a_metric_is_not_compared_with_itself(self):
        with self.assertRaisesRegex(ValidationError, "named twice"):
            self._create_study(method="regression", metric_ids=self.ordered.ids)

    def test_months_form_no_groups(self):
        with self.assertRaisesRegex(ValidationError, "do not form groups"):
            self._create_study(
                method="cluster", rows="month", metric_ids=self.orders.ids
            )

    def test_numbers_have_limits(self):
        for name, value in (
            ("month_count", 0),
            ("horizon", 13),
            ("threshold", 99),
            ("group_count", 9),
        ):
            with self.subTest(name), self.assertRaisesRegex(ValidationError, "from"):
                self._create_study(**{name: value})

    def test_no_metric_that_studies_measure(self):
        metric = self.env["sales.metric"].create(
            {
                "name": "Answered Studies",
                "kind": "method",
                "unit": "count",
                "method_model": "sales.study",
                "method_name": "_measure_studies",
                "method_formula": "Studies",
            }
        )
        with self.assertRaisesRegex(ValidationError, "measured by studies themselves"):
            self._create_study(metric_id=metric.id)

    def test_nobody_asks_about_others(self):
        for user, scope in (
            (self.salesperson, {"user_id": self.colleague.id}),
            (self.leader, {"team_id": self.team_other.id}),
        ):
            with (
                self.subTest(user.name),
                self.assertRaisesRegex(ValidationError, "You may ask about"),
            ):
                self._create_study(user, **scope)

    def test_too_many_rows_are_told(self):
        study = self._create_study()
        with patch.object(study_data, "MAX_ROWS", 3):
            answer = self._answer(study)
        self.assertEqual(answer.state, "failed")
        self.assertIn("more than 3 rows", study.error)

    def test_no_figures_are_told(self):
        study = self._create_study(
            period_kind="fixed", date_from="2020-01-01", date_to="2020-12-31"
        )
        for rows in ("partner_id", "month"):
            study.rows = rows
            self.assertIn("in this period", self._answer(study).error)

    # ------------------------------------------------------------------
    # Answers
    # ------------------------------------------------------------------

    def test_an_answer_waits_for_the_job_and_is_given_in_words(self):
        study = self._create_study()
        self.assertEqual(study.state, "idle")
        study.action_answer()
        self.assertEqual(study.state, "queued")
        with self.assertRaisesRegex(UserError, "is being answered already"):
            study.action_answer()
        cron = self.env.ref("sales_efficiency_analytics.ir_cron_sales_study")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(study.state, "done", study.error)
        answer = study.answer_id
        self.assertIn("10 make 80", study.headline)
        self.assertIn("make 80", study.verdict)
        self.assertEqual((answer.version, answer.row_count), (1, 10))
        self.assertEqual(answer.reach, "company")
        self.assertEqual([chart["name"] for chart in study.charts][0], "pareto")
        self.assertIn("Asked 9", study.tables)

    def test_what_is_asked_stays_while_the_study_changes(self):
        study = self._create_study()
        study.action_answer()
        study.write({"rows": "month", "name": "Another question"})
        with patch.object(type(study), "_ask", lambda *_args: None):
            answer = self._answer(study)
        self.assertEqual((answer.rows, answer.row_count), ("partner_id", 10))

    def test_each_answer_is_a_version(self):
        study = self._create_study()
        versions = [self._answer(study).version for _time in range(2)]
        self.assertEqual(versions, [1, 2])
        self.assertEqual(study.result_count, 2)

    def test_a_failed_calculation_is_told_in_words(self):
        def fail(*_args):
            raise ChildFailed("memory", "It needs more memory.")

        def crash(*_args):
            raise ZeroDivisionError

        study = self._create_study()
        self._answer(study, fail)
        self.assertEqual(
            (study.state, study.error), ("failed", "It needs more memory.")
        )
        self.assertFalse(study.answer_id)
        with self.assertLogs(TOOL, "ERROR"):
            self._answer(study, crash)
        self.assertIn("log of the server", study.error)
        # The next one is answered, and the failure forgotten.
        self._answer(study)
        self.assertEqual((study.state, study.error), ("done", False))

    def test_a_calculation_that_is_stopped_again_and_again_is_given_up(self):
        study = self._create_study()
        study.action_answer()
        study.latest_id.sudo().write({"state": "running", "attempts": 3})
        with patch.object(type(study), "_ask", lambda *_args: None):
            self._answer(study)
        self.assertIn("stopped the calculation 3 times", study.error)

    def test_an_owner_who_has_left_gets_no_answer(self):
        study = self._create_study(self.salesperson)
        study.action_answer()
        self.salesperson.group_ids -= self.env.ref(
            "sales_efficiency_base.group_sales_person"
        )
        study = study.sudo()
        with patch.object(type(study), "_ask", lambda *_args: None):
            answer = self._answer(study)
        self.assertEqual(answer.state, "failed")
        self.assertIn("may no longer see", answer.error)

    def test_every_ready_question_is_answered(self):
        self.env.ref("sales_efficiency_resource.sales_metric_contacts")
        templates = self.env["sales.study.template"].search([])
        self.assertGreaterEqual(len(templates), 12)
        for template in templates:
            form = Form(
                self.env["sales.study"]
                .with_user(self.director)
                .with_context(default_template_id=template.id)
            )
            study = form.save()
            self.assertEqual(study.name, template.name)
            answer = self._answer(study)
            with self.subTest(template.name, headline=answer.headline):
                self.assertIn(answer.state, ("done", "refused"), answer.error)
                self.assertTrue(study.headline)
                self.assertTrue(study.tables)
        self.assertEqual(
            set(templates.mapped("method")),
            {method for method, _label in study._fields["method"].selection},
        )

    def test_a_ready_question_may_be_changed(self):
        template = self.env.ref(
            "sales_efficiency_analytics.sales_study_template_sales_forecast"
        )
        form = Form(self.env["sales.study"].with_user(self.director))
        form.template_id = template
        self.assertEqual((form.method, form.horizon), ("forecast", 3))
        form.horizon = 1
        study = form.save()
        self.assertEqual(study._get_question().options["horizon"], 1)
        self.assertEqual(study._get_question().rows, "month")

    def test_working_days_of_months_are_those_of_the_company(self):
        study = self._create_study(
            method="trend", is_workday_adjusted=True, month_count=24
        )
        answer = self._answer(study)
        self.assertEqual(answer.state, "done", answer.headline)
        self.assertTrue(answer.found["result"]["is_adjusted"])

    def test_groups_of_customers_become_classes(self):
        study = self._create_study(
            method="cluster", metric_ids=self.orders.ids, group_count=2
        )
        answer = self._answer(study)
        answer.sudo().found = {
            "result": {
                **answer.found["result"],
                "clear": True,
                "groups": [1] * 4 + [2] * 5 + [None],
            }
        }
        self.assertTrue(study.can_make_classes)
        study.action_make_classes()
        classes = self.customers.mapped("sales_class_id")
        self.assertEqual(len(classes), 2)
        self.assertEqual(self.customers[3].sales_class_id, classes[0])
        self.assertFalse(self.customers[9].sales_class_id)
        # Pressed twice, it shows the same ones.
        count = classes.search_count([])
        action = study.action_make_classes()
        self.assertEqual(classes.search_count([]), count)
        self.assertEqual(classes.search(action["domain"]), classes.sorted())
        # Others may not change the classes of the company.
        study.sharing = "company"
        shared = study.with_user(self.salesperson)
        self.assertFalse(shared.can_make_classes)
        with self.assertRaises(AccessError):
            shared.action_make_classes()
