# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo.tests import freeze_time, tagged

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestSalesClock(SalesEfficiencyCommon):
    """Today, week and working days of a company, its leaders and its users."""

    @freeze_time("2026-07-19 20:00:00")
    def test_days_are_those_of_the_time_zone(self):
        self.assertEqual(self.company._get_sales_today(), date(2026, 7, 19))
        self.assertEqual(self.company._get_sales_week(), date(2026, 7, 13))
        self.company.sales_tz = "Asia/Taipei"
        self.assertEqual(self.company._get_sales_today(), date(2026, 7, 20))
        self.assertEqual(self.company._get_sales_week(), date(2026, 7, 20))
        self.salesperson.tz = "America/New_York"
        self.assertEqual(self.salesperson._get_sales_today(), date(2026, 7, 19))
        self.assertEqual(self.salesperson._get_sales_week(), date(2026, 7, 13))
        self.assertEqual(
            self.company._get_sales_moment(date(2026, 7, 20), 8.5),
            datetime(2026, 7, 20, 0, 30),
        )

    def test_working_days_leave_out_holidays_and_weekends(self):
        calendar = self.company.resource_calendar_id
        calendar.tz = "UTC"
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "company_id": self.company.id,
                "date_from": "2026-07-15 00:00:00",
                "date_to": "2026-07-15 23:59:59",
            }
        )
        start, end = date(2026, 7, 13), date(2026, 7, 19)
        days = {d for d, _part in self.company._get_sales_working_days(start, end)}
        self.assertEqual({day.day for day in days}, {13, 14, 16, 17})
        self.company.resource_calendar_id = False
        self.assertEqual(len(self.company._get_sales_working_days(start, end)), 7)

    def test_leaders_stand_one_above_the_other(self):
        head = self._create_user("leader", login="head")
        top = self.env["crm.team"].create({"name": "Top", "user_id": head.id})
        self.team_department.parent_id = top
        leaders = self.team_field.with_user(self.salesperson)._get_sales_leaders()
        self.assertEqual(leaders, self.leader + head)
        self.leader.active = False
        self.assertEqual(self.team_field._get_sales_leaders(), head)

    def test_who_works_in_a_company(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self.assertTrue(self.salesperson._works_in(self.company))
        self.assertFalse(self.salesperson._works_in(other))
        self.salesperson.active = False
        self.assertFalse(self.salesperson._works_in(self.company))
