# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .staffing_common import StaffingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestRecruitmentChannel(StaffingCommon):
    """Four come by a job site, which costs 3,000; one by a campus. Two are hired."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.site = cls.env.ref("sales_efficiency_team.utm_source_job_site")
        cls.campus = cls.env.ref("sales_efficiency_team.utm_source_campus")
        costs = cls.env["sales.recruitment.cost"].with_user(cls.recruiter)
        cls.cost = costs.create(
            [
                {"source_id": cls.site.id, "month": date(2026, 3, 15), "amount": 2000},
                {"source_id": cls.site.id, "month": date(2026, 4, 1), "amount": 1000},
            ]
        )
        cls.applicants = cls.env["hr.applicant"].create(
            [
                {
                    "partner_name": f"Test Applicant {number}",
                    "job_id": cls.job.id,
                    "company_id": cls.company.id,
                    "source_id": source.id,
                }
                for number, source in enumerate([cls.site] * 4 + [cls.campus])
            ]
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE hr_applicant SET create_date = '2026-03-02 09:00:00'"
            " WHERE id IN %s",
            [tuple(cls.applicants.ids)],
        )
        cls.env.invalidate_all()
        cls.env["calendar.event"].create(
            [
                {
                    "name": "Interview",
                    "start": datetime(2026, 3, 10, 9),
                    "stop": datetime(2026, 3, 10, 10),
                    "applicant_id": applicant.id,
                }
                for applicant in cls.applicants[:3]
            ]
        )
        for applicant, day in zip(cls.applicants, (12, 22), strict=False):
            applicant.date_closed = datetime(2026, 3, day, 9)
        cls.env.flush_all()

    def _read(self, *names, user=None):
        report = self.env["sales.recruitment.channel.report"]
        self.env.flush_all()
        [values] = report.with_user(user or self.hr_user)._read_group(
            [("source_id", "=", self.site.id)], [], names
        )
        return values

    def test_the_funnel_counts_applicants_interviewed_and_hired(self):
        self.assertEqual(
            self._read("applicants:sum", "interviewed:sum", "hired:sum"), (4, 3, 2)
        )
        self.assertEqual(self._read("interview_rate:avg", "hire_rate:avg"), (75, 50))

    def test_a_hire_costs_the_channel_divided_by_its_hires(self):
        self.assertEqual(self._read("cost:sum", "cost_per_hire:avg"), (3000, 1500))

    def test_days_to_hire_are_an_average(self):
        self.assertEqual(self._read("days_to_hire:avg"), (15,))

    def test_a_channel_without_hires_has_no_cost_per_hire(self):
        self.applicants.date_closed = False
        self.assertFalse(any(self._read("cost_per_hire:avg", "days_to_hire:avg")))

    def test_attainment_and_staying_are_those_of_the_hired(self):
        for applicant, employee in zip(
            self.applicants, self.employee + self.peer, strict=False
        ):
            applicant.employee_id = employee
        self.assertFalse(any(self._read("attainment:avg")))  # no own target
        self.env["sales.target"].search([("user_id", "!=", False)]).unlink()
        self.env.cr.execute(
            "UPDATE sales_target_plan SET state = 'draft' WHERE id = %s", [self.plan.id]
        )
        self.env.invalidate_all()
        self._create_target(
            parent_id=self.target.id, user_id=self.salesperson.id, amount=1_200_000
        )
        self._start()
        self._create_history(
            (date(2026, 4, 10), 450_000, self._of_seller()),
            (date(2026, 9, 10), 900_000, self._of_seller()),
        )
        self._refresh()
        # March to August ask for 600,000; September does not count any more.
        self.assertEqual(self._read("attainment:avg"), (75,))
        self.assertFalse(any(self._read("due_after_12:sum", "stay_rate:avg")))
        with freeze_time("2027-04-01 12:00:00"):
            self.assertEqual(self._read("due_after_12:sum", "stay_rate:avg"), (2, 100))
            self.peer.sudo().departure_date = date(2026, 12, 31)
            self.assertEqual(self._read("stay_rate:avg"), (50,))

    def test_recruiters_do_not_read_what_the_hired_sold(self):
        report = self.env["sales.recruitment.channel.report"]
        self.assertNotIn("attainment", report.with_user(self.recruiter).fields_get())
        with self.assertRaises(AccessError):
            self._read("attainment:avg", user=self.recruiter)
        self.assertEqual(self._read("hired:sum", user=self.recruiter), (2,))

    def test_the_report_names_no_applicant(self):
        fields = self.env["sales.recruitment.channel.report"]._fields
        models = {field.comodel_name for field in fields.values()}
        self.assertNotIn("hr.applicant", models)
        self.assertNotIn("hr.employee", models)

    def test_a_cost_is_of_a_month(self):
        self.assertEqual(self.cost[0].month, date(2026, 3, 1))
        with Form(self.cost[0]) as form:
            form.month = date(2026, 5, 20)
        self.assertEqual(self.cost[0].month, date(2026, 5, 1))

    @mute_logger("odoo.sql_db")
    def test_bad_costs_are_refused(self):
        for values, error in (
            ({"amount": -1}, CheckViolation),
            ({"month": date(2026, 3, 9)}, UniqueViolation),  # twice
        ):
            with (
                self.subTest(values),
                self.assertRaises(error),
                self.cr.savepoint(),
            ):
                self.cost[1].write(values)
                self.env.flush_all()
