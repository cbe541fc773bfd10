# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..engine import UPDATE, Watch

SALE_DOCUMENTS = ("out_invoice", "out_refund", "out_receipt")


class SalesFactSourceInvoice(models.AbstractModel):
    """Lines of posted invoices and, negative, of credit notes (policy 2.2.2, 6.1.1).

    A line that invoices an order takes the credit frozen on that order; any other line
    takes the credit of the invoice. Payments inherit it: they have the dimensions of
    the lines of their invoices.
    """

    _name = "sales.fact.source.invoice"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Invoices"
    _code = "invoice"
    _title = "Invoices"
    _subject = "finance"
    _summary = (
        "Lines of posted invoices and, negative, of credit notes, on the invoice date."
    )
    _sequence = 20
    _document = "account.move"
    _origin = "account_move"
    _splits_credit = True
    _watches = [
        Watch(
            table="account_move",
            origin="account_move",
            key="id",
            columns=(
                "state",
                "move_type",
                "invoice_date",
                "date",
                "company_id",
                "commercial_partner_id",
                "invoice_user_id",
                "team_id",
                "sales_region_id",
                "sales_channel_id",
                "campaign_id",
            ),
            condition="r.state = 'posted'",
        ),
        Watch(
            table="account_move_line",
            origin="account_move",
            key="move_id",
            columns=(
                "move_id",
                "display_type",
                "account_id",
                "date",
                "product_id",
                "product_uom_id",
                "quantity",
                "balance",
                "price_total",
                "sales_unit_cost",
            ),
            # The entry itself tells when it is posted.
            condition="r.parent_state = 'posted'",
        ),
        Watch(
            table="sale_order_line_invoice_rel",
            origin="account_move",
            key="""
                SELECT l.move_id AS key FROM (%(rows)s) r
                  JOIN account_move_line l ON l.id = r.invoice_line_id
            """,
            columns=(),
            events=("INSERT", "DELETE"),
        ),
        # Corrections of the frozen values of an order also affect its invoices.
        Watch(
            table="sale_order",
            origin="sold_order",
            key="id",
            columns=(
                "user_id",
                "team_id",
                "sales_region_id",
                "sales_channel_id",
                "currency_rate",
                "campaign_id",
            ),
            events=UPDATE,
        ),
        Watch(
            table="sale_order_line",
            origin="sold_order",
            key="order_id",
            columns=(
                "order_id",
                "purchase_price",
                "sales_unit_cost",
                "product_uom_id",
            ),
            events=UPDATE,
        ),
        Watch(
            table="sales_credit",
            origin="sold_order",
            key="order_id",
            columns=("order_id", "user_id", "team_id", "share"),
        ),
    ]

    def _get_label(self):
        return self.env._("Invoice")

    def _get_events(self):
        return {"invoice": self.env._("Invoiced"), "refund": self.env._("Credited")}

    def _get_expansions(self):
        return {
            "sold_order": """
                SELECT l.move_id FROM sale_order_line s
                  JOIN sale_order_line_invoice_rel r ON r.order_line_id = s.id
                  JOIN account_move_line l ON l.id = r.invoice_line_id
                 WHERE s.order_id = ANY(%(ids)s)
            """,
            "product_template": """
                SELECT l.move_id FROM account_move_line l
                  JOIN product_product p ON p.id = l.product_id
                 WHERE p.product_tmpl_id = ANY(%(ids)s)
            """,
            "res_company": """
                SELECT id FROM account_move
                 WHERE company_id = ANY(%(ids)s) AND move_type LIKE 'out%%'
            """,
        }

    def _get_columns(self):
        sign = SQL("CASE WHEN m.move_type = 'out_refund' THEN -1 ELSE 1 END")
        amount = SQL("-COALESCE(l.balance, 0)")
        unit_cost = SQL(
            """
            CASE WHEN s.id IS NULL THEN l.sales_unit_cost ELSE %s END
            """,
            self._in_unit(self._get_unit_cost("s"), "u", "su"),
        )
        return {
            **self._get_document_columns(),
            "event": SQL(
                "CASE WHEN m.move_type = 'out_refund' THEN 'refund' ELSE 'invoice' END"
            ),
            "date": SQL("COALESCE(m.invoice_date, m.date)"),
            "amount": amount,
            "margin": self._get_margin(
                amount, unit_cost, SQL("%s * COALESCE(l.quantity, 0)", sign)
            ),
            "quantity": self._in_unit(SQL("%s * l.quantity", sign), "u", "pu"),
        }

    def _get_document_columns(self):
        """Return the columns that collections share with the invoice line."""
        return {
            "company_id": SQL("m.company_id"),
            "currency_id": SQL("c.currency_id"),
            "region_id": self._frozen("sales_region_id"),
            "team_id": self._frozen("team_id"),
            "user_id": self._frozen("user_id", "invoice_user_id"),
            "channel_id": self._frozen("sales_channel_id"),
            "categ_id": SQL("t.categ_id"),
            "product_id": SQL("l.product_id"),
            "partner_id": SQL("m.commercial_partner_id"),
            "campaign_id": self._frozen("campaign_id"),
            "res_id": SQL("m.id"),
            "line_id": SQL("l.id"),
            "order_id": SQL("o.id"),
            "precision": SQL("cur.decimal_places"),
        }

    def _frozen(self, order_column, invoice_column=None):
        return SQL(
            "CASE WHEN o.id IS NULL THEN %s ELSE %s END",
            SQL.identifier("m", invoice_column or order_column),
            SQL.identifier("o", order_column),
        )

    def _from(self, ids=None):
        return SQL(
            """
            account_move m
            JOIN account_move_line l ON l.move_id = m.id
            %(joins)s
            LEFT JOIN uom_uom u ON u.id = l.product_uom_id
            LEFT JOIN uom_uom pu ON pu.id = t.uom_id
            LEFT JOIN uom_uom su ON su.id = s.product_uom_id
            WHERE m.state = 'posted'
              AND m.move_type IN %(types)s
              AND l.display_type = 'product'
              AND %(documents)s
            """,
            joins=self._document_joins(),
            types=SALE_DOCUMENTS,
            documents=SQL("TRUE") if ids is None else SQL("m.id = ANY(%s)", ids),
        )

    def _document_joins(self):
        """Return the joins to line ``l`` and invoice ``m`` for the document columns.

        A line that invoices several order lines counts for the first of them.
        """
        return SQL(
            """
            JOIN res_company c ON c.id = m.company_id
            JOIN res_currency cur ON cur.id = c.currency_id
            LEFT JOIN product_product p ON p.id = l.product_id
            LEFT JOIN product_template t ON t.id = p.product_tmpl_id
            LEFT JOIN sale_order_line_invoice_rel r
                   ON r.invoice_line_id = l.id
                  AND NOT EXISTS (
                      SELECT FROM sale_order_line_invoice_rel first
                       WHERE first.invoice_line_id = r.invoice_line_id
                         AND first.order_line_id < r.order_line_id
                  )
            LEFT JOIN sale_order_line s ON s.id = r.order_line_id
            LEFT JOIN sale_order o ON o.id = s.order_id
            """
        )
