# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields


class Reminders:
    """Sends one reminder of each weekly report due soon, and one when it is missing, by
    to-do and e-mail (policy 2.2.1).

    :param reports: ``sales.weekly.report`` drafts with an up-to-date schedule
    """

    def __init__(self, reports):
        self.env = reports.env
        self._reports = reports

    def send(self):
        """Send the reminders that are due, and record that they were sent."""
        now = fields.Datetime.now()
        asked = self._reports.filtered(
            lambda report: report.is_expected and report.deadline
        )
        missing = asked.filtered(
            lambda report: report.is_missing and not report.overdue_reminded_at
        )
        soon = asked.filtered(
            lambda report: not (report.is_missing or report.reminded_at)
            and now >= report.deadline - self._get_time(report)
        )
        self._send(soon, "mail_template_weekly_report_due")
        soon.reminded_at = now
        self._send(missing, "mail_template_weekly_report_missing")
        missing.overdue_reminded_at = now

    @staticmethod
    def _get_time(report):
        return timedelta(hours=report.company_id.sales_weekly_reminder_hours)

    def _send(self, reports, template):
        if not reports:
            return
        planned = reports.activity_search(["mail.mail_activity_data_todo"])
        reminded = {(activity.res_id, activity.user_id) for activity in planned}
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                self._prepare_to_do(report)
                for report in reports
                if (report.id, report.user_id) not in reminded
            ]
        )
        template = self.env.ref(f"sales_efficiency_review.{template}")
        template.send_mail_batch(reports.ids)

    def _prepare_to_do(self, report):
        """:return: values of the to-do, in the language of the user"""
        env = report.with_context(lang=report.user_id.lang).env
        return env["mail.activity"]._prepare_sales_to_do(
            report,
            report.user_id,
            "mail.mail_activity_data_todo",
            summary=env._("Submit your weekly report"),
            date_deadline=report.deadline_date,
        )
