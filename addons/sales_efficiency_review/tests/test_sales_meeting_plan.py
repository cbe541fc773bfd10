# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_meeting import SalesMeetingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-09-14 12:00:00")
class TestSalesMeetingPlan(SalesMeetingCommon):
    def _plan_meetings(self, user=None, **values):
        wizards = self.env["sales.meeting.plan"].with_user(user or self.leader)
        wizard = wizards.create({"company_id": self.company.id, **values})
        action = wizard.action_plan()
        return self.env["sales.meeting"].search(action["domain"], order="date")

    def test_each_first_monday_until_a_day(self):
        meetings = self._plan_meetings(date_to="2026-12-31")
        self.assertEqual(
            [(meeting.date, meeting.month) for meeting in meetings],
            [
                (datetime(2026, 10, 5, 10), date(2026, 9, 1)),
                (datetime(2026, 11, 2, 10), date(2026, 10, 1)),
                (datetime(2026, 12, 7, 10), date(2026, 11, 1)),
            ],
        )
        self.assertEqual(meetings.team_id, self.team_department)
        self.assertEqual(len(meetings.event_id), 3)
        self.assertIn(self.salesperson.partner_id, meetings.event_id[0].partner_ids)

    def test_the_last_friday_is_about_its_own_month(self):
        meetings = self._plan_meetings(week="-1", weekday="FRI", hour=13.5)
        self.assertEqual(meetings[0].date, datetime(2026, 9, 25, 13, 30))
        self.assertEqual(meetings[0].month, date(2026, 9, 1))

    def test_a_holiday_moves_the_meeting_to_the_next_working_day(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "company_id": self.company.id,
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": "2026-10-05 00:00:00",
                "date_to": "2026-10-06 23:59:59",
            }
        )
        meetings = self._plan_meetings(date_to="2026-10-31")
        self.assertEqual(meetings.date, datetime(2026, 10, 7, 10))

    def test_hours_are_those_of_the_company(self):
        self.company.sales_tz = "Asia/Taipei"
        meetings = self._plan_meetings(date_to="2026-10-31")
        self.assertEqual(meetings.date, datetime(2026, 10, 5, 2))

    def test_planning_once_more_makes_nothing_twice(self):
        self._plan_meetings(date_to="2026-10-31")
        self.assertEqual(len(self._plan_meetings()), 11)
        with self.assertRaisesRegex(UserError, "already have a meeting"):
            self._plan_meetings()

    def test_the_form_shows_what_will_be_planned(self):
        form = Form(self.env["sales.meeting.plan"].with_user(self.leader))
        form.date_to = date(2026, 11, 30)
        self.assertEqual(len(form.preview.splitlines()), 2)
        self.assertIn("Monday, October 5, 2026, about September 2026", form.preview)

    def test_directors_plan_for_several_teams_or_the_company(self):
        teams = self.team_department + self.team_other
        meetings = self._plan_meetings(
            self.director, team_ids=teams.ids, date_to="2026-10-31"
        )
        self.assertEqual(meetings.team_id, teams)
        company = self._plan_meetings(self.director, team_ids=[], date_to="2026-10-31")
        self.assertFalse(company.team_id)
        self.assertEqual(company.user_id, self.director)

    def test_leaders_plan_for_their_own_teams(self):
        with self.assertRaises(AccessError):
            self._plan_meetings(team_ids=self.team_other.ids)

    def test_wrong_values_are_refused(self):
        for values in (
            {"hour": 24},
            {"duration": 0},
            {"date_from": "2026-10-01", "date_to": "2026-09-30"},
        ):
            with (
                self.subTest(values),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._plan_meetings(**values)
