# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date, format_list

# Who sees what trainings cost
COSTS = "hr.group_hr_user,sales_efficiency_base.group_sales_leader"
# Who holds a place
PLACED = ("booked", "attended", "absent")


class SalesTrainingSession(models.Model):
    """A course held on a day, with its participants (policy 4.2.2).

    Whoever comes waits in line; as long as places are free, the first in line moves up:
    see :meth:`_fill_places`, the only way to a place.
    """

    _name = "sales.training.session"
    _inherit = ["sales.guard.mixin", "sales.state.mixin"]
    _description = "Training Session"
    _order = "date_start desc, id desc"
    _rec_names_search = ["course_id", "location"]
    _check_company_auto = True
    _fixed_fields = ("course_id",)

    course_id = fields.Many2one(
        comodel_name="sales.training.course",
        required=True,
        index=True,
        ondelete="restrict",
    )
    topic = fields.Selection(related="course_id.topic", store=True)
    metric_id = fields.Many2one(related="course_id.metric_id")
    has_test = fields.Boolean(related="course_id.has_test")
    company_id = fields.Many2one(related="course_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_start = fields.Datetime(string="Start", required=True)
    date_end = fields.Datetime(
        string="End",
        compute="_compute_date_end",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
    )
    date = fields.Date(
        string="Day",
        compute="_compute_date",
        store=True,
        help="First day, in the time zone of the company's figures.",
    )
    hours = fields.Float(
        compute="_compute_from_course",
        store=True,
        readonly=False,
        precompute=True,
        help="Hours of training, without breaks.",
    )
    places = fields.Integer(
        string="Number of Places",
        compute="_compute_from_course",
        store=True,
        readonly=False,
        precompute=True,
        help="More people than that wait in line.",
    )
    trainer_id = fields.Many2one(comodel_name="res.partner", index="btree_not_null")
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    location = fields.Char(help="Room, address or link.")
    note = fields.Text(string="Notes", help="What participants should bring or know.")
    event_id = fields.Many2one(
        comodel_name="calendar.event",
        string="Meeting",
        readonly=True,
        copy=False,
        groups="hr.group_hr_user",
    )
    state = fields.Selection(
        selection=[
            ("planned", "Planned"),
            ("open", "Open for Booking"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        default="planned",
        required=True,
        readonly=True,
        index=True,
        copy=False,
    )
    attendance_ids = fields.One2many(
        comodel_name="sales.training.attendance",
        inverse_name="session_id",
        string="Participants",
        copy=False,
    )
    booked_count = fields.Integer(
        string="Places Taken", compute="_compute_counts", store=True
    )
    waiting_count = fields.Integer(
        string="Waiting List", compute="_compute_counts", store=True
    )
    free_count = fields.Integer(
        string="Places Free", compute="_compute_counts", store=True
    )
    cost = fields.Monetary(
        groups=COSTS,
        compute="_compute_from_course",
        store=True,
        readonly=False,
        precompute=True,
        help="What it costs in all: planned at first, then what it has cost. It is"
        " divided among those who have a place.",
    )
    has_begun = fields.Boolean(compute="_compute_has_begun")

    _dates_in_order = models.Constraint(
        "CHECK (date_end > date_start)", "A session ends after it has started."
    )
    _sizes_positive = models.Constraint(
        "CHECK (hours > 0 AND places > 0)",
        "A session has at least one place, and takes some time.",
    )
    _cost_positive = models.Constraint(
        "CHECK (cost >= 0)", "The cost of a session cannot be negative."
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.depends("course_id", "date_start")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for session in self:
            day = format_date(self.env, session.date) if session.date else ""
            session.display_name = f"{session.course_id.name or ''}, {day}"

    @api.depends("course_id")
    def _compute_from_course(self):
        for session in self:
            course = session.course_id
            session.hours = course.hours or 1.0
            session.places = course.places or 1
            # sudo: what it costs is hidden from some, but is stored for all.
            session.cost = course.sudo().cost_per_person * session.places

    @api.depends("date_start", "hours")
    def _compute_date_end(self):
        for session in self:
            if session.date_start and (
                not session.date_end or session.date_end <= session.date_start
            ):
                session.date_end = fields.Datetime.add(
                    session.date_start, hours=session.hours or 1.0
                )

    @api.depends("date_start", "company_id.sales_tz")
    def _compute_date(self):
        for session in self:
            tz = session.company_id.sales_tz or "UTC"
            start = session.date_start
            session.date = start and fields.Datetime.context_timestamp(
                session.with_context(tz=tz), start
            )

    @api.depends("places", "attendance_ids.state")
    def _compute_counts(self):
        for session in self:
            states = session.attendance_ids.mapped("state")
            session.booked_count = sum(state in PLACED for state in states)
            session.waiting_count = states.count("waiting")
            session.free_count = max(session.places - session.booked_count, 0)

    @api.depends("date_start")
    def _compute_has_begun(self):
        now = fields.Datetime.now()
        for session in self:
            session.has_begun = bool(session.date_start) and session.date_start <= now

    @api.constrains("places")
    def _check_places(self):
        for session in self:
            if session.booked_count > session.places:
                raise ValidationError(
                    self.env._(
                        "%(count)s people have a place in %(session)s already. Allow as"
                        " many places, or cancel some participants first.",
                        count=session.booked_count,
                        session=session.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        res = super().write(vals)
        if "places" in vals:
            self._fill_places()
        elif {"date_start", "date_end", "location", "trainer_id"}.intersection(vals):
            self._update_event()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_held(self):
        if any(session.state not in ("planned", "cancelled") for session in self):
            raise UserError(
                self.env._(
                    "Open sessions are cancelled first; those that were held are kept."
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open(self):
        """Let people ask for places, and invite those who have one."""
        self.check_access("write")
        self._check_state_is("planned")
        self._set_state("open")
        self._update_event()

    def action_cancel(self):
        self.check_access("write")
        for session in self:
            if session.state != "planned":
                session._check_state_is("open")
        self._set_state("cancelled")
        told = self.attendance_ids.filtered(lambda row: row.state != "cancelled")
        # sudo: the event belongs to whoever opened the session.
        self.sudo().event_id.active = False
        for session in self:
            session._tell(
                told.filtered(lambda row, own=session: row.session_id == own),
                self.env._("%s is cancelled.", session.display_name),
            )
        told._set_state("cancelled")

    def action_mark_all_attended(self):
        """Note that all who had a place came, before correcting those who did not."""
        self._check_has_begun()
        self.attendance_ids.filtered(lambda row: row.state == "booked").action_attend()

    def action_record_results(self):
        """Close the session: who passed has it on their profile from now on."""
        self._check_has_begun()
        for session in self:
            session._check_is_complete()
        self.attendance_ids.filtered(lambda row: row.state == "waiting")._set_state(
            "cancelled"
        )
        self.attendance_ids.filtered("passed")._enter_profile()
        self._set_state("done")

    def action_reopen(self):
        """Take back what was entered, to correct it."""
        self.check_access("write")
        self._check_state_is("done")
        self.attendance_ids._withdraw_from_profile()
        self._set_state("open")

    # ------------------------------------------------------------------
    # Calendar
    # ------------------------------------------------------------------

    def _update_event(self):
        """Keep the meeting in the calendars of trainer and participants.

        It is private: who is trained in what concerns those who are in the room.
        """
        # sudo: whoever gives up a place is not the owner of the meeting. Odoo invites
        # all but who acts, so whoever moves up is told.
        for session in self.sudo().filtered(lambda s: s.state == "open"):
            values = session._prepare_event()
            event = session.event_id.with_context(skip_contact_description=True)
            if event:
                event.write(values)
            elif values["partner_ids"][0][2]:
                session.event_id = event.create(values)

    def _prepare_event(self):
        placed = self.attendance_ids.filtered(lambda row: row.state in PLACED)
        partners = placed.user_id.partner_id | self.trainer_id
        return {
            "name": self.course_id.name,
            "start": self.date_start,
            "stop": self.date_end,
            "location": self.location,
            "privacy": "private",
            "user_id": self.user_id.id,
            "partner_ids": [fields.Command.set(partners.ids)],
        }

    def _tell(self, attendances, text):
        """Notify the people of some attendances, each alone."""
        for partner in attendances.sudo().user_id.partner_id:  # sudo: only whom to tell
            self.env["mail.thread"].message_notify(
                partner_ids=partner.ids,
                subject=text,
                body=text,
                model=self._name,
                res_id=self.id,
            )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_has_begun(self):
        self.check_access("write")
        self._check_state_is("open")
        for session in self:
            if session.date_start > fields.Datetime.now():
                raise UserError(
                    self.env._(
                        "%s is still to come. Record its results afterwards.",
                        session.display_name,
                    )
                )

    def _check_is_complete(self):
        """:raise UserError: naming those whose results are missing"""
        undecided = self.attendance_ids.filtered(lambda row: row.state == "booked")
        if undecided:
            raise UserError(
                self.env._(
                    "Enter whether they attended: %s.",
                    format_list(self.env, undecided.mapped("name")),
                )
            )
        untested = self.attendance_ids.filtered(
            lambda row: row.state == "attended" and row.has_test and not row.is_tested
        )
        if untested:
            raise UserError(
                self.env._(
                    "Enter the test results of: %s.",
                    format_list(self.env, untested.mapped("name")),
                )
            )

    def _check_accepts(self):
        """:raise UserError: if nobody can be entered any more"""
        for session in self:
            if session.state not in ("planned", "open"):
                states = dict(self._fields["state"]._description_selection(self.env))
                raise UserError(
                    self.env._(
                        "%(session)s is %(state)s. Choose a session to come.",
                        session=session.display_name,
                        state=states[session.state],
                    )
                )
