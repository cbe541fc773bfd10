# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain

from ..engine.visit import Reading, is_outside, measure

NEVER = datetime.max
# State that a visit must have to check in or out
BEFORE = {"in": "planned", "out": "visiting"}


class SalesVisit(models.Model):
    """Check-in and check-out, each with one reading of the place (policy 3.1.3).

    The place is never more than a mark: whoever is elsewhere, or does not want to be
    located, says why and goes on.
    """

    _inherit = "sales.visit"  # pylint: disable=consider-merging-classes-inherited

    check_in_at = fields.Datetime(string="Check-In", readonly=True, copy=False)
    check_out_at = fields.Datetime(string="Check-Out", readonly=True, copy=False)
    minutes = fields.Integer(
        string="Minutes There",
        compute="_compute_minutes",
        store=True,
        help="From check-in to check-out.",
    )
    place_ids = fields.One2many(
        comodel_name="sales.visit.place",
        inverse_name="visit_id",
        string="Places",
        readonly=True,
        copy=False,
    )
    place_state = fields.Selection(
        selection=[
            ("inside", "At the Customer"),
            ("outside", "Elsewhere"),
            ("unplaced", "No Place"),
        ],
        string="Place",
        compute="_compute_place_state",
        search="_search_place_state",
        help="Where the salesperson checked in.",
    )
    can_check = fields.Boolean(
        compute="_compute_can_check", export_string_translation=False
    )
    is_place_asked = fields.Boolean(
        compute="_compute_is_place_asked", export_string_translation=False
    )
    has_known_place = fields.Boolean(
        string="Place Is Known", compute="_compute_place_link"
    )
    place_link = fields.Json(
        string="Map", compute="_compute_place_link", export_string_translation=False
    )
    leg = fields.Float(
        string="From the Stop Before (km)",
        digits=(16, 1),
        compute="_compute_leg",
        help="Distance as the crow flies from the visit before on the same day, or from"
        " the office.",
    )

    @api.depends("check_in_at", "check_out_at")
    def _compute_minutes(self):
        for visit in self:
            visit.minutes = 0
            if visit.check_in_at and visit.check_out_at:
                spent = visit.check_out_at - visit.check_in_at
                visit.minutes = round(spent.total_seconds() / 60)

    @api.depends("place_ids.state")
    @api.depends_context("uid")
    def _compute_place_state(self):
        """Only for those who may see the places."""
        places = self.env["sales.visit.place"].search(
            [("visit_id", "in", self.ids), ("moment", "=", "in")]
        )
        states = {place.visit_id.id: place.state for place in places}
        for visit in self:
            visit.place_state = states.get(visit._origin.id, False)

    @api.model
    def _search_place_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        states = [state for state in value if state]
        there = Domain("moment", "=", "in")
        found = Domain("place_ids", "any", there & Domain("state", "in", states))
        if len(states) < len(value):
            found |= Domain("place_ids", "not any", there)
        return found

    @api.depends("state", "user_id")
    @api.depends_context("uid")
    def _compute_can_check(self):
        for visit in self:
            visit.can_check = bool(visit._origin) and visit.user_id == self.env.user

    @api.depends("kind", "company_id.sales_visit_places")
    def _compute_is_place_asked(self):
        for visit in self:
            visit.is_place_asked = (
                visit.kind == "on_site" and visit.company_id.sales_visit_places
            )

    @api.depends(
        "kind",
        "address_id.partner_latitude",
        "address_id.partner_longitude",
        "partner_id.partner_latitude",
        "partner_id.partner_longitude",
    )
    def _compute_place_link(self):
        for visit in self:
            place = visit._get_known_place()
            address = visit._get_location()
            visit.has_known_place = bool(place)
            visit.place_link = (place or address) and {
                "latitude": place[0] if place else False,
                "longitude": place[1] if place else False,
                "address": address or "",
                "name": visit.partner_id.name or "",
            }

    @api.depends("user_id", "date", "start", "state", "place_link")
    def _compute_leg(self):
        """One query, however many days and people there are."""
        visits = self | self.search(
            [
                ("user_id", "in", self.user_id.ids),
                ("date", "in", list({date for date in self.mapped("date") if date})),
                ("state", "!=", "cancelled"),
                ("kind", "=", "on_site"),
            ]
        )
        self.leg = 0.0
        days = visits.grouped(lambda v: (v.user_id, v.company_id, v.date))
        for (_user, company, _date), stops in days.items():
            before = company.partner_id._get_sales_place()
            for visit in stops.sorted(lambda v: (v.start or NEVER, v._origin.id or 0)):
                place = visit._get_known_place()
                if visit in self and visit.kind == "on_site" and before and place:
                    visit.leg = measure(before, place) / 1000
                if visit.kind == "on_site" and visit.state != "cancelled":
                    before = place or before

    # ------------------------------------------------------------------
    # Places
    # ------------------------------------------------------------------

    def _get_known_place(self):
        """:return: latitude and longitude of the address, else those of the customer,
        or None if neither is known"""
        self.ensure_one()
        if self.kind != "on_site":
            return None
        # sudo: the place of a customer whom the user may visit
        visit = self.sudo()
        return visit.address_id._get_sales_place() or (
            visit.partner_id._get_sales_place()
        )

    def action_locate(self):
        """Find the place of the address by Odoo's own geocoder."""
        self.ensure_one()
        address = self.address_id or self.partner_id
        address.check_access("write")
        address.geo_localize()

    # ------------------------------------------------------------------
    # Check-in and check-out
    # ------------------------------------------------------------------

    def check_in(self, reading=None):
        """Note the arrival, from the phone.

        :param dict reading: ``latitude``, ``longitude`` and ``accuracy``, or else the
            ``problem``
        :return: an action that asks for a reason, or False once it is noted
        """
        self._check_may_check("in")
        return self._check("in", reading)

    def check_out(self, reading=None):
        """Note the departure; signature as that of ``check_in``."""
        self._check_may_check("out")
        return self._check("out", reading)

    def _check_may_check(self, moment):
        """Refuse to check in or out on behalf of others, twice, or without the plan
        that is demanded."""
        self.ensure_one()
        self.check_access("write")
        if self.user_id != self.env.user:
            raise AccessError(
                self.env._("Only %s checks in and out here.", self.user_id.name)
            )
        self._check_state_is(BEFORE[moment])
        if moment == "in":
            self._check_plan()

    def _check(self, moment, reading):
        """Note the moment, unless the reading needs a reason."""
        if not self.is_place_asked:
            self._note(moment)
            return False
        reading = Reading.parse(self.env, reading)
        judged = self._judge(reading)
        reason = self._get_given_reason(moment, judged["problem"])
        if not judged["problem"] or reason:
            self._note(moment, reading, judged, reason)
            return False
        wizard = self.env["sales.visit.check"].create(
            {
                "visit_id": self.id,
                "moment": moment,
                "latitude": reading.latitude,
                "longitude": reading.longitude,
                "accuracy": reading.accuracy,
                "problem": judged["problem"],
                "distance": judged["distance"],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check In")
            if moment == "in"
            else self.env._("Check Out"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    def _judge(self, reading):
        """Compare a reading with the place of the customer.

        :return: dict of ``state``, ``problem`` (what needs a reason, or False) and
            ``distance`` (in metres, 0 if there is none)
        """
        known, here = self._get_known_place(), reading.place
        if not here:
            problem, distance, state = reading.problem, 0.0, "unplaced"
        elif not known:
            problem, distance, state = "unknown", 0.0, "unplaced"
        else:
            distance = measure(known, here)
            radius = self.company_id.sales_visit_radius
            is_away = is_outside(distance, reading.accuracy, radius)
            problem = "outside" if is_away else False
            state = "outside" if is_away else "inside"
        return {"state": state, "problem": problem, "distance": distance}

    def _get_given_reason(self, moment, problem):
        """:return: the reason given at the check-in, if the same is the matter"""
        if moment != "out" or not problem:
            return False
        place = self.place_ids.filtered(lambda place: place.moment == "in")
        return place.problem == problem and place.reason

    def _note(self, moment, reading=None, judged=None, reason=False):
        """Write down when the person came or went, and where."""
        now = fields.Datetime.now()
        # sudo: users do not write times themselves.
        visit = self.sudo()
        try:
            visit.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._("You have just tapped: wait a moment and reload the page.")
            ) from error
        visit.invalidate_recordset(["state"])
        self._check_state_is(BEFORE[moment])
        if judged:
            # sudo: nor places
            self.env["sales.visit.place"].sudo().create(
                {
                    "visit_id": self.id,
                    "moment": moment,
                    "at": now,
                    "latitude": reading.latitude,
                    "longitude": reading.longitude,
                    "accuracy": reading.accuracy,
                    "reason": reason,
                    **judged,
                }
            )
        if moment == "in":
            visit.write({"check_in_at": now, "state": "visiting"})
        else:
            visit.write({"check_out_at": now, "state": "reporting"})
