# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo.tools import SQL

from .drop_statistics import EARLIER_DAYS, RECENT_DAYS


class OrderCounts:
    """Counts the orders of each customer of a company in one statement.

    Orders are those of the metric *Orders*: confirmed ones and those of the sales
    history, each document once. The customer is the commercial partner.

    :param company: the company
    :param day: last of the recent days
    :param tuple events: events of the figures that are orders
    """

    def __init__(self, company, day, events):
        self._company = company
        self._events = events
        self.end = day
        self.recent_start = day - timedelta(days=RECENT_DAYS - 1)
        self.start = self.recent_start - timedelta(days=EARLIER_DAYS)

    def count(self):
        """:return: rows of partner id, earlier orders, recent orders, their amount,
        whether the customer is watched, and the first day with an order"""
        # Archived customers count for the share of the company, but are not watched.
        return self._company.env.execute_query(
            SQL(
                """
                WITH figure AS MATERIALIZED (%(figures)s),
                     part AS (%(documents)s UNION ALL %(uncounted)s)
                SELECT part.partner_id, SUM(part.earlier)::int, SUM(part.recent)::int,
                       SUM(part.amount)::float8, COALESCE(partner.active, FALSE),
                       MIN(part.first_day)
                  FROM part
             LEFT JOIN res_partner AS partner ON partner.id = part.partner_id
              GROUP BY part.partner_id, partner.active
                HAVING SUM(part.earlier) + SUM(part.recent) > 0
              ORDER BY part.partner_id
                """,
                figures=self._sql_figures(),
                documents=self._sql_documents(),
                uncounted=self._sql_uncounted(),
            )
        )

    def _sql_figures(self):
        """Return the SELECT of the figures, summed by customer and part of the time."""
        return SQL(
            """
            SELECT partner_id, date >= %(recent)s AS is_recent,
                   SUM(documents) AS documents, SUM(amount) AS amount,
                   MIN(date) AS first_day
              FROM sales_fact
             WHERE company_id = %(company)s AND event IN %(events)s
               AND date BETWEEN %(start)s AND %(end)s AND partner_id IS NOT NULL
             GROUP BY partner_id, is_recent
            """,
            **self._parameters,
        )

    def _sql_documents(self):
        """Return the SELECT of the documents that a figure stands for."""
        return SQL(
            """
            SELECT partner_id,
                   CASE WHEN NOT is_recent THEN COALESCE(documents, 0) ELSE 0 END
                   AS earlier,
                   CASE WHEN is_recent THEN COALESCE(documents, 0) ELSE 0 END
                   AS recent,
                   amount, first_day
              FROM figure
            """
        )

    def _sql_uncounted(self):
        """Return the SELECT of the documents that have to be counted, because their
        figures differ, e.g. in the salesperson."""
        return SQL(
            """
            SELECT partner_id,
                   COUNT(DISTINCT (source, res_id)) FILTER (WHERE date < %(recent)s),
                   COUNT(DISTINCT (source, res_id)) FILTER (WHERE date >= %(recent)s),
                   0, NULL
              FROM sales_fact
             WHERE company_id = %(company)s AND event IN %(events)s
               AND date BETWEEN %(start)s AND %(end)s AND partner_id IS NOT NULL
               AND documents IS NULL
             GROUP BY partner_id
            """,
            **self._parameters,
        )

    @property
    def _parameters(self):
        return {
            "company": self._company.id,
            "events": self._events,
            "start": self.start,
            "recent": self.recent_start,
            "end": self.end,
        }
