# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import clean_context

# What the calendar shows
PLANNED = {"date", "duration", "location", "holder_id"}
# What each side writes
OF_PERSON = {"person_note"}
OF_SUPERIOR = {
    "date",
    "duration",
    "location",
    "strengths",
    "improvements",
    "superior_note",
}


class SalesAppraisalTalk(models.Model):
    """The talk in which a superior tells a person their appraisal (policy 4.3.3).

    The superior prepares it; the person reads it from the talk on, adds a note, and
    then agrees or objects. From then on it does not change any more.
    """

    _name = "sales.appraisal.talk"
    _inherit = ["sales.appraisal.feedback.mixin", "sales.talk.escalation.mixin"]
    _description = "Appraisal Talk"
    _order = "deadline desc, user_name, id"

    holder_id = fields.Many2one(
        comodel_name="res.users",
        string="Held By",
        index="btree_not_null",
        ondelete="set null",
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    deadline = fields.Date(string="Tell Until", readonly=True)
    event_id = fields.Many2one(
        comodel_name="calendar.event",
        string="Meeting",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    date = fields.Datetime(
        compute="_compute_from_event",
        store=True,
        readonly=False,
        help="Invites the person, without a word about the result. Moved together with"
        " the meeting in the calendar.",
    )
    duration = fields.Float(
        string="Duration (Hours)",
        compute="_compute_from_event",
        store=True,
        readonly=False,
        default=1.0,
        aggregator=None,
    )
    location = fields.Char()
    state = fields.Selection(
        selection=[
            ("open", "To Plan"),
            ("planned", "Planned"),
            ("held", "Held"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    held_at = fields.Datetime(string="Held On", readonly=True)
    is_late = fields.Boolean(
        string="Overdue", compute="_compute_is_late", search="_search_is_late"
    )

    # Result
    is_scored = fields.Boolean(related="appraisal_id.is_scored", related_sudo=False)
    score = fields.Float(related="appraisal_id.score", related_sudo=False)
    grade_id = fields.Many2one(related="appraisal_id.grade_id", related_sudo=False)
    gap_ids = fields.Many2many(
        comodel_name="sales.appraisal.kpi",
        string="Gaps",
        compute="_compute_kpis",
        help="KPIs that were not attained.",
    )
    strength_ids = fields.Many2many(
        comodel_name="sales.appraisal.kpi",
        string="Attained",
        compute="_compute_kpis",
        help="KPIs that were attained.",
    )

    # What is said
    strengths = fields.Text(help="What went well, and should stay as it is.")
    improvements = fields.Text(
        string="To Improve", help="What is behind the gaps, and what will change."
    )
    superior_note = fields.Text(string="Note of the Superior")
    person_note = fields.Text(string="Note of the Person")
    reply = fields.Selection(related="appraisal_id.reply")
    reply_deadline = fields.Date(related="appraisal_id.reply_deadline")
    can_reply = fields.Boolean(related="appraisal_id.can_reply", related_sudo=False)
    can_object = fields.Boolean(related="appraisal_id.can_object", related_sudo=False)
    can_tell = fields.Boolean(related="appraisal_id.can_tell", related_sudo=False)
    can_prepare = fields.Boolean(compute="_compute_can_prepare")
    can_arrange = fields.Boolean(compute="_compute_can_prepare")

    _appraisal_uniq = models.UniqueIndex(
        "(appraisal_id)", "There is a talk about this appraisal already."
    )
    _duration_range = models.Constraint(
        "CHECK (duration > 0 AND duration <= 24)",
        "A talk lasts more than 0 and at most 24 hours.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("event_id.start", "event_id.duration")
    def _compute_from_event(self):
        for talk in self:
            event = talk.event_id if not talk.held_at else talk.event_id.browse()
            talk.date = event.start or talk.date
            talk.duration = event.duration or talk.duration

    @api.depends("date", "held_at")
    def _compute_state(self):
        for talk in self:
            planned = "planned" if talk.date else "open"
            talk.state = "held" if talk.held_at else planned

    @api.depends("deadline", "held_at")
    def _compute_is_late(self):
        for talk in self:
            today = talk.company_id._get_sales_today()
            is_over = talk.deadline and talk.deadline < today
            talk.is_late = is_over and not talk.held_at

    @api.model
    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return Domain("held_at", "=", False) & Domain("deadline", "<", today)

    @api.depends("appraisal_id.kpi_ids.attainment", "appraisal_id.kpi_ids.is_counted")
    def _compute_kpis(self):
        for talk in self:
            counted = talk.appraisal_id.kpi_ids.filtered("is_counted")
            talk.gap_ids = counted.filtered(lambda kpi: kpi._is_gap())
            talk.strength_ids = counted - talk.gap_ids

    @api.depends("user_id", "reply")
    @api.depends_context("uid")
    def _compute_can_prepare(self):
        for talk in self:
            is_other = talk.user_id != self.env.user
            talk.can_prepare = is_other and not talk.reply
            talk.can_arrange = is_other and not talk.held_at and self._is_staff()

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        names = self._get_content(vals)
        if names and not self.env.su:
            self.check_access("write")
            for talk in self:
                talk._check_may_write(names)
        moved = "holder_id" in vals and self.filtered(
            lambda talk: talk.holder_id.id != vals["holder_id"]
        )
        res = super().write(vals)
        if moved:
            moved._check_holder()
            moved._move_to_do()
        if PLANNED & names:
            self._plan_event()
        return res

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_tell(self):
        """The talk has been held: from now on the person sees the appraisal."""
        self.appraisal_id.action_tell()

    def action_acknowledge(self):
        self.appraisal_id.action_acknowledge()

    def action_object(self):
        self.ensure_one()
        return self.appraisal_id.action_object()

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _check_may_write(self, names):
        """:raise AccessError: if a field is not for the user
        :raise UserError: if it does not change any more"""
        is_person = self.user_id == self.env.user
        allowed = OF_PERSON if is_person else OF_SUPERIOR
        if not is_person and self._is_staff():
            allowed = allowed | {"holder_id"}
        if foreign := names - allowed:
            raise AccessError(
                self.env._(
                    "Somebody else fills this in: %s.", self._label_fields(foreign)
                )
            )
        if self.held_at and PLANNED & names:
            raise UserError(
                self.env._("The talk with %s has been held.", self.user_name)
            )
        if self.reply:
            raise UserError(
                self.env._(
                    "%s has replied already, so the notes do not change any more.",
                    self.user_name,
                )
            )

    def _check_holder(self):
        """:raise UserError: if who is to tell somebody does not see the appraisal"""
        for talk in self.filtered("holder_id"):
            appraisal = talk.appraisal_id.with_user(talk.holder_id)
            if talk.holder_id == talk.user_id or not appraisal.has_access("read"):
                raise UserError(
                    self.env._(
                        "%(holder)s does not see the appraisal of %(person)s, and so"
                        " cannot tell it. Choose a superior.",
                        holder=talk.holder_id.name,
                        person=talk.user_name,
                    )
                )

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _text(self, user, kind):
        env = self.with_context(lang=user.lang).env
        return {
            "tell": env._("Tell %s the appraisal in a talk", self.user_name),
            "reply": env._("Read your appraisal: do you agree?"),
        }[kind]

    @api.model
    def _open(self, appraisals):
        """Have superiors tell people their appraisals; queries do not depend on how
        many."""
        # sudo: only code makes talks, without defaults of users, and silently.
        context = {
            **clean_context(self.env.context),
            "mail_create_nosubscribe": True,
            "mail_create_nolog": True,
            "tracking_disable": True,
        }
        talks = self.with_env(self.env(su=True, context=context))
        appraisals = appraisals.sudo()
        told = talks.search([("appraisal_id", "in", appraisals.ids)]).appraisal_id
        new = talks.create(
            [talks._prepare(appraisal) for appraisal in appraisals - told]
        )
        new._create_to_dos(
            talk._prepare_to_do(talk.holder_id, "tell", talk.deadline)
            for talk in new
            if talk.holder_id
        )

    @api.model
    def _prepare(self, appraisal):
        cycle = appraisal.cycle_id
        deadline = cycle.tell_deadline
        if not deadline or appraisal.corrects_id:  # which has its own time
            today = appraisal.company_id._get_sales_today()
            deadline = today + timedelta(days=cycle.tell_days)
        return {
            "appraisal_id": appraisal.id,
            "holder_id": appraisal._find_teller().id,
            "deadline": deadline,
        }

    def _hold(self):
        """Note that the talks are held, and ask the people for their reply."""
        # sudo: users do not write it; that they may tell has been checked.
        talks = self.sudo()
        talks.write({"held_at": fields.Datetime.now()})
        talks._drop_to_dos()
        talks._create_to_dos(
            talk._prepare_to_do(talk.user_id, "reply", talk.reply_deadline)
            for talk in talks
            if talk.user_id.active
        )

    def _move_to_do(self):
        """Give the to-do to whoever holds the talk now."""
        for talk in self.filtered(lambda talk: not talk.held_at):
            talk._drop_to_dos()
            talk._ask(talk.holder_id, "tell", talk.deadline)

    # ------------------------------------------------------------------
    # Calendar
    # ------------------------------------------------------------------

    def _plan_event(self):
        """Keep the meeting in the calendars of both as planned here."""
        for talk in self:
            # sudo: the meeting is private, and whoever plans need not take part.
            talk = talk.sudo()
            if not talk.date:
                talk.event_id.unlink()
            elif talk.event_id:
                talk.event_id.write(talk._prepare_event())
            else:
                env = talk.env(context=clean_context(self.env.context))
                events = env["calendar.event"]
                talk.event_id = events.create(talk._prepare_event())

    def _prepare_event(self):
        """:return: values that say nothing about the result"""
        holder = self.holder_id or self.env.user
        return {
            "name": self.env._("Appraisal talk: %s", self.user_name),
            "start": self.date,
            "stop": self.date + timedelta(hours=self.duration),
            "allday": False,
            "location": self.location,
            "user_id": holder.id,
            "partner_ids": [Command.set((holder | self.user_id).partner_id.ids)],
            # Others see that both are busy, and no name.
            "privacy": "private",
        }
