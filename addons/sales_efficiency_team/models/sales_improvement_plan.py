# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.sales_efficiency_base.tools import Scope

# Months in which somebody improves, at most: longer ones are no plan but a hope
LONGEST = 3
ENDED = ("done", "cancelled")
# What can be changed, and in which state; the rest only as long as it is a draft
INPUTS = {
    "coach_id": ("draft", "offered", "running"),
    "course_ids": ("draft", "offered", "running"),
    "note": ("draft", "offered", "running"),
    "action_ids": ("draft", "offered", "running"),
    "decision": ("checked",),
    "decision_reason": ("checked",),
    "extended_to": ("checked",),
    "incentive_rule_id": ("checked", "done"),
    "assignment_id": ("checked", "done"),
}
DECISION = "sales_efficiency_base.group_sales_leader,hr.group_hr_user"


class SalesImprovementPlan(models.Model):
    """How somebody below the standard gets up to it: KPIs and values to reach, coach,
    courses, steps and dates (policy 4.3.3).

    A superior proposes it, a director approves, the person accepts: see
    ``sales_improvement_plan_start.py``. On its date the metrics tell whether it is
    reached: see ``sales_improvement_plan_check.py``.
    """

    _name = "sales.improvement.plan"
    _inherit = [
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.approval.mixin",
        "sales.to.do.mixin",
    ]
    _description = "Improvement Plan"
    _order = "date_end desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("company_id", "user_id")
    _to_do_type = "sales_efficiency_team.mail_activity_type_improvement"
    _mail_post_access = "read"
    _state_from = ["submitted"]
    _state_to = ["offered"]
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
    appraisal_id = fields.Many2one(
        comodel_name="sales.appraisal",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    superior_id = fields.Many2one(
        comodel_name="res.users",
        string="Superior",
        compute="_compute_superior_id",
        store=True,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
    )
    coach_id = fields.Many2one(
        comodel_name="res.users",
        string="Coach",
        compute="_compute_coach_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="set null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id),"
        " ('id', '!=', user_id)]",
        tracking=True,
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
    )
    date_to = fields.Date(
        string="To",
        required=True,
        compute="_compute_date_to",
        store=True,
        readonly=False,
        precompute=True,
    )
    extended_to = fields.Date(copy=False, tracking=True)
    is_extended = fields.Boolean(string="Extended", readonly=True, copy=False)
    date_end = fields.Date(
        string="Checked On",
        compute="_compute_date_end",
        store=True,
        index=True,
        help="Last day whose figures count.",
    )
    state = fields.Selection(
        selection=[
            ("draft", "Proposed"),
            ("submitted", "To Approve"),
            ("offered", "To Accept"),
            ("running", "Running"),
            ("checked", "To Decide"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    note = fields.Text(
        string="Agreement", help="What is behind the gaps, and who helps how."
    )
    goal_ids = fields.One2many(
        comodel_name="sales.improvement.goal",
        inverse_name="plan_id",
        string="Goals",
        copy=True,
    )
    goal_count = fields.Integer(string="Goals to Reach", compute="_compute_progress")
    reached_count = fields.Integer(string="Goals Reached", compute="_compute_progress")
    course_ids = fields.Many2many(
        comodel_name="sales.training.course",
        string="Courses",
        check_company=True,
        help="Each becomes a step of the person.",
    )
    action_ids = fields.One2many(
        comodel_name="sales.action",
        inverse_name="improvement_plan_id",
        string="Steps",
        groups="sales_efficiency_base.group_sales_person",
    )
    measured_on = fields.Date(readonly=True, copy=False)
    is_reminded = fields.Boolean(groups=fields.NO_ACCESS, copy=False)

    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Submitted By", readonly=True, copy=False
    )
    offered_on = fields.Date(readonly=True, copy=False)
    accept_deadline = fields.Date(string="Accept Until", readonly=True, copy=False)
    accepted_at = fields.Datetime(string="Accepted On", readonly=True, copy=False)

    # What follows if it is not reached
    decision = fields.Selection(
        selection=[
            ("extend", "Extend once"),
            ("incentive", "Incentive for a goal"),
            ("post", "Change of post"),
        ],
        copy=False,
    )
    decision_reason = fields.Text(
        string="Reason", copy=False, help="The person reads it."
    )
    incentive_rule_id = fields.Many2one(
        comodel_name="sales.incentive.rule",
        string="Bounty",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('kind', '=', 'bounty')]",
        groups=DECISION,
        help="Rule that pays for reaching the goal.",
    )
    assignment_id = fields.Many2one(
        comodel_name="sales.incentive.assignment",
        string="Incentive Plan",
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        domain="[('user_id', '=', user_id)]",
        groups="sales_efficiency_base.group_sales_director,hr.group_hr_manager",
        help="Assignment to a plan that pays for reaching the goal.",
    )
    outcome = fields.Selection(
        selection=[
            ("reached", "Reached"),
            ("incentive", "Not Reached: Incentive"),
            ("post", "Not Reached: Change of Post"),
        ],
        readonly=True,
        copy=False,
        tracking=True,
    )
    decided_by_id = fields.Many2one(
        comodel_name="res.users", string="Decided By", readonly=True, copy=False
    )

    is_mine = fields.Boolean(compute="_compute_may")
    may_accept = fields.Boolean(compute="_compute_may")
    may_start = fields.Boolean(compute="_compute_may")
    may_add_steps = fields.Boolean(compute="_compute_may")

    _dates_in_order = models.Constraint(
        "CHECK (date_to > date_from)", "An improvement plan ends after it has begun."
    )
    _extension_in_order = models.Constraint(
        "CHECK (extended_to > date_to)",
        "A plan is extended beyond the day on which it would have ended.",
    )
    _open_uniq = models.UniqueIndex(
        "(company_id, user_id) WHERE state NOT IN ('done', 'cancelled')",
        "This person has an improvement plan already. Change that one.",
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends("user_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = plan.user_id and self.env._(
                "Improvement plan of %s", plan.user_id.name
            )

    @api.depends("user_id", "company_id")
    def _compute_superior_id(self):
        for plan in self:
            superiors = plan.user_id and plan.user_id._get_sales_superiors(
                plan.company_id
            )
            plan.superior_id = superiors and superiors[:1]

    @api.depends("superior_id")
    def _compute_coach_id(self):
        for plan in self:
            plan.coach_id = plan.coach_id or plan.superior_id

    @api.depends("date_from")
    def _compute_date_to(self):
        for plan in self:
            plan.date_to = plan.date_from and plan.date_from + relativedelta(
                months=LONGEST, days=-1
            )

    @api.depends("date_to", "extended_to", "is_extended")
    def _compute_date_end(self):
        for plan in self:
            plan.date_end = (plan.is_extended and plan.extended_to) or plan.date_to

    @api.depends("goal_ids.is_reached", "is_extended")
    def _compute_progress(self):
        for plan in self:
            goals = plan._get_goals()
            plan.goal_count = len(goals)
            plan.reached_count = len(goals.filtered("is_reached"))

    @api.depends("state", "user_id", "coach_id", "accept_deadline")
    @api.depends_context("uid")
    def _compute_may(self):
        editable = self._origin._filtered_access("write")
        for plan in self:
            plan.is_mine = plan.user_id == self.env.user
            plan.may_accept = plan.is_mine and plan.state == "offered"
            plan.may_start = (
                plan._origin in editable and plan.state == "offered" and plan._is_late()
            )
            plan.may_add_steps = plan.state in INPUTS["action_ids"] and (
                plan._origin in editable or self.env.user in plan._get_members()
            )

    @api.constrains("coach_id", "user_id")
    def _check_coach(self):
        if any(plan.coach_id == plan.user_id for plan in self):
            raise ValidationError(self.env._("Nobody coaches themselves."))

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        plans._check_is_other()
        return plans

    def write(self, vals):
        names = self._get_content(vals)
        if names and not self.env.su:
            self.check_access("write")
            for plan in self:
                plan._check_may_change(names)
        return super().write(vals)

    def unlink(self):
        self.check_access("unlink")
        # sudo: somebody else owns some of the steps. They go with their to-dos.
        self.sudo().action_ids.unlink()
        return super().unlink()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_offered(self):
        if any(plan.offered_on for plan in self):
            raise UserError(
                self.env._("A plan that the person knows is cancelled, not deleted.")
            )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_other(self):
        if not self.env.su and self.env.user in self.user_id:
            raise AccessError(
                self.env._("Nobody plans for themselves: this is for your superior.")
            )

    def _check_may_change(self, names):
        """:raise UserError: if something is agreed, or not yet to decide"""
        closed = {
            name for name in names if self.state not in INPUTS.get(name, ("draft",))
        }
        if self.is_extended:
            closed |= names & {"extended_to"}
        if closed:
            raise UserError(
                self.env._(
                    "In this status of the plan these do not change: %s.",
                    self._label_fields(closed),
                )
            )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _get_goals(self):
        """:return: the goals of the time that runs"""
        self.ensure_one()
        return self.goal_ids.filtered(
            lambda goal: goal.is_extension == self.is_extended
        )

    def _get_members(self):
        """:return: those who work on the plan"""
        return self.user_id | self.coach_id | self.superior_id

    def _get_superior(self):
        """:return: the superior, or the next above who still works here"""
        self.ensure_one()
        company = self.company_id
        if self.superior_id and self.superior_id._works_in(company):
            return self.superior_id
        superiors = self.user_id._get_sales_superiors(company)
        return ((superiors | company._get_hr_managers()) - self.user_id)[:1]

    def _get_scope(self):
        """:return: whose figures the steps are measured by"""
        self.ensure_one()
        return Scope(self.company_id.id, user_id=self.user_id.id)

    def _get_deadline(self):
        company = self.company_id.sudo()  # sudo: the setting of the company
        return company._get_sales_today() + timedelta(days=company.sales_reply_days)

    def _text(self, user, kind):
        env, person = self.with_context(lang=user.lang).env, self.user_id.name
        return {
            "propose": env._("Agree on an improvement plan with %s", person),
            "rejected": env._("Change the improvement plan of %s", person),
            "accept": env._("Accept your improvement plan"),
            "silent": env._("%s has not accepted the improvement plan", person),
            "remind": env._("The improvement plan of %s ends soon", person),
            "decide": env._("Improvement plan of %s not reached: decide", person),
            "reached": env._("Your improvement plan is reached"),
            "decided": env._("Read how your improvement plan goes on"),
            "incentive": env._("Set an incentive for a goal of %s", person),
            "post": env._("Prepare a change of post for %s", person),
        }[kind]
