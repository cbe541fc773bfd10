# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

COMMA = SQL(", ")


class SalesFactSourceQuotation(models.AbstractModel):
    """Quotations as if they were ordered, invoiced and paid in full on a day.

    No source of the data mart: estimates alone read it, when somebody asks.
    """

    _name = "sales.fact.source.quotation"
    _inherit = "sales.fact.source.order"
    _description = "Sales Facts of Quotations"
    _code = None

    def _counts(self):
        return SQL("o.state IN ('draft', 'sent')")

    def _select_sold(self, order, day):
        """Return the SELECT of the figures of a quotation, and of those of its
        customer: who has bought before is no new customer.

        What does not exist has a negative ``res_id``.

        :param order: ``sale.order`` record
        :param date day: when it is sold and paid
        """
        names = ["id", *self._fact_columns()]
        return SQL(
            """
            WITH quotation AS (%(quotation)s)
            SELECT %(names)s FROM sales_fact
             WHERE company_id = %(company)s AND partner_id = %(partner)s
            UNION ALL %(made)s
            """,
            quotation=self._query(order.ids),
            names=COMMA.join(map(SQL.identifier, names)),
            company=order.company_id.id,
            partner=order.partner_id.commercial_partner_id.id,
            made=SQL(" UNION ALL ").join(
                SQL(
                    "SELECT %s FROM quotation q"
                    " JOIN sale_order_line l ON l.id = q.line_id",
                    self._select(
                        {name: SQL.identifier("q", name) for name in names}
                        | {
                            "id": SQL("-1"),
                            "res_id": SQL("-q.res_id"),
                            "date": SQL("%s::date", day),
                        }
                        | event
                    ),
                )
                for event in self._get_events_of(order)
            ),
        )

    def _get_events_of(self, order):
        """:return: list of the columns by which order, invoice and payment differ"""
        nothing = SQL("NULL::numeric")
        with_taxes = SQL(
            "ROUND(q.amount * COALESCE(l.price_total / NULLIF(l.price_subtotal, 0), 1),"
            " %s)",
            order.company_id.currency_id.decimal_places,
        )
        return [
            {"source": SQL("'order'")},
            {"source": SQL("'invoice'"), "event": SQL("'invoice'")},
            {
                "source": SQL("'payment'"),
                "event": SQL("'payment'"),
                "amount": with_taxes,
                "net_amount": SQL("q.amount"),
                "margin": nothing,
                "margin_base": nothing,
                "quantity": nothing,
            },
        ]
