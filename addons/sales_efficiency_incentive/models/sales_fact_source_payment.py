# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL


class SalesFactSourcePayment(models.AbstractModel):
    """Collections know their amount without taxes (policy 4.4.1)."""

    _inherit = "sales.fact.source.payment"

    def _get_columns(self):
        """Add what each payment of a line settles of its invoiced amount.

        The running total over the payments of the line is rounded, so that a line paid
        in full gives exactly its invoiced amount, in whatever currency it was paid.
        """

        def upto(own):
            return SQL(
                "ROUND(%(line)s * (SUM(a.settled) OVER payments - %(own)s)"
                " / NULLIF(m.amount_total, 0), cur.decimal_places)",
                line=SQL(
                    "CASE m.move_type WHEN 'out_refund' THEN l.balance"
                    " ELSE -l.balance END"
                ),
                own=own,
            )

        return super()._get_columns() | {
            "net_amount": SQL(
                "COALESCE(%s - %s, 0)", upto(SQL("0")), upto(SQL("a.settled"))
            )
        }

    def _from(self, ids=None):
        return SQL(
            "%s WINDOW payments AS (PARTITION BY l.id ORDER BY a.date, a.id)",
            super()._from(ids),
        )

    def _split_values(self):
        values = super()._split_values()
        return values | {"net_amount": self._split(SQL("line.net_amount"))}
