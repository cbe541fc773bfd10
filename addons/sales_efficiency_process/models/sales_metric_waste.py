# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, Measure
from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .sales_waste import EVERYTHING, PREFIX

COMMA = SQL(", ")
UNION = SQL(" UNION ALL ")


class SalesMetric(models.Model):
    """Measures the working days that a cause of lost time costs (policy 1.3.2)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.metric"

    def _measure_waste(self, metric, scopes, periods):
        """Add up the working days lost by the cause that the code of the metric names,
        or by all causes.

        Signature as that of ``_measure_new_customers``; the number of queries depends
        on that of companies.

        :return: days in the order of scopes × periods
        """
        figures = FactColumns(self.env, scopes, periods)
        span = Period(
            min(period.start for period in periods),
            max(period.end for period in periods),
        )
        codes = None
        if metric.code != EVERYTHING:
            codes = [(metric.code or "").removeprefix(PREFIX)]
        # sudo: as all metrics; whoever asks says what the user may see.
        wastes = self.env["sales.waste"].sudo()
        relations = [
            self._sql_lost_days(
                wastes._find_waste(Scope(company_id), codes), figures.names, span
            )
            for company_id in sorted({scope.company_id for scope in scopes})
        ]
        measure = Measure(events=("waste",), column="days", type="float8")
        relation = SQL("(%s) AS lost", UNION.join(relations))
        return figures.sums_of(relation, [measure])[0]

    def _sql_lost_days(self, waste, names, span):
        """:return: SELECT of lost days with the dimensions in use"""
        columns = [
            SQL.identifier(name)
            if name in waste.columns
            else SQL("NULL::int AS %s", SQL.identifier(name))
            for name in names
        ]
        return SQL(
            "SELECT company_id, date, event, days::float8%s FROM (%s) AS day",
            SQL("").join(SQL(", %s", column) for column in columns),
            waste.sql_days(span),
        )
