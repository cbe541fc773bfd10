# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from .fact_columns import FactColumns
from .fact_terms import Measure


class NewCustomers:
    """Counts the customers whose first sale ever falls in a period.

    They count in the scopes of the facts of that day. A customer is a commercial
    partner, and new to each company separately.

    :param env: environment of the requesting user
    :param tuple events: events that count as a sale
    """

    def __init__(self, env, events):
        self.env = env
        self._events = events

    def count(self, scopes, periods):
        """:return: values in the order of scopes × periods"""
        columns = FactColumns(self.env, scopes, periods)
        if not columns.names:
            # Only the day matters: each customer has one first day.
            first = self._sql_first_days()
            days = SQL("(SELECT *, '' AS event, 1 AS facts FROM %s) AS day", first)
            measure = Measure(events=("",), column="facts", type="bigint")
            return columns.sums_of(days, [measure])[0]
        # One fact of a document is enough for its day, its customer and all dimensions
        # that do not divide documents.
        conditions = SQL("fact.documents IS DISTINCT FROM 0"), SQL("TRUE")
        relations = tuple(
            self._sql_first_sales(columns.names, condition) for condition in conditions
        )
        return columns.counts([relations])[0]

    def _sql_first_days(self):
        """Return the FROM item of the first day of each customer and company."""
        return SQL(
            """
            (SELECT company_id, partner_id, MIN(date) AS date
               FROM sales_fact
              WHERE event IN %s AND partner_id IS NOT NULL
                AND documents IS DISTINCT FROM 0
              GROUP BY company_id, partner_id) AS first
            """,
            self._events,
        )

    def _sql_first_sales(self, names, condition):
        """Return the FROM item of the facts of each customer's first day."""
        return SQL(
            """
            (SELECT %(columns)s, '' AS kind, fact.partner_id AS key
               FROM sales_fact AS fact
               JOIN %(first)s
                 ON first.company_id = fact.company_id
                AND first.partner_id = fact.partner_id
                AND first.date = fact.date
              WHERE fact.event IN %(events)s AND fact.partner_id IS NOT NULL
                AND %(condition)s) AS countable
            """,
            columns=SQL(", ").join(
                SQL.identifier("fact", name) for name in ("company_id", "date", *names)
            ),
            first=self._sql_first_days(),
            events=self._events,
            condition=condition,
        )
