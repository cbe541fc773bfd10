# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesHouseThreadMixin(models.AbstractModel):
    """Messages that are for the house: customers get what is written to them, but
    follow nothing, and are no recipients that are proposed.

    Who follows a document gets every answer to it, and a customer who answers a mail
    would follow it.
    """

    _name = "sales.house.thread.mixin"
    _description = "Messages for the House"

    def _mail_get_partner_fields(self, introspect_fields=False):
        return []

    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        if partner_ids:
            # sudo: only whether they are people of the company
            people = self.env["res.partner"].sudo().browse(partner_ids)
            partner_ids = people.filtered(lambda p: not p.partner_share).ids
        return super()._message_subscribe(
            partner_ids=partner_ids,
            subtype_ids=subtype_ids,
            customer_ids=customer_ids,
        )
