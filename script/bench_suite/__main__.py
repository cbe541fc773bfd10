# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure speed and memory against the promised limits; exit 1 if one is exceeded.

    python -m bench_suite PREFIX SCENARIO...

The databases are named PREFIX_small, PREFIX_large, PREFIX_suite and PREFIX_odoo.
"""

import sys

from . import (
    allocations,
    appraisals,
    board,
    cascade,
    claims,
    clusters,
    contacts,
    customers,
    drops,
    expenses,
    export,
    findings,
    forecasts,
    funnel,
    grading,
    incentives,
    memory,
    order,
    quality,
    quotations,
    reading,
    rebuild,
    refresh,
    scorecards,
    snapshots,
    studies,
    targets,
)
from .database import Databases, tidy
from .machine import describe
from .result import table

SCENARIOS = {
    "reading": reading,
    "refresh": refresh,
    "rebuild": rebuild,
    "memory": memory,
    "order": order,
    "cascade": cascade,
    "targets": targets,
    "incentives": incentives,
    "appraisals": appraisals,
    "customers": customers,
    "grading": grading,
    "contacts": contacts,
    "drops": drops,
    "scorecards": scorecards,
    "expenses": expenses,
    "claims": claims,
    "forecasts": forecasts,
    "clusters": clusters,
    "allocations": allocations,
    "quality": quality,
    "quotations": quotations,
    "export": export,
    "studies": studies,
    "findings": findings,
    "board": board,
    "snapshots": snapshots,
    "funnel": funnel,
}


def say(text):
    print(text, file=sys.stderr, flush=True)


def main(prefix, *names):
    databases = Databases(*(f"{prefix}_{name}" for name in Databases._fields))
    results = []
    for name in names:
        say(f"Measuring: {name}")
        for result in SCENARIOS[name].measure(databases):
            say("  " + " | ".join(result.row()))
            results.append(result)
        for database in databases:
            tidy(database)
    print(describe(databases.suite), "", *table(results), sep="\n")
    return not all(result.kept for result in results)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
