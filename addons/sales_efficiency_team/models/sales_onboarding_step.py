# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class SalesOnboardingStep(models.Model):
    """What is to be done until a newcomer works alone: a course that they pass, or a
    task of somebody, which is an activity of Odoo.

    Done follows from the course or the activity. A task whose activity was cancelled
    is dropped.
    """

    _name = "sales.onboarding.step"
    _inherit = "sales.guard.mixin"
    _description = "Onboarding Step"
    _order = "date_deadline, id"
    _rec_names_search = ["task", "course_id.name"]
    _check_company_auto = True
    _fixed_fields = ("onboarding_id", "course_id")

    onboarding_id = fields.Many2one(
        comodel_name="sales.onboarding",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="onboarding_id.company_id", store=True, index=True
    )
    employee_id = fields.Many2one(
        related="onboarding_id.employee_id", store=True, index=True
    )
    newcomer = fields.Char(related="onboarding_id.name", store=True)
    user_id = fields.Many2one(
        related="onboarding_id.user_id", string="User of the Newcomer", store=True
    )
    team_id = fields.Many2one(
        related="onboarding_id.team_id", store=True, index="btree_not_null"
    )
    kind = fields.Selection(
        selection=[("course", "Course"), ("task", "Task")],
        compute="_compute_kind",
        store=True,
        precompute=True,
    )
    course_id = fields.Many2one(
        comodel_name="sales.training.course",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    next_session_date = fields.Datetime(related="course_id.next_session_date")
    task = fields.Char(readonly=True)
    activity_id = fields.Many2one(
        comodel_name="mail.activity",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    responsible_id = fields.Many2one(
        comodel_name="res.users",
        string="Done By",
        compute="_compute_responsible_id",
        store=True,
        index="btree_not_null",
    )
    days = fields.Integer(
        string="Days after the Start", default=30, required=True, aggregator=None
    )
    date_deadline = fields.Date(
        string="Deadline", compute="_compute_date_deadline", store=True, index=True
    )
    date_done = fields.Date(string="Done On", compute="_compute_date_done", store=True)
    state = fields.Selection(
        selection=[("open", "Open"), ("done", "Done"), ("dropped", "Dropped")],
        compute="_compute_state",
        store=True,
        index=True,
    )
    is_overdue = fields.Boolean(
        string="Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    told_on = fields.Date(
        readonly=True, groups=fields.NO_ACCESS, export_string_translation=False
    )

    _course_uniq = models.UniqueIndex(
        "(onboarding_id, course_id) WHERE course_id IS NOT NULL",
        "This course is part of the onboarding already.",
    )
    _days_range = models.Constraint(
        "CHECK (days BETWEEN 0 AND 730)",
        "Newcomers pass a course within 0 to 730 days after their start.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("task", "course_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for step in self:
            step.display_name = step.course_id.name or step.task

    @api.depends("course_id")
    def _compute_kind(self):
        for step in self:
            step.kind = "course" if step.course_id else "task"

    @api.depends("course_id", "activity_id.user_id", "onboarding_id.user_id")
    def _compute_responsible_id(self):
        for step in self:
            if step.course_id:
                step.responsible_id = step.onboarding_id.user_id
            else:
                step.responsible_id = step.activity_id.user_id or step.responsible_id

    @api.depends(
        "course_id", "days", "onboarding_id.date_start", "activity_id.date_deadline"
    )
    def _compute_date_deadline(self):
        for step in self:
            start = step.onboarding_id.date_start
            if step.course_id:
                step.date_deadline = start and start + timedelta(days=step.days)
            else:
                deadline = step.activity_id.date_deadline
                step.date_deadline = deadline or step.date_deadline

    @api.depends(
        "course_id",
        "onboarding_id.date_start",
        "activity_id.date_done",
        "employee_id.sales_attendance_ids.passed",
        "employee_id.sales_attendance_ids.valid_until",
        "employee_id.sales_attendance_ids.session_id.state",
    )
    def _compute_date_done(self):
        for step in self:
            if step.course_id:
                step.date_done = step._find_passed()
            else:
                step.date_done = step.activity_id.date_done or step.date_done

    def _find_passed(self):
        """:return: when the person passed the course, False if they have not; a
        certificate that had run out before they started does not count"""
        start = self.onboarding_id.date_start
        passed = self.employee_id.sales_attendance_ids.filtered(
            lambda row: row.course_id == self.course_id
            and row.passed
            and row.session_id.state == "done"
            and not (row.valid_until and start and row.valid_until < start)
        )
        return min(passed.mapped("date"), default=False)

    @api.depends("date_done", "course_id", "activity_id")
    def _compute_state(self):
        for step in self:
            if step.date_done:
                step.state = "done"
            else:
                is_there = step.course_id or step.activity_id
                step.state = "open" if is_there else "dropped"

    @api.depends("state", "date_deadline", "onboarding_id.state")
    def _compute_is_overdue(self):
        for step in self:
            step.is_overdue = (
                step.state == "open"
                and step.onboarding_id.state == "running"
                and bool(step.date_deadline)
                and step.date_deadline < step.company_id._get_sales_today()
            )

    @api.model
    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = [
            Domain("company_id", "=", company.id)
            & Domain("date_deadline", "<", company._get_sales_today())
            # sudo: of all companies, only their day is asked for.
            for company in self.env["res.company"].sudo().search([])
        ]
        return (
            Domain("state", "=", "open")
            & Domain("onboarding_id.state", "=", "running")
            & Domain.OR(late)
        )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        if not self.env.su and any(not step.course_id for step in steps):
            raise UserError(
                self.env._(
                    "Choose the course. Tasks are activities of the employee: they"
                    " come from the activity plan of the job."
                )
            )
        return steps

    @api.ondelete(at_uninstall=False)
    def _unlink_except_task(self):
        if not self.env.su and any(not step.course_id for step in self):
            raise UserError(
                self.env._("Cancel the activity of the employee to drop a task.")
            )
