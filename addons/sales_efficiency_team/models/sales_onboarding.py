# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import open_records, take_turns


class SalesOnboarding(models.Model):
    """The first weeks of a newcomer: courses and tasks with their days (policy 4.2.1).

    It is made once for a person and a job, from the courses of the job and its activity
    plan. The newcomer, the leader and HR see how far it is, and are told what is late.
    """

    _name = "sales.onboarding"
    _inherit = ["sales.guard.mixin", "mail.thread", "mail.activity.mixin"]
    _description = "Onboarding"
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _fixed_fields = ("employee_id", "job_id")

    employee_id = fields.Many2one(
        comodel_name="hr.employee",
        string="Employee",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="employee_id.company_id", store=True, index=True
    )
    name = fields.Char(related="employee_id.name", store=True, string="Newcomer")
    user_id = fields.Many2one(
        related="employee_id.user_id", string="User", store=True, index=True
    )
    job_id = fields.Many2one(
        comodel_name="hr.job",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
    )
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        compute="_compute_place",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
    )
    hr_user_id = fields.Many2one(
        comodel_name="res.users",
        string="HR",
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Is told what is overdue, as the newcomer and the leader are.",
    )
    plan_id = fields.Many2one(
        comodel_name="mail.activity.plan", string="Activity Plan", readonly=True
    )
    date_start = fields.Date(
        string="Start",
        required=True,
        default=lambda self: self.env.company._get_sales_today(),
        tracking=True,
    )
    step_ids = fields.One2many(
        comodel_name="sales.onboarding.step",
        inverse_name="onboarding_id",
        string="Steps",
    )
    is_stopped = fields.Boolean(
        string="Stopped", readonly=True, copy=False, tracking=True
    )
    is_welcomed = fields.Boolean(
        readonly=True,
        copy=False,
        groups=fields.NO_ACCESS,
        export_string_translation=False,
    )
    state = fields.Selection(
        selection=[
            ("running", "Running"),
            ("done", "Done"),
            ("stopped", "Stopped"),
        ],
        compute="_compute_progress",
        store=True,
        index=True,
        tracking=True,
    )
    step_count = fields.Integer(
        string="Steps to Do", compute="_compute_progress", store=True
    )
    done_count = fields.Integer(
        string="Steps Done", compute="_compute_progress", store=True
    )
    progress = fields.Float(
        string="Progress (%)",
        digits=(16, 1),
        compute="_compute_progress",
        store=True,
        aggregator="avg",
    )
    date_next = fields.Date(
        string="Next Deadline", compute="_compute_progress", store=True
    )
    date_end = fields.Date(
        string="Last Deadline", compute="_compute_progress", store=True
    )
    overdue_count = fields.Integer(string="Overdue", compute="_compute_overdue_count")
    needs_tasks = fields.Boolean(
        compute="_compute_needs_tasks", export_string_translation=False
    )

    # Two who start it at once: the second is refused.
    _person_uniq = models.UniqueIndex(
        "(employee_id, COALESCE(job_id, 0)) WHERE is_stopped IS NOT TRUE",
        "This person has an onboarding for this job already.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("name", "job_id")
    def _compute_display_name(self):
        for onboarding in self:
            parts = (onboarding.name, onboarding.job_id.name)
            onboarding.display_name = ", ".join(filter(None, parts))

    @api.depends("employee_id")
    def _compute_place(self):
        """Job and team of the day: later moves do not change the onboarding."""
        for onboarding in self:
            employee = onboarding.employee_id
            company = employee.company_id
            # sudo: only the team of the person, in their company.
            members = employee.user_id.sudo().crm_team_member_ids.filtered("active")
            teams = members.crm_team_id.filtered(
                lambda team, company=company: team.company_id
                in (company, company.browse())
            )
            onboarding.job_id = employee.job_id
            onboarding.team_id = teams[:1] or employee.job_id.sudo().sales_team_id

    @api.depends(
        "is_stopped", "step_ids.state", "step_ids.date_deadline", "step_ids.date_done"
    )
    def _compute_progress(self):
        for onboarding in self:
            steps = onboarding.step_ids.filtered(lambda step: step.state != "dropped")
            done = steps.filtered(lambda step: step.state == "done")
            deadlines = [day for day in steps.mapped("date_deadline") if day]
            coming = [day for day in (steps - done).mapped("date_deadline") if day]
            onboarding.step_count = len(steps)
            onboarding.done_count = len(done)
            onboarding.progress = 100.0 * len(done) / len(steps) if steps else 0.0
            onboarding.date_next = min(coming, default=False)
            onboarding.date_end = max(deadlines, default=False)
            if onboarding.is_stopped:
                onboarding.state = "stopped"
            else:
                is_done = steps and steps == done
                onboarding.state = "done" if is_done else "running"

    @api.depends("step_ids.is_overdue")
    def _compute_overdue_count(self):
        for onboarding in self:
            overdue = onboarding.step_ids.filtered("is_overdue")
            onboarding.overdue_count = len(overdue)

    @api.depends("plan_id", "step_ids.kind", "state")
    def _compute_needs_tasks(self):
        for onboarding in self:
            onboarding.needs_tasks = (
                onboarding.state == "running"
                and onboarding.plan_id
                and "task" not in onboarding.step_ids.mapped("kind")
            )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        onboardings = super().create(vals_list)
        for onboarding in onboardings:
            onboarding._plan_steps()
        return onboardings

    def write(self, vals):
        before = {onboarding: onboarding.date_start for onboarding in self}
        res = super().write(vals)
        if vals.get("date_start"):
            for onboarding, start in before.items():
                onboarding._move_tasks(onboarding.date_start - start)
        return res

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_plan_tasks(self):
        """Start the activity plan, once what it lacked is there."""
        self.ensure_one()
        self.check_access("write")
        if not self.needs_tasks:
            raise UserError(self.env._("The tasks are planned already."))
        if error := self._plan_tasks():
            raise UserError(error)

    def action_stop(self):
        """Stop it, e.g. because the person leaves."""
        self.check_access("write")
        self._stop()

    @api.readonly
    def action_open_steps(self):
        self.ensure_one()
        return open_records(
            self.env,
            "sales_efficiency_team.sales_onboarding_step_action",
            [("onboarding_id", "=", self.id)],
            name=self.display_name,
        )

    # ------------------------------------------------------------------
    # Start
    # ------------------------------------------------------------------

    @api.model
    def _start(self, employee, **values):
        """Start the onboarding of a newcomer, once.

        :param values: other values, e.g. the job for which the person was hired
        :return: the onboarding of the job, or none if nothing is defined for the job
        """
        take_turns(employee)
        # sudo: recruiters start it by hiring, without reading onboardings.
        onboardings = self.sudo()
        job = self.env["hr.job"].browse(values.get("job_id")) or employee.job_id
        found = onboardings.search(
            [
                ("employee_id", "=", employee.id),
                ("job_id", "=", job.id),
                ("is_stopped", "=", False),
            ],
            limit=1,
        )
        if not found and job._has_sales_onboarding():
            found = onboardings.create({"employee_id": employee.id, **values})
        return found

    def _plan_steps(self):
        """Add the courses and tasks of the job."""
        self.ensure_one()
        # sudo: what the onboarding of a job consists of is no secret.
        job = self.job_id.sudo()
        courses = job.sales_onboarding_course_ids.filtered(
            lambda line: line.company_id == self.company_id
            and line.course_id.active
            and line.course_id not in self.step_ids.course_id
        )
        # sudo: users do not write the plan, it is that of the job.
        self.sudo().write(
            {
                "plan_id": job.sales_onboarding_plan_id.id,
                "step_ids": [
                    Command.create({"course_id": line.course_id.id, "days": line.days})
                    for line in courses
                ],
            }
        )
        self._plan_tasks()
        if not self.step_ids and not self.plan_id:
            raise UserError(
                self.env._(
                    "Nothing is defined for newcomers in this job: %s. Enter the"
                    " courses or the activity plan of its onboarding first.",
                    self.job_id.name or self.env._("no job position"),
                )
            )
        self._welcome()

    def _plan_tasks(self):
        """Start the activity plan of Odoo, and note its activities as steps.

        :return: why it cannot start, e.g. because there is no coach yet; else None
        """
        if not self.plan_id:
            return None
        employee = self.employee_id
        values = {
            "res_model": employee._name,
            "res_ids": str(employee.ids),
            "plan_id": self.plan_id.id,
            "plan_date": self.date_start,
        }
        schedules = self.env["mail.activity.schedule"].with_context(
            active_model=employee._name, active_ids=employee.ids
        )
        schedule = schedules.new(values)
        if schedule.has_error:
            return self.env._(
                "The activity plan %s cannot start. Enter the coach and the manager of"
                " the employee, or change the plan.",
                self.plan_id.name,
            )
        before = employee.activity_ids
        schedules.create(values).action_schedule_plan()
        employee.invalidate_recordset(["activity_ids"])
        # sudo: only code notes tasks.
        self.env["sales.onboarding.step"].sudo().create(
            [
                {
                    "onboarding_id": self.id,
                    "activity_id": activity.id,
                    "task": activity.summary or activity.activity_type_id.name,
                }
                for activity in employee.activity_ids - before
            ]
        )
        return None

    def _move_tasks(self, delta):
        """Move open tasks together with the start."""
        # sudo: they belong to whoever does them. HR may change the start.
        steps = self.sudo().step_ids.filtered(lambda step: step.state == "open")
        for activity in steps.activity_id:
            activity.date_deadline += delta

    # ------------------------------------------------------------------
    # For others
    # ------------------------------------------------------------------

    @api.model
    def _get_progress(self, users):
        """Return how far people are in their onboarding, if the user may see it.

        :param users: ``res.users`` records
        :return: dict of user id -> dict of ``id``, ``name``, ``state``, ``date_start``,
            ``progress`` (%), ``done``, ``total``, ``overdue`` (numbers of steps) and
            ``steps``: dicts of ``id``, ``kind``, ``name``, ``date_deadline``,
            ``state``, ``is_overdue`` and ``course_id``. It is the latest onboarding
            that was not stopped; who has none is left out.
        """
        found = {}
        for onboarding in self.search(
            [("user_id", "in", users.ids), ("is_stopped", "=", False)]
        ):
            found.setdefault(onboarding.user_id.id, onboarding)
        return {user_id: found[user_id]._describe() for user_id in found}

    def _describe(self):
        steps = self.step_ids.filtered(lambda step: step.state != "dropped")
        return {
            "id": self.id,
            "name": self.display_name,
            "state": self.state,
            "date_start": self.date_start,
            "progress": self.progress,
            "done": self.done_count,
            "total": self.step_count,
            "overdue": self.overdue_count,
            "steps": [
                {
                    "id": step.id,
                    "kind": step.kind,
                    "name": step.display_name,
                    "date_deadline": step.date_deadline,
                    "state": step.state,
                    "is_overdue": step.is_overdue,
                    "course_id": step.course_id.id,
                }
                for step in steps.sorted(
                    lambda step: (step.date_deadline or date.max, step.id)
                )
            ],
        }
