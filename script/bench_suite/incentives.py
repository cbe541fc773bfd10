# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from unittest.mock import patch

from odoo.tools import SQL

from .clock import interleave, ratio, seconds
from .database import environment
from .paid_company import TODAY, YEAR, PaidCompany
from .pay_following import Following
from .pay_plan import PaidSale, create_plan
from .pay_simulation import Simulation
from .result import Result

COMPARED = (
    "assignment_id",
    "rule_id",
    "version_id",
    "kind",
    "balance",
    "amount",
    "origin",
    "reason",
    "interval",
    "interval_start",
    "source",
    "res_id",
    "line_id",
    "match_id",
    "credit_id",
    "event",
    "date",
    "base",
    "cumulated_before",
    "cumulated_after",
    "tier",
    "rate",
    "seller_id",
    "seller_team_id",
    "customer_id",
    "product_id",
    "document_name",
    "customer",
    "product",
    "payee",
)


def measure(databases):
    with environment(databases.large) as env, frozen(env):
        yield from Incentives(env).measure()
    with environment(databases.suite) as env:
        yield measure_documents(env)


def measure_documents(env):
    """Compare the queries of a sale without and with a plan that pays it."""
    sale = PaidSale(env)
    sale.sell()
    before = sale.count_queries()
    create_plan(env, env.user, YEAR)
    env.cr.commit()
    after = sale.count_queries()
    return Result(
        "an order, its invoice and payment: queries that a plan of pay adds",
        0,
        after - before,
        f"{after} − {before} queries",
    )


@contextmanager
def frozen(env):
    """Compute as of the last day of the generated sales."""
    companies, plans = type(env["res.company"]), type(env["sales.target.plan"])
    with (
        patch.object(companies, "_get_sales_today", lambda self: TODAY),
        patch.object(plans, "_get_today", lambda self: TODAY),
    ):
        yield


class Incentives(PaidCompany):
    """What is promised of a month of incentives."""

    def measure(self):
        yield from self.measure_month("25,000 invoice lines × 200 people", 200)
        yield from self.measure_month("12,500 invoice lines × 100 people", 100)
        yield from self.measure_queries()
        yield self.measure_earnings()
        yield self.measure_statements()
        yield from Following(self).measure()
        yield from Simulation(self).measure()
        yield from self.measure_lock()

    def measure_month(self, what, people):
        assignments = self.assignments[:people]
        ours, theirs, again = interleave(
            lambda: self.by_engine(assignments),
            lambda: self.by_plain_sql(assignments),
            lambda: self.by_engine(assignments, anew=False),
        )
        self.by_engine(assignments)
        yield Result(f"a month of {what}, times the plain SQL", 2, *ratio(ours, theirs))
        yield Result(
            "the same, entries that differ from those of the plain SQL",
            0,
            self.count_differences(),
            f"of {self.count():,} entries",
        )
        yield Result(
            "the same again without changes, times the plain SQL",
            2,
            *ratio(again, theirs),
        )

    def measure_queries(self):
        many, few = map(self.count_queries, (self.assignments, self.assignments[:10]))
        yield Result(
            "the same, queries more than for 10 people",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def count_queries(self, assignments):
        self.empty("public")
        before = self.cr.sql_log_count
        self.MonthComputation(self.period).compute(assignments)
        return self.cr.sql_log_count - before

    def measure_earnings(self):
        """Compare the queries of a long and of a short list of what somebody earns."""
        # The first time also fills caches of the registry.
        _first, many, few = map(self.count_queries_of_earnings, (10, 200, 10))
        return Result(
            "My Earnings with 200 lines, queries more than with 10",
            0,
            many - few,
            f"{many} and {few} queries",
        )

    def count_queries_of_earnings(self, lines):
        entries = self.env["sales.incentive.entry"]
        view = self.env.ref(
            "sales_efficiency_incentive.sales_incentive_entry_view_list"
        )
        names = entries.get_view(view.id, "list")["models"][entries._name]
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        entries.search_read(
            [("user_id", "=", self.people[0].id)], list(names), limit=lines
        )
        return self.cr.sql_log_count - before

    def measure_statements(self):
        """Compare the queries of a list of statements with those of one."""
        _first, many, one = map(self.count_queries_of_statements, (1, 200, 1))
        return Result(
            "statements of 200 people, with all lines, queries more than of one",
            0,
            many - one,
            f"{many} and {one} queries",
        )

    def count_queries_of_statements(self, people):
        statements = self.env["sales.incentive.statement"].search(
            [
                ("period_id", "=", self.period.id),
                ("user_id", "in", self.people[:people].ids),
            ]
        )
        view = self.env.ref(
            "sales_efficiency_incentive.sales_incentive_statement_view_form"
        )
        names = statements.get_view(view.id, "form")["models"][statements._name]
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        statements.read(list(names))
        return self.cr.sql_log_count - before

    # Lock

    def measure_lock(self):
        # Others have measured with fewer people: both tables get the same entries.
        self.by_engine(self.assignments)
        self.by_plain_sql(self.assignments)
        yield Result(
            "entries that the lock of the month and the plain UPDATE do not share",
            0,
            self.count_differences(),
            f"of {self.count():,} entries",
        )
        ours, theirs = interleave(self.lock, self.update)
        yield Result(
            "the lock of the month, times the plain UPDATE", 2, *ratio(ours, theirs)
        )

    def lock(self):
        self.period.state = "approved"
        self.env.flush_all()
        return self.take_back(self.period._lock)

    def update(self):
        return self.take_back(
            lambda: self.cr.execute(
                "UPDATE bench.sales_incentive_entry SET state = 'locked'"
                " WHERE period_id = %s",
                [self.period.id],
            )
        )

    def take_back(self, function):
        """Measure what nobody could undo once it is committed."""
        duration = seconds(function)
        self.cr.rollback()
        self.env.invalidate_all()
        return duration

    # Helpers

    def count_differences(self):
        columns = SQL(", ").join(map(SQL.identifier, COMPARED))
        rows = [
            SQL(
                "SELECT %s FROM %s WHERE period_id = %s",
                columns,
                SQL.identifier(schema, "sales_incentive_entry"),
                self.period.id,
            )
            for schema in ("public", "bench")
        ]
        [[differences]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM"
                " ((%s EXCEPT ALL %s) UNION ALL (%s EXCEPT ALL %s)) AS difference",
                *rows,
                *reversed(rows),
            )
        )
        return differences
