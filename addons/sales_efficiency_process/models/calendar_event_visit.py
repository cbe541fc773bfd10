# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

# What a visit shares with its event
VISIT_FIELDS = {"start", "stop", "duration", "user_id", "active", "recurrency"}


class CalendarEvent(models.Model):
    """Events of visits: whoever may change the visit may move or delete them."""

    _inherit = "calendar.event"

    sales_visit_ids = fields.One2many(
        comodel_name="sales.visit",
        inverse_name="event_id",
        string="Visits",
        groups="sales_efficiency_base.group_sales_person",
    )

    def write(self, vals):
        if not VISIT_FIELDS.isdisjoint(vals):
            self._check_sales_visits()
        active = vals.get("active")
        res = super().write(vals)
        if active is not None and not self._follows_sales_visits():
            # sudo: the rights of the user on the visits are checked above.
            self.sudo().sales_visit_ids._follow_event(active)
        return res

    def unlink(self):
        self._check_sales_visits()
        # sudo: as in write
        visits = self.sudo().sales_visit_ids
        res = super().unlink()
        if not self._follows_sales_visits():
            visits.exists()._follow_event(active=False)
        return res

    @api.model
    def _follows_sales_visits(self):
        """:return: whether it is a visit that changes its event; clients send contexts,
        too"""
        return self.env.su and self.env.context.get("sales_visit_follows")

    @api.readonly
    def action_open_sales_visit(self):
        """Open the visit, with its brief and its report."""
        self.ensure_one()
        # sudo: only finds the visits, whose access is then checked for the user.
        visits = self.sudo().sales_visit_ids.with_env(self.env)
        visits.check_access("read")
        return visits._get_records_action()

    def _check_sales_visits(self):
        """Refuse changes by mere guests: they may decline, not move or cancel."""
        if self.env.su:
            return
        # sudo: only finds the visits, whose access is then checked for the user.
        visits = self.sudo().sales_visit_ids.with_env(self.env)
        if visits and not visits.has_access("write"):
            visit = visits[0].sudo()  # sudo: guests know the subject and who comes.
            raise AccessError(
                self.env._(
                    "%(person)s plans %(visit)s and can move or cancel it. You can"
                    " decline.",
                    person=visit.user_id.name,
                    visit=visit.name,
                )
            )
