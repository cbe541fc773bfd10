# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.tools import clean_context, format_time

QUARTER = 15


class SalesVisit(models.Model):
    """Time of a visit, synchronized with the calendar.

    While a visit is planned, its time and cancellation follow its event, and the other
    way round. Customers read the events that they attend, so these have the subject,
    the time and the place, and nothing else.
    """

    _inherit = "sales.visit"  # pylint: disable=consider-merging-classes-inherited
    # What its event shows of a visit
    _event_fields = frozenset(
        ("name", "start", "duration", "user_id", "address_id", "kind", "partner_id")
    )

    start = fields.Datetime(
        compute="_compute_from_event",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        index=True,
        copy=False,
        default=lambda self: self._default_start(),
        tracking=True,
    )
    duration = fields.Float(
        string="Duration (Hours)",
        compute="_compute_from_event",
        store=True,
        readonly=False,
        precompute=True,
        default=lambda self: self.env.company.sales_visit_minutes / 60,
    )
    stop = fields.Datetime(
        string="End", compute="_compute_stop", store=True, index=True
    )
    hours = fields.Char(
        string="Time", compute="_compute_hours", export_string_translation=False
    )
    event_id = fields.Many2one(
        comodel_name="calendar.event",
        string="Calendar Event",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    _duration_range = models.Constraint(
        "CHECK (duration > 0 AND duration <= 24)",
        "A visit lasts more than 0 and at most 24 hours.",
    )

    @api.model
    def _default_start(self):
        """:return: the next quarter of an hour"""
        now = fields.Datetime.now().replace(second=0)
        return now + timedelta(minutes=QUARTER - now.minute % QUARTER)

    @api.depends("event_id.start", "event_id.stop")
    def _compute_from_event(self):
        for visit in self:
            event = visit._get_leading_event()
            visit.start = event.start or visit.start
            if event.start and event.stop:
                visit.duration = (event.stop - event.start).total_seconds() / 3600
            else:
                visit.duration = visit.duration

    @api.depends("start", "duration")
    def _compute_stop(self):
        for visit in self:
            minutes = round((visit.duration or 0) * 60)
            visit.stop = visit.start and visit.start + timedelta(minutes=minutes)

    @api.depends("start", "stop", "company_id")
    @api.depends_context("lang", "tz", "uid")
    def _compute_hours(self):
        """From when to when, by the clock of the reader."""
        for visit in self:
            tz = visit._get_reader_tz()
            moments = filter(None, (visit.start, visit.stop))
            visit.hours = "–".join(
                format_time(self.env, moment, tz=tz, time_format="short")
                for moment in moments
            )

    def _get_reader_tz(self):
        """:return: the time zone of the reader, or else of the company"""
        context_tz = self.env.context.get("tz")
        return context_tz or self.env.user.tz or self.company_id.sales_tz

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        visits._create_events()
        return visits

    def write(self, vals):
        res = super().write(vals)
        if changed := self._event_fields.intersection(vals):
            self._update_events(changed)
        if "state" in vals:
            self._tell_events_state()
        return res

    def unlink(self):
        # sudo: users who may delete a visit may delete its event.
        events = self.event_id.sudo()
        res = super().unlink()
        events.with_context(sales_visit_follows=True).unlink()
        return res

    @api.readonly
    def action_open_event(self):
        """Open the meeting in the calendar, e.g. to invite the customer."""
        self.ensure_one()
        return self.event_id._get_records_action()

    # ------------------------------------------------------------------
    # Events
    # ------------------------------------------------------------------

    def _get_leading_event(self):
        """:return: the event of a planned visit, else an empty recordset"""
        self.ensure_one()
        return self.event_id if self.state == "planned" else self.event_id.browse()

    def _get_events(self):
        """Return the model of events, in which the visits write.

        Whoever plans a visit may add it to the calendar of its salesperson, so this is
        done as superuser; defaults from the context of the user must not apply. Odoo
        would add the phone numbers of organizer and guest to the description.
        """
        context = clean_context(self.env.context)
        context |= {"sales_visit_follows": True, "skip_contact_description": True}
        return self.env(su=True, context=context)["calendar.event"]

    def _create_events(self):
        for company, visits in self.grouped("company_id").items():
            events = self._get_events().with_company(company)
            events = events.create(
                [
                    {
                        **visit._prepare_event(self._event_fields),
                        # Leaders may move it, whatever the calendar of the person says.
                        "privacy": "confidential",
                    }
                    for visit in visits
                ]
            )
            for visit, event in zip(visits.sudo(), events, strict=True):
                visit.event_id = event.id  # sudo: users cannot write it.

    def _update_events(self, names):
        """Update the events of planned visits.

        :param names: changed fields in ``_event_fields``
        """
        for visit in self:
            if event := visit._get_leading_event():
                event = self._get_events().browse(event.id)
                event.write(visit._prepare_event(names, event))

    def _tell_events_state(self):
        """Take cancelled visits out of the calendar, and put others back."""
        events = self._get_events().with_context(active_test=False)
        cancelled = self.filtered(lambda visit: visit.state == "cancelled")
        for visits, active in ((cancelled, False), (self - cancelled, True)):
            concerned = events.browse(visits.event_id.ids)
            concerned = concerned.filtered(lambda e, active=active: e.active != active)
            if concerned:
                concerned.active = active
        lost = self.filtered(lambda v: v.state == "planned" and not v.event_id)
        lost._create_events()

    def _prepare_event(self, names, event=None):
        """Return the values of the event.

        :param names: fields of the visit to include
        :param event: the event, if there is one
        """
        self.ensure_one()
        vals = {"name": self.name} if "name" in names else {}
        if not {"start", "duration"}.isdisjoint(names):
            vals |= {"start": self.start, "stop": self.stop, "allday": False}
        if not {"address_id", "kind", "partner_id"}.isdisjoint(names):
            vals["location"] = self._get_location()
        if "user_id" in names:
            vals["user_id"] = self.user_id.id
            mine = self.user_id.partner_id
            gone = event.user_id.partner_id - mine if event else mine.browse()
            vals["partner_ids"] = [
                *(Command.unlink(partner.id) for partner in gone),
                Command.link(mine.id),
            ]
        return vals

    def _get_location(self):
        """:return: the address in one line, of a visit on site"""
        self.ensure_one()
        if self.kind != "on_site":
            return False
        # sudo: the address of a customer whom the user may visit
        address = self.sudo().address_id or self.sudo().partner_id
        lines = address._display_address(without_company=True)
        return ", ".join(filter(None, map(str.strip, lines.splitlines()))) or False

    def _follow_event(self, active):
        """Cancel visits whose events are deleted or archived; take up restored ones."""
        before = "cancelled" if active else "planned"
        for visit in self.filtered(lambda visit: visit.state == before):
            visit.state = visit._get_resumed() if active else "cancelled"
