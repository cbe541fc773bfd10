# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .weekly_common import SalesWeeklyCommon

# Reports of October and November, by the Friday on which they are due: hours from the
# deadline to the submission, None if never submitted
SALESPERSON = {
    date(2026, 10, 30): -2,
    date(2026, 11, 6): -2,
    date(2026, 11, 13): 5,
    date(2026, 11, 20): None,
}
COLLEAGUE = {date(2026, 11, 6): -1, date(2026, 11, 13): -1, date(2026, 11, 20): -1}
OUTSIDER = {date(2026, 11, 13): 1, date(2026, 11, 20): None}
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@tagged("post_install", "-at_install")
@freeze_time("2026-11-25 12:00:00")
class TestSalesWeeklyReportMetric(SalesWeeklyCommon):
    """The on-time rate equals a manual count (policy 2.2.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.metric = cls.env.ref(
            "sales_efficiency_review.sales_metric_weekly_reports_on_time"
        )
        for user, weeks in (
            (cls.salesperson, SALESPERSON),
            (cls.colleague, COLLEAGUE),
            (cls.outsider, OUTSIDER),
        ):
            for friday, hours in weeks.items():
                cls._create_report(user, friday, hours)

    @classmethod
    def _create_report(cls, user, friday, hours, **values):
        deadline = cls.company._get_sales_moment(friday, 18)
        submitted = hours is not None
        return cls.reports.create(
            {
                "user_id": user.id,
                "company_id": cls.company.id,
                "date_from": friday - timedelta(days=4),
                "deadline": deadline,
                "is_missing": not submitted,
                "state": "submitted" if submitted else "draft",
                "submitted_at": submitted and deadline + timedelta(hours=hours),
                "is_late": submitted and hours > 0,
                **values,
            }
        )

    def _rate(self, period=NOVEMBER, **dimensions):
        scope = Scope(self.company.id, **dimensions)
        return self.metric._evaluate([scope], [period])[self.metric.id, scope, period]

    def test_the_rate_of_a_person(self):
        self.assertAlmostEqual(self._rate(user_id=self.salesperson.id), 100 / 3)
        self.assertEqual(self._rate(user_id=self.colleague.id), 100)
        self.assertEqual(self._rate(user_id=self.outsider.id), 0)
        self.assertEqual(self._rate(OCTOBER, user_id=self.salesperson.id), 100)

    def test_the_rate_of_sales_support_counts_for_a_team_served(self):
        support = self._create_support(self.team_field)
        self._create_report(support, date(2026, 11, 13), -2)
        self._create_report(support, date(2026, 11, 20), None)
        self.assertEqual(self._rate(user_id=support.id), 50)
        self.assertAlmostEqual(self._rate(team_id=self.team_field.id), 100 * 5 / 8)

    def test_nothing_due_is_no_rate(self):
        self.assertIsNone(self._rate(OCTOBER, user_id=self.colleague.id))
        self.assertIsNone(self._rate(user_id=self.leader.id))

    def test_the_rate_of_a_team_is_that_of_all_below_it(self):
        for team in (self.team_field, self.team_department):
            self.assertAlmostEqual(self._rate(team_id=team.id), 100 * 4 / 6)
        self.assertEqual(self._rate(team_id=self.team_other.id), 0)

    def test_the_rate_of_a_region_is_that_of_its_teams(self):
        self.assertAlmostEqual(self._rate(region_id=self.region_north.id), 100 * 4 / 6)
        self.assertAlmostEqual(self._rate(region_id=self.region_world.id), 100 * 4 / 6)
        self.assertIsNone(self._rate(region_id=self.region_south.id))

    def test_the_rate_of_the_company(self):
        self.assertEqual(self._rate(), 50)
        self.assertAlmostEqual(
            self._rate(team_id=self.team_field.id, user_id=self.salesperson.id), 100 / 3
        )

    def test_a_report_has_no_product_line(self):
        self.assertIsNone(self._rate(categ_id=self.category.id))

    def test_what_is_not_due_yet_counts_once_it_is_submitted(self):
        report = self._create_report(self.outsider, date(2026, 11, 27), None)
        report.is_missing = False
        self.assertEqual(self._rate(user_id=self.outsider.id), 0)
        self.assertEqual(self._rate(), 50)
        report.write({"state": "submitted", "submitted_at": "2026-11-25 12:00:00"})
        self.assertAlmostEqual(self._rate(user_id=self.outsider.id), 100 / 3)

    def test_a_week_off_does_not_count(self):
        self._create_report(
            self.outsider, date(2026, 11, 6), None, is_expected=False, is_missing=False
        )
        self.assertEqual(self._rate(), 50)

    def test_a_deadline_lies_on_the_day_of_the_companys_clock(self):
        self.company.sales_tz = "Asia/Taipei"
        report = self._create_report(self.leader, date(2026, 10, 30), -1)
        report.deadline = "2026-10-31 17:00:00"
        self.assertEqual(self._rate(user_id=self.leader.id), 100, "1 November there")
        self.assertIsNone(self._rate(OCTOBER, user_id=self.leader.id))

    def test_another_company_has_its_own_rate(self):
        other = self.env["res.company"].create({"name": "Second"})
        scope = Scope(other.id)
        values = self.metric._evaluate([scope], [NOVEMBER])
        self.assertIsNone(values[self.metric.id, scope, NOVEMBER])

    def test_the_number_of_queries_is_fixed(self):
        def count(scopes, periods):
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.metric._evaluate(scopes, periods)
            return self.cr.sql_log_count - before

        people = [
            Scope(self.company.id, user_id=user.id)
            for user in self.salesperson + self.colleague + self.outsider
        ]
        count(people, [NOVEMBER])
        one = count(people[:1], [NOVEMBER])
        self.assertEqual(count(people, [NOVEMBER, OCTOBER]), one)

    def test_the_pivot_divides_sums_by_sums(self):
        groups = self.reports._read_group(
            [("user_id", "in", (self.salesperson + self.outsider).ids)],
            ["team_id"],
            ["on_time_rate:avg", "due_count:sum"],
        )
        rates = {team: (rate, due) for team, rate, due in groups}
        self.assertEqual(rates[self.team_field], (50, 4))
        self.assertEqual(rates[self.team_other], (0, 2))
        [[total]] = self.reports._read_group(
            [("user_id", "in", (self.salesperson + self.outsider).ids)],
            [],
            ["on_time_rate:avg"],
        )
        self.assertAlmostEqual(float(total), 100 * 2 / 6)
