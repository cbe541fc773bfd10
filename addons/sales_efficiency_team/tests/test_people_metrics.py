# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .staffing_common import StaffingCommon

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
JUNE = Period.month(date(2026, 6, 1))


@tagged("post_install", "-at_install")
@freeze_time("2026-06-16 12:00:00")
class TestPeopleMetrics(StaffingCommon):
    """The salesperson came in 2020, the colleague in 2025 and left in June 2026."""

    people_count = 2

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for employee, start in ((cls.employee, 2020), (cls.peer, 2025)):
            employee.version_id.date_version = date(start, 7, 1)
        cls.peer.departure_date = date(2026, 6, 10)
        cls.scope = Scope(cls.company.id, team_id=cls.team_field.id)
        cls.metrics = cls.env["sales.metric"]

    def _ask(self, name, scope, period):
        self.env.flush_all()
        return self.metrics.ask([name], [scope], [period])[name, scope, period]

    def test_head_count_is_that_of_the_end(self):
        self.assertEqual(self._ask("head_count", self.scope, YEAR), 2)
        self.assertEqual(self._ask("head_count", self.scope, YEAR.previous_year()), 1)

    def test_head_count_of_a_running_period_is_that_of_today(self):
        self.assertEqual(self._ask("head_count", self.scope, JUNE), 1)
        with freeze_time("2026-06-05 12:00:00"):
            self.assertEqual(self._ask("head_count", self.scope, JUNE), 2)

    def test_head_count_to_come_is_not_known(self):
        july = Period.month(date(2026, 7, 1))
        self.assertIsNone(self._ask("head_count", self.scope, july))

    def test_teams_above_include_those_below(self):
        above = Scope(self.company.id, team_id=self.team_department.id)
        self.assertEqual(self._ask("head_count", above, YEAR), 2)
        other = Scope(self.company.id, team_id=self.team_other.id)
        self.assertEqual(self._ask("head_count", other, YEAR), 0)

    def test_turnover_divides_leavers_by_average_people(self):
        self.assertAlmostEqual(self._ask("turnover", self.scope, JUNE), 100 / 1.5, 3)
        self.assertEqual(self._ask("turnover", self.scope, YEAR), 0)
        nobody = Scope(self.company.id, team_id=self.team_other.id)
        self.assertIsNone(self._ask("turnover", nobody, JUNE))

    def test_archived_without_a_date_counts_nowhere(self):
        self.employee.active = False
        self.assertEqual(self._ask("head_count", self.scope, YEAR), 1)

    def test_days_to_hire_are_those_of_planned_positions(self):
        line = self.env["sales.staffing.line"].create(
            {
                "plan_id": self.staffing.id,
                "team_id": self.team_field.id,
                "job_id": self.job.id,
            }
        )
        applicants = self.env["hr.applicant"].create(
            [
                {
                    "partner_name": f"Test {number}",
                    "job_id": self.job.id,
                    "company_id": self.company.id,
                    "sales_staffing_line_id": line_id,
                }
                for number, line_id in enumerate((line.id, line.id, False))
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_applicant SET create_date = '2026-06-01 09:00:00'"
            " WHERE id IN %s",
            [tuple(applicants.ids)],
        )
        self.env.invalidate_all()
        for applicant, day in zip(applicants, (11, 5, 2), strict=True):
            applicant.date_closed = datetime(2026, 6, day, 9)
        self.assertEqual(self._ask("days_to_hire", self.scope, JUNE), 7)
        self.assertIsNone(self._ask("days_to_hire", self.scope, YEAR))

    def test_a_hire_counts_on_the_day_of_the_company(self):
        self.company.sales_tz = "Asia/Taipei"
        line = self.env["sales.staffing.line"].create(
            {
                "plan_id": self.staffing.id,
                "team_id": self.team_field.id,
                "job_id": self.job.id,
            }
        )
        applicant = self.env["hr.applicant"].create(
            {
                "partner_name": "Night Owl",
                "job_id": self.job.id,
                "company_id": self.company.id,
                "sales_staffing_line_id": line.id,
            }
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_applicant SET create_date = '2026-05-26 17:00:00' WHERE id = %s",
            [applicant.id],
        )
        self.env.invalidate_all()
        applicant.date_closed = datetime(2026, 5, 31, 17)  # 1 June in Taipei
        self.assertEqual(self._ask("days_to_hire", self.scope, JUNE), 5)
        self.assertIsNone(
            self._ask("days_to_hire", self.scope, Period.month(date(2026, 5, 1)))
        )

    def test_many_scopes_take_as_many_queries_as_one(self):
        head_count = self.env.ref("sales_efficiency_team.sales_metric_head_count")
        periods = [Period.month(month) for month in YEAR.months()]
        scopes = [
            Scope(self.company.id, team_id=team.id)
            for team in self.team_field + self.team_other + self.team_department
        ]
        counts = []
        for some in (scopes[:1], scopes[:1], scopes):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            head_count._evaluate(some, periods)
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])  # The first one fills the caches.
