# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime, time, timedelta

from odoo import Command

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon

# The Monday of ISO week 48
MONDAY = date(2026, 11, 23)


class SalesWeeklyCommon(SalesTargetCommon):
    """Reports are due on Friday at 18:00 UTC; people work from Monday to Friday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reports = cls.env["sales.weekly.report"]
        # Existing reports of the database must not interfere.
        cls.env["sales.weekly.report.line"].search([]).unlink()
        cls.reports.search([]).write({"submitted_at": False})
        cls.reports.search([]).unlink()
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Test Week", "tz": "UTC", "company_id": cls.company.id}
        )
        cls.new_customers = cls.env.ref(
            "sales_efficiency_base.sales_metric_new_customers"
        )
        cls.won = cls.env.ref("sales_efficiency_base.sales_metric_won")
        cls.company.write(
            {
                "resource_calendar_id": cls.calendar.id,
                "sales_weekly_reports": True,
                "sales_weekly_weekday": "4",
                "sales_weekly_hour": 18.0,
                "sales_weekly_reminder_hours": 4,
                "sales_weekly_metric_ids": [
                    Command.set((cls.ordered + cls.new_customers + cls.won).ids)
                ],
            }
        )

    def _create_reports(self, company=None):
        """Create the reports of the week as the cron does."""
        return self.reports._create_reports(company or self.company)

    def _report(self, user, monday=MONDAY):
        """:return: the report of a user for a week, in the environment of the user"""
        return self.reports.with_user(user).search(
            [("user_id", "=", user.id), ("date_from", "=", monday)]
        )

    def _fill(self, report, *lines):
        """Add the required lines, and the given ones, as the owner of the report."""
        lines = (
            {"kind": "done", "name": "Visited the plant", "is_done": True},
            {"kind": "plan", "name": "Send the offer"},
            *lines,
        )
        report.write({"line_ids": [Command.create(vals) for vals in lines]})

    def _submit(self, user, monday=MONDAY):
        report = self._report(user, monday)
        self._fill(report)
        report.action_submit()
        return report

    def _create_employee(self, user):
        return self.env["hr.employee"].create(
            {"name": user.name, "user_id": user.id, "company_id": self.company.id}
        )

    def _take_leave(self, first, last, employee=None):
        """Create leave for an employee, or for everybody if omitted."""
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Off",
                "company_id": self.company.id,
                "calendar_id": self.calendar.id,
                "resource_id": employee.resource_id.id if employee else False,
                "date_from": datetime.combine(first, time.min),
                "date_to": datetime.combine(last + timedelta(days=1), time.min),
            }
        )

    def _todos(self, record, user):
        """:return: the open to-dos of a user on a record"""
        return record.sudo().activity_ids.filtered(lambda a: a.user_id == user)
