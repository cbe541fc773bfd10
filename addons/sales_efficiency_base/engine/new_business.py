# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from .fact_columns import FactColumns
from .fact_terms import Measure
from .metric_figures import MetricFigures

# Events of a sale, the same as those of new customers
SALES = ("confirmed", "sale", "order")


class NewBusiness:
    """Tells new from existing business.

    Sales to a customer are new business in the first months after the customer's first
    order in the company; all others, also those without a customer, are existing
    business. So both add up to all sales. Each company sets the number of months.
    """

    @staticmethod
    def is_new(alias):
        """Return the condition that a row of ``sales_fact`` is new business.

        :param str alias: alias of the table
        """
        return SQL(
            """
            EXISTS (
                SELECT FROM (
                    SELECT f.company_id, f.partner_id,
                           MIN(f.date) + make_interval(
                               months => c.sales_new_business_months) AS until
                      FROM sales_fact f
                      JOIN res_company c ON c.id = f.company_id
                     WHERE f.event IN %(sales)s AND f.partner_id IS NOT NULL
                       AND f.documents IS DISTINCT FROM 0
                     GROUP BY f.company_id, f.partner_id, c.sales_new_business_months
                ) AS customer
                 WHERE customer.company_id = %(fact)s.company_id
                   AND customer.partner_id = %(fact)s.partner_id
                   AND customer.until > %(fact)s.date
            )
            """,
            sales=SALES,
            fact=SQL.identifier(alias),
        )

    @staticmethod
    def sum(metric, scopes, periods):
        """Sum the amounts of the sales that match the filter of the metric.

        :return: values in the order of scopes × periods
        """
        figures = MetricFigures(metric)
        relation = SQL(
            "(SELECT * FROM sales_fact WHERE %s) AS sales_fact", figures.get_condition()
        )
        measure = Measure(events=figures.events, column="amount", type="float8")
        columns = FactColumns(metric.env, scopes, periods)
        return columns.sums_of(relation, [measure])[0]
