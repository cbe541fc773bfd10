# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns
from odoo.addons.sales_efficiency_base.engine.fact_terms import Measure
from odoo.addons.sales_efficiency_base.tools import Period

from .sales_people import SalesPeople

DAY = timedelta(days=1)
BEGINNING = date(1900, 1, 1)


class PeopleFigures:
    """Counts the people of the sales teams, and those who have left.

    The number of queries depends neither on scopes nor on periods.

    :param env: environment
    :param scopes: :class:`Scope` objects
    :param periods: :class:`Period` objects
    :param today: head counts of running periods are of this day
    """

    def __init__(self, env, scopes, periods, today):
        self._env = env
        self._scopes = scopes
        self._periods = periods
        self._today = today

    def get_head_counts(self):
        """:return: people at the end of each period, in the order of scopes × periods;
        None if it is still to come"""
        counts = self._read([self._until(period.end) for period in self._periods])
        return [
            self._count_here(counts[scope, self._until(period.end)])
            if period.start <= self._today
            else None
            for scope in self._scopes
            for period in self._periods
        ]

    def get_turnovers(self):
        """Divide those who left by the average of the people at start and end.

        :return: percentages, in the order of scopes × periods; None without people
        """
        spans = [
            span
            for period in self._periods
            for span in (self._until(period.start - DAY), self._until(period.end))
        ]
        counts = self._read(list(dict.fromkeys(spans)))
        values = []
        for scope in self._scopes:
            for period in self._periods:
                before = counts[scope, self._until(period.start - DAY)]
                after = counts[scope, self._until(period.end)]
                people = (self._count_here(before) + self._count_here(after)) / 2
                left = after[1] - before[1]
                is_known = people and period.start <= self._today
                values.append(100.0 * left / people if is_known else None)
        return values

    def _until(self, day):
        return Period(BEGINNING, min(day, self._today))

    @staticmethod
    def _count_here(counts):
        joined, gone = counts
        return joined - gone

    def _read(self, spans):
        """:return: dict (scope, span) → number of those who came and who left in it"""
        spans = list(dict.fromkeys(spans))
        SalesPeople.flush(self._env)
        columns = FactColumns(self._env, self._scopes, spans)
        measures = [
            Measure(events=(event,), column="amount", type="float8")
            for event in ("joined", "gone")
        ]
        joined, gone = columns.sums_of(self._select(columns.names), measures)
        keys = [(scope, span) for scope in self._scopes for span in spans]
        return dict(zip(keys, zip(joined, gone, strict=True), strict=True))

    @staticmethod
    def _select(names):
        """Return the FROM item with one row for each person who came or left."""
        known = ("user_id", "team_id", "region_id")
        return SQL(
            """
            (SELECT %(columns)s person.company_id, step.event, step.date, 1 AS amount
               FROM (%(people)s) AS person
               JOIN LATERAL (VALUES ('joined', person.joined), ('gone', person.gone))
                    AS step (event, date) ON step.date IS NOT NULL) AS step
            """,
            columns=SQL("").join(
                SQL(
                    "%s AS %s, ",
                    SQL.identifier("person", name)
                    if name in known
                    else SQL("NULL::int"),
                    SQL.identifier(name),
                )
                for name in names
            ),
            people=SalesPeople.sql(),
        )
