# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.tools import Period, open_records

from ..engine import TrainingNeeds


class SalesTrainingPlan(models.Model):
    """What a team learns in a year, what that costs, and what it has cost (4.2.2)."""

    _name = "sales.training.plan"
    _inherit = [
        "sales.guard.mixin",
        "sales.submission.mixin",
        "sales.planned.cost.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Training Plan"
    _planned_cost_kind = "training"
    _order = "date_from desc, team_id, id desc"
    _check_company_auto = True
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "draft"

    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    user_id = fields.Many2one(
        related="team_id.user_id", string="Team Leader", store=True
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self._default_year().start,
    )
    date_to = fields.Date(
        string="To",
        compute="_compute_date_to",
        store=True,
        precompute=True,
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    line_ids = fields.One2many(
        comodel_name="sales.training.plan.line",
        inverse_name="plan_id",
        string="Needs",
        copy=True,
    )
    planned_cost = fields.Monetary(compute="_compute_planned_cost", store=True)
    spent = fields.Monetary(
        compute="_compute_spent",
        help="Cost of the places that the team's people had in sessions of the year.",
    )
    need_count = fields.Integer(string="Courses Needed", compute="_compute_progress")
    trained_count = fields.Integer(string="Courses Passed", compute="_compute_progress")

    _team_year_uniq = models.UniqueIndex(
        "(company_id, team_id, date_from)",
        "The team has a training plan for this year already.",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_year(self):
        company = self.env.company
        return Period.year(company._get_sales_today(), company)

    @api.depends("team_id", "date_from", "date_to")
    def _compute_display_name(self):
        for plan in self:
            years = {day.year for day in (plan.date_from, plan.date_to) if day}
            year = "/".join(map(str, sorted(years)))
            plan.display_name = f"{plan.team_id.name or ''} {year}".strip()

    @api.depends("date_from", "company_id")
    def _compute_date_to(self):
        for plan in self:
            year = plan.date_from and Period.year(plan.date_from, plan.company_id)
            plan.date_to = year and year.end

    @api.depends("line_ids.planned_cost")
    def _compute_planned_cost(self):
        for plan in self:
            plan.planned_cost = sum(plan.line_ids.mapped("planned_cost"))

    @api.depends("team_id", "date_from", "date_to")
    def _compute_spent(self):
        days = [*self.mapped("date_from"), *self.mapped("date_to")]
        days = [day for day in days if day]
        # sudo: a sum of the team, also of people who have left it.
        attendances = self.env["sales.training.attendance"].sudo()
        groups = days and attendances._read_group(
            Domain("team_id", "in", self.team_id.ids)
            & Domain("date", ">=", min(days))
            & Domain("date", "<=", max(days))
            & Domain("session_state", "in", ("open", "done")),
            ["company_id", "team_id", "date:day"],
            ["cost:sum"],
        )
        for plan in self:
            plan.spent = sum(
                cost
                for company, team, day, cost in groups
                if company == plan.company_id
                and team == plan.team_id._origin
                and plan.date_from <= day <= plan.date_to
            )

    @api.depends("line_ids.progress")
    def _compute_progress(self):
        for plan in self:
            progress = plan.line_ids.mapped("progress")
            plan.need_count = len(progress)
            plan.trained_count = progress.count("trained")

    @api.constrains("date_from", "company_id")
    def _check_date_from(self):
        for plan in self:
            year = Period.year(plan.date_from, plan.company_id)
            if plan.date_from != year.start:
                raise ValidationError(
                    self.env._(
                        "A training plan is for a fiscal year. It starts on %s.",
                        format_date(self.env, year.start),
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if {"team_id", "company_id", "date_from"}.intersection(vals):
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_approved(self):
        self._check_is_draft()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_propose(self):
        """Add what the team's people need, see :class:`.TrainingNeeds`."""
        self.ensure_one()
        self.check_access("write")
        self._check_state_is("draft")
        lines = self.env["sales.training.plan.line"]
        needs = TrainingNeeds(self).propose()
        lines.create([lines._prepare_need(self, need) for need in needs])
        message = (
            self.env._("%s needs were added.", len(needs))
            if needs
            else self.env._("Nobody in the team needs more than is planned.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success" if needs else "info",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_submit(self):
        """Send the plan to those who approve it."""
        self._check_state_is("draft")
        self.check_access("write")
        for plan in self:
            if not plan.line_ids:
                raise UserError(
                    self.env._("Enter what %s needs first.", plan.team_id.name)
                )
        return self._submit()

    def action_draft(self):
        """Change the plan. It is approved anew."""
        for plan in self:
            if plan.state != "submitted":
                plan._check_state_is("approved")
        self._set_state("draft")

    @api.readonly
    def action_open_attendances(self):
        """Show what was spent."""
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_team.sales_training_attendance_action",
            [
                ("team_id", "=", self.team_id.id),
                ("date", ">=", self.date_from),
                ("date", "<=", self.date_to),
            ],
            name=self.display_name,
        )

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _get_planned_costs(self, company, period):
        """Return what approved plans spend on training, evenly over their year."""
        plans = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "approved"),
                ("planned_cost", ">", 0),
                ("date_from", "<=", period.end),
                ("date_to", ">=", period.start),
            ]
        )
        return super()._get_planned_costs(company, period) + [
            {
                "plan": plan,
                "kind": self._planned_cost_kind,
                "scope": {"team_id": plan.team_id.id},
                "months": self._spread_planned_cost(
                    plan.planned_cost,
                    plan.date_from,
                    plan.date_to,
                    period,
                    company.currency_id,
                ),
            }
            for plan in plans
        ]

    def _get_people(self):
        """:return: active users of the team: its leader and its members"""
        self.ensure_one()
        # sudo: who is in a team is public within the company.
        team = self.team_id.sudo()
        members = team.crm_team_member_ids.filtered("active").user_id
        people = (team.user_id | members).filtered("active")
        return people.with_env(self.env)

    def _get_all_people(self):
        """:return: users of the team and of those below, whether they are active or
        not"""
        self.ensure_one()
        # sudo: who is in a team is public within the company.
        teams = self.env["crm.team"].sudo().with_context(active_test=False)
        teams = teams.search([("id", "child_of", self.team_id.ids)])
        people = teams.user_id | teams.crm_team_member_all_ids.user_id
        return people.with_env(self.env)
