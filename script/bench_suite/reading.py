# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from math import isclose
from statistics import median
from unittest.mock import patch

from odoo import fields
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .clock import interleave, ratio, seconds
from .database import environment
from .result import Result

METRICS = (
    "ordered_amount",
    "ordered_quantity",
    "margin",
    "margin_rate",
    "ordered_growth",
)
FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2025, 12, 31)


LINES = {"small": "0.1 M", "large": "1 M"}


def measure(databases):
    with environment(databases.large) as env:
        yield from Reading(env).measure()
    for size, lines in LINES.items():
        with environment(getattr(databases, size)) as env:
            director = create_director(env)
            yield from Pivot(env, director, lines).measure()
            yield from MetricList(env, director, lines).measure()


class Reading:
    """5 metrics × 200 salespeople × 24 months, read in three ways.

    ``sale.report`` and the cells return sums of 36 months, because growth needs the
    previous year; the time to derive rates from these sums is not counted.
    """

    def __init__(self, env):
        self.env = env
        self.metrics = env["sales.metric"].search([("code", "in", METRICS)])
        self.people = env["res.users"].search([("login", "like", "person")])
        self.scopes = [Scope(env.company.id, user_id=id_) for id_ in self.people.ids]
        self.periods = list(map(Period.month, Period(FIRST_DAY, LAST_DAY).months()))
        self.start = self.periods[0].previous_year().start

    def measure(self):
        ours, cells, report = interleave(
            lambda: seconds(self.by_metrics),
            lambda: seconds(self.by_cells),
            lambda: seconds(self.by_report),
        )
        queries = self.count_queries(self.scopes, self.periods)
        least = self.count_queries(self.scopes[:1], self.periods[:1])
        values = len(METRICS) * len(self.scopes) * len(self.periods)
        yield Result(
            "5 metrics × 200 salespeople × 24 months, times faster than sale.report",
            40,
            *ratio(report, ours),
            at_least=True,
        )
        yield Result(
            "the same, times a plain GROUP BY over the cells",
            1.5,
            *ratio(ours, cells),
        )
        yield Result(
            "the same, queries more than for one salesperson and one month",
            0,
            queries - least,
            f"{queries} and {least} queries",
        )
        yield Result(
            "the same, values that differ from those of sale.report",
            0,
            self.count_differences(),
            f"of {values:,} values",
        )

    def by_metrics(self):
        self.env.invalidate_all()
        return self.metrics._evaluate(self.scopes, self.periods)

    def by_cells(self):
        return self.env.execute_query(
            SQL(
                "SELECT user_id, month, SUM(amount), SUM(quantity), SUM(margin),"
                " SUM(margin_base)"
                " FROM sales_fact_cell"
                " WHERE event = 'confirmed' AND company_id = %s"
                " AND month BETWEEN %s AND %s AND user_id = ANY(%s)"
                " GROUP BY user_id, month",
                self.env.company.id,
                self.start,
                LAST_DAY,
                self.people.ids,
            )
        )

    def by_report(self):
        self.env.invalidate_all()
        return self.env["sale.report"]._read_group(
            Domain("state", "=", "sale")
            & Domain("date", ">=", self.start)
            & Domain("user_id", "in", self.people.ids),
            ["user_id", "date:month"],
            ["price_subtotal:sum", "product_uom_qty:sum", "margin:sum"],
        )

    def count_queries(self, scopes, periods):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.metrics._evaluate(scopes, periods)
        return self.env.cr.sql_log_count - before

    def count_differences(self):
        """Compare all values with those derived from the sums of sale.report."""
        values = self.by_metrics()
        sums = {
            (user.id, month.date()): rest for user, month, *rest in self.by_report()
        }
        nothing = (0, 0, 0)
        differences = 0
        for scope, user_id in zip(self.scopes, self.people.ids, strict=True):
            for period in self.periods:
                expected = self.derive(
                    sums.get((user_id, period.start), nothing),
                    sums.get((user_id, period.previous_year().start), nothing),
                )
                differences += sum(
                    not self.is_same(
                        values[metric.id, scope, period], expected[metric.code]
                    )
                    for metric in self.metrics
                )
        return differences

    def derive(self, now, before):
        amount, quantity, margin = now
        return {
            "ordered_amount": amount,
            "ordered_quantity": quantity,
            "margin": margin,
            "margin_rate": 100 * margin / amount if amount else None,
            "ordered_growth": 100 * (amount / before[0] - 1) if before[0] else None,
        }

    def is_same(self, value, expected):
        """Compare to four decimals, the precision of rates."""
        if value is None or expected is None:
            return value is expected
        return isclose(value, expected, rel_tol=1e-9, abs_tol=1e-4)


