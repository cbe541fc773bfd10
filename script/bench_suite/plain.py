# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Baseline for the data mart: facts and cells filled by SQL for the benchmark only.

It makes assumptions that the mart cannot make: one company, one currency, days in UTC,
products sold in their own unit, no credit notes, no split credit, one day and one
salesperson for all lines of a document, one payment of an invoice, and no
cancellations.

The statements name the tables of the mart without a schema: with ``bench`` first in the
search path, they fill separate tables. Which columns the cells have, the measures and
dimensions of the figures say.
"""

FACT = """
    INSERT INTO sales_fact (source, event, date, company_id, currency_id, region_id,
           team_id, user_id, channel_id, categ_id, product_id, partner_id, amount,
           margin, margin_base, quantity, net_amount, res_id, line_id, match_id,
           credit_id, documents)
"""

ORDER = f"""
    {FACT}
    SELECT 'order', 'confirmed', o.date_order, o.company_id, o.currency_id,
           o.sales_region_id, o.team_id, o.user_id, o.sales_channel_id, t.categ_id,
           l.product_id, o.partner_id, l.price_subtotal, l.margin, l.price_subtotal,
           l.product_uom_qty, NULL::numeric, o.id, l.id, 0, 0,
           (ROW_NUMBER() OVER (PARTITION BY o.id ORDER BY l.id) = 1)::int
      FROM sale_order o
      JOIN sale_order_line l ON l.order_id = o.id
      JOIN product_product p ON p.id = l.product_id
      JOIN product_template t ON t.id = p.product_tmpl_id
     WHERE o.state = 'sale' AND (%(all)s OR o.id = ANY(%(ids)s))
"""

INVOICE = f"""
    {FACT}
    SELECT 'invoice', 'invoice', m.invoice_date, m.company_id, m.currency_id,
           o.sales_region_id, o.team_id, o.user_id, o.sales_channel_id, t.categ_id,
           l.product_id, m.commercial_partner_id, -l.balance,
           -l.balance - l.quantity * s.purchase_price, -l.balance, l.quantity,
           NULL::numeric, m.id, l.id, 0, 0,
           (ROW_NUMBER() OVER (PARTITION BY m.id ORDER BY l.id) = 1)::int
      FROM account_move m
      JOIN account_move_line l ON l.move_id = m.id AND l.display_type = 'product'
      JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
      JOIN sale_order_line s ON s.id = r.order_line_id
      JOIN sale_order o ON o.id = s.order_id
      JOIN product_product p ON p.id = l.product_id
      JOIN product_template t ON t.id = p.product_tmpl_id
     WHERE m.state = 'posted' AND m.move_type = 'out_invoice'
"""

PAYMENT = f"""
    {FACT}
    SELECT 'payment', 'payment', paid.date, m.company_id, m.currency_id,
           o.sales_region_id, o.team_id, o.user_id, o.sales_channel_id, t.categ_id,
           l.product_id, m.commercial_partner_id,
           ROUND(a.amount * l.upto / l.total, 2)
           - ROUND(a.amount * (l.upto - l.price_total) / l.total, 2),
           NULL, NULL, NULL, ROUND(-l.balance * a.amount / m.amount_total, 2), m.id,
           l.id, a.id, 0,
           (ROW_NUMBER() OVER (PARTITION BY m.id ORDER BY l.id) = 1)::int
      FROM account_partial_reconcile a
      JOIN account_move_line due ON due.id = a.debit_move_id
      JOIN account_move_line paid ON paid.id = a.credit_move_id
      JOIN account_move m ON m.id = due.move_id AND m.move_type = 'out_invoice'
      JOIN (
          SELECT id, move_id, product_id, balance, price_total,
                 SUM(price_total) OVER (PARTITION BY move_id) AS total,
                 SUM(price_total) OVER (PARTITION BY move_id ORDER BY id) AS upto
            FROM account_move_line
           WHERE display_type = 'product'
      ) l ON l.move_id = m.id
      JOIN sale_order_line_invoice_rel r ON r.invoice_line_id = l.id
      JOIN sale_order_line s ON s.id = r.order_line_id
      JOIN sale_order o ON o.id = s.order_id
      JOIN product_product p ON p.id = l.product_id
      JOIN product_template t ON t.id = p.product_tmpl_id
     WHERE m.state = 'posted'
"""

CELL = """
    INSERT INTO sales_fact_cell AS cell (month, {keys}, {sums}, {counts}, facts)
    SELECT date_trunc('month', date), {key_values}, {sum_values}, {count_values},
           {sign} * COUNT(*)
      FROM {facts}
     GROUP BY 1, {key_values}
"""

ADD = """
    ON CONFLICT (month, {keys}) DO UPDATE SET {additions}
"""


class Baseline:
    """The statements, with the columns that the mart has in a database."""

    def __init__(self, env):
        cells = env["sales.fact.cell"]
        self.cr = env.cr
        self.keys = cells._get_keys()
        self.sums = (*cells._get_measures(), "documents")
        self.counts = cells._get_counts()
        self.ids = {name for name in self.keys if cells._is_number(name)}

    def fill(self):
        """Fill the empty tables of facts and cells from all documents."""
        self.cr.execute("SET LOCAL work_mem = '256MB'; SET LOCAL jit = off")
        for statement in (ORDER, INVOICE, PAYMENT):
            self.cr.execute(statement, {"all": True, "ids": []})
        self.cr.execute(self._sum("sales_fact", 1))

    def replace_orders(self, ids):
        """Replace the facts of some orders, and correct the affected cells."""
        self.cr.execute(
            f"""
            WITH gone AS (
                DELETE FROM sales_fact
                 WHERE source = 'order' AND res_id = ANY(%(ids)s) RETURNING *
            ) {self._sum("gone", -1)} {self._add()}
            """,
            {"ids": ids},
        )
        self.cr.execute(
            f"""
            WITH come AS ({ORDER} RETURNING *)
            {self._sum("come", 1)} {self._add()}
            """,
            {"all": False, "ids": ids},
        )
        self.cr.execute("DELETE FROM sales_fact_cell WHERE facts = 0")

    def _sum(self, facts, sign):
        return CELL.format(
            facts=facts,
            sign=sign,
            keys=_join(self.keys),
            sums=_join(self.sums),
            counts=_join(self.counts),
            key_values=_join(
                f"COALESCE({name}, 0)" if name in self.ids else name
                for name in self.keys
            ),
            sum_values=_join(
                f"{sign} * COALESCE(SUM({name}), 0)" for name in self.sums
            ),
            count_values=_join(
                f"{sign} * COUNT({name})" for name in self.counts.values()
            ),
        )

    def _add(self):
        added = (*self.sums, *self.counts, "facts")
        return ADD.format(
            keys=_join(self.keys),
            additions=_join(
                f"{name} = cell.{name} + excluded.{name}" for name in added
            ),
        )


def _join(names):
    return ", ".join(names)
