# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns, Measure
from odoo.addons.sales_efficiency_base.tools import Period

from .formulas import get_accuracy

DAY = timedelta(days=1)
# Each period gets a day of its own, from this one on: periods may overlap, but a
# snapshot counts in the one at whose start it was taken.
FIRST = date(1970, 1, 1)


class PipelineHistory:
    """Compares what the pipeline promised at the start of a period with what came.

    What it promised is the weekly snapshot of the week of the first day: the
    opportunities that were open then and expected to close within the period. Without
    such a snapshot of the company, nobody knows.

    Two statements each, whatever the number of scopes and periods.

    :param env: environment of the requesting user
    """

    def __init__(self, env):
        self.env = env

    def slippage(self, scopes, periods):
        """Measure how much of what was due has neither been won nor lost in time.

        Of a period that runs, what was due until yesterday counts.

        :return: percentages or None, in the order of scopes × periods
        """
        yesterday = self._get_today(scopes) - DAY
        spans = [self._until(period, yesterday) for period in periods]
        due, slipped = self._sum(scopes, periods, spans, ("due", "slipped"))
        return [
            100 * late / all_ if all_ else None
            for all_, late in zip(due, slipped, strict=True)
        ]

    def accuracy(self, scopes, periods, won):
        """Measure how near the weighted pipeline came to what was won.

        :param list won: what was won, in the order of scopes × periods
        :return: percentages or None, see ``get_accuracy``; None before the end
        """
        today = self._get_today(scopes)
        spans = [period if period.end < today else None for period in periods]
        [weighted] = self._sum(scopes, periods, spans, ("weighted",))
        known = self._get_known(scopes, periods)
        keys = [(scope, place) for scope in scopes for place in range(len(periods))]
        return [
            get_accuracy(forecast, actual)
            if spans[place]
            and (scope.company_id, self._get_week(periods[place])) in known
            else None
            for (scope, place), forecast, actual in zip(
                keys, weighted, won, strict=True
            )
        ]

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _sum(self, scopes, periods, spans, names):
        """Add up snapshots taken at the start of periods.

        :param spans: for each period, the days of which what is due counts, or None
        :return: a column for each name, in the order of scopes × periods
        """
        days = [FIRST + place * DAY for place in range(len(periods))]
        columns = FactColumns(self.env, scopes, [Period(day, day) for day in days])
        rows = [
            (self._get_week(period), span.start, span.end, day)
            for period, span, day in zip(periods, spans, days, strict=True)
            if span
        ]
        measures = [Measure(("",), name, "float8") for name in names]
        return columns.sums_of(self._sql_promised(columns.names, rows), measures)

    def _sql_promised(self, names, rows):
        """Return the FROM item of what the snapshots promised.

        :param list rows: week, first and last day, and day that stands for a period
        """
        weeks, starts, ends, days = zip(*rows, strict=True) if rows else ([],) * 4
        return SQL(
            """
            (SELECT %(columns)s, period.day AS date, '' AS event,
                    taken.amount AS due, taken.weighted_amount AS weighted,
                    CASE WHEN NOT EXISTS (
                        SELECT FROM sales_fact AS closed
                         WHERE closed.source = 'opportunity'
                           AND closed.res_id = taken.lead_id
                           AND closed.event IN ('won', 'lost')
                           AND closed.date <= period.until
                    ) THEN taken.amount END AS slipped
               FROM unnest(%(weeks)s::date[], %(starts)s::date[], %(ends)s::date[],
                           %(days)s::date[]) AS period (week, start, until, day)
               JOIN sales_pipeline_snapshot AS taken ON taken.week = period.week
                AND taken.date_deadline BETWEEN period.start AND period.until
            ) AS promised
            """,
            columns=SQL(", ").join(
                SQL.identifier("taken", name) for name in ("company_id", *names)
            ),
            weeks=list(weeks),
            starts=list(starts),
            ends=list(ends),
            days=list(days),
        )

    def _get_known(self, scopes, periods):
        """:return: set of (company id, week) of which there are snapshots"""
        return set(
            self.env.execute_query(
                SQL(
                    "SELECT DISTINCT company_id, week FROM sales_pipeline_snapshot"
                    " WHERE company_id = ANY(%s) AND week = ANY(%s)",
                    list({scope.company_id for scope in scopes}),
                    list(set(map(self._get_week, periods))),
                )
            )
        )

    def _get_today(self, scopes):
        companies = {scope.company_id for scope in scopes}
        return min(
            company._get_sales_today()
            for company in self.env["res.company"].browse(companies)
        )

    @staticmethod
    def _until(period, day):
        return period.until(day) if period.start <= day else None

    @staticmethod
    def _get_week(period):
        """Return the Monday of the week in which a period starts.

        >>> str(PipelineHistory._get_week(Period.month(date(2026, 10, 1))))
        '2026-09-28'
        """
        return period.start - timedelta(days=period.start.weekday())
