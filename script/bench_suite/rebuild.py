# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from .clock import interleave, ratio, seconds
from .database import environment
from .plain import Baseline
from .result import Result

TABLES = ("sales_fact", "sales_fact_cell")


def measure(databases):
    with environment(databases.large) as env:
        yield from Rebuild(env).measure()


class Rebuild:
    """A full rebuild, compared with plain SQL into empty tables with equal indexes."""

    def __init__(self, env):
        self.env = env
        self.cr = env.cr
        self.baseline = Baseline(env)

    def measure(self):
        self.cr.execute("CREATE SCHEMA IF NOT EXISTS bench")
        for name in TABLES:
            self.cr.execute(
                f"CREATE TABLE bench.{name} (LIKE public.{name} INCLUDING ALL)"
            )
        self.cr.commit()
        again, filled, theirs = interleave(
            lambda: seconds(self.by_mart),
            self.into_empty_tables,
            self.by_plain_sql,
            rounds=3,
            warm_up=0,
        )
        for name, ours in (("", again), (" into empty tables", filled)):
            yield Result(
                f"full rebuild{name}, times the plain INSERT … SELECTs",
                1.5,
                *ratio(ours, theirs),
            )
        yield Result(
            "the same, rows that differ from those of the plain SQL",
            0,
            sum(map(self.count_differences, TABLES)),
            "of {:,} facts, {:,} cells".format(*map(self.count, TABLES)),
        )

    def by_mart(self):
        self.env["sales.mart"]._rebuild()
        self.cr.commit()

    def into_empty_tables(self):
        self.cr.execute("TRUNCATE sales_fact, sales_fact_cell, sales_fact_total")
        self.cr.commit()
        return seconds(self.by_mart)

    def by_plain_sql(self):
        self.cr.execute("TRUNCATE bench.sales_fact, bench.sales_fact_cell")
        self.cr.commit()
        return seconds(self.fill)

    def fill(self):
        self.cr.execute("SET LOCAL search_path = bench, public")
        self.baseline.fill()
        self.cr.commit()

    def count(self, table):
        return self.env.execute_query(
            SQL("SELECT COUNT(*) FROM %s", SQL.identifier(table))
        )[0][0]

    def count_differences(self, table):
        model = self.env[table.replace("_", ".")]
        rows = [
            SQL(
                "SELECT %s FROM %s",
                SQL(", ").join(
                    SQL.identifier(name)
                    for name in model._get_columns()
                    if name != "id"
                ),
                SQL.identifier(schema, table),
            )
            for schema in ("public", "bench")
        ]
        [[count]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM ((%s EXCEPT %s) UNION ALL (%s EXCEPT %s)) d",
                *rows,
                *reversed(rows),
            )
        )
        return count
