# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import gc
from datetime import date
from itertools import count
from pathlib import Path

from odoo.tools import SQL

from .clock import interleave, ratio, seconds
from .database import environment
from .memory import forget_peak, read_peak
from .result import Result
from .tree import TODAY, YEAR, frozen, start

CHANGED_ORDERS = 100
MEGABYTES = 100
# Limit for the page, which adds access rights, names, rankings, warnings, milestones
COCKPIT = 2
COMPARED = ("target_id", "period", "date_from", "date_to", "amount", "actual")
LAST_YEAR = ("last_year", "last_year_whole")


def measure(databases):
    with environment(databases.large) as env:
        yield from Targets(env).measure()


class Targets:
    """The evaluation of 10,000 annual targets, complete and after a few changes."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_target.engine import Measurement

        self.env = env
        self.cr = env.cr
        self.plan = start(env)
        self.results = env["sales.target.result"]
        self.measurement = Measurement(env)
        self.firsts = count(1)

    def measure(self):
        with frozen(self.env):
            yield from self.measure_evaluation()
            yield from self.measure_cockpit()
            yield from self.measure_following()
            yield from self.measure_alerts()

    # Full evaluation

    def measure_evaluation(self):
        self.cr.execute(
            "CREATE SCHEMA IF NOT EXISTS bench; CREATE TABLE bench.sales_target_result"
            " (LIKE public.sales_target_result INCLUDING ALL)"
        )
        self.cr.commit()
        ours, theirs = interleave(self.by_engine, self.by_plain_sql)
        yield Result(
            "10,000 targets × 18 periods of 5 metrics, times the plain SQL",
            2,
            *ratio(ours, theirs),
        )
        yield Result(
            "the same, figures that differ from those of the plain SQL",
            0,
            self.count_differences("bench", (*COMPARED, *LAST_YEAR)),
            f"of {self.count():,} results",
        )
        yield self.measure_memory()
        targets = self.plan.target_ids
        many, few = map(self.count_queries, (targets, targets[:10]))
        yield Result(
            "the same, queries more than for 10 targets",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def measure_memory(self):
        """Measure how much memory an evaluation needs: it reads targets in batches."""
        self.env.invalidate_all()
        gc.collect()
        forget_peak()
        before = read_peak()
        self.by_engine()
        after = read_peak()
        return Result(
            "the same, megabytes of Python that it takes",
            MEGABYTES,
            after - before,
            f"{after:.0f} MB - {before:.0f} MB",
        )

    def by_engine(self):
        self.empty("public")
        targets = self.plan.target_ids

        def evaluate():
            self.measurement.tune()
            self.measurement.measure(targets)
            self.cr.commit()

        return seconds(evaluate)

    def by_plain_sql(self):
        self.empty("bench")
        return seconds(self.fill)

    def fill(self):
        self.measurement.tune()
        self.cr.execute(
            Path(__file__).with_name("targets.sql").read_text(),
            {
                "plan": self.plan.id,
                "start": YEAR,
                "end": date(YEAR.year, 12, 31),
                "today": TODAY,
            },
        )
        self.cr.commit()

    def empty(self, schema):
        self.cr.execute(SQL("TRUNCATE %s", SQL.identifier(schema, self.results._table)))
        self.cr.commit()
        self.env.invalidate_all()

    def count_queries(self, targets):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.measurement.measure(targets)
        return self.cr.sql_log_count - before

    # The cockpit

    def measure_cockpit(self):
        page, figures = interleave(
            lambda: seconds(self.open_cockpit), lambda: seconds(self.read_figures)
        )
        yield Result(
            "the cockpit over 10,000 targets, times the plain SQL for its figures",
            COCKPIT,
            *ratio(page, figures),
        )
        yield Result(
            "the same, gauges that differ from those of the plain SQL",
            0,
            self.count_different_gauges(),
        )

    def open_cockpit(self):
        self.env.invalidate_all()
        return self.env["sales.cockpit"].get_data("company", plan_id=self.plan.id)

    def read_figures(self):
        self.cr.execute(
            Path(__file__).with_name("cockpit.sql").read_text(),
            {"plan": self.plan.id, "start": YEAR, "today": TODAY},
        )
        return self.cr.fetchall()

    def count_different_gauges(self):
        theirs = {
            place: tuple(round(figure, 2) for figure in figures)
            for kind, place, *figures in self.read_figures()
            if kind == "gauge"
        }
        ours = {
            gauge["target_ids"][0]: tuple(
                round(gauge[name], 2) for name in ("amount", "actual", "last_year")
            )
            for gauge in self.open_cockpit()["panels"]["figures"]
        }
        return len(dict(ours.items() ^ theirs.items()))

    # Incremental refresh

    def measure_following(self):
        partial, complete = interleave(
            lambda: self.by_cron(partial=True), lambda: self.by_cron(partial=False)
        )
        yield Result(
            "results after 100 changed orders, times an evaluation of all targets",
            0.05,
            *ratio(partial, complete),
        )
        self.by_cron(partial=True)
        self.cr.execute(
            "DROP TABLE bench.sales_target_result;"
            " CREATE TABLE bench.sales_target_result AS TABLE sales_target_result"
        )
        self.measurement.measure(self.plan.target_ids)
        yield Result(
            "the same, results that differ from those of a whole evaluation",
            0,
            self.count_differences("bench", (*COMPARED, "projected", "status")),
            f"of {self.count():,} results",
        )

    def by_cron(self, partial):
        self.change_orders()
        if not partial:
            self.plan.measured_date = False
        self.cr.commit()
        self.env.invalidate_all()

        def refresh():
            self.results._refresh_running()
            self.cr.commit()

        return seconds(refresh)

    def change_orders(self):
        """Change the lines of widely spaced orders, and refresh the mart."""
        self.cr.execute("SELECT MAX(id) FROM sale_order")
        [last] = self.cr.fetchone()
        step = last // CHANGED_ORDERS
        first = next(self.firsts) % step
        ids = [first + step * n + 1 for n in range(CHANGED_ORDERS)]
        self.cr.execute(
            "UPDATE sale_order_line SET price_subtotal = price_subtotal + 1,"
            " margin = margin + 1 WHERE order_id = ANY(%s)",
            [ids],
        )
        self.env["sales.mart"]._refresh()

    # Warnings

    def measure_alerts(self):
        if "sales.alert" not in self.env:
            return
        first, again, complete = interleave(
            lambda: self.evaluate_rules(anew=True),
            self.evaluate_rules,
            lambda: self.by_cron(partial=False),
        )
        for what, times in (
            ("all alert rules over all targets, all warnings new", first),
            ("the same again, few figures changed", again),
        ):
            yield Result(
                f"{what}, times an evaluation of the targets",
                0.5,
                *ratio(times, complete),
            )

    def evaluate_rules(self, anew=False):
        if anew:
            self.cr.execute("DELETE FROM sales_alert_event; DELETE FROM sales_alert")
        self.cr.commit()
        self.env.invalidate_all()

        def evaluate():
            self.env["sales.alert"]._evaluate_rules()
            self.cr.commit()

        return seconds(evaluate)

    # Helpers

    def count(self):
        return self.env.execute_query(SQL("SELECT COUNT(*) FROM sales_target_result"))[
            0
        ][0]

    def count_differences(self, schema, names):
        columns = SQL(", ").join(
            SQL("ROUND(%s, 6)", SQL.identifier(name))
            if self.results._fields[name].type == "float"
            else SQL.identifier(name)
            for name in names
        )
        rows = [
            SQL(
                "SELECT %s FROM %s", columns, SQL.identifier(place, self.results._table)
            )
            for place in ("public", schema)
        ]
        [[differences]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM ((%s EXCEPT %s) UNION ALL (%s EXCEPT %s)) d",
                *rows,
                *reversed(rows),
            )
        )
        return differences
