# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

import pytz

from odoo.tools.intervals import Intervals

DAY = timedelta(days=1)
# Where the company has no working calendar, nobody knows its holidays either.
USUAL_HOURS = 8
USUAL_START = 9
USUAL_DAYS = range(5)


class WorkingHours:
    """Counts the hours that people work, without public holidays and absences.

    They follow the calendar of the employee, or else of the company: also those of
    employees whose hours are up to them, whom Odoo counts day and night. People who
    have left work no hours. Days are those of where somebody works. The number of
    queries depends on that of working calendars and time zones, not of people.

    :param company: company that the people work for
    """

    def __init__(self, company):
        # sudo: only how long people are there, not where else they are.
        self._company = company.sudo()

    def of_users(self, users, start, end):
        """:return: dict id of a user -> hours from start to end, both included"""
        usual = self._get_usual(start, end)
        hours = dict.fromkeys(users.ids, self._count(usual))
        hours |= self._of_employees(users, start, end, usual)
        # sudo: see above
        gone = users.sudo().filtered(lambda user: not user._works_in(self._company))
        return hours | dict.fromkeys(gone.ids, 0.0)

    def of_company(self, start, end):
        """:return: the hours of the company's calendar, without holidays"""
        return self._count(self._get_usual(start, end))

    def _get_usual(self, start, end):
        """:return: intervals in which the company works"""
        calendar = self._company.resource_calendar_id
        if not calendar:
            return self._get_weekdays(start, end)
        moments = self._get_moments(calendar.tz, start, end)
        # Companies with different holidays can share a calendar.
        holidays = [
            ("time_type", "=", "leave"),
            ("company_id", "in", (False, self._company.id)),
        ]
        return calendar._work_intervals_batch(*moments, domain=holidays)[False]

    def _get_weekdays(self, start, end):
        """:return: intervals of eight hours from Monday to Friday"""
        timezone = pytz.timezone(self._company.sales_tz or "UTC")
        nothing = self._company.env["resource.calendar.attendance"]
        days = (start + number * DAY for number in range((end - start).days + 1))
        return Intervals(
            [
                (
                    timezone.localize(datetime.combine(day, time(USUAL_START))),
                    timezone.localize(
                        datetime.combine(day, time(USUAL_START + USUAL_HOURS))
                    ),
                    nothing,
                )
                for day in days
                if day.weekday() in USUAL_DAYS
            ]
        )

    def _of_employees(self, users, start, end, usual):
        """:return: dict id of a user -> hours, of those users who are employees"""
        everybody = self._company.env["hr.employee"].with_context(active_test=False)
        known = everybody.search(
            [("user_id", "in", users.ids), ("company_id", "=", self._company.id)]
        )
        found = dict.fromkeys(known.user_id.ids, 0.0)
        for tz, employees in known.filtered("active").grouped("tz").items():
            moments = self._get_moments(tz, start, end)
            found |= self._count_work(employees, moments, usual)
        return found

    def _count_work(self, employees, moments, usual):
        """:return: dict id of a user -> hours, of employees of one time zone"""
        intervals, _by_calendar = employees.resource_id._get_valid_work_intervals(
            *moments
        )
        found, free = {}, {}
        for employee in employees:
            resource = employee.resource_id
            any_time, fixed = [], []
            for part in intervals.get(resource.id, ()):
                # Of a contract without a calendar, an interval has no attendance.
                is_free = resource._is_fully_flexible() or not part[2]
                (any_time if is_free else fixed).append(part)
            found[employee.user_id.id] = self._count(fixed)
            if any_time:
                free[employee] = usual & Intervals(any_time)
        for employee, hours in self._without_absences(free, moments).items():
            found[employee.user_id.id] += hours
        return found

    def _without_absences(self, free, moments):
        """:return: dict employee -> hours of the intervals, without own absences"""
        if not free:
            return {}
        resources = self._company.env["hr.employee"].union(*free).resource_id
        absences = self._company.env["resource.calendar"]._leave_intervals_batch(
            *moments,
            resources=resources,
            domain=[("time_type", "=", "leave"), ("resource_id", "!=", False)],
        )
        return {
            employee: self._count(work - absences[employee.resource_id.id])
            for employee, work in free.items()
        }

    @staticmethod
    def _get_moments(tz, start, end):
        timezone = pytz.timezone(tz or "UTC")
        return (
            timezone.localize(datetime.combine(start, time.min)),
            timezone.localize(datetime.combine(end + DAY, time.min)),
        )

    @staticmethod
    def _count(intervals):
        seconds = sum(
            (until - since).total_seconds() for since, until, _what in intervals
        )
        return round(seconds / 3600, 2)
