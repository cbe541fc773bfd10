# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns
from odoo.addons.sales_efficiency_base.engine.fact_terms import Measure
from odoo.addons.sales_efficiency_base.tools import Period

BEGINNING = date(1900, 1, 1)
GRADED = Measure(events=("graded",), column="customers", type="bigint")


class GradedCustomers:
    """Counts the customers who have a grade at the end of each period.

    They count where the customer belongs today. The number of queries depends neither
    on scopes nor on periods.

    :param env: environment
    :param scopes: :class:`Scope` objects
    :param periods: :class:`Period` objects
    """

    def __init__(self, env, scopes, periods):
        self._env = env
        self._scopes = scopes
        self._periods = periods
        self._today = env.company._get_sales_today()

    def count(self, rank=None):
        """:param int rank: count those with one grade of their company only: 1 is the
            best one
        :return: numbers in the order of scopes × periods; None if still to come"""
        self._env["sales.customer.grade"].flush_model()
        spans = list(dict.fromkeys(map(self._until, self._periods)))
        columns = FactColumns(self._env, self._scopes, spans)
        relation = self._sql_changes(columns.names, rank)
        [counts] = columns.sums_of(relation, [GRADED])
        found = dict(
            zip(((s, p) for s in self._scopes for p in spans), counts, strict=True)
        )
        return [
            found[scope, self._until(period)] if period.start <= self._today else None
            for scope in self._scopes
            for period in self._periods
        ]

    def _until(self, period):
        return Period(BEGINNING, min(period.end, self._today))

    def _sql_changes(self, names, rank):
        """Return the FROM item of those who come and go, see ``FactQuery.sums_of``."""
        places = {
            "partner_id": SQL("partner.id"),
            "user_id": SQL("partner.user_id"),
            "team_id": SQL("owner.sale_team_id"),
            "region_id": SQL("partner.sales_region_id"),
            "channel_id": SQL("partner.sales_channel_id"),
        }
        return SQL(
            """
            (SELECT %(columns)s period.company_id, 'graded' AS event, change.date,
                    change.customers
               FROM sales_customer_grade AS period
               JOIN res_partner AS partner ON partner.id = period.partner_id
               LEFT JOIN res_users AS owner ON owner.id = partner.user_id
               CROSS JOIN LATERAL (VALUES (period.date_from, 1),
                                          (period.date_to + 1, -1))
                     AS change (date, customers)
              WHERE period.active AND change.date IS NOT NULL AND %(is_counted)s
            ) AS graded
            """,
            columns=SQL("").join(
                SQL(
                    "%s AS %s, ",
                    places.get(name, SQL("NULL::int")),
                    SQL.identifier(name),
                )
                for name in names
            ),
            is_counted=self._sql_is_ranked(rank) if rank else SQL("TRUE"),
        )

    def _sql_is_ranked(self, rank):
        return SQL(
            """
            period.grade_id IN (
                SELECT id FROM (
                    SELECT id, ROW_NUMBER() OVER (
                               PARTITION BY company_id ORDER BY threshold DESC) AS rank
                      FROM sales_grade WHERE active) AS ranked
                 WHERE rank = %s)
            """,
            rank,
        )
