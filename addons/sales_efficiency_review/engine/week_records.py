# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.fields import Domain


class WeekRecords:
    """What is counted in the week of a report: by field, the model, the field of the
    person and the domain.

    :param report: a ``sales.weekly.report`` record; its company and week matter
    :param users: whose records are counted
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

    def _get_moments(self):
        """:return: when the week begins, and when the next one does"""
        next_day = self._report.date_to + timedelta(days=1)
        return [
            self._company._get_sales_moment(day)
            for day in (self._report.date_from, next_day)
        ]

    def _get_moved(self):
        start, end = self._get_moments()
        return (
            Domain("user_id", "in", self._users.ids)
            & Domain("company_id", "in", (False, self._company.id))
            & Domain("active", "=", True)
            & Domain("type", "=", "opportunity")
            & Domain("won_status", "=", "pending")
            & Domain("date_last_stage_update", ">=", start)
            & Domain("date_last_stage_update", "<", end)
            # Odoo takes the creation for a change of the stage, e.g. that of an
            # opportunity that began before and was imported in the week.
            & Domain("create_date", "<", start)
            & (
                Domain("sales_opened_date", "<", self._report.date_from)
                | Domain("sales_opened_date", "=", False)
            )
        )

    def _get_meetings(self):
        start, end = self._get_moments()
        return (
            Domain("partner_id", "in", self._users.partner_id.ids)
            & Domain("state", "!=", "declined")
            & Domain("event_id.active", "=", True)
            & Domain("event_id.start", ">=", start)
            & Domain("event_id.start", "<", end)
        )

    def _get_work(self):
        # A to-do to write a report is no work that it would report.
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
