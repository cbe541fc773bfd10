# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import clean_context

from ..engine import Prefill

# Fields written by the author and by the leader
OWN_FIELDS = {"line_ids", "done_ids", "customer_ids", "problem_ids", "plan_ids"}
LEADER_FIELDS = {"comment"}


class SalesWeeklyReport(models.Model):
    """The report of a salesperson on a week (policy 2.2.1).

    There is one for each user, company and ISO week. Its figures come from the data
    and are frozen on submission; the leader reads it and comments on it.
    """

    _name = "sales.weekly.report"
    _inherit = [
        "sales.guard.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Weekly Report"
    _order = "date_from desc, team_id, user_id"
    _check_company_auto = True
    _guarded_fields = ("comment",)
    _fixed_fields = ("user_id", "company_id", "date_from")

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
        help="The team of the person when the report was made; of sales support, a team"
        " that they serve.",
    )
    leader_id = fields.Many2one(
        comodel_name="res.users",
        string="Leader",
        compute="_compute_leader_id",
        store=True,
        index="btree_not_null",
        help="The team leader. A leader's own report goes to the leader above, else"
        " to a sales director.",
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
        help="ISO week; its year is that of its Thursday.",
    )
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
    comment = fields.Text(tracking=True, copy=False, help="Comment of the leader.")
    read_by_id = fields.Many2one(
        comodel_name="res.users", string="Read By", readonly=True, copy=False
    )
    read_at = fields.Datetime(string="Read On", readonly=True, copy=False)

    can_edit = fields.Boolean(compute="_compute_permissions")
    can_review = fields.Boolean(compute="_compute_permissions")

    _user_week_uniq = models.Constraint(
        "UNIQUE (user_id, company_id, date_from)",
        "This person already has a report for this week. Open it.",
    )
    _date_from_monday = models.Constraint(
        "CHECK (EXTRACT(ISODOW FROM date_from) = 1)",
        "Choose a Monday as the start of the week.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("user_id", "company_id")
    def _compute_team_id(self):
        for report in self:
            # sudo: users without access to the team may still see its name.
            members = report.user_id.sudo().crm_team_member_ids
            members = members.sorted(lambda member: (member.create_date, member.id))
            report.team_id = members.filtered(
                lambda member, company=report.company_id: company
                == member._get_sales_company()
            )[:1].crm_team_id
            if not report.team_id:
                served = report.user_id.sudo()._get_served_teams(report.company_id)
                report.team_id = served[:1]  # sudo: as above

    @api.depends("user_id", "team_id.user_id", "team_id.parent_id.user_id")
    def _compute_leader_id(self):
        directors = {}
        for report in self:
            if report.read_by_id:
                report.leader_id = report.leader_id
                continue
            leaders = report.team_id._get_sales_leaders() - report.user_id
            if not leaders:
                company = report.company_id
                if company not in directors:
                    directors[company] = company._get_sales_directors()
                leaders = directors[company] - report.user_id
            report.leader_id = leaders[:1]

    @api.depends("date_from")
    def _compute_week(self):
        for report in self:
            report.week = report.date_to = False
            if report.date_from:
                year, week, _day = report.date_from.isocalendar()
                report.week = f"{year}-W{week:02}"
                report.date_to = report.date_from + timedelta(days=6)

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
                        "Week %(week)s has not begun. Report on the current or an"
                        " earlier week.",
                        week=report.week,
                    )
                )

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        reports = super().create(vals_list)
        if not self.env.su:
            reports._check_is_own_draft()
            if any(not LEADER_FIELDS.isdisjoint(vals) for vals in vals_list):
                reports._check_is_reviewer()
            # sudo: users cannot write values derived from calendar and data.
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
            raise UserError(self.env._("A submitted report cannot be deleted."))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_refresh(self):
        """Refresh the figures from the data."""
        self._check_is_own_draft()
        # sudo: users cannot write figures; authorship is checked above.
        self.sudo()._prefill()

    def action_submit(self):
        """Freeze the report and hand it to the leader."""
        self._check_is_own_draft()
        for report in self:
            report._check_is_complete()
        reports = self.sudo()  # sudo: see action_refresh
        Prefill(reports).measure()
        now = fields.Datetime.now()
        for report in reports:
            if not report.submitted_at:
                report.submitted_at = now
                report.is_late = bool(report.deadline) and now > report.deadline
        reports.write({"state": "submitted", "is_missing": False})
        reports.line_ids._ask_for_help()
        reports._close_activities()
        reports._plan_reading()
        Prefill(reports._get_next_drafts()).carry_over()

    def action_read(self):
        """Mark the report as read by the leader."""
        self._check_is_reviewer()
        if any(report.state != "submitted" for report in self):
            raise UserError(
                self.env._("Only a submitted report can be marked as read.")
            )
        # sudo: users cannot write the status; the reviewer is checked above.
        reports = self.sudo()
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
        """Send the report back to its author for revision."""
        self._check_is_reviewer()
        for report in self:
            if report.state == "draft":
                raise UserError(self.env._("Only a submitted report can be sent back."))
            if not report.comment:
                raise UserError(
                    self.env._("Say in the comment what is missing, then send it back.")
                )
        reports = self.sudo()  # sudo: see action_read
        reports.write({"state": "draft", "read_by_id": False, "read_at": False})
        reports._close_activities()
        for report in reports:
            report._plan_activity(
                report.user_id,
                lambda env: env._("Complete your weekly report"),
                note=report.comment,
            )

    # ------------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------------

    def _is_reviewer(self):
        """:return: whether the user may comment, as the leader or above"""
        self.ensure_one()
        user = self.env.user
        if user == self.user_id:
            return False
        if user == self.leader_id:
            return True
        if user.has_group("sales_efficiency_base.group_sales_director"):
            return True
        # sudo: only compares the ids of teams above, without disclosing them.
        path = (self.team_id.sudo().parent_path or "").split("/")
        return user.has_group("sales_efficiency_base.group_sales_leader") and any(
            str(team.id) in path for team in user.sales_led_team_ids
        )

    def _check_may_write(self, vals):
        if not OWN_FIELDS.isdisjoint(vals):
            self._check_is_own_draft()
        if not LEADER_FIELDS.isdisjoint(vals):
            self._check_is_reviewer()

    def _check_is_own_draft(self):
        if any(report.user_id != self.env.user for report in self):
            raise AccessError(
                self.env._("Only its author can edit or submit this report.")
            )
        if any(report.state != "draft" for report in self):
            raise UserError(
                self.env._(
                    "This report has been submitted and cannot change. Ask your"
                    " leader to send it back."
                )
            )

    def _check_is_reviewer(self):
        if not all(report._is_reviewer() for report in self):
            raise AccessError(
                self.env._(
                    "Only the leader or a leader above can comment on this report."
                )
            )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _check_is_complete(self):
        self.ensure_one()
        kinds = set(self.line_ids.mapped("kind"))
        if kinds.isdisjoint({"done", "customer"}):
            raise UserError(
                self.env._(
                    "Add at least one task or customer of the week, then submit."
                )
            )
        if "plan" not in kinds:
            raise UserError(
                self.env._("Add at least one plan for the next week, then submit.")
            )

    # ------------------------------------------------------------------
    # Activities
    # ------------------------------------------------------------------

    def _plan_reading(self):
        """Create a to-do for each leader to read the report."""
        for report in self.filtered("leader_id"):
            report._plan_activity(
                report.leader_id,
                lambda env, name=report.user_id.name: env._(
                    "Read the weekly report of %(person)s", person=name
                ),
            )

    def _plan_activity(self, user, get_summary, **values):
        self.ensure_one()
        # Drop defaults from the context of the user.
        report = self.with_env(self.env(context=clean_context(self.env.context)))
        report.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.company_id._get_sales_today(),
            summary=get_summary(self.with_context(lang=user.lang).env),
            user_id=user.id,
            **values,
        )

    def _close_activities(self):
        """Mark the to-dos of the workflow as done."""
        self.activity_feedback(["mail.mail_activity_data_todo"])
