# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The data of studies beside plain SQL, what a study leaves in a web worker, and what
the add-on of analysis takes when Odoo starts."""

import json
import resource
import subprocess
import sys
from contextlib import contextmanager
from datetime import date
from math import isclose

from odoo.addons.sales_efficiency_base.tools import Period

from .clock import interleave, ratio, seconds
from .database import environment
from .reading import create_director
from .result import Result, differing
from .web_worker import METRICS

PERIOD = Period(date(2024, 1, 1), date(2025, 12, 31))
# Key, name and both metrics of each row. Cells do not know the customers: facts do.
PLAIN = {
    "month": """
        SELECT to_char(month, 'YYYY-MM'), to_char(month, 'YYYY-MM'), SUM(amount),
               SUM(margin)
          FROM sales_fact_cell
         WHERE company_id = %(company)s AND event IN ('confirmed', 'sale', 'order')
           AND month BETWEEN %(start)s AND %(end)s
         GROUP BY month
    """,
    "partner_id": """
        SELECT partner.id, partner.complete_name, fact.amount, fact.margin
          FROM (SELECT partner_id, SUM(amount) AS amount, SUM(margin) AS margin
                  FROM sales_fact
                 WHERE company_id = %(company)s
                   AND event IN ('confirmed', 'sale', 'order')
                   AND date BETWEEN %(start)s AND %(end)s
                 GROUP BY partner_id) AS fact
          JOIN res_partner AS partner ON partner.id = fact.partner_id
    """,
    "categ_id": """
        SELECT line.id, line.complete_name, cell.amount, cell.margin
          FROM (SELECT categ_id, SUM(amount) AS amount, SUM(margin) AS margin
                  FROM sales_fact_cell
                 WHERE company_id = %(company)s
                   AND event IN ('confirmed', 'sale', 'order')
                   AND month BETWEEN %(start)s AND %(end)s
                 GROUP BY categ_id) AS cell
          JOIN product_category AS line ON line.id = cell.categ_id
    """,
}
NAMES = {"month": "months", "partner_id": "customers", "categ_id": "product lines"}
MEGABYTES = 5
ADDONS = "sales_efficiency_analytics%"
# A start takes seconds, and its duration varies by more than what is looked for.
STARTS = 15


def measure(databases):
    with environment(databases.large) as env:
        yield from Studies(env).measure()
    for rows in ("month", "partner_id"):
        yield from measure_worker(databases.large, rows)
    yield from measure_start(databases.suite)


class Studies:
    """The data of a study of a sales director, read as the job does."""

    def __init__(self, env):
        # Add-ons can be imported only once the registry is loaded.
        from odoo.addons.sales_efficiency_analytics.engine.study import Question

        self.env, self.company = env, env.company
        self.director = create_director(env)
        self.results = env["sales.study.result"].with_user(self.director)
        metrics = env["sales.metric"]
        self.metrics = [metrics.search([("code", "=", code)]) for code in METRICS]
        ids = [metric.id for metric in self.metrics]
        self.questions = {
            rows: Question("correlation", ids, rows, {}, PERIOD) for rows in PLAIN
        }

    def measure(self):
        for rows, name in NAMES.items():
            ours, theirs = interleave(
                lambda rows=rows: seconds(lambda: self.read(rows)),
                lambda rows=rows: seconds(lambda: self.select(rows)),
            )
            number = len(self.select(rows))
            yield Result(
                f"data of a study, {number:,} {name} × {len(METRICS)} metrics,"
                " times the plain SQL",
                1.5,
                *ratio(ours, theirs),
            )
            yield Result(
                f"the same, {name} that differ from those of the plain SQL",
                0,
                differing(self.count_differences(rows), number),
            )

    def read(self, rows):
        self.env.invalidate_all()
        return self.results._read_figures(
            self.director, self.company, self.questions[rows]
        )

    def select(self, rows):
        self.env.cr.execute(
            PLAIN[rows],
            {"company": self.company.id, "start": PERIOD.start, "end": PERIOD.end},
        )
        return self.env.cr.fetchall()

    def count_differences(self, rows):
        figures = self.read(rows)
        columns = [figures.columns[metric._get_column()] for metric in self.metrics]
        ours = dict(
            zip(
                figures.keys,
                zip(figures.labels, *columns, strict=True),
                strict=True,
            )
        )
        theirs = {key: values for key, *values in self.select(rows)}
        return sum(
            key not in ours
            or key not in theirs
            or not self.is_same(ours[key], theirs[key])
            for key in ours.keys() | theirs.keys()
        )

    @staticmethod
    def is_same(ours, theirs):
        label, *values = ours
        name, *expected = theirs
        return label == name and all(map(isclose, values, map(float, expected)))


def measure_worker(database, rows):
    """Ask and read a study in a process of its own; another one answers it."""
    command = [sys.executable, "-m", "bench_suite.web_worker", database, rows]
    told = json.loads(subprocess.check_output(command))
    yield Result(
        f"memory of a web worker after a study of {NAMES[rows]} was asked and read,"
        " MB more",
        MEGABYTES,
        differing(told["grown"], told["rows"]),
        f"of {told['before']:.0f} MB; {told['rows']:,} rows",
    )
    yield Result(
        "the same, statistical libraries that it has loaded",
        0,
        differing(len(told["libraries"]), told["rows"]),
        ", ".join(told["libraries"]),
    )


def measure_start(database):
    def start_without():
        with left_out(database):
            return start(without)

    def start(used):
        before = measure_children()
        taken = seconds(lambda: subprocess.run(command, check=True))
        used.append(measure_children() - before)
        return taken

    options = ["--no-http", "--stop-after-init", "--log-level", "error"]
    command = ["odoo", "server", "--database", database, *options]
    used, without = [], []
    ours, theirs = interleave(lambda: start(used), start_without, rounds=STARTS)
    for what, times in (
        ("start of Odoo", (ours, theirs)),
        ("the same in processor time", (used[1:], without[1:])),
    ):
        yield Result(
            f"{what}, times one without the add-on of analysis", 1.02, *ratio(*times)
        )


def measure_children():
    """:return: seconds of processor time that all processes started here have used"""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def left_out(database):
    """Let Odoo start without the add-on: its tables stay, and nobody asks for them."""
    names = set_state(database, ADDONS, "installed", "uninstalled")
    if not names:
        raise ValueError(f"{database} has no add-on of analysis to leave out")
    try:
        yield
    finally:
        for name in names:
            set_state(database, name, "uninstalled", "installed")


def set_state(database, name, before, after):
    """:return: the names of the add-ons whose state has changed"""
    with environment(database) as env:
        env.cr.execute(
            "UPDATE ir_module_module SET state = %s WHERE name LIKE %s AND state = %s"
            " RETURNING name",
            [after, name, before],
        )
        names = [name for (name,) in env.cr.fetchall()]
        env.cr.commit()
    return names
