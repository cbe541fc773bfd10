# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import gc
from contextlib import closing, contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from unittest.mock import patch

import psycopg2

from odoo.fields import Command
from odoo.tools import SQL
from odoo.tools.date_utils import date_range, end_of, start_of

from .clock import interleave, ratio, seconds
from .database import environment
from .memory import forget_peak, read_peak
from .order import Sale
from .result import Result

YEAR, TODAY = date(2025, 1, 1), date(2025, 12, 31)
QUARTER = [date(2025, month, 1) for month in (10, 11, 12)]
TIERS = ((0, 3), (20_000, 5), (40_000, 8))
CHANGED_INVOICES = 100
# People whose sales a correction of 100 invoices concerns
CORRECTED = 10
# Of Python, for a year of 200 people with 25,000 invoice lines a month
MEGABYTES = 500
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
    create_plan(env, env.user, date(2025, 1, 1))
    env.cr.commit()
    after = sale.count_queries()
    return Result(
        "an order, its invoice and payment: queries that a plan of pay adds",
        0,
        after - before,
        f"{after} − {before} queries",
    )


class PaidSale(Sale):
    def sell(self):
        super().sell()
        invoice = self.env["account.move"].search(
            [("partner_id", "=", self.customer.id)], order="id desc", limit=1
        )
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.env.cr.commit()


