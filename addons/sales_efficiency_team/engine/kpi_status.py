# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How a KPI stands while its period runs (policy 4.3.1)."""

# Percent of what should have been reached by now; below it a KPI is far behind
NEAR = 80


def get_kpi_status(attainment, elapsed=100):
    """Return how a KPI stands.

    :param attainment: in percent; None: it has no figure or no target
    :param elapsed: percent of the period that is over, for figures that grow with it

    >>> get_kpi_status(100), get_kpi_status(79.9), get_kpi_status(None)
    ('reached', 'far', 'unknown')
    >>> get_kpi_status(50, 50), get_kpi_status(41, 50), get_kpi_status(39, 50)
    ('on_track', 'near', 'far')
    """
    if attainment is None:
        return "unknown"
    if attainment >= 100:
        return "reached"
    pace = 100 * attainment / elapsed
    if pace >= 100:
        return "on_track"
    return "near" if pace >= NEAR else "far"


def describe_kpi_status(env, status, has_target=None):
    """Return a status of a KPI, for a badge or a cell in its colour.

    :param has_target: whether there is a target; None: this is about no single KPI
    """
    unknown = {
        None: env._("No figure or target"),
        True: env._("No figure"),
        False: env._("No target"),
    }[has_target]
    names = {
        "reached": env._("Reached"),
        "on_track": env._("On track"),
        "near": env._("Slightly behind"),
        "far": env._("Far behind"),
        "unknown": unknown,
    }
    return {"kind": "kpi", "value": status, "name": names[status]}


def get_elapsed(period, day):
    """Return how much of a period is over at the end of a day, in percent.

    >>> from datetime import date
    >>> from odoo.addons.sales_efficiency_base.tools import Period
    >>> get_elapsed(Period.month(date(2026, 6, 1)), date(2026, 6, 15))
    50.0
    >>> get_elapsed(Period.month(date(2026, 6, 1)), date(2026, 8, 1))
    100.0
    """
    days = (period.end - period.start).days + 1
    over = (min(day, period.end) - period.start).days + 1
    return 100.0 * max(over, 1) / days
