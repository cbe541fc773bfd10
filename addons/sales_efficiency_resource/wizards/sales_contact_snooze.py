# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError


class SalesContactSnooze(models.TransientModel):
    """Puts the contact with a customer off until a day, for a reason."""

    _name = "sales.contact.snooze"
    _inherit = "sales.guard.mixin"
    _description = "Snooze a Contact"

    plan_id = fields.Many2one(
        comodel_name="sales.contact.plan",
        string="Customer",
        required=True,
        ondelete="cascade",
    )
    until = fields.Date(
        required=True,
        default=lambda self: self.env.company._get_sales_today() + timedelta(days=7),
    )
    reason = fields.Char(required=True)

    def action_snooze(self):
        self.ensure_one()
        if self.until <= self.plan_id.company_id._get_sales_today():
            raise UserError(self.env._("Choose a day to come."))
        if self.until > self.plan_id._get_latest_snooze():
            raise UserError(self.env._("Contacts are put off for a year at most."))
        self.plan_id._snooze(self.until, self.reason)
        return {"type": "ir.actions.act_window_close"}
