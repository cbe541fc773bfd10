# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class CalendarAttendee(models.Model):
    """Whoever declines a meeting is not met."""

    _inherit = "calendar.attendee"

    def write(self, vals):
        res = super().write(vals)
        if "state" in vals:
            # sudo: whether the meeting is a contact does not depend on who answers.
            self.sudo().event_id._sync_sales_contacts()
        return res
