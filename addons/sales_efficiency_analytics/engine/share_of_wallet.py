# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, Measure
from odoo.addons.sales_efficiency_base.tools import Period
from odoo.addons.sales_efficiency_resource.engine import (
    MEMBERS,
    select_customer_places,
)

from .formulas import get_share_of_year

# Customers whose file names a potential: the others do not count.
CUSTOMERS = SQL(
    """
    sales_customer_file AS file
    JOIN res_partner AS partner ON partner.id = file.partner_id
     AND partner.active AND file.potential > 0
    """
)
# Potentials are of no day: they all get this one.
ANY_DAY = Period(date(1970, 1, 1), date(1970, 1, 1))


class ShareOfWallet:
    """How much of what customers could buy they have bought from us.

    Only customers whose file names a potential count, with all of their orders. They
    lie with their salesperson, their team, and in their region and channel as of today.
    A potential is of a year: a period has its part of it, and of a period that runs the
    days that are over count.

    Two statements, whatever the number of scopes and periods.

    :param env: environment of the requesting user
    :param tuple events: events that count as a sale
    """

    def __init__(self, env, events):
        self.env = env
        self._events = events

    def measure(self, scopes, periods):
        """:return: percentages or None, in the order of scopes × periods"""
        self.env["sales.customer.file"].flush_model()
        self.env["res.partner"].flush_model()
        today = min(
            company._get_sales_today()
            for company in self.env["res.company"].browse(
                {scope.company_id for scope in scopes}
            )
        )
        spans = [p.until(today) if p.start <= today else None for p in periods]
        ordered = self._sum_ordered(scopes, list(dict.fromkeys(filter(None, spans))))
        return [
            100 * ordered[scope, span] / (potential * get_share_of_year(span))
            if span and potential
            else None
            for scope, potential in zip(
                scopes, self._sum_potential(scopes), strict=True
            )
            for span in spans
        ]

    def _sum_potential(self, scopes):
        """:return: the potential of a year for each scope"""
        columns = FactColumns(self.env, scopes, [ANY_DAY])
        relation = SQL(
            """
            (SELECT %(places)s %(day)s::date AS date, '' AS event, file.company_id,
                    file.potential
               FROM %(customers)s) AS wallet
            """,
            places=select_customer_places(columns.names),
            day=ANY_DAY.start,
            customers=self._sql_customers(),
        )
        return columns.sums_of(relation, [Measure(("",), "potential", "float8")])[0]

    def _sum_ordered(self, scopes, spans):
        """:return: dict (scope, span) -> amount"""
        columns = FactColumns(self.env, scopes, spans)
        relation = SQL(
            """
            (SELECT %(places)s fact.date, '' AS event, fact.company_id, fact.amount
               FROM %(customers)s
               JOIN sales_fact AS fact ON fact.partner_id = partner.id
                AND fact.company_id = file.company_id
              WHERE fact.event IN %(events)s) AS wallet
            """,
            places=select_customer_places(columns.names),
            customers=self._sql_customers(),
            events=self._events,
        )
        [amounts] = columns.sums_of(relation, [Measure(("",), "amount", "float8")])
        keys = [(scope, span) for scope in scopes for span in spans]
        return dict(zip(keys, amounts, strict=True))

    @staticmethod
    def _sql_customers():
        return SQL("%s %s", CUSTOMERS, MEMBERS)