class Pivot:
    """The default pivot of Sales Figures: orders by team × salesperson × quarter.

    The client's call also formats each group and reads the currencies.
    """

    DOMAIN = ["|", ("source", "=", "order"), ("event", "in", ["sale", "order"])]
    SETS = [
        [*rows, *columns]
        for rows in ([], ["team_id"], ["team_id", "user_id"])
        for columns in ([], ["date:quarter"])
    ]
    AGGREGATES = [
        "__count",
        "currency_id:array_agg_distinct",
        "amount:sum_currency",
        "amount:sum",
    ]

    def __init__(self, env, director, lines):
        self.facts = env["sales.fact"].with_user(director)
        self.lines = lines

    def measure(self):
        ours, cells = interleave(
            lambda: seconds(self.by_client), lambda: seconds(self.by_cells)
        )
        yield Result(
            f"pivot of facts, team × salesperson × quarter, {self.lines} lines,"
            " times the SQL on the cells",
            2,
            *ratio(ours, cells),
        )
        answer = self.by_client()
        with patch.object(type(self.facts), "_from_cells", lambda facts, *args: facts):
            expected = self.by_client()
        yield Result(
            "the same, sets of groups that differ from those of the facts",
            0,
            sum(map(list.__ne__, answer, expected)),
            f"of {sum(map(len, answer)):,} groups",
        )

    def by_client(self):
        self.facts.env.invalidate_all()
        return self.facts.formatted_read_grouping_sets(
            self.DOMAIN, self.SETS, self.AGGREGATES
        )

    def by_cells(self):
        return self.facts.env.execute_query(
            SQL(
                "SELECT team_id, user_id, date_trunc('quarter', month) AS quarter,"
                " SUM(amount), SUM(facts) FROM sales_fact_cell"
                " WHERE (source = 'order' OR event IN ('sale', 'order'))"
                " AND company_id = %s GROUP BY GROUPING SETS ((), (quarter), (team_id),"
                " (team_id, quarter), (team_id, user_id), (team_id, user_id, quarter))",
                self.facts.env.company.id,
            )
        )


class MetricList:
    """The list of metrics, opened by a director of the whole company."""

    FIELDS = (
        "sequence",
        "name",
        "formula",
        "unit",
        "value_month",
        "value_year",
        "value_last_year",
        "value_scope",
    )

    def __init__(self, env, director, lines):
        self.metrics = env["sales.metric"].with_user(director)
        self.lines = lines

    def measure(self):
        with patch.object(fields.Date, "context_today", lambda *args: LAST_DAY):
            [times] = interleave(lambda: seconds(self.by_client))
        yield Result(
            f"list of metrics, {self.lines} lines, seconds", 0.3, median(times)
        )

    def by_client(self):
        self.metrics.env.invalidate_all()
        return self.metrics.web_search_read([], {name: {} for name in self.FIELDS})


def create_director(env):
    """Create a sales director, rolled back with the transaction."""
    group = env.ref("sales_efficiency_base.group_sales_director")
    return env["res.users"].create(
        {"name": "Director", "login": "director", "group_ids": group.ids}
    )
