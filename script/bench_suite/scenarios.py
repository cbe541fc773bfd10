# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is measured: each scenario yields (promise, limit, measured) rows."""

import gc
import resource
from datetime import date
from statistics import median
from time import perf_counter

from odoo.fields import Command, Domain
from odoo.tools import SQL

METRICS = (
    "ordered_amount",
    "ordered_quantity",
    "margin",
    "margin_rate",
    "ordered_growth",
)
CHANGED_ORDERS = 100


def measure(function):
    """Return the seconds that a function takes, without the garbage of others."""
    gc.collect()
    start = perf_counter()
    function()
    return perf_counter() - start


def interleave(rounds, *functions):
    """Return the median seconds of functions that take turns; one round warms up."""
    times = [[measure(function) for function in functions] for _ in range(rounds + 1)]
    return [median(column) for column in zip(*times[1:], strict=True)]


def reading(env, rounds):
    """5 metrics × 200 salespeople × 24 months, against sale.report and the cells.

    sale.report and the cells give sums of 36 months: the growth rate needs the year
    before. The ratios that follow from the sums are left out of their time.
    """
    if "sales.metric" not in env:
        print("Metrics are skipped: sales.metric is not in this database.")
        return
    from odoo.addons.sales_efficiency_base.tools import Period, Scope

    metrics = env["sales.metric"].search([("code", "in", METRICS)])
    people = env["res.users"].search([("login", "like", "person")])
    scopes = [Scope(env.company.id, user_id=id_) for id_ in people.ids]
    periods = [
        Period.month(day)
        for day in Period(date(2024, 1, 1), date(2025, 12, 31)).months()
    ]
    answers = {}

    def evaluate():
        env.invalidate_all()
        answers["metrics"] = metrics._evaluate(scopes, periods)

    def report():
        env.invalidate_all()
        answers["report"] = env["sale.report"]._read_group(
            Domain("state", "=", "sale") & Domain("date", ">=", "2023-01-01"),
            ["user_id", "date:month"],
            ["price_subtotal:sum", "product_uom_qty:sum", "margin:sum"],
        )

    def cells():
        env.execute_query(
            SQL(
                "SELECT user_id, month, SUM(amount), SUM(quantity), SUM(margin)"
                " FROM sales_fact_cell WHERE event = 'confirmed' AND company_id = %s"
                " AND month >= '2023-01-01' GROUP BY user_id, month",
                env.company.id,
            )
        )

    fast, plain = interleave(rounds, evaluate, cells)
    [slow, _again] = interleave(min(rounds, 3), report, evaluate)
    count = env.cr.sql_log_count
    evaluate()
    queries = env.cr.sql_log_count - count
    amount = metrics.filtered(lambda metric: metric.code == "ordered_amount")
    expected = {
        (user.id, month.date() if hasattr(month, "date") else month): total
        for user, month, total, *_rest in answers["report"]
    }
    wrong = sum(
        abs((answers["metrics"][amount.id, scope, period] or 0) - total) > 0.005
        for scope, user in zip(scopes, people, strict=True)
        for period in periods
        for total in [expected.get((user.id, period.start), 0)]
    )
    print(f"_evaluate {fast:.3f} s, sale.report {slow:.3f} s, cells {plain:.3f} s")
    yield (
        f"{len(metrics)} metrics, times faster than sale.report",
        (">=", 40),
        slow / fast,
    )
    yield "the same, times a GROUP BY over the cells", ("<=", 2), fast / plain
    yield "the same, number of queries", ("<=", 10), queries
    yield "the same, amounts that differ from sale.report", ("<=", 0), wrong


def rebuild(env, rounds):
    """Full rebuild, against the same SELECTs into empty tables with equal indexes."""
    mart, cell = env["sales.mart"], env["sales.fact.cell"]
    sources = env["sales.fact"]._get_sources()
    cr = env.cr
    cr.execute(
        "DROP TABLE IF EXISTS bench_fact, bench_cell;"
        "CREATE TABLE bench_fact (LIKE sales_fact INCLUDING ALL);"
        "CREATE TABLE bench_cell (LIKE sales_fact_cell INCLUDING ALL)"
    )
    cr.commit()

    def ours():
        mart._rebuild()
        cr.commit()

    def plain():
        mart._tune()
        for source in sources:
            columns = SQL(", ").join(map(SQL.identifier, source._fact_columns()))
            cr.execute(SQL("INSERT INTO bench_fact (%s) %s", columns, source._query()))
        columns = cell._join_columns(
            ("month", *cell._dimensions, *cell._measures, "facts")
        )
        sums = cell._sums_of(SQL("bench_fact"))
        cr.execute(SQL("INSERT INTO bench_cell (%s) %s", columns, sums))
        cr.commit()

    times = []
    for _ in range(rounds):
        cr.execute("TRUNCATE bench_fact, bench_cell")
        cr.commit()
        times.append((measure(ours), measure(plain)))
    fast, slow = (median(column) for column in zip(*times, strict=True))
    cr.execute("DROP TABLE bench_fact, bench_cell")
    cr.commit()
    print(f"rebuild {fast:.2f} s, plain SQL {slow:.2f} s")
    yield "rebuild, times the plain INSERT ... SELECTs", ("<=", 2), fast / slow


