# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import CustomerEvents


class SalesCustomerEvent(models.Model):
    """What happened with a customer: contacts, mails, orders, invoices and ratings in
    one list. What the user may not read is not in it."""

    _name = "sales.customer.event"
    _description = "Event of a Customer"
    _auto = False
    _order = "date desc, id desc"
    _depends = {
        "sales.contact": ["activity_type_id", "company_id", "date", "partner_id"],
        "mail.message": [
            "body",
            "date",
            "is_internal",
            "message_type",
            "model",
            "res_id",
            "subject",
        ],
        "sale.order": ["amount_untaxed", "date_order", "name", "partner_id", "state"],
        "account.move": ["amount_untaxed", "invoice_date", "partner_id", "state"],
        "rating.rating": ["consumed", "feedback", "partner_id", "rated_on"],
        "res.partner": ["commercial_partner_id"],
        "crm.lead": ["company_id", "partner_id"],
        "res.company": ["sales_tz"],
    }

    kind = fields.Selection(
        selection=[
            ("contact", "Contact"),
            ("mail", "Message"),
            ("order", "Order"),
            ("invoice", "Invoice"),
            ("rating", "Rating"),
        ],
        readonly=True,
    )
    date = fields.Datetime(readonly=True)
    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    user_id = fields.Many2one(
        comodel_name="res.users", string="Salesperson", readonly=True
    )
    name = fields.Char(string="Subject", readonly=True)
    amount = fields.Monetary(string="Untaxed Amount", readonly=True, aggregator=None)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    res_model = fields.Char(readonly=True, export_string_translation=False)
    res_id = fields.Many2oneReference(
        model_field="res_model", readonly=True, export_string_translation=False
    )

    @property
    def _table_query(self):
        return CustomerEvents(self.env).select()

    @api.depends("name")
    def _compute_display_name(self):
        for event in self:
            event.display_name = event.name or ""

    @api.readonly
    def action_open_document(self):
        """Open the order, the invoice, or whatever it was."""
        self.ensure_one()
        document = self.env[self.res_model].browse(self.res_id)
        document.check_access("read")
        return document._get_records_action()
