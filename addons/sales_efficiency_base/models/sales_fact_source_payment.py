# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..engine import Watch
from .sales_fact_source_invoice import SALE_DOCUMENTS


class SalesFactSourcePayment(models.AbstractModel):
    """Money collected on invoices (回款), dated by the payment (policy 2.2.2).

    Each reconciliation is spread over the lines of its invoice in proportion to their
    totals with taxes. The running total is rounded, so that the parts add up to the
    payment. Refunds paid on credit notes are negative. Only money counts: offsets
    against credit notes, write-offs and exchange differences do not, i.e. entries whose
    other side has only income and expense accounts. Amounts written off within a
    payment (a discount, a bank fee) settle the invoice and count.
    """

    _name = "sales.fact.source.payment"
    _inherit = "sales.fact.source.invoice"
    _description = "Sales Facts of Collections"
    _code = "payment"
    _title = "Collections"
    _subject = "finance"
    _summary = (
        "Money received on invoices, on the day of the payment, spread over the"
        " lines of the invoice."
    )
    _sequence = 30
    # Invoices are watched by their own source, under the same origin.
    _watches = [
        Watch(
            table="account_partial_reconcile",
            origin="account_move",
            key="""
                SELECT l.move_id AS key FROM (%(rows)s) r
                  JOIN account_move_line l
                    ON l.id IN (r.debit_move_id, r.credit_move_id)
            """,
            columns=("debit_move_id", "credit_move_id", "amount"),
        )
    ]

    def _get_label(self):
        return self.env._("Collection")

    def _get_events(self):
        return {"payment": self.env._("Collected")}

    def _get_expansions(self):
        # A change of a payment's entry affects the invoices it pays.
        return {
            "account_move": """
                SELECT unnest(%(ids)s)
                UNION
                SELECT d.move_id FROM account_move_line l
                  JOIN account_partial_reconcile a ON a.credit_move_id = l.id
                  JOIN account_move_line d ON d.id = a.debit_move_id
                 WHERE l.move_id = ANY(%(ids)s)
                UNION
                SELECT d.move_id FROM account_move_line l
                  JOIN account_partial_reconcile a ON a.debit_move_id = l.id
                  JOIN account_move_line d ON d.id = a.credit_move_id
                 WHERE l.move_id = ANY(%(ids)s)
            """
        }

    def _get_columns(self):
        def upto(position):
            return SQL(
                "ROUND(a.amount * %s, cur.decimal_places)",
                SQL(
                    "CASE WHEN l.total <> 0 THEN (l.total_upto - %s) / l.total"
                    " ELSE (l.rank - %s)::numeric / l.lines END",
                    SQL("l.price_total") if position else SQL("0"),
                    position,
                ),
            )

        return {
            **self._get_document_columns(),
            "event": SQL("'payment'"),
            "date": SQL("a.date"),
            "amount": SQL("%s - %s", upto(0), upto(1)),
            "margin": SQL("NULL::numeric"),
            "quantity": SQL("NULL::numeric"),
            "match_id": SQL("a.id"),
        }

    def _from(self, ids=None):
        return SQL(
            """
            (%(matches)s) a
            JOIN account_move m ON m.id = a.invoice_id
            JOIN account_move other ON other.id = a.other_id
            JOIN (%(lines)s) l ON l.move_id = m.id
            %(joins)s
            WHERE m.state = 'posted'
              AND m.move_type IN %(types)s
              AND other.state = 'posted'
              AND other.move_type NOT IN %(types)s
              AND EXISTS (
                  SELECT FROM account_move_line money
                    JOIN account_account account ON account.id = money.account_id
                   WHERE money.move_id = other.id
                     AND account.account_type <> 'asset_receivable'
                     AND account.account_type !~ '^(income|expense)'
              )
            """,
            matches=self._matches(ids),
            lines=self._weighted_lines(ids),
            joins=self._document_joins(),
            types=SALE_DOCUMENTS,
        )

    def _matches(self, ids):
        """Return the SELECT of the reconciliations, seen from the invoice.

        Only payment terms count, not cash-basis taxes or goods in transit.
        """
        documents = SQL("TRUE") if ids is None else SQL("i.move_id = ANY(%s)", ids)
        return SQL(" UNION ALL ").join(
            SQL(
                """
                SELECT a.id, i.move_id AS invoice_id, x.move_id AS other_id, x.date,
                       %(sign)s * a.amount AS amount,
                       %(sign)s * %(settled)s AS settled
                  FROM account_partial_reconcile a
                  JOIN account_move_line i
                    ON i.id = %(invoice)s AND i.display_type = 'payment_term'
                  JOIN account_move_line x ON x.id = %(other)s
                 WHERE %(documents)s
                """,
                sign=sign,
                invoice=SQL.identifier("a", invoice),
                # In the currency of the invoice
                settled=SQL.identifier(
                    "a", invoice.replace("move_id", "amount_currency")
                ),
                other=SQL.identifier("a", other),
                documents=documents,
            )
            for sign, invoice, other in (
                (1, "debit_move_id", "credit_move_id"),
                (-1, "credit_move_id", "debit_move_id"),
            )
        )

    def _weighted_lines(self, ids):
        """Return the SELECT of invoice lines with their running share of the total."""
        documents = SQL("TRUE") if ids is None else SQL("l.move_id = ANY(%s)", ids)
        return SQL(
            """
            SELECT l.id, l.move_id, l.product_id, l.price_total, l.balance,
                   SUM(l.price_total) OVER whole AS total,
                   COUNT(*) OVER whole AS lines,
                   SUM(l.price_total) OVER running AS total_upto,
                   ROW_NUMBER() OVER running AS rank
              FROM account_move_line l
              JOIN account_move m ON m.id = l.move_id
             WHERE l.display_type = 'product'
               AND m.move_type IN %(types)s
               AND %(documents)s
            WINDOW whole AS (PARTITION BY l.move_id),
                   running AS (PARTITION BY l.move_id ORDER BY l.id)
            """,
            types=SALE_DOCUMENTS,
            documents=documents,
        )