def refresh(env, rounds):
    """Refresh after 100 changed orders, against SQL for just those rows and cells."""
    mart, cell = env["sales.mart"], env["sales.fact.cell"]
    source = env["sales.fact.source.order"]
    cr = env.cr
    cr.execute("SELECT MAX(id) FROM sale_order")
    [last] = cr.fetchone()
    starts = iter(range(1, last))

    def change():
        start = next(starts)
        ids = list(range(start, last, last // CHANGED_ORDERS))[:CHANGED_ORDERS]
        cr.execute(
            "UPDATE sale_order_line SET price_subtotal = price_subtotal + 1,"
            " margin = margin + 1 WHERE order_id = ANY(%s)",
            [ids],
        )
        cr.commit()
        return ids

    def ours():
        mart._refresh_batch()
        cr.commit()

    def plain(ids):
        columns = SQL(", ").join(map(SQL.identifier, source._fact_columns()))
        cr.execute(
            SQL(
                "WITH gone AS (DELETE FROM sales_fact WHERE source = 'order'"
                " AND res_id = ANY(%s) RETURNING *) %s",
                ids,
                cell._add(SQL("gone"), sign=-1),
            )
        )
        cr.execute(
            SQL(
                "WITH come AS (INSERT INTO sales_fact (%s) %s RETURNING *) %s",
                columns,
                source._query(ids),
                cell._add(SQL("come")),
            )
        )
        cr.commit()

    times = []
    for _ in range(rounds + 1):
        change()
        time = measure(ours)
        ids = change()
        cr.execute("DELETE FROM sales_fact_queue")
        cr.commit()
        times.append((time, measure(lambda ids=ids: plain(ids))))
    fast, slow = (median(column) for column in zip(*times[1:], strict=True))
    print(f"refresh {fast:.3f} s, plain SQL {slow:.3f} s")
    yield "refresh of 100 orders, times the plain SQL", ("<=", 3), fast / slow
    yield "refresh of 100 orders, in ms", None, fast * 1000


def memory(env):
    """Return the growth of the process's peak memory by a rebuild, in MB."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    env["sales.mart"]._rebuild()
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def hot_path(with_suite, without, rounds):
    """Create, confirm and invoice an order of 10 lines, with and without the suite."""

    def prepare(env):
        customer = env["res.partner"].create({"name": "Bench Customer"})
        products = env["product.product"].create(
            [
                {"name": f"P{n}", "list_price": 10, "invoice_policy": "order"}
                for n in range(10)
            ]
        )
        env.cr.commit()

        def sell():
            env.invalidate_all()
            order = env["sale.order"].create(
                {
                    "partner_id": customer.id,
                    "order_line": [
                        Command.create({"product_id": product.id})
                        for product in products
                    ],
                }
            )
            order.action_confirm()
            order._create_invoices().action_post()
            env.flush_all()

        def run():
            # Rolled back with the clock stopped; several sales a turn against noise.
            count = env.cr.sql_log_count
            time = sum(measure_and_undo(env, sell) for _ in range(3))
            return time, (env.cr.sql_log_count - count) / 3

        return run

    def measure_and_undo(env, function):
        time = measure(function)
        env.cr.rollback()
        env.invalidate_all()
        return time

    ours, plain = prepare(with_suite), prepare(without)
    runs = [(ours(), plain()) for _ in range(rounds + 1)][1:]
    ratio = median(our[0] for our, _ in runs) / median(other[0] for _, other in runs)
    added = median(our[1] - other[1] for our, other in runs)
    yield "10-line order to invoice, times Odoo without us", ("<=", 1.03), ratio
    yield "the same, added queries", ("<=", 2), added
