# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A running plan of 10,000 targets: 5 metrics × 2,000 scopes on 5 levels."""

from contextlib import contextmanager
from datetime import date
from itertools import islice
from unittest.mock import patch

from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.tools import allocate

METRICS = (
    "ordered_amount",
    "ordered_quantity",
    "margin",
    "invoiced_amount",
    "collected_amount",
)
# Company, regions, teams, salespeople, and product lines of salespeople
SCOPES = 2000
YEAR, TODAY = date(2025, 1, 1), date(2025, 10, 15)
LEVELS = (
    (),
    ("region_id",),
    ("region_id", "team_id"),
    ("region_id", "team_id", "user_id"),
    ("region_id", "team_id", "user_id", "categ_id"),
)


@contextmanager
def frozen(env):
    """Evaluate targets as of a fixed day within the generated sales."""
    plan = type(env["sales.target.plan"])
    with patch.object(plan, "_get_today", lambda self: TODAY):
        yield


def get_scopes(env):
    """Return the scopes of the tree by level, as dicts of dimensions."""
    people = env.execute_query(
        SQL(
            "SELECT region_id, team_id, user_id FROM sales_fact_cell"
            " WHERE event = 'confirmed' GROUP BY 1, 2, 3 ORDER BY 3"
        )
    )
    categories = env["product.category"].search([("name", "=like", "Line %")]).ids
    lines = (
        (*person, categories[(person[2] + step) % len(categories)])
        for step in range(len(categories))
        for person in people
    )
    levels = [
        [()],
        sorted({person[:1] for person in people}),
        sorted({person[:2] for person in people}),
        people,
    ]
    levels.append(list(islice(lines, SCOPES - sum(map(len, levels)))))
    return [
        [dict(zip(names, ids, strict=True)) for ids in level]
        for names, level in zip(LEVELS, levels, strict=True)
    ]


def create_plan(env):
    """:return: a draft plan without targets"""
    return env["sales.target.plan"].create({"date_from": YEAR})


def break_down(env, plan, levels, total=100_000_000):
    """Create the targets of a plan level by level, below those of the level above.

    :param int total: what the targets of a level add up to, for each metric
    """
    env = env(context={"tracking_disable": True})
    metrics = env["sales.metric"].search([("code", "in", METRICS)])
    above = {}
    for level in levels:
        keys, vals_list = [], []
        amounts = allocate(total, [1] * len(level))
        for metric in metrics:
            for scope, amount in zip(level, amounts, strict=True):
                *path, _last = (metric.id, *scope.values())
                keys.append((metric.id, *scope.values()))
                vals_list.append(
                    {
                        **scope,
                        "plan_id": plan.id,
                        "metric_id": metric.id,
                        "parent_id": above[tuple(path)].id if scope else False,
                        "spread": "parent" if scope else "equal",
                        "amount": amount,
                    }
                )
        targets = env["sales.target"].create(vals_list)
        above |= dict(zip(keys, targets, strict=True))
    env.flush_all()


def start(env):
    """:return: a running plan with all targets, already measured"""
    plan = create_plan(env)
    break_down(env, plan, get_scopes(env))
    plan.state = "running"
    with frozen(env):
        env["sales.target.result"]._refresh_running()
    env.cr.commit()
    env.cr.execute("ANALYZE sales_target, sales_target_month, sales_target_result")
    env.cr.commit()
    return plan
