# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import to_array

from .releases import paid_share
from .terms import Receipt


def read_receipts(env, documents, end):
    """Return what customers have paid of invoices until a day.

    Money and invoice are compared without taxes and by the rate of the invoice: gains
    and losses of exchange are no money.

    :param env: environment that may read all figures and invoices
    :param documents: pairs of source and id of a document
    :return: dict document → :class:`.Receipt`
    """
    models = env["sales.fact"]._get_document_models()
    invoices = {d for d in documents if models.get(d[0]) == "account.move"}
    if not invoices:
        return {}
    rows = env.execute_query(
        SQL(
            """
            WITH invoice AS (
                SELECT id, currency_id, invoice_date_due, amount_untaxed,
                       amount_untaxed_signed
                  FROM account_move WHERE id = ANY(%(ids)s::int[])
            ), credited AS MATERIALIZED (
                SELECT m.id, %(amount)s AS amount
                  FROM invoice m
                  JOIN account_move r ON r.reversed_entry_id = m.id
                  CROSS JOIN LATERAL (
                    SELECT r.amount_untaxed AS untaxed,
                           ABS(r.amount_untaxed_signed) AS in_company
                  ) l
                 WHERE %(counts)s
                UNION ALL
                -- Those linked by order lines alone, in proportion to the amounts.
                SELECT m.id, %(amount)s * l.share
                  FROM (
                    SELECT DISTINCT c.invoice_line_id AS id
                      FROM account_move_line sold
                      JOIN sale_order_line_invoice_rel s ON s.invoice_line_id = sold.id
                      JOIN sale_order_line_invoice_rel c USING (order_line_id)
                     WHERE sold.move_id = ANY(%(ids)s::int[])
                  ) credit
                  JOIN account_move_line line ON line.id = credit.id
                  JOIN account_move r ON r.id = line.move_id
                   AND r.reversed_entry_id IS NULL
                  CROSS JOIN LATERAL (
                    SELECT sold.move_id, line.price_subtotal AS untaxed,
                           ABS(line.balance) AS in_company,
                           COALESCE(
                               ABS(sold.balance)
                               / NULLIF(SUM(ABS(sold.balance)) OVER (), 0),
                               1) AS share
                      FROM account_move_line sold
                      JOIN account_move i ON i.id = sold.move_id
                       AND i.move_type <> 'out_refund' AND i.state = 'posted'
                     WHERE sold.id IN (
                        SELECT s.invoice_line_id
                          FROM sale_order_line_invoice_rel c
                          JOIN sale_order_line_invoice_rel s USING (order_line_id)
                         WHERE c.invoice_line_id = line.id)
                  ) l
                  JOIN invoice m ON m.id = l.move_id
                 WHERE %(counts)s
            )
            SELECT m.id, m.invoice_date_due, ABS(m.amount_untaxed_signed)::text,
                   COALESCE(paid.amount, 0)::text, COALESCE(credit.amount, 0)::text
              FROM invoice m
              LEFT JOIN (
                SELECT res_id AS id, SUM(net_amount) AS amount
                  FROM sales_fact
                 WHERE source = 'payment' AND res_id = ANY(%(ids)s::int[])
                   AND date <= %(end)s
                 GROUP BY res_id
              ) paid ON paid.id = m.id
              LEFT JOIN (
                SELECT id, SUM(amount) AS amount FROM credited GROUP BY id
              ) credit ON credit.id = m.id
            """,
            end=end,
            ids=to_array({id_ for _source, id_ in invoices}),
            amount=SQL(
                "(CASE WHEN r.currency_id = m.currency_id"
                " THEN ABS(m.amount_untaxed_signed) * l.untaxed"
                " / NULLIF(m.amount_untaxed, 0) ELSE l.in_company END)"
            ),
            counts=SQL(
                "r.state = 'posted' AND r.move_type = 'out_refund'"
                " AND COALESCE(r.invoice_date, r.date) <= %s",
                end,
            ),
        )
    )
    receipts = {
        id_: Receipt(paid_share(*map(Decimal, (money, total, credited))), due)
        for id_, due, total, money, credited in rows
    }
    return {d: receipts[d[1]] for d in invoices if d[1] in receipts}
