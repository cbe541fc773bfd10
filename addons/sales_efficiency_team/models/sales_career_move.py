# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

# What is approved
CONTENT = {
    "date",
    "department_id",
    "job_id",
    "kind",
    "leads_team",
    "reason",
    "superior_id",
    "team_id",
}


class SalesCareerMove(models.Model):
    """A promotion, a rotation or another post of a person (policy 4.2.3).

    Superiors or HR propose it, others approve it in tiers, and on its date it changes
    the employee and the team, see ``sales_career_move_effect.py``. Past sales stay with
    the team that they were made in. People see their own moves once approved.
    """

    _name = "sales.career.move"
    _inherit = [
        "sales.guard.mixin",
        "sales.submission.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Career Move"
    _order = "date desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("company_id", "user_id")
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "draft"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    kind = fields.Selection(
        selection=[
            ("promotion", "Promotion"),
            ("rotation", "Rotation"),
            ("post", "Other post"),
        ],
        required=True,
        default="promotion",
        tracking=True,
    )
    date = fields.Date(
        string="From",
        required=True,
        index=True,
        default=lambda self: self._default_date(),
        tracking=True,
        help="On this day the employee and the team change.",
    )
    from_job_id = fields.Many2one(
        comodel_name="hr.job",
        string="Former Job",
        compute="_compute_from",
        store=True,
        precompute=True,
    )
    from_team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Former Team",
        compute="_compute_from",
        store=True,
        precompute=True,
    )
    job_id = fields.Many2one(
        comodel_name="hr.job",
        string="New Job",
        compute="_compute_to",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="New Team",
        compute="_compute_to",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        help="Empty: the person leaves the sales teams.",
    )
    leads_team = fields.Boolean(
        string="Leads the Team", help="The person becomes the leader of the new team."
    )
    superior_id = fields.Many2one(
        comodel_name="res.users",
        string="New Superior",
        compute="_compute_superior_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id),"
        " ('id', '!=', user_id)]",
        help="Becomes the manager of the employee.",
    )
    department_id = fields.Many2one(
        comodel_name="hr.department",
        string="New Department",
        check_company=True,
        ondelete="restrict",
        help="Empty: it stays the same.",
    )
    reason = fields.Text(
        required=True, tracking=True, help="Performance and ability that speak for it."
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "To Approve"),
            ("approved", "Approved"),
            ("done", "Done"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    problem = fields.Char(
        readonly=True,
        copy=False,
        help="Why it could not be put into effect on its date. It is tried again every"
        " hour.",
    )

    # Two who submit at once: the second is refused.
    _waiting_uniq = models.UniqueIndex(
        "(company_id, user_id) WHERE state IN ('submitted', 'approved')",
        "Another move of this person is waiting already.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_date(self):
        today = self.env.company._get_sales_today()
        return today.replace(day=1) + relativedelta(months=1)

    @api.depends("user_id", "job_id", "team_id", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for move in self:
            parts = (move.user_id.name, move.job_id.name, move.team_id.name)
            move.display_name = ", ".join(filter(None, parts))

    @api.depends("user_id", "company_id")
    def _compute_from(self):
        """Job and team of the day on which the move is entered."""
        for move in self:
            # sudo: who has which job in which team is public within the company.
            move.from_job_id = move.sudo()._get_employee().job_id
            move.from_team_id = move.sudo()._get_members()[:1].crm_team_id

    @api.depends("user_id", "company_id")
    def _compute_to(self):
        for move in self:
            move.job_id = move.from_job_id
            move.team_id = move.from_team_id

    @api.depends("user_id", "team_id", "leads_team")
    def _compute_superior_id(self):
        """The leader of the new team, or the next one above."""
        for move in self:
            # sudo: the structure of teams is public within the company.
            team = move.team_id.sudo()
            above = team.parent_id if move.leads_team else team
            leaders = above._get_sales_leaders().with_env(self.env) - move.user_id
            move.superior_id = leaders.filtered(
                lambda user, move=move: user._works_in(move.company_id)
            )[:1]

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and self.env.uid in [v.get("user_id") for v in vals_list]:
            raise UserError(
                self.env._("Nobody moves themselves: this is for your superior.")
            )
        return super().create(vals_list)

    def write(self, vals):
        if not CONTENT.isdisjoint(vals):
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_is_draft()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_draft(self):
        """Take it back to change it. It is approved anew."""
        for move in self:
            if move.state not in ("submitted", "rejected"):
                move._check_state_is("approved")
        self._set_state("draft")

    def action_cancel(self):
        for move in self:
            if move.state not in ("draft", "submitted"):
                move._check_state_is("approved")
        self._set_state("draft")  # which ends the approval
        self._set_state("cancelled")

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_draft(self):
        """:raise UserError: if the content was submitted"""
        if not self.env.su and any(move.state != "draft" for move in self):
            raise UserError(
                self.env._("A submitted move does not change. Take it back to draft.")
            )

    def _check_can_happen(self):
        """:raise UserError: why the move makes no sense"""
        # sudo: only whether there is an employee, and since when
        move = self.sudo()
        employee = move._get_employee()
        if not employee.active:
            raise UserError(
                self.env._(
                    "%(person)s has no employee record in %(company)s.",
                    person=move.user_id.name,
                    company=move.company_id.name,
                )
            )
        first_day = max(
            move.company_id._get_sales_today(),
            min(employee.version_ids.mapped("date_version")),
        )
        if move.date < first_day:
            raise UserError(
                self.env._(
                    "A move is planned ahead: choose %s or a later day.",
                    format_date(self.env, first_day),
                )
            )
        if not move._changes_anything(employee):
            raise UserError(
                self.env._(
                    "Nothing changes for %s: choose another job, team, superior or"
                    " department.",
                    move.user_id.name,
                )
            )
        if move.superior_id == move.user_id:
            raise UserError(self.env._("Nobody is their own superior."))

    def _changes_anything(self, employee):
        return (
            self.job_id != employee.job_id
            or self.team_id not in self._get_team_ids()
            or (self.department_id and self.department_id != employee.department_id)
            or (self.leads_team and self.team_id.user_id != self.user_id)
            or (self.superior_id and self.superior_id != employee.parent_id.user_id)
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_employee(self):
        """:return: the employee of the person in the company, as superuser"""
        return self.env["hr.employee"].search(
            [
                ("user_id", "=", self.user_id.id),
                ("company_id", "=", self.company_id.id),
                ("user_id", "!=", False),
            ],
            limit=1,
        )

    def _get_members(self):
        """:return: the active memberships in teams of the company, the latest first"""
        members = self.user_id.crm_team_member_ids.filtered(
            lambda member: member.active
            and member.crm_team_id.company_id.id in (False, self.company_id.id)
        )
        return members.sorted("id", reverse=True)

    def _get_team_ids(self):
        """:return: the present teams; an empty one for who is in none"""
        teams = self._get_members().crm_team_id
        return teams or [self.env["crm.team"]]

    def _ask(self, user, summary, deadline=None):
        """Give somebody a to-do on the move."""
        to_dos = self.env["mail.activity"].with_context(mail_activity_quick_update=True)
        today = self.company_id._get_sales_today()
        # sudo: the to-do is that of somebody else.
        to_dos.sudo().create(
            to_dos._prepare_sales_to_do(
                self,
                user,
                "mail.mail_activity_data_todo",
                summary=summary,
                date_deadline=max(deadline or today, today),
            )
        )
