# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import pytz

from odoo import fields
from odoo.tests import freeze_time, tagged

from ..engine.visit import FreeTime
from .visit_common import NOON, VisitCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitFreeTime(VisitCommon):
    """Visits are put into working time without appointments (policy 3.1.3)."""

    def _free(self, since, until, user=None, gap=0):
        free = FreeTime(user or self.salesperson, self.company, timedelta(minutes=gap))
        found = free.find(
            *(pytz.utc.localize(fields.Datetime.to_datetime(m)) for m in (since, until))
        )
        return [f"{start:%d %H:%M}-{end:%H:%M}" for start, end, _what in found]

    def test_free_is_working_time_without_appointments(self):
        self.env["calendar.event"].create(
            {
                "name": "Team",
                "start": "2026-10-16 09:00:00",
                "stop": "2026-10-16 10:00:00",
                "partner_ids": self.salesperson.partner_id.ids,
            }
        )
        days = ("2026-10-16 00:00:00", "2026-10-19 10:00:00")
        self.assertEqual(
            self._free(*days),
            ["16 08:00-09:00", "16 10:00-12:00", "16 13:00-17:00", "19 08:00-10:00"],
        )
        self.assertEqual(
            self._free(*days, gap=30)[:2], ["16 08:00-08:30", "16 10:30-12:00"]
        )

    def test_what_is_declined_free_or_of_others_does_not_block(self):
        values = {"start": "2026-10-16 08:00:00", "stop": "2026-10-16 17:00:00"}
        mine = self.salesperson.partner_id
        events = self.env["calendar.event"].create(
            [
                {**values, "name": "Declined", "partner_ids": mine.ids},
                {
                    **values,
                    "name": "Free",
                    "partner_ids": mine.ids,
                    "show_as": "free",
                },
                {
                    **values,
                    "name": "Other",
                    "partner_ids": self.colleague.partner_id.ids,
                },
                {**values, "name": "Gone", "partner_ids": mine.ids, "active": False},
            ]
        )
        events[0].attendee_ids.state = "declined"
        day = ("2026-10-16 00:00:00", "2026-10-17 00:00:00")
        self.assertEqual(self._free(*day), ["16 08:00-12:00", "16 13:00-17:00"])

    def test_a_whole_day_and_leave_block(self):
        self.env["calendar.event"].create(
            {
                "name": "Fair",
                "allday": True,
                "start_date": "2026-10-16",
                "stop_date": "2026-10-16",
                "start": "2026-10-16 08:00:00",
                "stop": "2026-10-16 18:00:00",
                "partner_ids": self.salesperson.partner_id.ids,
            }
        )
        employee = self.env["hr.employee"].create(
            {
                "name": "Salesperson",
                "user_id": self.salesperson.id,
                "company_id": self.company.id,
                "resource_calendar_id": self.calendar.id,
                "tz": "UTC",
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "calendar_id": self.calendar.id,
                "resource_id": employee.resource_id.id,
                "date_from": "2026-10-19 00:00:00",
                "date_to": "2026-10-19 23:59:59",
            }
        )
        days = ("2026-10-16 00:00:00", "2026-10-20 12:00:00")
        self.assertEqual(self._free(*days), ["20 08:00-12:00"])

    def test_working_hours_follow_the_clock_when_it_changes(self):
        """In Berlin summer time ends on 25 October: eight o'clock is 6, then 7 UTC."""
        self.calendar.tz = "Europe/Berlin"
        days = ("2026-10-23 00:00:00", "2026-10-26 11:00:00")
        self.assertEqual(
            self._free(*days),
            ["23 06:00-10:00", "23 11:00-15:00", "26 07:00-11:00"],
        )

    def test_private_appointments_block_without_being_read(self):
        self.env["calendar.event"].with_user(self.salesperson).create(
            {
                "name": "Doctor",
                "privacy": "private",
                "start": "2026-10-16 08:00:00",
                "stop": "2026-10-16 12:00:00",
                "partner_ids": self.salesperson.partner_id.ids,
            }
        )
        day = ("2026-10-16 00:00:00", "2026-10-16 17:00:00")
        self.assertEqual(self._free(*day), ["16 13:00-17:00"])
