# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from .credited_lines import KEY
from .sale_line import Return

COMMA = SQL(", ")
SOURCE = "invoice"
#: Their size does not depend on the rate of a currency.
COUNTED = ("quantity",)


class LinkedReturns:
    """Credit notes that belong to invoices, line by line.

    A credit note is linked by its invoice, else by the order lines that both share.
    A line of it takes from the lines of the invoice that have its order line, else
    those with its product, else all, in proportion to their amounts. What it takes is
    of the rate of the invoice: what was given back is as if never sold.

    :param env: environment that may read all figures
    :param company: whose credit notes are looked for
    :param date end: later credit notes do not count yet
    """

    def __init__(self, env, company, end, money):
        self.env = env
        self._company = company
        self._end = end
        self._money = money

    def find_refunds(self, start, documents):
        """Return the credit notes since a day, and those among some documents."""
        return self._read_ids(
            SQL(
                """
                SELECT res_id FROM sales_fact
                 WHERE event = 'refund' AND source = %(source)s
                   AND company_id = %(company)s
                   AND date BETWEEN %(start)s AND %(end)s
                UNION
                SELECT res_id FROM sales_fact
                 WHERE event = 'refund' AND source = %(source)s
                   AND company_id = %(company)s AND date <= %(end)s
                   AND res_id = ANY(%(ids)s::int[])
                """,
                source=SOURCE,
                company=self._company.id,
                start=start,
                end=self._end,
                ids=to_array(self._get_ids(documents)),
            )
        )

    def find_refunds_of(self, documents):
        """Return the credit notes of some documents."""
        ids = to_array(self._get_ids(documents))
        return self._read_ids(
            SQL(
                """
                SELECT id FROM account_move
                 WHERE reversed_entry_id = ANY(%(ids)s::int[])
                   AND move_type = 'out_refund' AND state = 'posted'
                UNION
                SELECT credit.move_id
                  FROM account_move_line sold
                  JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = sold.id
                  JOIN sale_order_line_invoice_rel c USING (order_line_id)
                  JOIN account_move_line credit ON credit.id = c.invoice_line_id
                  JOIN account_move m ON m.id = credit.move_id
                 WHERE sold.move_id = ANY(%(ids)s::int[])
                   AND m.move_type = 'out_refund' AND m.state = 'posted'
                """,
                ids=ids,
            )
        )

    def find_invoices(self, documents):
        """Return the invoices of those documents that are credit notes, posted or not:
        pairs of source and id."""
        found = self._read_ids(
            SQL(
                """
                WITH credit AS (
                    SELECT id, reversed_entry_id FROM account_move
                     WHERE id = ANY(%s::int[]) AND move_type = 'out_refund'
                )
                SELECT reversed_entry_id FROM credit
                 WHERE reversed_entry_id IS NOT NULL
                UNION
                SELECT sold.move_id
                  FROM credit
                  JOIN account_move_line l ON l.move_id = credit.id
                  JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
                  JOIN sale_order_line_invoice_rel s USING (order_line_id)
                  JOIN account_move_line sold ON sold.id = s.invoice_line_id
                """,
                to_array(self._get_ids(documents)),
            )
        )
        return {(SOURCE, id_) for id_ in found}

    def divide(self, refunds, measures):
        """Return what credit notes take from which sales.

        :param set refunds: ids of credit notes
        :param measures: names of the columns of figures to divide
        :return: dict key of a sale → measure → list of :class:`.Return`, and the set of
            (id, line) of credit notes that are linked
        """
        returns = defaultdict(lambda: defaultdict(list))
        linked = defaultdict(list)
        if not refunds:
            return returns, set()
        for row in self.env.execute_query(self._select(refunds, measures)):
            linked[row[:3]].append(row[3:])
        for (_move, _line, day), rows in linked.items():
            keys = [row[: len(KEY)] for row in rows]
            weights = [abs(Decimal(row[len(KEY)] or 0)) for row in rows]
            factors = [Decimal(row[len(KEY) + 1]) for row in rows]
            values = rows[0][len(KEY) + 2 :]
            for measure, value in zip(measures, values, strict=True):
                if value is not None:
                    parts = self._money.shares(-Decimal(value), weights)
                    for key, factor, part in zip(keys, factors, parts, strict=True):
                        if factor != 1 and measure not in COUNTED:
                            part = self._money.round(part * factor)
                        if part:
                            returns[key][measure].append(Return(day, part))
        return returns, {row[:2] for row in linked}

    def _select(self, refunds, measures):
        """Return the SELECT of lines of credit notes with the sales that they take
        from: move, line, day, key of the sale, its amount, the factor from the rate of
        the credit note to that of the invoice, sums of the measures."""
        return SQL(
            """
            WITH refund AS (
                SELECT f.res_id, f.line_id, MIN(f.date) AS date, f.product_id,
                       m.reversed_entry_id AS invoice_id, %(sums)s
                  FROM sales_fact f
                  JOIN account_move m ON m.id = f.res_id
                 WHERE f.source = %(source)s AND f.event = 'refund'
                   AND f.res_id = ANY(%(refunds)s::int[]) AND f.date <= %(end)s
                 GROUP BY f.res_id, f.line_id, f.product_id, m.reversed_entry_id
            ), candidate AS (
                SELECT r.line_id AS refund_line, l.id AS line_id,
                       CASE WHEN EXISTS (
                                SELECT FROM sale_order_line_invoice_rel a
                                  JOIN sale_order_line_invoice_rel b
                                 USING (order_line_id)
                                 WHERE a.invoice_line_id = r.line_id
                                   AND b.invoice_line_id = l.id) THEN 1
                            WHEN l.product_id = r.product_id THEN 2
                            ELSE 3 END AS distance
                  FROM refund r
                  JOIN account_move_line l ON l.move_id = r.invoice_id
                 WHERE l.display_type = 'product'
                UNION ALL
                SELECT r.line_id, b.invoice_line_id, 1
                  FROM refund r
                  JOIN sale_order_line_invoice_rel a ON a.invoice_line_id = r.line_id
                  JOIN sale_order_line_invoice_rel b USING (order_line_id)
                 WHERE r.invoice_id IS NULL AND b.invoice_line_id <> r.line_id
            ), nearest AS (
                SELECT *, MIN(distance) OVER (PARTITION BY refund_line) AS least
                  FROM candidate
            )
            SELECT refund.res_id, refund.line_id, refund.date, %(key)s,
                   sold.amount::text,
                   (CASE WHEN credit.currency_id = invoice.currency_id
                     AND invoice.invoice_currency_rate <> 0
                    THEN COALESCE(credit.invoice_currency_rate
                                  / invoice.invoice_currency_rate, 1)
                    ELSE 1 END)::text, %(measures)s
              FROM refund
              JOIN nearest ON nearest.refund_line = refund.line_id
               AND nearest.distance = nearest.least
              JOIN sales_fact sold ON sold.source = %(source)s
               AND sold.event = 'invoice' AND sold.line_id = nearest.line_id
               AND sold.res_id = (SELECT move_id FROM account_move_line
                                   WHERE id = nearest.line_id)
              JOIN account_move credit ON credit.id = refund.res_id
              JOIN account_move invoice ON invoice.id = sold.res_id
             ORDER BY refund.line_id, sold.line_id, sold.credit_id
            """,
            sums=COMMA.join(
                SQL("SUM(f.%s)::text AS %s", SQL.identifier(name), SQL.identifier(name))
                for name in measures
            ),
            source=SOURCE,
            refunds=to_array(refunds),
            end=self._end,
            key=COMMA.join(SQL.identifier("sold", name) for name in KEY),
            measures=COMMA.join(SQL.identifier("refund", name) for name in measures),
        )

    @staticmethod
    def _get_ids(documents):
        return [id_ for source, id_ in documents if source == SOURCE]

    def _read_ids(self, statement):
        return {id_ for [id_] in self.env.execute_query(statement)}
