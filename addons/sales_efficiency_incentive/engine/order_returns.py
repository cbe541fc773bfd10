# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from .credited_lines import KEY
from .linked_returns import COUNTED
from .linked_returns import SOURCE as INVOICE
from .sale_line import Return

COMMA = SQL(", ")
SOURCE = "order"
AMOUNT = "amount"
ZERO = Decimal(0)
ONE = Decimal(1)


class _Part(NamedTuple):
    """What a credit note takes from a line of an order, positive"""

    since: object
    date: object
    sums: dict


class OrderReturns:
    """Credit notes that belong to orders, line by line.

    They take from the lines of an order what they take from its invoices, as far as
    it was not invoiced again: an invoice that was only corrected is no return.

    :param env: environment that may read all figures
    :param company: whose orders are looked for
    :param date end: later invoices and credit notes do not count yet
    :param linked: :class:`.LinkedReturns` until the same day
    """

    def __init__(self, env, company, end, linked, money):
        self.env = env
        self._company = company
        self._end = end
        self._linked = linked
        self._money = money

    def find(self, documents, start=None):
        """Return the orders with credit notes that were invoiced or credited by some
        documents, or since a day: pairs of source and id."""
        rows = self.env.execute_query(
            SQL(
                """
                WITH moved AS (
                    SELECT res_id AS id FROM sales_fact
                     WHERE source = %(source)s AND company_id = %(company)s
                       AND date BETWEEN %(start)s AND %(end)s
                    UNION
                    SELECT unnest(%(ids)s::int[])
                ), invoice AS (
                    SELECT id FROM moved
                    UNION
                    SELECT m.reversed_entry_id FROM account_move m JOIN moved USING (id)
                     WHERE m.reversed_entry_id IS NOT NULL
                ), sold AS (
                    SELECT DISTINCT s.order_id
                      FROM invoice
                      JOIN account_move_line l ON l.move_id = invoice.id
                      JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
                      JOIN sale_order_line s ON s.id = r.order_line_id
                )
                SELECT order_id FROM sold
                 WHERE EXISTS (
                    SELECT FROM sale_order_line s
                      JOIN sale_order_line_invoice_rel r ON r.order_line_id = s.id
                      JOIN account_move_line l ON l.id = r.invoice_line_id
                      JOIN account_move m ON m.id = l.move_id
                     WHERE s.order_id = sold.order_id
                       AND (m.move_type = 'out_refund' OR EXISTS (
                            SELECT FROM account_move c
                             WHERE c.reversed_entry_id = m.id
                               AND c.move_type = 'out_refund')))
                """,
                source=INVOICE,
                company=self._company.id,
                start=start,
                end=self._end,
                ids=to_array(id_ for source, id_ in documents if source == INVOICE),
            )
        )
        return {(SOURCE, id_) for [id_] in rows}

    def divide(self, documents, measures):
        """Return what credit notes take from the lines of orders.

        :param documents: pairs of source and id; only orders count
        :param measures: names of the columns of figures to divide
        :return: dict key of a sale → measure → list of :class:`.Return`
        """
        returns = defaultdict(lambda: defaultdict(list))
        orders = [id_ for source, id_ in documents if source == SOURCE]
        invoiced = self._read_invoiced(orders) if orders else []
        refunds = self._linked.find_refunds_of({(INVOICE, row[2]) for row in invoiced})
        if not refunds:
            return returns
        credited = self._read_credited(refunds, {AMOUNT, *measures})
        parts, billed = self._share_out(invoiced, credited)
        sold = self._read_sold(orders)
        for line_id, of_line in parts.items():
            facts = sold.get(line_id)
            if facts:
                ordered = sum(amount for _key, amount in facts)
                for part, share in self._get_left(of_line, ordered - billed[line_id]):
                    self._add(returns, facts, part, share, measures)
        return returns

    def _read_credited(self, refunds, measures):
        """:return: dict line of an invoice → list of :class:`_Part`"""
        returns, _linked = self._linked.divide(refunds, sorted(measures))
        credited = defaultdict(lambda: defaultdict(lambda: defaultdict(Decimal)))
        for key, by_measure in returns.items():
            for measure, found in by_measure.items():
                for back in found:
                    credited[key[2]][back.date][measure] += back.base
        return credited

    def _share_out(self, invoiced, credited):
        """Share out what lines of invoices have billed, and what was given back of
        them, among the lines of orders that they belong to.

        :return: dicts line of an order → list of :class:`_Part`, and → what is billed
            of it less what was given back
        """
        parts, billed = defaultdict(list), defaultdict(Decimal)
        for line_id, sale_line_id, _move, day, amount, factor, share in invoiced:
            factor, share = Decimal(factor), Decimal(share)
            billed[sale_line_id] += Decimal(amount) * factor * share
            for back, sums in credited.get(line_id, {}).items():
                sums = {
                    name: value * share * (ONE if name in COUNTED else factor)
                    for name, value in sums.items()
                }
                billed[sale_line_id] -= sums.get(AMOUNT, ZERO)
                parts[sale_line_id].append(_Part(day, back, sums))
        return parts, billed

    @staticmethod
    def _get_left(parts, left):
        """Return which parts still count, as far as they were not invoiced again.

        What was invoiced again makes up for the earliest.

        :param left: what is ordered and not billed
        :return: pairs of :class:`_Part` and share of it
        """
        for part in sorted(parts, key=lambda part: part.date, reverse=True):
            amount = part.sums.get(AMOUNT, ZERO)
            taken = min(max(left, ZERO), amount)
            left -= taken
            if taken > 0:
                yield part, taken / amount

    def _add(self, returns, facts, part, share, measures):
        weights = [abs(amount) for _key, amount in facts]
        for measure in measures:
            if value := part.sums.get(measure):
                shares = self._money.shares(value * share, weights)
                for (key, _amount), base in zip(facts, shares, strict=True):
                    if base:
                        back = Return(part.date, base, part.since)
                        returns[key][measure].append(back)

    # ------------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------------

    def _read_invoiced(self, orders):
        """Return the lines of invoices of orders: line, line of the order, invoice,
        day, amount, factor to the rate of the order, share of the line of the order."""
        return self.env.execute_query(
            SQL(
                """
                SELECT l.id, s.id, m.id, COALESCE(m.invoice_date, m.date),
                       (-l.balance)::text,
                       (CASE WHEN m.currency_id = o.currency_id AND o.currency_rate > 0
                        THEN COALESCE(m.invoice_currency_rate::numeric, 1)
                             / o.currency_rate ELSE 1 END)::text,
                       COALESCE(
                           ABS(s.price_subtotal) / NULLIF((
                               SELECT SUM(ABS(other.price_subtotal))
                                 FROM sale_order_line_invoice_rel b
                                 JOIN sale_order_line other
                                   ON other.id = b.order_line_id
                                WHERE b.invoice_line_id = l.id), 0),
                           1)::text
                  FROM sale_order_line s
                  JOIN sale_order o ON o.id = s.order_id
                  JOIN sale_order_line_invoice_rel r ON r.order_line_id = s.id
                  JOIN account_move_line l ON l.id = r.invoice_line_id
                  JOIN account_move m ON m.id = l.move_id
                 WHERE s.order_id = ANY(%(orders)s) AND m.state = 'posted'
                   AND m.move_type IN ('out_invoice', 'out_receipt')
                   AND l.display_type = 'product'
                   AND COALESCE(m.invoice_date, m.date) <= %(end)s
                 ORDER BY l.id, s.id
                """,
                orders=orders,
                end=self._end,
            )
        )

    def _read_sold(self, orders):
        """:return: dict line of an order → list of pairs of key and amount"""
        sold = defaultdict(list)
        for row in self.env.execute_query(
            SQL(
                "SELECT %s, amount::text FROM sales_fact"
                " WHERE source = %s AND res_id = ANY(%s)"
                " ORDER BY line_id, credit_id",
                COMMA.join(map(SQL.identifier, KEY)),
                SOURCE,
                orders,
            )
        ):
            sold[row[2]].append((row[: len(KEY)], Decimal(row[len(KEY)] or 0)))
        return sold
