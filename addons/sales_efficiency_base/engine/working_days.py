# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import pytz

DAY = timedelta(days=1)
# Shorter work results from rounding of hours and is no working day.
LEAST_WORK = timedelta(minutes=1)
LEAST_PART = 0.002


class WorkingDays:
    """Finds the working days of people, without public holidays and leave.

    They follow the calendar of the employee, or else of the company. The number of
    queries depends on the number of working calendars, not of people.

    :param company: company that the people work for
    """

    def __init__(self, company):
        # sudo: working hours and leave are only used to find working days.
        self._company = company.sudo()

    def of_company(self, start, end):
        """:return: set of days from start to end, both included"""
        return {
            day
            for day, part in self._company._get_sales_working_days(start, end)
            if part > LEAST_PART
        }

    def of_users(self, users, start, end):
        """:return: dict user → set of days from start to end, both included"""
        # Users without an employee follow the calendar of the company.
        usual = self.of_company(start, end)
        return dict.fromkeys(users, usual) | self.of_employees(users, start, end)

    def of_employees(self, users, start, end):
        """:return: dict user → set of days, of those users who are employees"""
        company = self._company
        employees = company.env["hr.employee"].search(
            [("user_id", "in", users.ids), ("company_id", "=", company.id)]
        )
        resources = {
            employee.user_id.id: employee.resource_id for employee in employees
        }
        # Add a day on both sides: employees may work in other time zones.
        first, last = (
            pytz.utc.localize(company._get_sales_moment(day))
            for day in (start - DAY, end + 2 * DAY)
        )
        intervals, _by_calendar = employees.resource_id._get_valid_work_intervals(
            first, last
        )
        return {
            user: self._get_days(
                intervals.get(resources[user.id].id, ()),
                resources[user.id].tz,
                start,
                end,
            )
            for user in users
            if user.id in resources
        }

    @staticmethod
    def _get_days(intervals, tz, start, end):
        """:return: set of the days that intervals cover in a time zone"""
        timezone = pytz.timezone(tz or "UTC")
        days = set()
        for since, until, _attendances in intervals:
            if until - since < LEAST_WORK:
                continue
            day = since.astimezone(timezone).date()
            last = (until - timedelta(microseconds=1)).astimezone(timezone).date()
            while day <= last:
                days.add(day)
                day += DAY
        return {day for day in days if start <= day <= end}
