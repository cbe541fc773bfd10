# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

# What makes a meeting a contact, and with whom
CONCERNED = {
    "active",
    "allday",
    "attendee_ids",
    "opportunity_id",
    "partner_ids",
    "res_id",
    "res_model_id",
    "start",
    "start_date",
    "stop",
    "stop_date",
    "user_id",
}


class CalendarEvent(models.Model):
    """Past meetings with customers are contacts (policy 5.1.3)."""

    _name = "calendar.event"
    _inherit = ["calendar.event", "sales.default.mixin"]

    sales_company_id = fields.Many2one(
        comodel_name="res.company",
        string="Held For",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Company in which it was made, of a customer that companies share.",
    )

    @api.model
    def _is_default_guarded(self, field):
        return field.name == "sales_company_id"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_sales_stamp(*vals_list)
        events = super().create([self._add_sales_stamp(vals) for vals in vals_list])
        now = fields.Datetime.now()
        # A meeting to come is taken over when it is past, see ``_cron_sync``.
        events.filtered(lambda event: event.stop <= now)._sync_sales_contacts()
        return events

    def write(self, vals):
        self._check_sales_stamp(vals)
        res = super().write(vals)
        if not CONCERNED.isdisjoint(vals):
            self._sync_sales_contacts()
        return res

    def unlink(self):
        ids = self.ids
        res = super().unlink()
        self.browse(ids)._sync_sales_contacts()
        return res

    def _check_sales_stamp(self, *vals_list):
        if not self.env.su and any("sales_company_id" in vals for vals in vals_list):
            raise AccessError(
                self.env._("The system says for which company a meeting is held.")
            )

    def _add_sales_stamp(self, vals):
        """:return: the values with the company for which a meeting is held"""
        company = self.env.company
        user_id = vals.get("user_id", self.env.context.get("default_user_id"))
        # sudo: only in which companies the person works.
        user = self.env["res.users"].sudo().browse(user_id or self.env.uid)
        own = company if company in user.company_ids else user.company_id
        return {**vals, "sales_company_id": (own or company).id}

    def _sync_sales_contacts(self):
        """Take over the contacts that these meetings are, or were."""
        if self.ids:
            self.env["sales.contact"]._sync(self._name, self.ids)
