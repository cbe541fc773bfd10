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
            SELECT m.id, m.invoice_date_due, ABS(m.amount_untaxed_signed)::text,
                   (SELECT COALESCE(SUM(f.net_amount), 0)::text FROM sales_fact f
                     WHERE f.source = 'payment' AND f.res_id = m.id
                       AND f.date <= %(end)s),
                   (SELECT COALESCE(SUM(
                               CASE WHEN r.currency_id = m.currency_id
                               THEN ABS(m.amount_untaxed_signed)
                                    * r.amount_untaxed / NULLIF(m.amount_untaxed, 0)
                               ELSE ABS(r.amount_untaxed_signed) END
                           ), 0)::text
                      FROM account_move r
                     WHERE r.reversed_entry_id = m.id AND r.state = 'posted'
                       AND r.move_type = 'out_refund'
                       AND COALESCE(r.invoice_date, r.date) <= %(end)s)
              FROM account_move m
             WHERE m.id = ANY(%(ids)s::int[])
            """,
            end=end,
            ids=to_array({id_ for _source, id_ in invoices}),
        )
    )
    receipts = {
        id_: Receipt(paid_share(*map(Decimal, (money, total, credited))), due)
        for id_, due, total, money, credited in rows
    }
    return {d: receipts[d[1]] for d in invoices if d[1] in receipts}
