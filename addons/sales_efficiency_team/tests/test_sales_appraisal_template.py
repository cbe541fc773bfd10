# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .appraisal_common import SalesAppraisalCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalTemplate(SalesAppraisalCommon):
    """By what people are appraised."""

    def test_weights_of_99_99_are_refused(self):
        kpis = [self._prepare_kpi(self.ordered, 99.99, 1000)]
        with self.assertRaisesRegex(ValidationError, "KPIs in Short add up to 99.99"):
            self._create_template("Short", kpis)
        with self.assertRaisesRegex(ValidationError, "parts in Short add up to 99.99"):
            self._create_template("Short", parts={"kpi": 60, "superior": 39.99})
        with self.assertRaisesRegex(ValidationError, "criteria of Superior"):
            self._create_template(
                "Short", parts={"superior": 100}, criteria={"Skill": 99.99}
            )

    def test_weights_can_change_together(self):
        template = self._create_template(
            "Two",
            [
                self._prepare_kpi(self.ordered, 40, 1000),
                self._prepare_kpi(self.quantity, 60, 10),
            ],
        )
        with Form(template.with_user(self.director)) as form:
            for number, weight in enumerate((70, 30)):
                with form.kpi_ids.edit(number) as line:
                    line.weight = weight
        self.assertEqual(template.kpi_ids.mapped("weight"), [70, 30])

    def test_lines_changed_by_call_are_checked_before_anything_is_saved(self):
        self.template.kpi_ids.with_user(self.director).weight = 99
        with self.assertRaisesRegex(ValidationError, "add up to 99.00"):
            self.env.cr.flush()
        self.template.kpi_ids.weight = 100

    def test_a_kpi_needs_something_to_reach(self):
        kpi = {"metric_id": self.ordered.id, "weight": 100, "target_from": "value"}
        with self.assertRaisesRegex(ValidationError, "has nothing to reach"):
            self._create_template("Vague", [kpi])

    def test_an_amount_to_reach_needs_a_period(self):
        with self.assertRaisesRegex(ValidationError, "In which time"):
            self._create_template("Timeless", rhythm=False)

    def test_a_rate_is_the_same_in_every_period(self):
        kpi = self._prepare_kpi(self.margin_rate, 100, 30)
        self.assertTrue(self._create_template("Rate", [kpi], rhythm=False))

    @mute_logger("odoo.sql_db")
    def test_the_self_appraisal_has_no_weight(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_template("Self", parts={"kpi": 60, "self": 40})

    def test_a_job_has_one_template_for_a_period(self):
        self._create_template("Job", job_ids=self.job.ids)
        with self.assertRaisesRegex(ValidationError, "is for the same people"):
            self._create_template("Again", job_ids=self.job.ids)
        self._create_template("Month", job_ids=self.job.ids, rhythm="month")

    def test_what_is_far_above_every_record_is_questioned(self):
        self._sell_in_quarter(1000, self.colleague, date(2026, 5, 3))
        self._sell_in_quarter(800, self.salesperson, date(2026, 8, 3))
        template = self._create_template(
            "High", [self._prepare_kpi(self.ordered, 100, 1201)]
        )
        self.assertIn("1,000", template.kpi_ids.question)
        template.kpi_ids.target_value = 1200
        self.assertFalse(template.kpi_ids.question)

    def test_records_are_for_those_who_set_the_values(self):
        """The question names the best figure of all, by no way of asking others."""
        self._sell_in_quarter(1000, self.colleague, date(2026, 5, 3))
        template = self._create_template(
            "High", [self._prepare_kpi(self.ordered, 100, 5000)]
        )
        self.env.flush_all()
        kpi = template.kpi_ids
        self.assertIn("1,000", kpi.with_user(self.director).question)
        for user in (self.salesperson, self.leader, self.hr_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                kpi.with_user(user).read(["question"])
            with self.subTest(user.login), self.assertRaises(AccessError):
                kpi.with_user(user).onchange(
                    {"metric_id": self.ordered.id, "target_value": 9999},
                    ["target_value"],
                    {"question": {}},
                )

    @mute_logger("odoo.sql_db")
    def test_fewer_than_three_raters_are_not_anonymous(self):
        for number in (1, 2, 21):
            with (
                self.subTest(number),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self._create_template("Few", min_raters=number)

    def test_the_running_period_is_no_record(self):
        self._sell_in_quarter(1000, day=date(2026, 8, 3))
        self._sell_in_quarter(5000, day=date(2026, 10, 3))
        template = self._create_template(
            "High", [self._prepare_kpi(self.ordered, 100, 4000)]
        )
        self.assertIn("1,000", template.kpi_ids.question)

    def test_a_new_user_gets_a_template_that_works(self):
        ready = self.env.ref("sales_efficiency_team.sales_appraisal_template_person")
        ready._check_weights()
        ready._check_period()
        self.assertEqual(sum(ready.kpi_ids.mapped("weight")), 100)

    def test_ready_templates_cover_what_the_policy_names(self):
        ready = self.env.ref("sales_efficiency_team.sales_appraisal_template_person")
        weights = {kpi.metric_id.code: kpi.weight for kpi in ready.kpi_ids}
        policy = {
            "ordered_amount": 40,
            "margin": 20,
            "ordered_growth": 10,
            "new_customers": 10,
            "conversion_rate": 10,
            "csat": 10,
        }
        if "sales.weekly.report" in self.env:
            policy |= {"ordered_amount": 30, "weekly_reports_on_time": 10}
        self.assertEqual(weights, policy)

    def test_reports_on_time_are_added_where_they_are_measured(self):
        ready = self._get_ready_template()
        ready._add_ready_report_kpis()
        self.assertEqual(len(ready.kpi_ids), 6, "nothing measures them")
        metric = self._create_metric("reports", unit="percent", company_id=False)
        metric.code = "weekly_reports_on_time"
        for _time in range(2):
            ready._add_ready_report_kpis()
            ready._check_weights()
            [kpi] = ready.kpi_ids.filtered(lambda kpi: kpi.metric_id == metric)
            self.assertEqual((kpi.weight, kpi.measures), (10, "own"))

    def test_ready_templates_that_somebody_has_changed_stay_as_they_are(self):
        ready = self._get_ready_template()
        metric = self._create_metric("reports", unit="percent", company_id=False)
        metric.code = "weekly_reports_on_time"
        ready.with_user(self.director).min_raters = 4
        ready._add_ready_report_kpis()
        self.assertEqual(len(ready.kpi_ids), 6)

    def _get_ready_template(self):
        """Return the ready template as it is without weekly reports."""
        ready = self.env.ref("sales_efficiency_team.sales_appraisal_template_person")
        found = self.env["sales.metric"].search(
            [("code", "=", "weekly_reports_on_time")]
        )
        added = ready.kpi_ids.filtered(lambda kpi: kpi.metric_id in found)
        ready.kpi_ids[0].weight += sum(added.mapped("weight"))
        added.unlink()
        found.code = "test_former_reports"
        found.flush_recordset()
        return ready

    def test_sales_support_has_a_template_of_its_own(self):
        ready = self.env.ref("sales_efficiency_team.sales_appraisal_template_support")
        ready.active = True
        ready._check_weights()
        role = self.env.ref("sales_efficiency_base.group_sales_support")
        found = self.env["sales.appraisal.template"]._find_templates(
            self.company, "quarter"
        )
        self.assertEqual(found[role], ready)
        self.assertEqual(found[False], self.template)
        with self.assertRaisesRegex(ValidationError, "is for the same people"):
            self._create_template(
                "Again",
                [self._prepare_kpi(self.margin_rate, 100, 30)],
                job_ids=[],
                is_for_support=True,
                company_id=False,
                rhythm=False,
            )

    def test_own_templates_come_before_shared_ones(self):
        find = self.env["sales.appraisal.template"]._find_templates
        self.assertEqual(find(self.company, "quarter")[False], self.template)
        other = self._create_company()
        ready = self.env.ref("sales_efficiency_team.sales_appraisal_template_person")
        ready.active = True
        self.assertEqual(find(other, "quarter")[False], ready)

    # ------------------------------------------------------------------
    # Changes while a cycle is open
    # ------------------------------------------------------------------

    def _change_template(self):
        """Have people be rated, then give the quantity half of the weight."""
        self.template.part_ids = [
            Command.clear(),
            Command.create({"kind": "kpi", "weight": 50}),
            Command.create({"kind": "superior", "weight": 50}),
        ]
        self._sell_in_quarter(500)
        cycle = self._create_cycle()
        with self._rated({"superior": {"Teamwork": [4]}}):
            cycle.action_start_rating()
        self.assertEqual(self._get_appraisal(cycle).score, 65)
        self.template.write(
            {
                "part_ids": [
                    Command.update(self.template.part_ids[0].id, {"weight": 20}),
                    Command.update(self.template.part_ids[1].id, {"weight": 80}),
                ]
            }
        )
        return cycle

    def test_a_changed_template_asks(self):
        cycle = self._change_template()
        self.assertEqual(cycle.outdated_count, cycle.appraisal_count)
        self.assertEqual(self.template.outdated_count, cycle.appraisal_count)
        with self._rated({"superior": {"Teamwork": [4]}}):
            cycle.action_measure()
        self.assertEqual(self._get_appraisal(cycle).score, 65, "not before an answer")

    def test_taking_over_keeps_what_is_rated(self):
        cycle = self._change_template()
        with self._rated({"superior": {"Teamwork": [4]}}):
            cycle.with_user(self.director).action_take_templates()
        self.assertEqual(self._get_appraisal(cycle).score, 74)
        self.assertFalse(cycle.outdated_count)

    def test_keeping_stays_with_the_former_weights(self):
        cycle = self._change_template()
        with self._rated({"superior": {"Teamwork": [4]}}):
            cycle.with_user(self.director).action_keep_templates()
            cycle.action_measure()
        self.assertEqual(self._get_appraisal(cycle).score, 65)
        self.assertFalse(cycle.outdated_count)
