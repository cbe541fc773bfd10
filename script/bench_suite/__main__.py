# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure speed and memory against what was promised; exit 1 if a promise is broken.

Figures are ratios of medians, taken in one run in which the variants take turns.
"""

import argparse
import operator
import os
import subprocess
import sys
from contextlib import contextmanager

import odoo
from odoo.modules.registry import Registry
from odoo.tools import config

from . import scenarios
from .generator import generate

SIZES = {"100k": 100_000, "1m": 1_000_000}
COMPARE = {"<=": operator.le, ">=": operator.ge}


@contextmanager
def environment(database):
    with Registry(database).cursor() as cr:
        yield odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        cr.rollback()


def names():
    output = subprocess.check_output(
        ["psql", "-XAtqc", "SELECT datname FROM pg_database", "postgres"], text=True
    )
    return set(output.split())


def copy(source, target):
    subprocess.run(["dropdb", "--if-exists", target], check=True)
    subprocess.run(["createdb", "--template", source, target], check=True)


def prepare(size):
    """Return the generated database of a size, made when it is not there."""
    suite = os.environ["SUITE_TEMPLATE"]
    database = f"bench_{size}_{suite.rpartition('_')[2]}"
    if database not in names():
        print(f"Generating {database}: {SIZES[size]:,} order lines", flush=True)
        unfinished = f"{database}_unfinished"
        copy(suite, unfinished)
        with environment(unfinished) as env:
            generate(env, SIZES[size])
        odoo.sql_db.close_db(unfinished)
        Registry.delete(unfinished)
        query = f'ALTER DATABASE "{unfinished}" RENAME TO "{database}"'
        subprocess.run(["psql", "-Xqc", query, "postgres"], check=True)
    return database


def measure_memory(database):
    """In a process of its own, whose peak has not been reached by something else."""
    command = [sys.executable, "-m", "bench_suite", "--memory", database]
    return float(subprocess.check_output(command, text=True).split()[-1])


def measure_all(sizes, rounds, keep):
    rows, peaks, created = [], [], []
    for size in sizes:
        created.append(prepare(size))
        with environment(created[-1]) as env:
            for scenario in (scenarios.reading, scenarios.refresh, scenarios.rebuild):
                for row in scenario(env, rounds):
                    rows.append((size, *row))
        peaks.append(measure_memory(created[-1]))
        rows.append(
            (
                size,
                "rebuild, growth of Python's peak memory in MB",
                ("<=", 20),
                peaks[-1],
            )
        )
    pair = ["bench_order_with", "bench_order_without"]
    copy(os.environ["SUITE_TEMPLATE"], pair[0])
    copy(os.environ["BASE_TEMPLATE"], pair[1])
    with environment(pair[0]) as ours, environment(pair[1]) as plain:
        rows += [("", *row) for row in scenarios.hot_path(ours, plain, rounds)]
    odoo.sql_db.close_all()
    for database in [*pair, *([] if keep else created)]:
        subprocess.run(["dropdb", "--if-exists", database], check=True)
    return rows


def show(rows):
    """Print the table; return whether all promises are kept."""
    kept = True
    print("\n| size | what | promise | measured | verdict |\n|---|---|---|---|---|")
    for size, what, promise, value in rows:
        verdict, limit = "", ""
        if promise:
            sign, bound = promise
            holds = COMPARE[sign](value, bound)
            kept = kept and holds
            verdict, limit = ("kept" if holds else "BROKEN"), f"{sign} {bound}"
        print(f"| {size} | {what} | {limit} | {value:.2f} | {verdict} |")
    return kept


def main():
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="1m", help="largest size")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each variant")
    parser.add_argument("--keep", action="store_true", help="keep the databases")
    parser.add_argument("--memory", metavar="DATABASE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    config.parse_config(["--no-http", "--log-level", "error"])
    if options.memory:
        with environment(options.memory) as env:
            print(scenarios.memory(env))
        return 0
    sizes = list(SIZES)[: list(SIZES).index(options.size) + 1]
    return not show(measure_all(sizes, options.rounds, options.keep))


if __name__ == "__main__":
    sys.exit(main())