def create_plan(env, people, date_from):
    """Put a plan into effect.

    :return: the assignments of the people
    """
    metric = env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
    rule = {
        "name": "Commission",
        "metric_id": metric.id,
        "rate_by": "interval",
        "interval": "quarter",
        "condition_attainment": 80,
        "paid": "collected",
        "tier_ids": [
            Command.create({"bound": bound, "rate": rate}) for bound, rate in TIERS
        ],
    }
    version = {"date_from": date_from, "rule_ids": [Command.create(rule)]}
    plan = env["sales.incentive.plan"].create(
        {"name": "Commission", "version_ids": [Command.create(version)]}
    )
    plan.version_ids.state = "approved"
    assignments = env["sales.incentive.assignment"].with_context(tracking_disable=True)
    return assignments.create(
        [
            {"plan_id": plan.id, "user_id": person.id, "date_from": date_from}
            for person in people
        ]
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


class Incentives:
    """The last month of a quarter for 200 people: commission by the quarter to date if
    the quotas are attained, with split credit, paid as customers pay."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_incentive.engine import (
            MonthComputation,
            PlanSimulation,
        )

        self.MonthComputation = MonthComputation
        self.PlanSimulation = PlanSimulation
        self.env = env
        self.cr = env.cr
        self.company = env.company
        self.firsts = count(1)
        self.prepare()

    # Preparation

    def prepare(self):
        """Put a plan into effect, and lock the first months of the quarter."""
        self.people = self.env["res.users"].search([("login", "=like", "person%")])
        self.split_credit()
        self.targets = self.create_targets()
        self.assignments = create_plan(self.env, self.people, QUARTER[0])
        periods = self.env["sales.incentive.period"]
        periods._follow()
        periods = periods.search([("month", "in", QUARTER)], order="month")
        *earlier, self.period = periods
        for period in earlier:
            period.state = "approved"
            period._lock()
        self.env.flush_all()
        self.cr.execute("CREATE SCHEMA IF NOT EXISTS bench")
        self.create_plain_table("SELECT * FROM sales_incentive_entry")
        self.cr.execute("ANALYZE")
        self.cr.commit()

    def create_plain_table(self, entries=None):
        """
        :param str entries: SELECT of what it holds already
        """
        self.cr.execute(
            """
            CREATE TABLE bench.sales_incentive_entry
                (LIKE public.sales_incentive_entry INCLUDING ALL)
            """
        )
        if entries:
            # Before there is a trigger that refuses locked ones
            self.cr.execute(f"INSERT INTO bench.sales_incentive_entry {entries}")
        self.cr.execute(
            """
            CREATE TRIGGER sales_incentive_entry_locked
                BEFORE UPDATE OR DELETE ON bench.sales_incentive_entry
                FOR EACH ROW WHEN (OLD.state = 'locked')
                EXECUTE FUNCTION sales_incentive_entry_refuse();
            CREATE TRIGGER sales_incentive_entry_added
                AFTER INSERT ON bench.sales_incentive_entry
                REFERENCING NEW TABLE AS new_rows
                FOR EACH STATEMENT EXECUTE FUNCTION sales_incentive_entry_check()
            """
        )

    def split_credit(self):
        """Split every tenth order of the quarter between two people."""
        self.cr.execute(
            """
            INSERT INTO sales_credit (order_id, user_id, team_id, share)
            SELECT o.id, u.id, o.team_id, CASE WHEN u.id = o.user_id THEN 60 ELSE 40 END
              FROM sale_order o
              JOIN res_users u ON u.id IN (
                   o.user_id, CASE WHEN o.user_id = %(last)s THEN %(first)s
                                   ELSE o.user_id + 1 END)
             WHERE o.id %% 10 = 3 AND o.date_order >= %(quarter)s
            """,
            {
                "quarter": QUARTER[0],
                "first": min(self.people.ids),
                "last": max(self.people.ids),
            },
        )
        self.env["sales.mart"]._refresh()

    def create_targets(self):
        plans = self.env["sales.target.plan"]
        # Of another scenario
        plans.search([("state", "=", "running")]).state = "draft"
        plan = plans.create({"date_from": YEAR})
        metric = self.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        sold = dict(
            self.env.execute_query(
                SQL(
                    "SELECT user_id, SUM(amount) FROM sales_fact_cell WHERE event ="
                    " 'invoice' AND month BETWEEN %s AND %s GROUP BY user_id",
                    YEAR,
                    TODAY,
                )
            )
        )
        self.env["sales.target"].with_context(tracking_disable=True).create(
            [
                {
                    "plan_id": plan.id,
                    "metric_id": metric.id,
                    "user_id": person.id,
                    "spread": "equal",
                    # Attained early, so that no month changes the rates of others
                    "amount": round(0.4 * float(sold[person.id])),
                }
                for person in self.people
            ]
        )
        plan.state = "running"
        self.env["sales.target.result"]._refresh_running()
        return plan

    # Measurement

    def measure(self):
        yield from self.measure_month("25,000 invoice lines × 200 people", 200)
        yield from self.measure_month("12,500 invoice lines × 100 people", 100)
        yield from self.measure_queries()
        yield self.measure_earnings()
        yield self.measure_statements()
        yield from self.measure_following()
        yield from self.measure_simulation()
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

    def by_engine(self, assignments, anew=True):
        if anew:
            self.empty("public")
        self.env.invalidate_all()

        def compute():
            self.MonthComputation(self.period).compute(assignments)
            self.cr.commit()

        return seconds(compute)

    def by_plain_sql(self, assignments):
        self.empty("bench")
        return seconds(lambda: self.fill(assignments))

    def fill(self, assignments, month=None):
        month = month or self.period.month
        self.env["sales.mart"]._tune()
        self.cr.execute(
            Path(__file__).with_name("incentives.sql").read_text(),
            {
                "assignments": assignments.ids,
                "company": self.company.id,
                "currency": self.company.currency_id.id,
                "period": self.period.id,
                "targets": self.targets.id,
                "year": YEAR,
                "quarter": start_of(month, "quarter"),
                "month": month,
                "end": end_of(month, "month"),
            },
        )
        self.cr.commit()

    def empty(self, schema):
        """Delete the entries of the month, with no trace that slows the next round."""
        self.cr.execute(
            SQL(
                "DELETE FROM %s WHERE period_id = %s",
                SQL.identifier(schema, "sales_incentive_entry"),
                self.period.id,
            )
        )
        self.cr.commit()
        self.env.invalidate_all()
        self.vacuum(schema)

    def vacuum(self, schema):
        with closing(psycopg2.connect(dbname=self.cr.dbname)) as connection:
            connection.autocommit = True
            with connection.cursor() as cr:
                cr.execute(f"VACUUM ANALYZE {schema}.sales_incentive_entry")

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

    # Simulation

    def measure_simulation(self):
        """Compare what people would have got in twelve months with the plain SQL of
        these months."""
        sums = {}
        ours, theirs = interleave(
            lambda: self.by_simulation(sums), lambda: self.by_months(sums)
        )
        yield Result(
            "twelve months simulated, times the plain SQL", 2, *ratio(ours, theirs)
        )
        yield Result(
            "the same, people with another sum than in the plain SQL",
            0,
            sum(ours != theirs for ours, theirs in zip(*sums.values(), strict=True)),
            f"of {len(self.people)} people",
        )
        yield self.measure_memory(sums)

    def measure_memory(self, sums):
        """Measure how much memory a year takes: it is simulated month by month."""
        self.env.invalidate_all()
        gc.collect()
        forget_peak()
        before = read_peak()
        self.by_simulation(sums)
        after = read_peak()
        return Result(
            "the same, megabytes of Python that it takes",
            MEGABYTES,
            after - before,
            f"{after:.0f} MB - {before:.0f} MB",
        )

    def by_simulation(self, sums):
        versions = self.assignments.plan_id.version_ids
        found = dict.fromkeys(self.assignments.ids, 0)
        self.env.invalidate_all()

        def simulate():
            simulation = self.PlanSimulation(versions, YEAR, TODAY, True)
            for result in simulation.run(simulation.find_assignments()):
                found[result.assignment_id] += result.amount

        duration = seconds(simulate)
        sums["ours"] = [round(float(amount), 2) for amount in found.values()]
        return duration

    def by_months(self, sums):
        """Fill a plain table with a year instead of the one of the quarter."""
        self.cr.execute("ALTER TABLE bench.sales_incentive_entry RENAME TO kept")
        self.create_plain_table()
        self.cr.commit()

        def fill():
            for month in date_range(YEAR, TODAY):
                self.fill(self.assignments, month)

        duration = seconds(fill)
        sums["theirs"] = self.sum_plain()
        self.cr.execute("DROP TABLE bench.sales_incentive_entry")
        self.cr.execute("ALTER TABLE bench.kept RENAME TO sales_incentive_entry")
        self.cr.commit()
        return duration

    def sum_plain(self):
        rows = self.env.execute_query(
            SQL(
                "SELECT assignment_id, SUM(amount) FROM bench.sales_incentive_entry"
                " GROUP BY assignment_id"
            )
        )
        found = dict.fromkeys(self.assignments.ids, 0) | dict(rows)
        return [round(amount, 2) for amount in found.values()]

    # Changes

    def measure_following(self):
        few, many, complete = interleave(
            lambda: self.by_cron(CORRECTED),
            lambda: self.by_cron(len(self.people)),
            lambda: self.by_engine(self.assignments),
        )
        yield Result(
            f"after 100 changed invoices of {CORRECTED} people, times a computation",
            0.1,
            *ratio(few, complete),
        )
        yield Result(
            "after 100 changed invoices of all people, times a computation",
            1,
            *ratio(many, complete),
        )

    def by_cron(self, people):
        self.change_invoices(people)

        def follow():
            self.env["sales.incentive.period"]._follow()
            self.cr.commit()

        return seconds(follow)

    def change_invoices(self, people):
        """Change the lines of invoices of the month, and refresh the mart."""
        invoices = self.env.execute_query(
            SQL(
                """
                SELECT id FROM account_move
                 WHERE move_type = 'out_invoice' AND invoice_user_id = ANY(%s)
                   AND invoice_date BETWEEN %s AND %s
                 ORDER BY id
                """,
                self.people[:people].ids,
                self.period.month,
                TODAY,
            )
        )
        step = len(invoices) // CHANGED_INVOICES
        ids = [id_ for [id_] in invoices[next(self.firsts) % step :: step]]
        self.cr.execute(
            "UPDATE account_move_line SET balance = balance - 1"
            " WHERE display_type = 'product' AND move_id = ANY(%s)",
            [ids[:CHANGED_INVOICES]],
        )
        self.env["sales.mart"]._refresh()
        self.cr.commit()
        self.env.invalidate_all()

    # Lock

    def measure_lock(self):
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

    def count(self):
        [[number]] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM sales_incentive_entry WHERE period_id = %s",
                self.period.id,
            )
        )
        return number

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
