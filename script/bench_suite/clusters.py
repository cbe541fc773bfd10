# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""20,000 customers grouped by four figures in a child process."""

import random

from .child import run_measured
from .database import environment
from .result import Result

CUSTOMERS = 20_000
SEED = 16
# Kinds of customers: sales, orders, margin in percent, days since the last order; each
# the middle of a skewed distribution
KINDS = ((400_000, 40, 32, 10), (60_000, 12, 25, 40), (8_000, 2, 38, 200))


def measure(databases):
    with environment(databases.suite) as env:
        yield from measure_groups(env)


def measure_groups(env):
    found, taken, peak = run_measured(env, "cluster", generate(), {"log": True})
    yield Result(
        f"{CUSTOMERS:,} customers grouped by 4 figures, seconds",
        60,
        taken,
        f"{found['k']} groups, silhouette {found['silhouette']:.2f},"
        f" stability {found['stability']:.2f}",
    )
    yield Result("the same, peak memory of the child, MB", 600, peak)


def generate():
    rng = random.Random(SEED)
    rows = [
        [middle * rng.lognormvariate(0, 0.4) for middle in rng.choice(KINDS)]
        for _customer in range(CUSTOMERS)
    ]
    names = ("sales", "orders", "margin", "days")
    return {
        "labels": [f"Customer {number}" for number in range(CUSTOMERS)],
        "columns": {
            name: [row[place] for row in rows] for place, name in enumerate(names)
        },
    }
