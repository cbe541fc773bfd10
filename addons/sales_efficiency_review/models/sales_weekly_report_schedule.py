# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import pytz

from odoo import api, fields, models

DAY = timedelta(days=1)
# A deadline moves up to so many days from Monday to find a working day.
HORIZON = timedelta(days=34)
# Drafts follow changes of holidays and leave for so long.
OPEN_WEEKS = timedelta(weeks=5)
# Work of less than this is a rounding of hours, not a working day.
LEAST_WORK = timedelta(minutes=1)
LEAST_PART = 0.002


class SalesWeeklyReportSchedule(models.AbstractModel):
    """Who reports when: weeks, deadlines, reminders (policy 2.2.1).

    All is done for many people at once: the number of queries depends on the number
    of companies, weeks and working calendars, not on that of people.
    """

    _name = "sales.weekly.report.schedule"
    _description = "Schedule of Weekly Reports"

    # ------------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------------

    @api.model
    def _cron_schedule(self):
        """Make the reports of the week, and remind of those that are due.

        What was done is not done again, so it can be stopped and run at any time.
        """
        companies = self.env["res.company"].search(
            [("sales_weekly_reports", "=", True)]
        )
        self._create_reports(companies)
        reports = self._get_open_reports()
        reports._update_schedule()
        reports._remind()

    @api.model
    def _create_reports(self, companies):
        """Make the missing reports of the current week of companies.

        :return: the new reports, prefilled
        """
        vals_list = []
        for company in companies:
            vals_list += self._prepare_reports(company, company._get_sales_week())
        quiet = self.with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        reports = quiet.create(vals_list)
        reports._prefill()
        self._trigger_at_deadlines(reports)
        return reports.with_env(self.env)

    @api.model
    def _prepare_reports(self, company, monday):
        """:return: values of the reports of a week that are still to be made"""
        users = self._get_reporters(company)
        reports = self.search(
            [("company_id", "=", company.id), ("date_from", "=", monday)]
        )
        deadlines = self._get_deadlines(company, users - reports.user_id, monday)
        return [
            {
                "user_id": user.id,
                "company_id": company.id,
                "date_from": monday,
                "deadline": deadline,
            }
            for user, (is_expected, deadline) in deadlines.items()
            if is_expected
        ]

    @api.model
    def _get_reporters(self, company):
        """:return: the members of the company's sales teams who have a sales role"""
        salespeople = self.env.ref("sales_efficiency_base.group_sales_person")
        members = self.env["crm.team.member"].search(
            [
                ("crm_team_id.company_id", "in", (company.id, False)),
                ("crm_team_id.active", "=", True),
                ("user_id.active", "=", True),
                ("user_id.share", "=", False),
                ("user_id.all_group_ids", "in", salespeople.ids),
                ("user_id.company_ids", "in", company.id),
            ]
        )
        return members.filtered(
            lambda member: member._get_sales_company() == company
        ).user_id

    @api.model
    def _trigger_at_deadlines(self, reports):
        moments = set()
        for report in reports:
            hours = timedelta(hours=report.company_id.sales_weekly_reminder_hours)
            # The moment itself still is in time
            moments |= {report.deadline - hours, report.deadline + timedelta(seconds=1)}
        if moments:
            cron = self.env.ref("sales_efficiency_review.ir_cron_weekly_reports")
            cron._trigger(at=sorted(moments))

    # ------------------------------------------------------------------
    # Working days and deadlines
    # ------------------------------------------------------------------

    @api.model
    def _get_open_reports(self):
        """:return: the drafts that were never submitted and are not long ago, of the
        companies that still want them"""
        since = fields.Date.today() - OPEN_WEEKS
        return self.search(
            [
                ("state", "=", "draft"),
                ("submitted_at", "=", False),
                ("date_from", ">=", since),
                ("company_id.sales_weekly_reports", "=", True),
            ]
        )

    def _update_schedule(self):
        """Bring drafts up to date with settings, holidays, leave and the time."""
        now = fields.Datetime.now()
        groups = self.grouped(lambda report: (report.company_id, report.date_from))
        for (company, monday), reports in groups.items():
            deadlines = self._get_deadlines(company, reports.user_id, monday)
            for report in reports:
                is_expected, deadline = deadlines[report.user_id]
                if not report.user_id.active:
                    # Who has left is asked for nothing more than was due by then.
                    is_expected = report.is_missing
                report._set_changed(
                    is_expected=is_expected,
                    deadline=deadline,
                    is_missing=is_expected and now > deadline,
                )

    def _set_changed(self, **values):
        changed = {name: value for name, value in values.items() if self[name] != value}
        if changed:
            self.write(changed)

    @api.model
    def _get_deadlines(self, company, users, monday):
        """Return by when people report on a week.

        The deadline is the day of the settings, else the next day that the person
        works.

        :param date monday: first day of the week
        :return: dict user -> (whether a working day lies in the week, UTC datetime)
        """
        days = self._get_working_days(company, users, monday, monday + HORIZON)
        usual = monday + timedelta(days=int(company.sales_weekly_weekday))
        deadlines = {}
        for user in users:
            due = min((day for day in days[user] if day >= usual), default=usual)
            deadlines[user] = (
                any(day < monday + timedelta(days=7) for day in days[user]),
                company._get_sales_moment(due, company.sales_weekly_hour),
            )
        return deadlines

    @api.model
    def _get_working_days(self, company, users, start, end):
        """Return the days on which people work: by the calendar of the employee, else
        of the company, without public holidays and their leave.

        :return: dict user -> set of days from start to end, both included
        """
        # Working hours and leave are only counted, whoever asks.
        company = company.sudo()
        employees = company.env["hr.employee"].search(
            [("user_id", "in", users.ids), ("company_id", "=", company.id)]
        )
        resources = {employee.user_id: employee.resource_id for employee in employees}
        # A day more on both sides: people work by the clock of where they are.
        first, last = (
            pytz.utc.localize(company._get_sales_moment(day))
            for day in (start - DAY, end + 2 * DAY)
        )
        intervals, _by_calendar = employees.resource_id._get_valid_work_intervals(
            first, last
        )
        # Who is no employee works when the company does
        usual_days = {
            day
            for day, part in company._get_sales_working_days(start, end)
            if part > LEAST_PART
        }
        days = {}
        for user in users:
            resource = resources.get(user.sudo())
            days[user] = usual_days
            if resource:
                own = intervals.get(resource.id, ())
                days[user] = self._get_days(own, resource.tz, start, end)
        return days

    @api.model
    def _get_days(self, intervals, tz, start, end):
        """:return: set of the days, by a clock, that intervals of time lie on"""
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

    # ------------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------------

    def _remind(self):
        """Remind of the reports that are due soon, and of the missing ones, once each:
        by a to-do and a mail."""
        now = fields.Datetime.now()
        asked = self.filtered(lambda report: report.is_expected and report.deadline)
        missing = asked.filtered(
            lambda report: report.is_missing and not report.overdue_reminded_at
        )
        soon = asked.filtered(
            lambda report: not (report.is_missing or report.reminded_at)
            and now >= report.deadline - report._get_reminder_time()
        )
        soon._send_reminder("mail_template_weekly_report_due")
        soon.reminded_at = now
        missing._send_reminder("mail_template_weekly_report_missing")
        missing.overdue_reminded_at = now

    def _get_reminder_time(self):
        return timedelta(hours=self.company_id.sales_weekly_reminder_hours)

    def _send_reminder(self, template):
        if not self:
            return
        planned = self.activity_search(["mail.mail_activity_data_todo"])
        reminded = {(activity.res_id, activity.user_id) for activity in planned}
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create(
            [
                report._prepare_reminder()
                for report in self
                if (report.id, report.user_id) not in reminded
            ]
        )
        template = self.env.ref(f"sales_efficiency_review.{template}")
        template.send_mail_batch(self.ids)

    def _prepare_reminder(self):
        """:return: values of the to-do, in the language of the person"""
        self.ensure_one()
        report = self.with_context(lang=self.user_id.lang)
        return {
            "activity_type_id": self.env["ir.model.data"]._xmlid_to_res_id(
                "mail.mail_activity_data_todo"
            ),
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "user_id": self.user_id.id,
            "summary": report.env._("Submit your weekly report"),
            "date_deadline": self.deadline_date,
            "automated": True,
        }
