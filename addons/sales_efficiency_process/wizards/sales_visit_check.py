# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.visit import Reading


class SalesVisitCheck(models.TransientModel):
    """Asks why somebody checks in or out elsewhere, or without a place."""

    _name = "sales.visit.check"
    _inherit = "sales.guard.mixin"
    _description = "Check In or Out"

    visit_id = fields.Many2one(
        comodel_name="sales.visit", required=True, ondelete="cascade"
    )
    moment = fields.Selection(
        selection=[("in", "Check-In"), ("out", "Check-Out")],
        required=True,
        default="in",
    )
    latitude = fields.Float(digits=(10, 7))
    longitude = fields.Float(digits=(10, 7))
    accuracy = fields.Float(string="Accuracy (m)", digits=(16, 0))
    distance = fields.Float(string="Distance (m)", digits=(16, 0))
    problem = fields.Selection(
        selection=[
            ("outside", "Away from the customer"),
            ("refused", "Not allowed to locate"),
            ("no_signal", "No signal"),
            ("unknown", "Place of the customer not known"),
        ],
        required=True,
        default="no_signal",
    )
    is_place = fields.Boolean(
        string="This Is the Customer's Place",
        compute="_compute_is_place",
        store=True,
        readonly=False,
        help="Later check-ins are compared with it.",
    )
    reason = fields.Char()

    @api.depends("problem", "moment")
    def _compute_is_place(self):
        for check in self:
            check.is_place = check.problem == "unknown" and check.moment == "in"

    def action_confirm(self):
        """Note the moment with the reason, or with the place of the customer."""
        self.ensure_one()
        visit = self.visit_id
        visit._check_may_check(self.moment)
        if visit.is_place_asked:
            self._note(visit)
        else:  # Places have been switched off meanwhile.
            visit._note(self.moment)
        return {"type": "ir.actions.act_window_close"}

    def _note(self, visit):
        reading = self._get_reading()
        if self.is_place and self.problem == "unknown":
            self._set_place(visit.address_id or visit.partner_id, reading)
        judged = visit._judge(reading)
        reason = (self.reason or "").strip()
        if judged["problem"] and not reason:
            raise UserError(self.env._("Say in a few words why."))
        visit._note(
            self.moment, reading, judged, reason if judged["problem"] else False
        )

    def _get_reading(self):
        if self.problem in ("refused", "no_signal"):
            return Reading(problem=self.problem)
        return Reading.parse(
            self.env,
            {
                "latitude": self.latitude,
                "longitude": self.longitude,
                "accuracy": self.accuracy,
            },
        )

    def _set_place(self, address, reading):
        """The first check-in tells where the customer is."""
        if not address._get_sales_place() and address.has_access("write"):
            address.write(
                {
                    "partner_latitude": reading.latitude,
                    "partner_longitude": reading.longitude,
                    "date_localization": fields.Date.context_today(self),
                }
            )
