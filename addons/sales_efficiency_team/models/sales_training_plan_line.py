# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_list


class SalesTrainingPlanLine(models.Model):
    """A course that somebody needs, and why."""

    _name = "sales.training.plan.line"
    _inherit = "sales.guard.mixin"
    _description = "Training Need"
    _order = "plan_id, user_id, course_id, id"
    _rec_name = "course_id"
    _check_company_auto = True
    _fixed_fields = ("plan_id",)

    plan_id = fields.Many2one(
        comodel_name="sales.training.plan",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    team_id = fields.Many2one(related="plan_id.team_id", store=True)
    date_from = fields.Date(related="plan_id.date_from", store=True)
    plan_state = fields.Selection(related="plan_id.state", string="Plan State")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Person",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    course_id = fields.Many2one(
        comodel_name="sales.training.course",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    topic = fields.Selection(related="course_id.topic", store=True)
    reason = fields.Selection(
        selection=[
            ("kpi", "KPI below its line"),
            ("skill", "Skill below the job's"),
            ("certificate", "Certificate runs out"),
            ("newcomer", "Newcomer"),
            ("duty", "Duty of the job"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
    )
    reason_text = fields.Char(string="Details")
    date_deadline = fields.Date(string="Until")
    planned_cost = fields.Monetary(
        compute="_compute_planned_cost", store=True, readonly=False, precompute=True
    )
    progress = fields.Selection(
        selection=[
            ("open", "Not yet"),
            ("booked", "Has a place"),
            ("trained", "Trained"),
        ],
        compute="_compute_progress",
    )

    _need_uniq = models.UniqueIndex(
        "(plan_id, user_id, course_id)",
        "This person has the course in the plan already.",
    )
    _cost_positive = models.Constraint(
        "CHECK (planned_cost >= 0)", "The planned cost cannot be negative."
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("course_id")
    def _compute_planned_cost(self):
        for line in self:
            line.planned_cost = line.course_id.cost_per_person

    @api.depends("user_id", "course_id", "plan_id.date_from", "plan_id.date_to")
    def _compute_progress(self):
        plans = self.plan_id
        days = [*plans.mapped("date_from"), *plans.mapped("date_to")]
        days = [day for day in days if day]
        # sudo: whether their people were trained, also in another team.
        rows = days and self.env["sales.training.attendance"].sudo().search(
            Domain("user_id", "in", self.user_id.ids)
            & Domain("course_id", "in", self.course_id.ids)
            & Domain("date", ">=", min(days))
            & Domain("date", "<=", max(days))
            & (Domain("passed", "=", True) | Domain("state", "=", "booked"))
        )
        for line in self:
            found = {
                row.passed
                for row in rows
                if row.user_id == line.user_id._origin
                and row.course_id == line.course_id._origin
                and line.plan_id.date_from <= row.date <= line.plan_id.date_to
            }
            line.progress = (
                "trained" if True in found else "booked" if found else "open"
            )

    @api.constrains("user_id", "plan_id")
    def _check_person(self):
        """Leaders learn from their plan who was trained: of their own people."""
        for plan, lines in self.grouped("plan_id").items():
            if others := lines.user_id - plan._get_all_people():
                raise ValidationError(
                    self.env._(
                        "%(people)s: not in %(team)s or a team below. Plan what they"
                        " learn with their own team.",
                        people=format_list(self.env, others.mapped("name")),
                        team=plan.team_id.name,
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
        self.plan_id._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self.plan_id._check_is_draft()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _prepare_need(self, plan, need):
        """:param need: a :class:`..engine.training_needs.Need`"""
        return {
            "plan_id": plan.id,
            "user_id": need.user.id,
            "course_id": need.course.id,
            "reason": need.reason,
            "reason_text": need.text,
            "date_deadline": need.deadline,
        }
