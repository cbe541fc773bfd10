# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

# What is written by whose report it is, and what by the leader. All else follows from
# the actions, the data and the calendar.
OWN_FIELDS = {"line_ids", "done_ids", "customer_ids", "problem_ids", "plan_ids"}
LEADER_FIELDS = {"comment"}
# What a report is about: set when it is made, and never changed.
KEY_FIELDS = {"user_id", "company_id", "date_from"}


class SalesWeeklyReport(models.Model):
    """What a salesperson reports of a week (policy 2.2.1).

    There is one for each person, company and ISO week. Its figures are taken from the
    data, and frozen when it is submitted; the leader reads it and comments on it.
    """

    _name = "sales.weekly.report"
    _inherit = [
        "sales.weekly.report.schedule",
        "sales.weekly.report.prefill",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Weekly Report"
    _order = "date_from desc, team_id, user_id"
    _check_company_auto = True

    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Salesperson",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        compute="_compute_team_id",
        store=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        help="The team of the person when the report was made.",
    )
    leader_id = fields.Many2one(
        comodel_name="res.users",
        string="Goes To",
        compute="_compute_leader_id",
        store=True,
        index="btree_not_null",
        help="The leader of the team. The report of a leader goes to the leader of the"
        " team above, else to a sales director.",
    )
    date_from = fields.Date(
        string="Monday",
        required=True,
        index=True,
        default=lambda self: self.env.company._get_sales_week(),
    )
    date_to = fields.Date(string="Sunday", compute="_compute_week", store=True)
    week = fields.Char(
        compute="_compute_week",
        store=True,
        help="The ISO week, whose year is that of its Thursday.",
    )
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
            ("excused", "Not asked for"),
        ],
        compute="_compute_status",
        store=True,
        group_expand="_expand_status",
        help="Missing: the deadline has passed. Not asked for: the person had no"
        " working day in the week.",
    )
    is_expected = fields.Boolean(
        string="Asked For",
        default=True,
        readonly=True,
        help="The person has a working day in the week.",
    )
    deadline = fields.Datetime(readonly=True, copy=False)
    deadline_date = fields.Date(
        string="Due On", compute="_compute_deadline_date", store=True
    )
    is_missing = fields.Boolean(readonly=True, copy=False)
    submitted_at = fields.Datetime(
        string="Submitted On",
        readonly=True,
        copy=False,
        help="When it was submitted for the first time.",
    )
    is_late = fields.Boolean(
        string="Late",
        readonly=True,
        copy=False,
        help="It was submitted after the deadline.",
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
        help="Reports submitted by their deadline ÷ reports that were due.",
    )
    reminded_at = fields.Datetime(readonly=True, copy=False)
    overdue_reminded_at = fields.Datetime(readonly=True, copy=False)
    figure_ids = fields.One2many(
        comodel_name="sales.weekly.report.figure",
        inverse_name="report_id",
        string="Figures",
        readonly=True,
        copy=False,
    )
    line_ids = fields.One2many(
        comodel_name="sales.weekly.report.line", inverse_name="report_id", copy=False
    )
    done_ids = fields.One2many(
        comodel_name="sales.weekly.report.line",
        inverse_name="report_id",
        string="Tasks of the Week",
        domain=[("kind", "=", "done")],
    )
    customer_ids = fields.One2many(
        comodel_name="sales.weekly.report.line",
        inverse_name="report_id",
        string="Customers",
        domain=[("kind", "=", "customer")],
    )
    problem_ids = fields.One2many(
        comodel_name="sales.weekly.report.line",
        inverse_name="report_id",
        string="Problems",
        domain=[("kind", "=", "problem")],
    )
    plan_ids = fields.One2many(
        comodel_name="sales.weekly.report.line",
        inverse_name="report_id",
        string="Plan for Next Week",
        domain=[("kind", "=", "plan")],
    )
    comment = fields.Text(
        tracking=True, copy=False, help="What the leader says about the report."
    )
    read_by_id = fields.Many2one(
        comodel_name="res.users", string="Read By", readonly=True, copy=False
    )
    read_at = fields.Datetime(string="Read On", readonly=True, copy=False)
    can_edit = fields.Boolean(compute="_compute_permissions")
    can_review = fields.Boolean(compute="_compute_permissions")

    _user_week_uniq = models.Constraint(
        "UNIQUE (user_id, company_id, date_from)",
        "There is a report of this person for this week already. Open that one.",
    )
    _date_from_monday = models.Constraint(
        "CHECK (EXTRACT(ISODOW FROM date_from) = 1)",
        "A week starts on a Monday: choose the Monday of the week.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("user_id", "company_id")
    def _compute_team_id(self):
        for report in self:
            # Also a team that the user may not open: it is only named.
            members = report.user_id.sudo().crm_team_member_ids
            members = members.sorted(lambda member: (member.create_date, member.id))
            report.team_id = members.filtered(
                lambda member, company=report.company_id: company
                == member._get_sales_company()
            )[:1].crm_team_id

    @api.depends("user_id", "team_id.user_id", "team_id.parent_id.user_id")
    def _compute_leader_id(self):
        directors = {}
        for report in self:
            if report.read_by_id:
                report.leader_id = report.leader_id
                continue
            team = report.team_id.sudo()  # see _compute_team_id
            while team and (not team.user_id.active or team.user_id == report.user_id):
                team = team.parent_id
            company = report.company_id
            if not team and company not in directors:
                directors[company] = self._get_directors(company)
            report.leader_id = (
                team.user_id or (directors.get(company, team.user_id) - report.user_id)
            )[:1]

    @api.depends("date_from")
    def _compute_week(self):
        for report in self:
            report.week = report.date_to = False
            if report.date_from:
                year, week, _day = report.date_from.isocalendar()
                report.week = f"{year}-W{week:02}"
                report.date_to = report.date_from + timedelta(days=6)

    @api.depends("deadline", "company_id.sales_tz")
    def _compute_deadline_date(self):
        for report in self:
            report.deadline_date = False
            if report.deadline:
                timezone = pytz.timezone(report.company_id.sales_tz)
                moment = pytz.utc.localize(report.deadline)
                report.deadline_date = moment.astimezone(timezone).date()

    @api.depends("state", "is_expected", "is_missing", "is_late", "submitted_at")
    def _compute_status(self):
        for report in self:
            is_due = report.is_expected and (report.submitted_at or report.is_missing)
            is_on_time = is_due and report.submitted_at and not report.is_late
            report.due_count = bool(is_due)
            report.on_time_count = bool(is_on_time)
            report.on_time_rate = 100.0 * bool(is_on_time)
            report.status = report._get_status()

    @api.depends("week", "user_id")
    def _compute_display_name(self):
        for report in self:
            report.display_name = f"{report.user_id.name or ''} {report.week or ''}"

    @api.depends_context("uid")
    @api.depends("state", "user_id", "team_id", "leader_id")
    def _compute_permissions(self):
        for report in self:
            is_own = report.user_id == self.env.user
            report.can_edit = is_own and report.state == "draft"
            report.can_review = report.state != "draft" and report._is_reviewer()

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    @api.constrains("date_from", "company_id")
    def _check_week_has_begun(self):
        for report in self:
            if report.date_from > report.company_id._get_sales_week():
                raise ValidationError(
                    self.env._(
                        "Week %(week)s has not begun: report on this week or one"
                        " before.",
                        week=report.week,
                    )
                )

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            for vals in vals_list:
                self._check_names(vals, OWN_FIELDS | KEY_FIELDS)
        reports = super().create(vals_list)
        if not self.env.su:
            # What follows from the calendar and the data is nobody's to write.
            reports.sudo()._update_schedule()
            reports.sudo()._prefill()
        return reports

    def write(self, vals):
        if not self.env.su:
            self._check_may_write(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(report.submitted_at for report in self):
            raise UserError(self.env._("A report that was submitted is kept."))

    def _read_group_select(self, aggregate_spec, query):
        """The rate of a group is that of all its reports that were due."""
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

    def action_refresh(self):
        """Take the figures from the data once more."""
        self._check_is_own_draft()
        # The figures are nobody's to write; whose they are was checked.
        self.sudo()._prefill()

    def action_submit(self):
        """Freeze the report and hand it to the leader."""
        self._check_is_own_draft()
        for report in self:
            report._check_is_complete()
        reports = self.sudo()  # see action_refresh
        reports._prefill()
        now = fields.Datetime.now()
        for report in reports:
            if not report.submitted_at:
                report.submitted_at = now
                report.is_late = bool(report.deadline) and now > report.deadline
        reports.write({"state": "submitted", "is_missing": False})
        reports.line_ids._ask_for_help()
        reports._close_activities()
        reports._plan_reading()
        reports._get_next_drafts()._carry_over()

    def action_read(self):
        """Say that the leader has read the report."""
        self._check_is_reviewer()
        if any(report.state != "submitted" for report in self):
            raise UserError(
                self.env._("Only a report that was submitted is marked as read.")
            )
        reports = self.sudo()  # Who reads it was checked; the status is nobody's.
        reports.write(
            {
                "state": "read",
                "read_by_id": self.env.uid,
                "read_at": fields.Datetime.now(),
            }
        )
        reports._close_activities()
        for report in reports.filtered("comment"):
            report.message_post(
                body=report.comment,
                author_id=self.env.user.partner_id.id,
                partner_ids=report.user_id.partner_id.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )

    def action_send_back(self):
        """Hand the report back, to be written once more."""
        self._check_is_reviewer()
        for report in self:
            if report.state == "draft":
                raise UserError(
                    self.env._("Only a report that was submitted goes back.")
                )
            if not report.comment:
                raise UserError(
                    self.env._(
                        "Say in the comment what is to be added, then send it back."
                    )
                )
        reports = self.sudo()  # see action_read
        reports.write({"state": "draft", "read_by_id": False, "read_at": False})
        reports._close_activities()
        for report in reports:
            report._plan_activity(
                report.user_id,
                lambda env: env._("Complete your weekly report"),
                note=report.comment,
            )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _expand_status(self, statuses, domain):
        """The board always has the columns of the usual course."""
        usual = {"missing", "draft", "submitted", "late", "read"}
        return [
            status
            for status, _label in self._fields["status"].selection
            if status in usual.union(statuses)
        ]

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

    def _is_reviewer(self):
        """:return: whether the user is the leader or above, and may comment"""
        self.ensure_one()
        user = self.env.user
        if user == self.user_id:
            return False
        if user == self.leader_id:
            return True
        if user.has_group("sales_efficiency_base.group_sales_director"):
            return True
        # Also teams above that the user may not open: only their ids are compared.
        path = (self.team_id.sudo().parent_path or "").split("/")
        return user.has_group("sales_efficiency_base.group_sales_leader") and any(
            str(team.id) in path for team in user.sales_led_team_ids
        )

    @api.model
    def _get_directors(self, company):
        # Names of users only, whoever asks
        directors = self.env.ref("sales_efficiency_base.group_sales_director").sudo()
        return directors.all_user_ids.filtered(
            lambda user: user.active and company in user.company_ids
        ).sorted("id")

    def _check_may_write(self, vals):
        self._check_names(vals, OWN_FIELDS | LEADER_FIELDS)
        if not OWN_FIELDS.isdisjoint(vals):
            self._check_is_own_draft()
        if not LEADER_FIELDS.isdisjoint(vals):
            self._check_is_reviewer()

    @api.model
    def _check_names(self, vals, allowed):
        names = (n for n in vals if not n.startswith(("message_", "activity_")))
        if not allowed.issuperset(names):
            raise AccessError(
                self.env._(
                    "Status, deadline and figures follow from submitting and reading"
                    " the report; they are not written by hand."
                )
            )

    def _check_is_own_draft(self):
        if any(report.user_id != self.env.user for report in self):
            raise AccessError(
                self.env._("Only whose report it is writes and submits it.")
            )
        if any(report.state != "draft" for report in self):
            raise UserError(
                self.env._(
                    "This report was submitted and does not change. Ask your leader to"
                    " send it back."
                )
            )

    def _check_is_reviewer(self):
        if not all(report._is_reviewer() for report in self):
            raise AccessError(
                self.env._("Only the leader or who is above comments on this report.")
            )

    def _check_is_complete(self):
        self.ensure_one()
        kinds = set(self.line_ids.mapped("kind"))
        if kinds.isdisjoint({"done", "customer"}):
            raise UserError(
                self.env._(
                    "Write down at least one task or customer of the week, then submit."
                )
            )
        if "plan" not in kinds:
            raise UserError(
                self.env._("Write down what you plan for the next week, then submit.")
            )

    # ------------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------------

    def _plan_reading(self):
        """Give each leader a to-do to read the report."""
        for report in self.filtered("leader_id"):
            report._plan_activity(
                report.leader_id,
                lambda env, name=report.user_id.name: env._(
                    "Read the weekly report of %(person)s", person=name
                ),
            )

    def _plan_activity(self, user, get_summary, **values):
        self.ensure_one()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.company_id._get_sales_today(),
            summary=get_summary(self.with_context(lang=user.lang).env),
            user_id=user.id,
            **values,
        )

    def _close_activities(self):
        """Close the to-dos of the flow: what they asked for has been done."""
        self.activity_feedback(["mail.mail_activity_data_todo"])
