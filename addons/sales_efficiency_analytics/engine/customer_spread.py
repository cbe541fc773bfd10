# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, MetricFigures


class CustomerSpread:
    """How sales are spread over customers: who orders again, and how much depends on
    few of them.

    One statement each. Sales without a customer do not count.

    :param metric: the metric whose events count as a sale
    """

    def __init__(self, metric):
        self._metric = metric
        self.env = metric.env

    def repeat_rate(self, scopes, periods):
        """Measure how many customers of a period had at least two orders in it.

        :return: percentages or None, in the order of scopes × periods
        """
        columns = FactColumns(self.env, scopes, periods)
        documents = columns.by_key(
            self._sql_sales(columns.names), ("customer", "kind", "document"), SQL("1")
        )
        statement = SQL(
            """
            SELECT position,
                   100.0::float8 * COUNT(*) FILTER (WHERE documents > 1) / COUNT(*)
              FROM (SELECT position, customer, COUNT(*) AS documents
                      FROM (%s) AS document
                     GROUP BY position, customer) AS customer
             GROUP BY position
            """,
            documents,
        )
        return columns.tabulate(statement, 1)[0]

    def concentration(self, scopes, periods):
        """Measure the concentration of sales on customers: the Herfindahl-Hirschman
        index, the sum of the squared shares in percent.

        Of n customers of equal size it is 10,000 ÷ n. Customers who sent back more than
        they bought in the period are left out.

        :return: numbers up to 10,000 or None, in the order of scopes × periods
        """
        columns = FactColumns(self.env, scopes, periods)
        sums = columns.by_key(
            self._sql_sales(columns.names), ("customer",), SQL("amount")
        )
        statement = SQL(
            """
            SELECT position,
                   10000 * SUM(POWER(value_0::float8, 2))
                       / POWER(SUM(value_0)::float8, 2)
              FROM (%s) AS customer
             WHERE value_0 > 0
             GROUP BY position
            """,
            sums,
        )
        return columns.tabulate(statement, 1)[0]

    def _sql_sales(self, names):
        figures = MetricFigures(self._metric)
        return SQL(
            """
            (SELECT %(columns)s, partner_id AS customer, source AS kind,
                    res_id AS document, amount
               FROM sales_fact
              WHERE event IN %(events)s AND partner_id IS NOT NULL AND %(condition)s
            ) AS sale
            """,
            columns=SQL(", ").join(map(SQL.identifier, ("company_id", "date", *names))),
            events=figures.events,
            condition=figures.get_condition() or SQL("TRUE"),
        )
