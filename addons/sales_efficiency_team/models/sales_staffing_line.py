# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext

from odoo.addons.sales_efficiency_base.tools import Period


class SalesStaffingLine(models.Model):
    """Newcomers for a team and a job, from a day on (policy 4.1.1)."""

    _name = "sales.staffing.line"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Positions of a Staffing Plan"
    _order = "plan_id, date_start, team_id, id"
    _rec_name = "job_id"
    _check_company_auto = True
    # Recruiters tick off their to-do, and change nothing.
    _mail_post_access = "read"

    plan_id = fields.Many2one(
        comodel_name="sales.staffing.plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(
        related="plan_id.state", string="Status", store=True, index=True
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    job_id = fields.Many2one(
        comodel_name="hr.job",
        string="Job",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    head_count = fields.Integer(
        string="Newcomers", required=True, default=1, help="Whom to hire."
    )
    proposed_count = fields.Integer(
        string="Newcomers Proposed",
        readonly=True,
        copy=False,
        help="By the need of the team. Unless somebody has changed the newcomers, they"
        " follow a new proposal.",
    )
    date_start = fields.Date(
        string="Start",
        compute="_compute_date_start",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    duties = fields.Text(
        compute="_compute_duties",
        store=True,
        readonly=False,
        precompute=True,
        help="What they will do. By default the description of the job.",
    )
    qualifications = fields.Char(
        compute="_compute_qualifications", help="Skills and levels of the job."
    )
    monthly_cost = fields.Monetary(
        string="Cost per Month",
        groups="sales_efficiency_base.group_sales_director,hr.group_hr_user",
        help="What one of them will cost the company in a month.",
    )
    planned_cost = fields.Monetary(
        compute="_compute_planned_cost",
        store=True,
        groups="sales_efficiency_base.group_sales_director,hr.group_hr_user",
        help="Newcomers × months until the end of the year × cost per month.",
    )
    reason = fields.Text(help="Why they are needed.")
    applicant_ids = fields.One2many(
        comodel_name="hr.applicant",
        inverse_name="sales_staffing_line_id",
        string="Applicants",
        groups="hr_recruitment.group_hr_recruitment_user",
    )
    hired_count = fields.Integer(
        string="Hired", compute="_compute_hired_count", store=True
    )
    open_count = fields.Integer(
        string="To Hire",
        compute="_compute_open_count",
        store=True,
        help="Newcomers who are not hired yet.",
    )
    opened_count = fields.Integer(
        string="Positions Opened",
        readonly=True,
        copy=False,
        help="Positions that the plan has opened so far, filled or not.",
    )

    _line_uniq = models.Constraint(
        "UNIQUE (plan_id, team_id, job_id)",
        "The plan already has positions of this team and job. Change those.",
    )
    _head_count_range = models.Constraint(
        "CHECK (head_count BETWEEN 0 AND 10000)", "Hire 0 to 10,000 newcomers."
    )
    _cost_positive = models.Constraint(
        "CHECK (monthly_cost >= 0)", "A cost cannot be negative: enter 0 or more."
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends("team_id", "job_id")
    def _compute_display_name(self):
        for line in self:
            names = (line.team_id.display_name, line.job_id.display_name)
            line.display_name = " · ".join(filter(None, names))

    @api.depends("plan_id")
    def _compute_date_start(self):
        for line in self:
            line.date_start = line.date_start or line.plan_id.date_newcomers

    @api.depends("job_id")
    def _compute_duties(self):
        for line in self:
            line.duties = html2plaintext(line.job_id.description or "") or False

    @api.depends("job_id.job_skill_ids.skill_id", "job_id.job_skill_ids.skill_level_id")
    def _compute_qualifications(self):
        for line in self:
            line.qualifications = ", ".join(
                f"{skill.skill_id.name} ({skill.skill_level_id.name})"
                for skill in line.job_id.job_skill_ids
            )

    @api.depends("head_count", "date_start", "monthly_cost", "plan_id.date_to")
    def _compute_planned_cost(self):
        for line in self:
            end, months = line.plan_id.date_to, 0
            if line.date_start and end and line.date_start <= end:
                months = len(Period(line.date_start, end).months())
            line.planned_cost = line.head_count * months * line.monthly_cost

    @api.depends("applicant_ids.date_closed", "applicant_ids.refuse_reason_id")
    def _compute_hired_count(self):
        applicants = self.env["hr.applicant"].with_context(active_test=False)
        counts = applicants._read_group(
            [
                ("sales_staffing_line_id", "in", self.ids),
                ("date_closed", "!=", False),
                ("refuse_reason_id", "=", False),
            ],
            ["sales_staffing_line_id"],
            ["__count"],
        )
        counts = {line.id: count for line, count in counts}
        for line in self:
            line.hired_count = counts.get(line._origin.id, 0)

    @api.depends("head_count", "hired_count")
    def _compute_open_count(self):
        for line in self:
            line.open_count = max(line.head_count - line.hired_count, 0)

    @api.constrains("date_start", "plan_id")
    def _check_date_start(self):
        for line in self:
            plan = line.plan_id
            if not plan.date_from <= line.date_start <= plan.date_to:
                raise ValidationError(
                    self.env._(
                        "%(line)s must start within the year of %(plan)s.",
                        line=line.display_name,
                        plan=plan.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.plan_id._check_is_draft()
        return lines

    def write(self, vals):
        if self._get_content(vals):
            self.plan_id._check_is_draft()
        res = super().write(vals)
        if "plan_id" in vals:
            self.plan_id._check_is_draft()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_opened(self):
        self.plan_id._check_is_draft()
        if opened := self.filtered("opened_count"):
            raise UserError(
                self.env._(
                    "Positions are open already: %s. Plan 0 newcomers to close them.",
                    ", ".join(opened.mapped("display_name")),
                )
            )

    # ------------------------------------------------------------------
    # Proposal
    # ------------------------------------------------------------------

    def _follow_need(self, need):
        """Take over a new need, unless somebody has planned otherwise."""
        is_proposed = len(self) == 1 and self.head_count == self.proposed_count
        if is_proposed and need.need != self.head_count:
            # sudo: users cannot write what was proposed.
            self.sudo().write(
                {
                    "head_count": need.need,
                    "proposed_count": need.need,
                    "reason": need._describe(),
                }
            )

    # ------------------------------------------------------------------
    # Positions
    # ------------------------------------------------------------------

    def _open_positions(self):
        """Open what the approved plan asks for, and tell the recruiters."""
        for line in self:
            change = line.head_count - line.opened_count
            line._change_positions(change)
            if change > 0:
                line._tell_recruiter(change)

    def _close_positions(self):
        """Close the positions that were opened, and are not filled."""
        for line in self:
            line._change_positions(-max(line.opened_count - line.hired_count, 0))
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _change_positions(self, change):
        # sudo: whoever approves the plan opens its positions, recruiter or not.
        line = self.sudo()
        job = line.job_id
        job.no_of_recruitment = max(job.no_of_recruitment + change, 0)
        line.opened_count += change

    def _tell_recruiter(self, count):
        """Give a to-do to the recruiter of the job, or else to the planner."""
        # sudo: recruiters of jobs are named in the to-do.
        recruiter = self.sudo().job_id.user_id
        if not self.with_user(recruiter or self.env.user).has_access("read"):
            recruiter = self.plan_id.user_id
        # sudo: approvers need not be able to write the plan.
        self.sudo().activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.date_start,
            summary=self.env._(
                "Hire %(count)s for %(position)s",
                count=count,
                position=self.display_name,
            ),
            user_id=(recruiter or self.plan_id.user_id).id,
        )
