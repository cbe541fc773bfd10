# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..engine import Watch


class SalesFactSourceHistory(models.AbstractModel):
    """Imported past sales, which provide last year's figures from day one."""

    _name = "sales.fact.source.history"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of the Sales History"
    _code = "history"
    _title = "Sales History"
    _subject = "order"
    _summary = "Imported past sales, to compare with last year from day one."
    _sequence = 50
    _document = "sales.history.line"
    _origin = "sales_history_line"
    _watches = [
        Watch(
            table="sales_history_line",
            origin="sales_history_line",
            key="SELECT COALESCE(r.document_id, r.id) AS key FROM (%(rows)s) r",
            columns=(
                "document_id",
                "recorded_as",
                "date",
                "company_id",
                "region_id",
                "team_id",
                "user_id",
                "channel_id",
                "categ_id",
                "product_id",
                "partner_id",
                "amount",
                "margin",
                "is_margin_known",
                "quantity",
            ),
        )
    ]

    def _get_label(self):
        return self.env._("Sales History")

    def _get_events(self):
        return {"sale": self.env._("Past sale"), "order": self.env._("Past order")}

    def _get_expansions(self):
        return {
            "res_partner": (
                "SELECT COALESCE(document_id, id) FROM sales_history_line"
                " WHERE partner_id = ANY(%(ids)s)"
            ),
        }

    def _get_columns(self):
        return {
            "event": SQL("l.recorded_as"),
            "date": SQL("l.date"),
            "company_id": SQL("l.company_id"),
            "currency_id": SQL("c.currency_id"),
            "region_id": SQL("l.region_id"),
            "team_id": SQL("l.team_id"),
            "user_id": SQL("l.user_id"),
            "channel_id": SQL("l.channel_id"),
            "categ_id": SQL("l.categ_id"),
            "product_id": SQL("l.product_id"),
            "partner_id": SQL("COALESCE(partner.commercial_partner_id, partner.id)"),
            "amount": SQL("l.amount"),
            "margin": SQL("CASE WHEN l.is_margin_known THEN COALESCE(l.margin, 0) END"),
            "quantity": SQL("l.quantity"),
            "res_id": SQL("COALESCE(l.document_id, l.id)"),
            "line_id": SQL("l.id"),
        }

    def _from(self, ids=None):
        return SQL(
            """
            sales_history_line l
            JOIN res_company c ON c.id = l.company_id
            LEFT JOIN res_partner partner ON partner.id = l.partner_id
            WHERE %s
            """,
            SQL("TRUE")
            if ids is None
            else SQL(
                "(l.document_id = ANY(%(ids)s)"
                " OR l.document_id IS NULL AND l.id = ANY(%(ids)s))",
                ids=ids,
            ),
        )
