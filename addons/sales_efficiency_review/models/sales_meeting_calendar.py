# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import pytz

from odoo import Command, api, fields, models
from odoo.tools import clean_context

# Fields of a meeting shown in the calendar
EVENT_FIELDS = frozenset(
    ("name", "date", "duration", "location", "user_id", "partner_ids")
)


class SalesMeeting(models.Model):
    """Time and attendees of a meeting, synchronized with the calendar.

    While a meeting is planned, its time, attendees and cancellation are synchronized
    with its event in both directions. Afterwards, the event no longer affects it.
    """

    _inherit = "sales.meeting"

    team_id = fields.Many2one(
        comodel_name="crm.team",
        string="Sales Team",
        index=True,
        ondelete="restrict",
        check_company=True,
        default=lambda self: self._default_team_id(),
        help="The team that meets, with its sub-teams. Leave empty for a"
        " company-wide meeting.",
    )
    date = fields.Datetime(
        compute="_compute_from_event",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
        default=lambda self: self._default_date(),
        tracking=True,
    )
    duration = fields.Float(
        string="Duration (Hours)",
        compute="_compute_from_event",
        store=True,
        readonly=False,
        precompute=True,
        default=1.5,
    )
    location = fields.Char()
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Held By",
        compute="_compute_user_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
        help="The team leader by default.",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Attendees",
        compute="_compute_partner_ids",
        store=True,
        readonly=False,
        copy=False,
        help="Leaders and members of the team and its sub-teams. They can read the"
        " meeting, its data pack and its minutes.",
    )
    event_id = fields.Many2one(
        comodel_name="calendar.event",
        string="Calendar Event",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _duration_positive = models.Constraint(
        "CHECK (duration > 0)", "Enter the duration of the meeting."
    )

    # ------------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_team_id(self):
        """:return: the team led by the user, the topmost of several"""
        teams = self.env.user.sales_led_team_ids
        return teams.filtered(lambda team: team.parent_id not in teams)[:1]

    @api.model
    def _default_date(self):
        """:return: tomorrow at 10 o'clock"""
        company = self.env.company
        tomorrow = company._get_sales_today() + timedelta(days=1)
        return company._get_sales_moment(tomorrow, 10.0)

    @api.depends("team_id")
    def _compute_user_id(self):
        for meeting in self:
            meeting.user_id = meeting._get_leader() or meeting.user_id or self.env.user

    @api.depends("event_id.start", "event_id.duration")
    def _compute_from_event(self):
        for meeting in self:
            event = meeting._get_leading_event()
            meeting.date = event.start or meeting.date
            meeting.duration = event.duration or meeting.duration

    @api.depends("team_id", "company_id", "user_id", "event_id.partner_ids")
    def _compute_partner_ids(self):
        for meeting in self:
            event = meeting._get_leading_event()
            if event or meeting.state != "planned":
                meeting.partner_ids = event.partner_ids or meeting.partner_ids
            else:
                people, _gone = meeting._get_people()[meeting]
                meeting.partner_ids = (people | meeting.user_id).partner_id

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        meetings = super().create(vals_list)
        meetings._create_events()
        return meetings

    def write(self, vals):
        res = super().write(vals)
        if not {"team_id", "company_id"}.isdisjoint(vals):
            # Check again: users may not move a meeting to a team that they do not lead.
            self.check_access("write")
        changed = EVENT_FIELDS.intersection(vals)
        if changed:
            self._update_events(changed)
        return res

    def unlink(self):
        # sudo: users who may delete a meeting may delete its event.
        events = self.event_id.sudo()
        res = super().unlink()
        events.unlink()
        return res

    @api.readonly
    def action_open_event(self):
        self.ensure_one()
        return self.event_id._get_records_action()

    # ------------------------------------------------------------------
    # Events
    # ------------------------------------------------------------------

    def _get_leading_event(self):
        """:return: the event of a planned meeting, else an empty recordset"""
        self.ensure_one()
        return self.event_id if self.state == "planned" else self.event_id.browse()

    def _create_events(self):
        # sudo: users who plan a meeting may add it to the calendars of its attendees;
        # defaults from the context of the user must not apply.
        env = self.env(su=True, context=clean_context(self.env.context))
        events = env["calendar.event"]
        model_id = self.env["ir.model"]._get_id(self._name)
        created = events.create(
            [
                {
                    **meeting._prepare_event(),
                    "res_model_id": model_id,
                    "res_id": meeting.id,
                    "allday": False,
                    "privacy": "confidential",
                    "alarm_ids": [
                        Command.link(self.env.ref("calendar.alarm_notif_5").id)
                    ],
                }
                for meeting in self
            ]
        )
        for meeting, event in zip(self, created, strict=True):
            meeting.sudo().event_id = event.id  # sudo: users cannot write it.

    def _update_events(self, names):
        """Update the events of planned meetings.

        :param names: changed fields in ``EVENT_FIELDS``
        """
        for meeting in self:
            event = meeting._get_leading_event().sudo()  # sudo: see _create_events
            if event:
                event.write(meeting._prepare_event(names))

    def _prepare_event(self, names=EVENT_FIELDS):
        """Return the values of the event.

        :param names: fields of the meeting to include
        """
        self.ensure_one()
        vals = {name: self[name] for name in ("name", "location") if name in names}
        if not {"date", "duration"}.isdisjoint(names):
            vals["start"] = self.date
            vals["stop"] = self.date + timedelta(hours=self.duration)
        if "user_id" in names:
            vals["user_id"] = self.user_id.id
        if not {"user_id", "partner_ids"}.isdisjoint(names):
            people = self.partner_ids | self.user_id.partner_id
            vals["partner_ids"] = [Command.set(people.ids)]
        return vals

    def _follow_event(self, active):
        """Cancel meetings with deleted or archived events, replan restored ones."""
        before, after = ("cancelled", "planned") if active else ("planned", "cancelled")
        for meeting in self.filtered(lambda meeting: meeting.state == before):
            meeting.state = after

    # ------------------------------------------------------------------
    # People
    # ------------------------------------------------------------------

    def _get_leader(self):
        """:return: the leader of the team, else the nearest leader above"""
        self.ensure_one()
        return self.team_id._get_sales_leaders()[:1]

    def _get_people(self):
        """Return the current and former members of the teams of the meetings.

        :return: dict meeting → (``res.users``, ``res.users``)
        """
        # sudo: team membership is public within the company.
        teams = self.env["crm.team"].sudo().with_context(active_test=False)
        teams = teams.search([("company_id", "in", [False, *self.company_id.ids])])
        people = {}
        for meeting in self:
            own = teams.filtered(meeting._is_about_team)
            working = own.filtered("active")
            members = working.crm_team_member_ids.filtered("active")
            present = (working.user_id | members.user_id).filtered(
                lambda user, company=meeting.company_id: (
                    user.active and company in user.company_ids
                )
            )
            past = own.user_id | own.crm_team_member_all_ids.user_id
            people[meeting] = (present.sudo(False), (past - present).sudo(False))
        return people

    def _is_about_team(self, team):
        """:return: whether a team is that of the meeting, or below it"""
        self.ensure_one()
        if team.company_id not in (self.company_id, team.company_id.browse()):
            return False
        wanted = self.team_id._origin.id
        return not wanted or str(wanted) in (team.parent_path or "").split("/")

    def _invite_team(self):
        """Invite new team members, and uninvite those who left the team or company.

        Guests stay invited.
        """
        for meeting, (present, past) in self._get_people().items():
            if not meeting.user_id.active:
                meeting.user_id = meeting._get_leader() or meeting.user_id
            guests = meeting.partner_ids - past.partner_id
            guests = guests.filtered(
                lambda guest: not guest.with_context(active_test=False).user_ids
                or guest.user_ids
            )
            invited = guests | present.partner_id
            if invited != meeting.partner_ids:
                meeting.partner_ids = invited

    def _get_day(self):
        """:return: the day of the meeting in the company's time zone for sales"""
        self.ensure_one()
        timezone = pytz.timezone(self.company_id.sales_tz)
        return pytz.utc.localize(self.date).astimezone(timezone).date()
