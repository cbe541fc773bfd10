# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import Watch


class SalesFactSourceVisit(models.AbstractModel):
    """Done visits (policy 3.1.3)."""

    _name = "sales.fact.source.visit"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Visits"
    _code = "visit"
    _title = "Visits"
    _subject = "customer"
    _summary = "Visits, online meetings and calls whose report is done, on their day."
    _sequence = 75
    _document = "sales.visit"
    _origin = "sales_visit"
    _watches = [
        Watch(
            table="sales_visit",
            origin="sales_visit",
            key="id",
            columns=(
                "state",
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
        return self.env._("Visit")

    def _get_events(self):
        return {"visited": self.env._("Visited")}

    def _get_expansions(self):
        return {
            "res_partner": """
                SELECT id FROM sales_visit WHERE partner_id = ANY(%(ids)s)
            """
        }

    def _get_columns(self):
        return {
            "event": SQL("'visited'"),
            "date": SQL("visit.date"),
            "company_id": SQL("visit.company_id"),
            "currency_id": SQL("company.currency_id"),
            "region_id": SQL("visit.region_id"),
            "team_id": SQL("visit.team_id"),
            "user_id": SQL("visit.user_id"),
            "channel_id": SQL("visit.channel_id"),
            "partner_id": SQL("COALESCE(p.commercial_partner_id, p.id)"),
            "amount": SQL("0"),
            "res_id": SQL("visit.id"),
        }

    def _from(self, ids=None):
        return SQL(
            """
            sales_visit visit
            JOIN res_company company ON company.id = visit.company_id
            JOIN res_partner p ON p.id = visit.partner_id
            WHERE visit.state = 'done' AND %s
            """,
            SQL("TRUE") if ids is None else SQL("visit.id = ANY(%s)", ids),
        )
