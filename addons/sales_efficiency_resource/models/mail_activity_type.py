# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

# Types of Odoo that are contacts with customers
CONTACTS = ("email", "call", "meeting")


class MailActivityType(models.Model):
    _inherit = "mail.activity.type"

    sales_is_contact = fields.Boolean(
        string="Counts as Contact",
        help="A done activity of this type with a customer is a contact, also on an"
        " opportunity or order.",
    )

    @api.model
    def _set_sales_contacts(self):
        """Have calls, e-mails and meetings count from the start."""
        for name in CONTACTS:
            activity_type = self.env.ref(
                f"mail.mail_activity_data_{name}", raise_if_not_found=False
            )
            if activity_type:
                activity_type.sales_is_contact = True

    def write(self, vals):
        res = super().write(vals)
        if "sales_is_contact" in vals:
            self.env["sales.contact"]._trigger_follow_up()
        return res
