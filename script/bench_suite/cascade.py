# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .clock import seconds
from .database import environment
from .result import Result
from .tree import break_down, create_plan, get_scopes


def measure(databases):
    """Measure breaking down a plan into 10,000 targets on five levels."""
    with environment(databases.large) as env:
        times = sorted(break_down_anew(env) for _round in range(3))
    yield Result(
        "a plan broken down to 10,000 targets and 120,000 months, seconds",
        10,
        times[1],
        "median of three, changes of the database included",
    )


def break_down_anew(env):
    levels = get_scopes(env)
    plan = create_plan(env)
    duration = seconds(lambda: break_down(env, plan, levels))
    env.cr.rollback()
    env.invalidate_all()
    return duration
