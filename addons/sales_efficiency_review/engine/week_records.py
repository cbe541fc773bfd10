# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Domain


class WeekRecords:
    """Defines the records to count in the week of a report.

    :param report: a ``sales.weekly.report`` record; only its company and week matter
    :param users: users whose records are counted
    """

    def __init__(self, report, users):
        report.ensure_one()
        self._report = report
        self._users = users
        self._company = report.company_id

    def get_counted(self):
        """See ``_get_counted`` of ``sales.weekly.report``."""
        return {
            "moved_count": ("crm.lead", "user_id", self._get_moved()),
            "meeting_count": ("calendar.attendee", "partner_id", self._get_meetings()),
            "activity_done_count": ("mail.activity", "user_id", self._get_done()),
            "activity_overdue_count": ("mail.activity", "user_id", self._get_overdue()),
        }

    def get_moments(self):
        """:return: start of the week, and start of the next week"""
        next_day = self._report.date_to + timedelta(days=1)
        return [
            self._company._get_sales_moment(day)
            for day in (self._report.date_from, next_day)
        ]

    def _get_moved(self):
        start, end = self.get_moments()
        return (
            Domain("user_id", "in", self._users.ids)
            & Domain("company_id", "in", (False, self._company.id))
            & Domain("active", "=", True)
            & Domain("type", "=", "opportunity")
            & Domain("won_status", "=", "pending")
            & Domain("date_last_stage_update", ">=", start)
            & Domain("date_last_stage_update", "<", end)
            # Odoo counts creation as a stage change, e.g. when an older opportunity is
            # imported in the week.
            & Domain("create_date", "<", start)
            & (
                Domain("sales_opened_date", "<", self._report.date_from)
                | Domain("sales_opened_date", "=", False)
            )
        )

    def _get_meetings(self):
        start, end = self.get_moments()
        return (
            Domain("partner_id", "in", self._users.partner_id.ids)
            & Domain("state", "!=", "declined")
            & Domain("event_id.active", "=", True)
            & Domain("event_id.start", ">=", start)
            & Domain("event_id.start", "<", end)
        )

    def _get_work(self):
        # Exclude to-dos about the weekly report itself.
        return Domain("user_id", "in", self._users.ids) & Domain(
            "res_model", "!=", self._report._name
        )

    def _get_done(self):
        return (
            self._get_work()
            & Domain("active", "=", False)
            & Domain("date_done", ">=", self._report.date_from)
            & Domain("date_done", "<=", self._report.date_to)
        )

    def _get_overdue(self):
        yesterday = self._company._get_sales_today() - timedelta(days=1)
        return (
            self._get_work()
            & Domain("active", "=", True)
            & Domain("date_deadline", "<=", min(self._report.date_to, yesterday))
        )
