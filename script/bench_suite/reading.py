# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from math import isclose

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


def measure(databases):
    with environment(databases.large) as env:
        yield from Reading(env).measure()


class Reading:
    """5 metrics × 200 salespeople × 24 months, read in three ways.

    ``sale.report`` and the cells are asked for the sums of 36 months, because growth
    needs the year before; deriving rates from these sums costs them nothing.
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
            2,
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
                "SELECT user_id, month, SUM(amount), SUM(quantity), SUM(margin)"
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
        """Compare all values with those that follow from the sums of sale.report."""
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
        """Compare up to the last of the four decimals that rates have."""
        if value is None or expected is None:
            return value is expected
        return isclose(value, expected, rel_tol=1e-9, abs_tol=1e-4)
