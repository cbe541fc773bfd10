# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import Watch


class SalesFactSourceContact(models.AbstractModel):
    """Contacts with customers (policy 5.1.3).

    ``sales.contact`` joins activities, meetings and what add-ons count; only its rows
    are watched, so that nothing is added to the cost of orders and opportunities.
    """

    _name = "sales.fact.source.contact"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Contacts"
    _code = "contact"
    _title = "Contacts"
    _subject = "customer"
    _summary = (
        "Calls, e-mails and other done activities with customers, and past meetings"
        " with them, on their day."
    )
    _sequence = 70
    _document = "sales.contact"
    _origin = "sales_contact"
    _watches = [
        Watch(
            table="sales_contact",
            origin="sales_contact",
            key="id",
            columns=(
                "date",
                "company_id",
                "partner_id",
                "user_id",
                "team_id",
                "region_id",
                "channel_id",
            ),
        )
    ]

    def _get_label(self):
        return self.env._("Contact")

    def _get_events(self):
        return {"contacted": self.env._("Contacted")}

    def _get_expansions(self):
        return {
            "res_partner": """
                SELECT id FROM sales_contact WHERE partner_id = ANY(%(ids)s)
            """
        }

    def _get_columns(self):
        return {
            "event": SQL("'contacted'"),
            "date": SQL("contact.date"),
            "company_id": SQL("contact.company_id"),
            "currency_id": SQL("company.currency_id"),
            "region_id": SQL("contact.region_id"),
            "team_id": SQL("contact.team_id"),
            "user_id": SQL("contact.user_id"),
            "channel_id": SQL("contact.channel_id"),
            "partner_id": SQL("COALESCE(p.commercial_partner_id, p.id)"),
            "amount": SQL("0"),
            "res_id": SQL("contact.id"),
        }

    def _from(self, ids=None):
        return SQL(
            """
            sales_contact contact
            JOIN res_company company ON company.id = contact.company_id
            JOIN res_partner p ON p.id = contact.partner_id
            WHERE %s
            """,
            SQL("TRUE") if ids is None else SQL("contact.id = ANY(%s)", ids),
        )
