# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time, timedelta

import pytz

from odoo.tools.intervals import Intervals

DAY = timedelta(days=1)
# Hours in which people without fixed hours are sent to customers, Monday to Friday
USUAL = time(9), time(18)
SATURDAY = 5


class FreeTime:
    """Finds when a person works and has no appointment (policy 3.1.3).

    Moments are in UTC, so that an hour lasts an hour when clocks change. Time is left
    for the way to and from each appointment. The number of queries does not depend on
    the number of appointments.

    :param user: whose time it is
    :param company: company that the person works for
    :param gap: timedelta that the way takes
    """

    def __init__(self, user, company, gap):
        # sudo: working hours and appointments of the person are only used to find
        # free time; what the appointments are about is not read.
        self.env = user.sudo().env
        self._user = user.sudo()
        self._company = company.sudo()
        self._gap = gap
        employees = self.env["hr.employee"].search(
            [("user_id", "=", user.id), ("company_id", "=", company.id)], limit=1
        )
        self._resource = employees.resource_id
        self.tz = pytz.timezone(
            self._resource.tz or self._user.tz or self._company.sales_tz
        )

    def find(self, since, until):
        """Find the free time.

        :param datetime since: in UTC
        :param datetime until: in UTC
        :return: :class:`Intervals` in UTC
        """
        return self._get_work(since, until) - self._get_busy(since, until)

    # ------------------------------------------------------------------
    # Work
    # ------------------------------------------------------------------

    def _get_work(self, since, until):
        if self._resource and self._resource._is_flexible():
            work = self._get_usual(since, until)
            # Leave counts for them, too.
            found = self._get_valid(since, until)
            return self._in_utc(work) & self._in_utc(found)
        if self._resource:
            return self._in_utc(self._get_valid(since, until))
        calendar = self._company.resource_calendar_id
        if not calendar:
            return self._in_utc(self._get_usual(since, until))
        leave = [
            ("time_type", "=", "leave"),
            ("company_id", "in", (False, self._company.id)),
        ]
        found = calendar._work_intervals_batch(since, until, domain=leave)
        return self._in_utc(found[False])

    def _get_valid(self, since, until):
        found, _calendars = self._resource._get_valid_work_intervals(since, until)
        return found[self._resource.id]

    def _get_usual(self, since, until):
        """Yield the usual hours of weekdays, in the time zone of the person."""
        day = since.astimezone(self.tz).date()
        while day <= until.astimezone(self.tz).date():
            if day.weekday() < SATURDAY:
                start, end = (
                    self.tz.localize(datetime.combine(day, hour)) for hour in USUAL
                )
                yield max(start, since), min(end, until), None
            day += DAY

    def _in_utc(self, intervals):
        none = self.env["resource.calendar"]
        return Intervals(
            [
                (start.astimezone(pytz.utc), end.astimezone(pytz.utc), none)
                for start, end, _what in intervals
                if start < end
            ]
        )

    # ------------------------------------------------------------------
    # Appointments
    # ------------------------------------------------------------------

    def _get_busy(self, since, until):
        """Return the appointments that the person has not declined, and the ways."""
        events = self.env["calendar.event"].search_fetch(
            [
                ("active", "=", True),
                ("show_as", "=", "busy"),
                ("start", "<", (until + self._gap + DAY).replace(tzinfo=None)),
                ("stop", ">", (since - self._gap - DAY).replace(tzinfo=None)),
                (
                    "attendee_ids",
                    "any",
                    [
                        ("partner_id", "=", self._user.partner_id.id),
                        ("state", "!=", "declined"),
                    ],
                ),
            ],
            ["allday", "start", "stop", "start_date", "stop_date"],
        )
        none = self.env["resource.calendar"]
        return Intervals([(*self._get_span(event), none) for event in events])

    def _get_span(self, event):
        if event.allday:
            first = self.tz.localize(datetime.combine(event.start_date, time.min))
            last = self.tz.localize(datetime.combine(event.stop_date + DAY, time.min))
            return first.astimezone(pytz.utc), last.astimezone(pytz.utc)
        return (
            pytz.utc.localize(event.start) - self._gap,
            pytz.utc.localize(event.stop) + self._gap,
        )
