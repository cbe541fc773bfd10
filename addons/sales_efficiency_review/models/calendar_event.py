# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError

# Fields shared with the sales meeting, not specific to one attendee's calendar
MEETING_FIELDS = {
    "start",
    "stop",
    "duration",
    "partner_ids",
    "user_id",
    "active",
    "privacy",
    "recurrency",
}


class CalendarEvent(models.Model):
    _inherit = "calendar.event"

    sales_meeting_ids = fields.One2many(
        comodel_name="sales.meeting", inverse_name="event_id", string="Sales Meetings"
    )

    def write(self, vals):
        if not MEETING_FIELDS.isdisjoint(vals):
            self._check_sales_meetings()
        active = vals.get("active")
        res = super().write(vals)
        if active is not None:
            # sudo: the rights of the user on the meetings are checked above.
            self.sudo().sales_meeting_ids._follow_event(active)
        return res

    def unlink(self):
        self._check_sales_meetings()
        # sudo: as in write
        meetings = self.sudo().sales_meeting_ids
        res = super().unlink()
        meetings._follow_event(active=False)
        return res

    def _get_activity_excluded_models(self):
        """Exclude sales meetings: the calendar itself sends reminders."""
        return [*super()._get_activity_excluded_models(), "sales.meeting"]

    def _check_sales_meetings(self):
        """Refuse changes by mere attendees: they may decline, not move or cancel."""
        # sudo: only finds the meetings, whose access is then checked for the user.
        meetings = self.sudo().sales_meeting_ids.with_env(self.env)
        if meetings and not meetings.has_access("write"):
            meeting = meetings[0].sudo()  # sudo: attendees know who holds it
            raise AccessError(
                self.env._(
                    "%(meeting)s is held by %(person)s, who can move or cancel it. You"
                    " can decline.",
                    meeting=meeting.name,
                    person=meeting.user_id.name,
                )
            )
