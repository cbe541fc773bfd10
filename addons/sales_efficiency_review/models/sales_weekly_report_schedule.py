# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..engine import CustomerNews, Deadlines, Prefill, Reminders, WeekRecords

# Age up to which drafts follow changes of holidays and leave
OPEN_WEEKS = timedelta(weeks=5)


class SalesWeeklyReport(models.Model):
    """Deadline, prefilling and punctuality of weekly reports (policy 2.2.1).

    The number of queries depends on the number of companies, weeks and working
    calendars, not of users.
    """

    _inherit = "sales.weekly.report"

    state = fields.Selection(
        selection=[("draft", "Draft"), ("submitted", "Submitted"), ("read", "Read")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    status = fields.Selection(
        selection=[
            ("missing", "Missing"),
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("late", "Submitted late"),
            ("read", "Read"),
            ("returned", "Sent back"),
            ("excused", "Not Required"),
        ],
        compute="_compute_status",
        store=True,
        group_expand="_group_expand_status",
        help="Missing: past the deadline. Not required: no working day in that week.",
    )
    is_expected = fields.Boolean(
        string="Target",
        default=True,
        readonly=True,
        help="The person has a working day in the week.",
    )
    is_missing = fields.Boolean(readonly=True, copy=False)
    submitted_at = fields.Datetime(
        string="Submitted On",
        readonly=True,
        copy=False,
        help="Date of the first submission.",
    )
    is_late = fields.Boolean(
        string="Late",
        readonly=True,
        copy=False,
        help="Submitted after the deadline.",
    )
    due_count = fields.Integer(string="Due", compute="_compute_status", store=True)
    on_time_count = fields.Integer(
        string="On Time", compute="_compute_status", store=True
    )
    on_time_rate = fields.Float(
        string="On Time (%)",
        compute="_compute_status",
        store=True,
        digits=(16, 1),
        aggregator="avg",
        help="Reports submitted on time ÷ reports due.",
    )
    deadline = fields.Datetime(readonly=True, copy=False)
    deadline_date = fields.Date(
        string="Due Date", compute="_compute_deadline_date", store=True
    )
    reminded_at = fields.Datetime(readonly=True, copy=False)
    overdue_reminded_at = fields.Datetime(readonly=True, copy=False)
    moved_count = fields.Integer(
        string="Opportunities Moved",
        readonly=True,
        help="Older opportunities that changed stage and are still open.",
    )
    meeting_count = fields.Integer(
        string="Meetings",
        readonly=True,
        help="Meetings of the week, except declined ones.",
    )
    activity_done_count = fields.Integer(string="Activities Done", readonly=True)
    activity_overdue_count = fields.Integer(
        string="Activities Overdue",
        readonly=True,
        help="Open activities that were due by the end of the week.",
    )
    refreshed_at = fields.Datetime(string="Figures as Of", readonly=True, copy=False)
    # News of customers that were proposed, see ``NewsLines``
    proposed_keys = fields.Json(
        readonly=True, copy=False, export_string_translation=False
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("state", "is_expected", "is_missing", "is_late", "submitted_at")
    def _compute_status(self):
        for report in self:
            is_due = report.is_expected and (report.submitted_at or report.is_missing)
            is_on_time = is_due and report.submitted_at and not report.is_late
            report.due_count = bool(is_due)
            report.on_time_count = bool(is_on_time)
            report.on_time_rate = 100.0 * bool(is_on_time)
            report.status = report._get_status()

    def _get_status(self):
        self.ensure_one()
        if self.state == "submitted":
            return "late" if self.is_late else "submitted"
        if self.state == "read":
            return "read"
        if self.submitted_at:
            return "returned"
        if not self.is_expected:
            return "excused"
        return "missing" if self.is_missing else "draft"

    @api.depends("deadline", "company_id.sales_tz")
    def _compute_deadline_date(self):
        for report in self:
            report.deadline_date = False
            if report.deadline:
                timezone = pytz.timezone(report.company_id.sales_tz)
                moment = pytz.utc.localize(report.deadline)
                report.deadline_date = moment.astimezone(timezone).date()

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.model
    def _group_expand_status(self, statuses, _domain):
        """:return: the columns of the board, in the order of work"""
        values = self._fields["status"].get_values(self.env)
        return [value for value in values if value in statuses]

    def _read_group_select(self, aggregate_spec, query):
        """Compute the rate of a group over all its due reports."""
        if aggregate_spec != "on_time_rate:avg":
            return super()._read_group_select(aggregate_spec, query)
        on_time, due = (
            self._field_to_sql(self._table, name, query)
            for name in ("on_time_count", "due_count")
        )
        return SQL("100.0 * SUM(%s) / NULLIF(SUM(%s), 0)", on_time, due)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_records(self):
        """Open the records of the count named in the context."""
        self.ensure_one()
        counted = self._get_counted(self.user_id)
        name = self.env.context.get("count")
        if name not in list(counted):
            raise UserError(self.env._("There is nothing of this kind to open."))
        model, _key, domain = counted[name]
        if model == "calendar.attendee":
            model, domain = "calendar.event", Domain("attendee_ids", "any", domain)
        return {
            "type": "ir.actions.act_window",
            "name": self._fields[name]._description_string(self.env),
            "res_model": model,
            "domain": list(domain),
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "context": {"active_test": False, "create": False},
        }

    # ------------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------------

    @api.model
    def _cron_schedule(self):
        """Create the reports of the week, and send reminders.

        Nothing is done twice, so the job can be stopped and run at any time.
        """
        companies = self.env["res.company"].search(
            [("sales_weekly_reports", "=", True)]
        )
        self._create_reports(companies)
        reports = self._get_open_reports()
        reports._update_schedule()
        Prefill(reports).propose_customers()
        Reminders(reports).send()

    @api.model
    def _create_reports(self, companies):
        """Create the missing reports of companies for the current week, as long as they
        are not due yet: nobody is late with a report that they were not asked for.

        :return: the new reports, prefilled
        """
        now = fields.Datetime.now()
        vals_list = [
            vals
            for company in companies
            for vals in self._prepare_reports(company, company._get_sales_week())
            if vals["deadline"] > now
        ]
        quiet = self.with_context(
            tracking_disable=True, mail_create_nolog=True, mail_create_nosubscribe=True
        )
        reports = quiet.create(vals_list)
        reports._prefill()
        self._trigger_at_deadlines(reports)
        return reports.with_env(self.env)

    @api.model
    def _prepare_reports(self, company, monday):
        """:return: values of the missing reports of a week"""
        users = self._get_reporters(company)
        reports = self.search(
            [("company_id", "=", company.id), ("date_from", "=", monday)]
        )
        deadlines = Deadlines(company).of_week(users - reports.user_id, monday)
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
        """:return: the members of the company's sales teams who have a sales role; of
        those who serve the teams and sales support, only if the company wants it"""
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
        users = members.filtered(
            lambda member: member._get_sales_company() == company
        ).user_id
        support = self.env.ref("sales_efficiency_base.group_sales_support")
        if company.sales_weekly_support_reports:
            users |= self._get_serving_users(company)
        else:
            users = users.filtered(lambda user: user.sales_role_id != support)
        return users

    @api.model
    def _get_serving_users(self, company):
        """:return: the active sales support of the company's teams"""
        teams = self.env["crm.team"].search(
            [("company_id", "in", (company.id, False))], order="id"
        )
        support = self.env.ref("sales_efficiency_base.group_sales_support")
        return teams.sales_support_ids.filtered(
            lambda user: user._works_in(company) and support in user.all_group_ids
        )

    @api.model
    def _trigger_at_deadlines(self, reports):
        moments = set()
        for report in reports:
            hours = timedelta(hours=report.company_id.sales_weekly_reminder_hours)
            # A report at the deadline itself is still on time.
            moments |= {report.deadline - hours, report.deadline + timedelta(seconds=1)}
        if moments:
            cron = self.env.ref("sales_efficiency_review.ir_cron_weekly_reports")
            cron._trigger(at=sorted(moments))

    @api.model
    def _get_open_reports(self):
        """:return: recent drafts that were never submitted, in companies that still use
        weekly reports"""
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
        """Update drafts to current settings, holidays, leave and time."""
        now = fields.Datetime.now()
        groups = self.grouped(lambda report: (report.company_id, report.date_from))
        for (company, monday), reports in groups.items():
            deadlines = Deadlines(company).of_week(reports.user_id, monday)
            for report in reports:
                is_expected, deadline = deadlines[report.user_id]
                if not report.user_id.active:
                    # Former users only owe reports that were already missing.
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

    # ------------------------------------------------------------------
    # Prefilling
    # ------------------------------------------------------------------

    def _prefill(self):
        """Prefill the drafts from the data, see :class:`.Prefill`."""
        Prefill(self).fill()

    def _get_counted(self, users):
        """Hook for add-ons: define the records to count in the week of the report.

        :return: dict field → (model, field of the user, domain)
        """
        return WeekRecords(self, users).get_counted()

    @api.model
    def _get_news_finders(self):
        """Hook for add-ons: return what finds news of customers.

        :return: list of classes, see :class:`.CustomerNews`
        """
        return [CustomerNews]

    def _get_next_drafts(self):
        """:return: the drafts that may take over plans of these reports"""
        return self.search(
            [
                ("user_id", "in", self.user_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("state", "=", "draft"),
                ("date_from", ">", min(self.mapped("date_from"))),
            ]
        )
