# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from ..engine import kpi_status
from .appraisal_common import SalesAppraisalCommon
from .training_common import SalesTrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesDevelopment(SalesTrainingCommon, SalesAppraisalCommon):
    """Everybody's own page, on the 15th of the 92 days of the fourth quarter. The
    quarter asks for an ordered amount of 1,000."""

    def _get_sections(self, user=None):
        self.env.invalidate_all()
        page = self.env["sales.development"].with_user(user or self.salesperson)
        return {section["key"]: section for section in page.get_data()["sections"]}

    def _get_row(self, key, user=None):
        [row] = self._get_sections(user)[key]["rows"]
        return row

    def _sell(self, amount, user=None):
        self._sell_in_quarter(amount, user, date(2026, 10, 10))

    def test_doctests(self):
        self.assertFalse(doctest.testmod(kpi_status).failed)

    # KPIs

    def test_kpis_are_those_of_the_period_that_runs(self):
        self._sell(300)
        self._sell_in_quarter(5000)  # in the quarter before
        section = self._get_sections()["kpis"]
        self.assertEqual(section["title"], "My KPIs, Q4 2026")
        self.assertEqual(section["note"], "16.3 % of the time is over.")
        [row] = section["rows"]
        self.assertEqual(row["name"], "Ordered Amount")
        self.assertEqual(row["detail"], "$\xa0300.00 of $\xa01,000.00 · weight 100.0 %")
        self.assertEqual((row["figure"], row["progress"]), ("30.0 %", 30))

    def test_a_kpi_is_behind_if_it_grew_slower_than_the_time(self):
        for amount, status in (
            (100, "far"),
            (50, "near"),  # 150 of 163
            (20, "on_track"),
            (900, "reached"),
        ):
            self._sell(amount)
            self.assertEqual(self._get_row("kpis")["status"]["value"], status)

    def test_a_kpi_without_figure_or_target_says_so(self):
        self._create_template("Target", [self._prepare_kpi(self.ordered, 100)])
        row = self._get_row("kpis")
        self.assertEqual(row["status"]["value"], "unknown")
        self.assertEqual((row["figure"], row["progress"]), ("–", 0))

    def test_kpis_are_those_of_the_job_and_figures_ones_own(self):
        self._create_template(
            "Representative",
            [self._prepare_kpi(self.ordered, 100, 500)],
            job_ids=[Command.set(self.job.ids)],
        )
        self._sell(400, self.colleague)
        self.assertEqual(self._get_row("kpis")["figure"], "0.0 %")
        self.assertEqual(self._get_row("kpis", self.colleague)["figure"], "80.0 %")

    def test_leaders_are_measured_by_their_teams(self):
        kpi = self._prepare_kpi(self.ordered, 100, 500, measures="team")
        self._create_template("Leaders", [kpi])
        self._create_history(
            (date(2026, 10, 10), 250, {"team_id": self.team_field.id}),
        )
        self.assertEqual(self._get_row("kpis", self.leader)["figure"], "50.0 %")

    def test_each_kpi_opens_its_figures(self):
        self._sell(300)
        action = self._get_row("kpis")["action"]
        facts = self.env[action["res_model"]].with_user(self.salesperson)
        self.assertEqual(sum(facts.search(action["domain"]).mapped("amount")), 300)

    # Appraisals

    def test_an_appraisal_is_shown_once_it_is_told(self):
        cycle = self._bring_to(self._create_cycle(), "told")
        self.assertFalse(self._get_sections()["appraisals"]["rows"])
        self._get_appraisal(cycle).with_user(self.leader).action_tell()
        row = self._get_row("appraisals")
        self.assertEqual((row["name"], row["figure"]), ("Q3 2026", "0.00"))
        self.assertFalse(self._get_sections(self.colleague)["appraisals"]["rows"])

    # Trainings

    def test_trainings_to_come_stand_before_courses_that_are_a_duty(self):
        duty = self._create_course(name="Ethics", job_ids=[(6, 0, self.job.ids)])
        self._enter(self.coming, self.employee)
        rows = self._get_sections()["trainings"]["rows"]
        self.assertEqual(
            [(row["name"], row["status"]["name"]) for row in rows],
            [("Negotiating", "Has a place"), ("Ethics", "Duty")],
        )
        self.assertEqual(rows[1]["detail"], "No session planned yet")
        self._hold("2026-10-01", self.employee, duty)
        rows = self._get_sections()["trainings"]["rows"]
        self.assertEqual([row["name"] for row in rows], ["Negotiating"])

    def test_a_duty_returns_when_its_certificate_has_run_out(self):
        course = self._create_course(
            name="Ethics", job_ids=[(6, 0, self.job.ids)], validity_months=12
        )
        self._hold("2025-10-01", self.employee, course)
        self.assertEqual(self._get_row("trainings")["name"], "Ethics")
        row = self._get_row("courses_passed")
        self.assertEqual(row["status"]["value"], "expired")
        self._hold("2025-11-01", self.employee, course)
        self.assertFalse(self._get_sections()["trainings"]["rows"])
        row = self._get_row("courses_passed")
        self.assertEqual(row["status"]["value"], "expiring")
        self.assertIn("11/01/2026", row["detail"])

    def test_trainings_of_others_are_not_shown(self):
        self._enter(self.coming, self.peer)
        self._hold("2026-10-01", self.peer)
        sections = self._get_sections()
        self.assertFalse(sections["trainings"]["rows"])
        self.assertFalse(sections["courses_passed"]["rows"])

    # To-dos

    def test_to_dos_are_ones_own_of_this_app_with_the_overdue_first(self):
        for user in (self.salesperson, self.colleague):
            for name, day in (("Later", "2026-11-01"), ("Call", "2026-10-01")):
                self.env["sales.action"].create(
                    {"name": name, "user_id": user.id, "date_deadline": day}
                )
        self.salesperson.partner_id.activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.salesperson.id
        )
        section = self._get_sections()["to_dos"]
        self.assertEqual(section["count"], 2)
        self.assertEqual(
            [row["status"] and row["status"]["value"] for row in section["rows"]],
            ["overdue", None],
        )

    # Who opens it

    def test_an_employee_without_role_has_a_page_with_to_dos(self):
        employee = new_test_user(self.env, "development_employee", "base.group_user")
        self.assertEqual(list(self._get_sections(employee)), ["to_dos"])

    def test_hr_sees_no_kpis_without_selling(self):
        self.assertNotIn("kpis", self._get_sections(self.hr_user))

    def test_the_page_is_not_for_customers(self):
        portal = new_test_user(self.env, "development_portal", "base.group_portal")
        with self.assertRaisesRegex(AccessError, "for employees"):
            self.env["sales.development"].with_user(portal).get_data()

    def test_queries_do_not_depend_on_what_there_is(self):
        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            page.get_data()
            return self.env.cr.sql_log_count - before

        page = self.env["sales.development"].with_user(self.salesperson)
        self._hold("2026-10-01", self.employee)
        self._enter(self.coming, self.employee)
        self._create_course(name="Duty 0", job_ids=[(6, 0, self.job.ids)])
        page.get_data()
        one = count()
        for number in range(1, 4):
            course = self._create_course(name=f"Course {number}")
            self._hold("2026-10-02", self.employee, course)
            self._enter(self._create_session("2026-10-21", course), self.employee)
            self._create_course(name=f"Duty {number}", job_ids=[(6, 0, self.job.ids)])
        self.assertLessEqual(count(), one)
