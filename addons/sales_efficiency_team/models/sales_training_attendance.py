# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command, Domain
from odoo.tools import format_list

from odoo.addons.sales_efficiency_base.tools import allocate

from .sales_training_session import COSTS, PLACED

# What participants say themselves
OPINION = {"rating", "comment"}
# What is on the profile once the session is done
RESULT = {"score", "is_tested"}


class SalesTrainingAttendance(models.Model):
    """A person in a training session: their place, result and opinion.

    Team and job stay those of the day on which they were entered.
    """

    _name = "sales.training.attendance"
    _inherit = ["sales.guard.mixin", "sales.state.mixin"]
    _description = "Participant of a Training Session"
    _order = "date desc, session_id, asked_at, id"
    _check_company_auto = True
    _fixed_fields = ("session_id", "employee_id")

    session_id = fields.Many2one(
        comodel_name="sales.training.session",
        required=True,
        index=True,
        ondelete="cascade",
    )
    course_id = fields.Many2one(
        comodel_name="sales.training.course",
        compute="_compute_course",
        store=True,
        precompute=True,
        index=True,
    )
    topic = fields.Selection(related="course_id.topic", store=True)
    company_id = fields.Many2one(related="course_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(
        compute="_compute_course", store=True, precompute=True, index=True
    )
    session_state = fields.Selection(related="session_id.state", string="Session State")
    employee_id = fields.Many2one(
        comodel_name="hr.employee",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    name = fields.Char(related="employee_id.name", store=True, string="Participant")
    user_id = fields.Many2one(related="employee_id.user_id", store=True, index=True)
    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        compute="_compute_place",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    job_id = fields.Many2one(
        comodel_name="hr.job",
        compute="_compute_place",
        store=True,
        precompute=True,
        index="btree_not_null",
    )
    state = fields.Selection(
        selection=[
            ("waiting", "On the waiting list"),
            ("booked", "Has a place"),
            ("attended", "Attended"),
            ("absent", "Absent"),
            ("cancelled", "Cancelled"),
        ],
        default="waiting",
        required=True,
        readonly=True,
        index=True,
    )
    asked_at = fields.Datetime(
        string="In Line Since",
        default=fields.Datetime.now,
        required=True,
        readonly=True,
    )
    has_test = fields.Boolean(related="course_id.has_test")
    score = fields.Float(string="Test (%)", digits=(16, 1), aggregator="avg")
    is_tested = fields.Boolean(
        string="Tested",
        compute="_compute_is_tested",
        store=True,
        readonly=False,
        help="Tick it for a result of 0.",
    )
    passed = fields.Boolean(compute="_compute_passed", store=True)
    valid_until = fields.Date(compute="_compute_valid_until", store=True)
    rating = fields.Selection(
        selection=[
            ("1", "Poor"),
            ("2", "Fair"),
            ("3", "Good"),
            ("4", "Very good"),
            ("5", "Excellent"),
        ],
        copy=False,
        help="How the participant found the session.",
    )
    rating_value = fields.Integer(
        string="Rating (1 to 5)",
        compute="_compute_rating_value",
        store=True,
        aggregator="avg",
    )
    comment = fields.Text()
    hours = fields.Float(string="Training Hours", compute="_compute_hours", store=True)
    cost = fields.Monetary(
        compute="_compute_cost",
        store=True,
        groups=COSTS,
        help="Share of the cost of the session, divided among those who have a place.",
    )
    resume_line_id = fields.Many2one(
        comodel_name="hr.resume.line",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="hr.group_hr_user",
    )
    employee_skill_id = fields.Many2one(
        comodel_name="hr.employee.skill",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="hr.group_hr_user",
    )

    _person_uniq = models.UniqueIndex(
        "(session_id, employee_id)", "This person is in the session already."
    )
    _score_range = models.Constraint(
        "CHECK (score BETWEEN 0 AND 100)", "A test result lies between 0 and 100 %."
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("course_id", "name", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for attendance in self:
            course = attendance.course_id.name or ""
            attendance.display_name = f"{attendance.name or ''}, {course}"

    @api.depends("session_id.course_id", "session_id.date")
    def _compute_course(self):
        """Take course and day from the session; hook for what is learnt without one."""
        for attendance in self:
            attendance.course_id = attendance.session_id.course_id
            attendance.date = attendance.session_id.date

    @api.depends("employee_id")
    def _compute_place(self):
        """Team and job of the day: whoever moves later was trained for these."""
        for attendance in self:
            employee = attendance.employee_id
            company = attendance.course_id.company_id
            # sudo: only the team of the person, in the company of the session.
            members = employee.user_id.sudo().crm_team_member_ids
            teams = members.filtered("active").crm_team_id.filtered(
                lambda team, company=company: team.company_id
                in (company, company.browse())
            )
            attendance.team_id = teams[:1]
            attendance.job_id = employee.job_id

    @api.depends("score")
    def _compute_is_tested(self):
        for attendance in self:
            attendance.is_tested = attendance.is_tested or bool(attendance.score)

    @api.depends(
        "state", "score", "is_tested", "course_id.has_test", "course_id.pass_mark"
    )
    def _compute_passed(self):
        for attendance in self:
            course = attendance.course_id
            is_enough = not course.has_test or (
                attendance.is_tested and attendance.score >= course.pass_mark
            )
            attendance.passed = attendance.state == "attended" and is_enough

    @api.depends("passed", "date", "course_id.validity_months")
    def _compute_valid_until(self):
        for attendance in self:
            months = attendance.course_id.validity_months
            is_limited = attendance.passed and attendance.date and months
            attendance.valid_until = is_limited and attendance.date + relativedelta(
                months=months
            )

    @api.depends("rating")
    def _compute_rating_value(self):
        for attendance in self:
            attendance.rating_value = int(attendance.rating or 0) or None

    @api.depends("state", "session_id.hours")
    def _compute_hours(self):
        for attendance in self:
            is_there = attendance.state == "attended"
            attendance.hours = attendance.session_id.hours if is_there else 0.0

    @api.depends("state", "session_id.cost", "session_id.attendance_ids.state")
    def _compute_cost(self):
        for session, attendances in self.grouped("session_id").items():
            placed = session.attendance_ids.filtered(lambda row: row.state in PLACED)
            step = session.currency_id.rounding or 0.01
            shares = allocate(session.cost, [1] * len(placed), step)
            costs = dict(zip(placed, shares, strict=True))
            for attendance in attendances:
                attendance.cost = costs.get(attendance, 0.0)

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        if not self.env.su and any(not OPINION.isdisjoint(v) for v in vals_list):
            attendances.filtered(lambda row: row.rating or row.comment)._check_is_own()
        attendances.session_id._check_accepts()
        attendances.session_id._fill_places()
        return attendances

    def write(self, vals):
        if not self.env.su:
            self.check_access("write")
            if not self.env.user.has_group("hr.group_hr_user"):
                self._check_is_opinion(vals)
            if OPINION.intersection(self._get_content(vals)):
                self._check_is_own()
            if RESULT.intersection(vals):
                self._check_is_open()
        return super().write(vals)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_attend(self):
        self._move("attended")

    def action_be_absent(self):
        self._move("absent")

    def action_cancel(self):
        """Take somebody out of the session; the first who waits moves up."""
        self._move("cancelled")
        self.session_id._fill_places()

    def action_return(self):
        """Put somebody at the end of the line again."""
        self._move("waiting")
        # sudo: users cannot write when they came; it is now.
        self.sudo().asked_at = fields.Datetime.now()
        self.session_id._fill_places()

    def _move(self, state):
        """Change the state of participants, as HR may while the session is open."""
        if not self.env.user.has_group("hr.group_hr_user"):
            raise AccessError(self.env._("HR records who attended."))
        self._check_is_open()
        if state in ("attended", "absent"):
            self.session_id._check_has_begun()
        self._set_state(state)

    # ------------------------------------------------------------------
    # Profile
    # ------------------------------------------------------------------

    def _enter_profile(self):
        """Enter what was learnt as Odoo does: résumé and skills of the employee.

        The résumé is read by all employees: it names the course, never the result.
        """
        self._enter_resume()
        for attendance in self.filtered("course_id.skill_level_id"):
            attendance._raise_skill()

    def _enter_resume(self):
        lines = self.env["hr.resume.line"].create(
            [attendance._prepare_resume_line() for attendance in self]
        )
        for attendance, line in zip(self.sudo(), lines, strict=True):
            attendance.resume_line_id = line  # sudo: see the class of the guard

    def _prepare_resume_line(self):
        training = self.env.ref("hr_skills.resume_type_training", False)
        return {
            "employee_id": self.employee_id.id,
            "name": self.course_id.name,
            "line_type_id": training and training.id,
            "date_start": self.date,
            # Odoo takes the end for the day on which it expires.
            "date_end": self.valid_until,
            "duration": round(self.hours),
        }

    def _raise_skill(self):
        """Give the employee the skill of the course, unless they know more already."""
        course = self.course_id
        skills = self.env["hr.employee.skill"]
        is_certification = course.skill_type_id.is_certification
        own = Domain("employee_id", "=", self.employee_id.id)
        own &= Domain("skill_id", "=", course.skill_id.id)
        today = fields.Date.today()  # as Odoo, which ends the former level yesterday
        if not is_certification:
            current = skills.search(
                own & Domain("valid_to", "=", False)
                | own & Domain("valid_to", ">=", today)
            )
            if course.skill_level_id.level_progress < max(
                current.mapped("level_progress"), default=0
            ):
                return
        before = skills.search(own)
        self.employee_id.write(
            {
                "current_employee_skill_ids": [
                    Command.create(
                        {
                            "skill_type_id": course.skill_type_id.id,
                            "skill_id": course.skill_id.id,
                            "skill_level_id": course.skill_level_id.id,
                            "valid_from": self.date if is_certification else today,
                            "valid_to": self.valid_until,
                        }
                    )
                ]
            }
        )
        # sudo: only code writes it; HR has just been allowed to write the skill.
        self.sudo().employee_skill_id = skills.search(own) - before

    def _withdraw_from_profile(self):
        """Take back what :meth:`_enter_profile` has entered."""
        attendances = (
            self.sudo()
        )  # sudo: of what code has entered; HR has been checked.
        attendances.resume_line_id.unlink()
        for skill in attendances.employee_skill_id:
            former = skill.search(
                Domain("employee_id", "=", skill.employee_id.id)
                & Domain("skill_id", "=", skill.skill_id.id)
                & Domain("valid_to", "=", fields.Date.add(skill.valid_from, days=-1)),
                limit=1,
            )
            is_certification = skill.is_certification
            skill.unlink()
            if not is_certification:
                former.valid_to = False

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_is_opinion(self, vals):
        """:raise AccessError: if people write more than what they think of a session"""
        if others := self._get_content(vals) - OPINION:
            raise AccessError(
                self.env._("HR records these fields: %s.", self._label_fields(others))
            )

    def _check_is_own(self):
        """:raise AccessError: if somebody says what others think of a session
        :raise UserError: if they did not attend"""
        if others := self.filtered(lambda row: row.user_id != self.env.user):
            raise AccessError(
                self.env._(
                    "Only participants say what they think of a session: %s.",
                    format_list(self.env, others.mapped("display_name")),
                )
            )
        if missed := self.filtered(lambda row: row.state != "attended"):
            raise UserError(
                self.env._(
                    "Sessions are rated by those who attended: %s.",
                    format_list(self.env, missed.mapped("display_name")),
                )
            )

    def _check_is_open(self):
        """:raise UserError: if what was recorded is on the profiles already"""
        for session in self.session_id:
            if session.state == "done":
                raise UserError(
                    self.env._(
                        "The results of %s are recorded. Reopen it to correct them.",
                        session.display_name,
                    )
                )
            session._check_accepts()
