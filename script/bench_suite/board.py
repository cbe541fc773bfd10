# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The board of indicators, of a company of many teams and of one of a single team."""

from datetime import date
from unittest.mock import patch

from odoo.tools import SQL

from .clock import interleave, seconds
from .database import environment
from .reading import create_director
from .result import Result, differing

# In the middle of a month: of it, days are asked for, and not only monthly cells.
TODAY = date(2025, 12, 15)
# Of what nobody sells, there is no value; these are measured in the generated company.
KNOWN = {"ordered_amount", "ordered_quantity", "margin", "ordered_growth"}
PARTS = ("region_id", "team_id", "user_id")


def measure(databases):
    with environment(databases.large) as env:
        yield from Board(env).measure()


class Board:
    """As a sales director opens it."""

    def __init__(self, env):
        self.env = env
        self.indicators = env["sales.indicator"].with_user(create_director(env))

    def measure(self):
        company = type(self.env["res.company"])
        with patch.object(company, "_get_sales_today", lambda _company: TODAY):
            yield self.measure_values()
            for name in PARTS:
                yield self.measure_queries(name)

    def measure_values(self):
        rows = self.open()["rows"]
        metrics = self.env["sales.indicator"].browse(row["id"] for row in rows)
        known = {
            metric.metric_id.code
            for metric, row in zip(metrics, rows, strict=True)
            if row["value"] and row["last_year"] is not None and row["movers"]
        }
        return Result(
            "board of indicators, known figures without value, change or movers",
            0,
            len(KNOWN - known),
            f"of {len(rows)} indicators",
        )

    def measure_queries(self, name):
        [times] = interleave(lambda: seconds(lambda: self.open(by=name)))
        parts, many = self.count_queries(name)
        with self.env.cr.savepoint() as savepoint:
            self.leave_one(name)
            part, few = self.count_queries(name)
            savepoint.rollback()
        self.env.invalidate_all()
        return Result(
            f"the same by {name}, queries more than for a single one",
            0,
            differing(many - few, parts > part == 1),
            f"{many} queries for {parts}, {few} for {part}; {min(times):.2f} s",
        )

    def open(self, **asked):
        self.env.invalidate_all()
        return self.indicators.get_board(period="month", **asked)

    def leave_one(self, name):
        """Take the figures of all records but one from the cells."""
        column = SQL.identifier(name)
        self.env.cr.execute(
            SQL(
                "DELETE FROM sales_fact_cell WHERE %s <> (SELECT MAX(%s)"
                " FROM sales_fact_cell WHERE event = 'confirmed')",
                column,
                column,
            )
        )

    def count_queries(self, name):
        """:return: the number of parts, and that of queries"""
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_analytics.engine import IndicatorChoice

        asked = {"period": "month", "by": name}
        parts = IndicatorChoice(self.indicators.env, asked).find_parts()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.indicators.get_board(**asked)
        return len(parts), self.env.cr.sql_log_count - before
