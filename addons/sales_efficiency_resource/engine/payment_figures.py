# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, Measure
from odoo.addons.sales_efficiency_base.tools import Period

FLOAT = "double precision"


class PaymentFigures:
    """How customers of a scope pay: by due dates of invoices, and what remains open.

    An invoice counts where its figures lie, in proportion to their untaxed amounts, so
    all dimensions of figures work. What credit notes took off was never due. An
    invoice with several due dates counts for each of them. What is paid is counted in
    the currency of the invoice, and by its rate: how rates change does not matter.

    Two or three statements, whatever the number of scopes and periods.

    :param env: environment of the requesting user
    """

    def __init__(self, env):
        self.env = env

    def paid_by_due_date(self, scopes, periods):
        """Measure how much of what was due in a period was paid on or before that day.

        What is due today can still be paid in time, so it does not count yet.

        :return: percentages or None, in the order of scopes × periods
        """
        columns = FactColumns(self.env, scopes, periods)
        relation = SQL(
            """
            (SELECT %(columns)s, term.date_maturity AS date, '' AS event,
                    fact.amount * term.due / term.total AS due,
                    fact.amount * LEAST(term.paid, term.due) / term.total AS paid
               FROM sales_fact AS fact
               JOIN (%(terms)s) AS term ON term.move_id = fact.res_id
              WHERE fact.source = 'invoice' AND fact.event = 'invoice'
            ) AS term
            """,
            columns=self._columns(columns.names),
            terms=self._sql_due(scopes, periods),
        )
        measures = [Measure(("",), name, FLOAT) for name in ("paid", "due")]
        return [
            100 * paid / due if due else None
            for paid, due in zip(*columns.sums_of(relation, measures), strict=True)
        ]

    def days_overdue(self, scopes, periods):
        """Measure by how many days, on average of the amounts, what is open at the end
        of a period is overdue then.

        :return: days, 0 if nothing is open, None if nothing was invoiced within a year
            either; in the order of scopes × periods
        """
        today = max(company._get_sales_today() for company in self._companies(scopes))
        ends = {period: min(period.end, today) for period in periods}
        days = [Period(day, day) for day in dict.fromkeys(ends.values())]
        open_, weighted = self._sum_open(scopes, days)
        invoiced = self._count_invoiced(scopes, days)
        values = [
            amount_days / amount if amount else (0.0 if count else None)
            for amount_days, amount, count in zip(
                weighted, open_, invoiced, strict=True
            )
        ]
        places = {period.end: place for place, period in enumerate(days)}
        return [
            values[row * len(days) + places[ends[period]]]
            for row in range(len(scopes))
            for period in periods
        ]

    def _sum_open(self, scopes, days):
        """:return: a column of open amounts, and one of amounts × days overdue"""
        columns = FactColumns(self.env, scopes, days)
        relation = SQL(
            """
            (SELECT %(columns)s, term.day AS date, '' AS event,
                    fact.amount * term.open / term.total AS open,
                    fact.amount * term.open / term.total * term.late AS open_days
               FROM sales_fact AS fact
               JOIN (%(terms)s) AS term ON term.move_id = fact.res_id
              WHERE fact.source = 'invoice' AND fact.event = 'invoice'
            ) AS term
            """,
            columns=self._columns(columns.names),
            terms=self._sql_open(scopes, days),
        )
        measures = [Measure(("",), name, FLOAT) for name in ("open", "open_days")]
        return columns.sums_of(relation, measures)

    def _count_invoiced(self, scopes, days):
        """:return: a column of the number of figures invoiced in the year before"""
        years = [Period.twelve_months(day.end) for day in days]
        measure = Measure(("invoice",), "facts", "bigint")
        return FactColumns(self.env, scopes, years).sums([measure])[0]

    # ------------------------------------------------------------------
    # Statements
    # ------------------------------------------------------------------

    def _sql_due(self, scopes, periods):
        """Return the SELECT of what was due on which day, and paid until then."""
        return SQL(
            """
            SELECT t.move_id, t.date_maturity, ABS(m.amount_total_signed) AS total,
                   t.balance / t.amount_currency * (t.amount_currency - COALESCE(
                       SUM(p.debit_amount_currency) FILTER (WHERE %(credited)s), 0
                   )) AS due,
                   t.balance / t.amount_currency * COALESCE(
                       SUM(p.debit_amount_currency) FILTER (
                           WHERE NOT %(credited)s AND p.max_date <= t.date_maturity
                   ), 0) AS paid
              FROM account_move_line t
              JOIN %(today)s ON today.company_id = t.company_id
              %(joins)s
             WHERE %(terms)s AND t.date_maturity < today.day
               AND t.date_maturity BETWEEN %(start)s AND %(end)s
             GROUP BY t.id, m.id
            """,
            today=self._sql_today(scopes),
            joins=self._sql_joins(),
            credited=SQL("o.move_type = 'out_refund'"),
            terms=self._sql_terms(),
            start=min(period.start for period in periods),
            end=max(period.end for period in periods),
        )

    def _sql_open(self, scopes, days):
        """Return the SELECT of what was open on which of the days, and how late.

        Only what is open today, or was paid after the first of the days, can have been.
        """
        remaining = SQL(
            "t.amount_currency - COALESCE(SUM(p.debit_amount_currency)"
            " FILTER (WHERE p.max_date <= day.day), 0)"
        )
        return SQL(
            """
            SELECT t.move_id, day.day, ABS(m.amount_total_signed) AS total,
                   t.balance / t.amount_currency * (%(remaining)s) AS open,
                   GREATEST(day.day - t.date_maturity, 0) AS late
              FROM account_move_line t
              JOIN unnest(%(days)s::date[]) AS day (day) ON t.date <= day.day
              %(joins)s
             WHERE %(terms)s AND t.company_id = ANY(%(companies)s)
               AND (t.amount_residual_currency <> 0 OR EXISTS (
                    SELECT FROM account_partial_reconcile later
                     WHERE later.debit_move_id = t.id AND later.max_date > %(first)s))
             GROUP BY t.id, m.id, day.day
            HAVING %(remaining)s > 0
            """,
            remaining=remaining,
            days=[day.end for day in days],
            first=min(day.end for day in days),
            joins=self._sql_joins(),
            terms=self._sql_terms(),
            companies=self._companies(scopes).ids,
        )

    @staticmethod
    def _sql_joins():
        """Return the joins to the invoice, and to what was set against it."""
        return SQL(
            """
              JOIN account_move m ON m.id = t.move_id
              LEFT JOIN account_partial_reconcile p ON p.debit_move_id = t.id
              LEFT JOIN account_move_line s ON s.id = p.credit_move_id
              LEFT JOIN account_move o ON o.id = s.move_id
            """
        )

    @staticmethod
    def _sql_terms():
        return SQL(
            "t.display_type = 'payment_term' AND t.parent_state = 'posted'"
            " AND t.balance > 0 AND t.amount_currency > 0"
            " AND m.amount_total_signed <> 0"
        )

    def _sql_today(self, scopes):
        companies = self._companies(scopes)
        return SQL(
            "unnest(%s::int[], %s::date[]) AS today (company_id, day)",
            companies.ids,
            [company._get_sales_today() for company in companies],
        )

    def _companies(self, scopes):
        ids = {scope.company_id for scope in scopes}
        return self.env["res.company"].browse(sorted(ids))

    @staticmethod
    def _columns(names):
        return SQL(", ").join(
            SQL.identifier("fact", name) for name in ("company_id", *names)
        )
