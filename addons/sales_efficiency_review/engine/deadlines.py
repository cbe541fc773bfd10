# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import pytz

DAY = timedelta(days=1)
# Days from Monday within which a deadline may move to find a working day
HORIZON = timedelta(days=34)
# Shorter work results from rounding of hours and is no working day.
LEAST_WORK = timedelta(minutes=1)
LEAST_PART = 0.002


class Deadlines:
    """Determines deadlines of weekly reports (policy 2.2.1).

    The number of queries depends on the number of working calendars, not of users.

    :param company: company of the reports
    """

    def __init__(self, company):
        self._company = company

    def of_week(self, users, monday):
        """Return the deadlines of users for the report on a week.

        The deadline is the weekday in the settings, or else the next working day of
        the user.

        :param date monday: first day of the week
        :return: dict user → (whether a working day lies in the week, UTC datetime)
        """
        days = self._get_working_days(users, monday, monday + HORIZON)
        usual = monday + timedelta(days=int(self._company.sales_weekly_weekday))
        deadlines = {}
        for user in users:
            due = min((day for day in days[user] if day >= usual), default=usual)
            deadlines[user] = (
                any(day < monday + timedelta(days=7) for day in days[user]),
                self._company._get_sales_moment(due, self._company.sales_weekly_hour),
            )
        return deadlines

    def _get_working_days(self, users, start, end):
        """Return the working days of users, without public holidays and leave.

        They follow the calendar of the employee, or else of the company.

        :return: dict user → set of days from start to end, both included
        """
        # sudo: working hours and leave are only used to find working days.
        company = self._company.sudo()
        employees = company.env["hr.employee"].search(
            [("user_id", "in", users.ids), ("company_id", "=", company.id)]
        )
        resources = {employee.user_id: employee.resource_id for employee in employees}
        # Add a day on both sides: employees may work in other time zones.
        first, last = (
            pytz.utc.localize(company._get_sales_moment(day))
            for day in (start - DAY, end + 2 * DAY)
        )
        intervals, _by_calendar = employees.resource_id._get_valid_work_intervals(
            first, last
        )
        # Users without an employee follow the calendar of the company.
        usual_days = {
            day
            for day, part in company._get_sales_working_days(start, end)
            if part > LEAST_PART
        }
        days = {}
        for user in users:
            # sudo: the keys were read as superuser.
            resource = resources.get(user.sudo())
            days[user] = usual_days
            if resource:
                own = intervals.get(resource.id, ())
                days[user] = self._get_days(own, resource.tz, start, end)
        return days

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
