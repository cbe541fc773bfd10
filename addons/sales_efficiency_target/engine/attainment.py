# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Key figures derived from targets and actuals (policy 2.2.2).

Each figure is defined once, in Python with its SQL counterpart: writing results,
reading groups and answering queries all use the same formula. Figures are floats, in
PostgreSQL as in Python; both give the same result to the last of the 15 digits stored.
None stands for a missing value.
"""

from itertools import product
from math import inf

from odoo.tools import float_compare

from odoo.addons.sales_efficiency_base.tools import formula, grow

# Planned and measured figures, which are summed over several targets
SUMMED = (
    "amount",
    "actual",
    "expected",
    "projected",
    "pipeline",
    "last_year",
    "last_year_whole",
    "original_amount",
)
# Figures shared by all targets of a metric, company and period
SHARED = ("is_additive", "is_rate", "higher_is_better", "remaining_days")


# ----------------------------------------------------------------------
# Formulas
# ----------------------------------------------------------------------


@formula(
    """
    CASE WHEN %(is_additive)s THEN %(total)s
         ELSE %(total)s / NULLIF(%(weight)s, 0) END
    """
)
def average_unless_additive(total, weight, is_additive):
    """Aggregate a monthly figure: the sum, or for rates the weighted average.

    This gives the target of a period, and the value *expected to date*: past months
    count in full, the current month by the share of its working days before today. A
    rate is expected in full once its first working day is over.

    >>> average_unless_additive(90, 3, True), average_unless_additive(90, 3, False)
    (90, 30.0)
    >>> average_unless_additive(0, 0, False)
    """
    if is_additive:
        return total
    return total / weight if weight else None


@formula(
    """
    CASE WHEN %(higher_is_better)s THEN 100 * %(actual)s / NULLIF(%(plan)s, 0)
         WHEN %(actual)s > 0 THEN 100 * %(plan)s / %(actual)s END
    """
)
def attain(actual, plan, higher_is_better):
    """Return actual ÷ plan in percent, or the inverse if lower is better: *attainment*
    if the plan is the target, *pace* if it is the value expected to date.

    None if higher is better and the plan is 0, or if lower is better and the actual is
    0 or negative: no number expresses how good that is. In the latter case ``judge``
    calls it reached and ``rank`` ranks it first; bonus schemes and appraisals should
    grant their maximum for it.

    >>> attain(60, 80, True), attain(-20, 80, True), attain(60, 0, True)
    (75.0, -25.0, None)
    >>> attain(40, 20, False), attain(16, 20, False)
    (50.0, 125.0)
    >>> attain(0, 20, False), attain(-5, 20, False), attain(None, 20, False)
    (None, None, None)
    >>> attain(5, 0, False)
    0.0
    """
    if actual is None or plan is None:
        return None
    if higher_is_better:
        return 100 * actual / plan if plan else None
    return 100 * plan / actual if actual > 0 else None


@formula(
    """
    CASE WHEN %(actual)s IS NULL OR %(expected)s IS NULL THEN 'open'
         WHEN CASE WHEN %(higher_is_better)s THEN %(actual)s >= %(amount)s
                   ELSE %(actual)s <= %(amount)s END THEN 'reached'
         WHEN CASE WHEN %(higher_is_better)s THEN %(actual)s >= %(expected)s
                   ELSE %(actual)s <= %(expected)s END THEN 'on_track'
         ELSE 'behind' END
    """
)
def judge(actual, amount, expected, higher_is_better):
    """Return the *status*: reached, on_track, behind, or open for future periods.

    If lower is better, an actual of 0 counts as reached from the start, until the
    actual exceeds the target.

    >>> judge(80, 80, 40, True), judge(50, 80, 40, True), judge(30, 80, 40, True)
    ('reached', 'on_track', 'behind')
    >>> judge(0, 20, 10, False), judge(0, 0, 0, True), judge(5, 20, None, True)
    ('reached', 'reached', 'open')
    """
    if actual is None or expected is None:
        return "open"
    direction = 1 if higher_is_better else -1
    if direction * actual >= direction * amount:
        return "reached"
    return "on_track" if direction * actual >= direction * expected else "behind"


@formula(
    """
    CASE WHEN %(is_additive)s THEN %(actual)s - COALESCE(%(expected)s, 0)
         ELSE %(actual)s - %(expected)s END
    """
)
def deviate(actual, expected, is_additive):
    """Return the *deviation*: actual less expected to date.

    For additive metrics, a missing expected value counts as 0, e.g. in future periods
    with early actuals, so that the months add up to the year.

    >>> deviate(50, 80, True), deviate(50, None, True), deviate(50, None, False)
    (-30, 50, None)
    """
    return _subtract(actual, (expected or 0) if is_additive else expected)


@formula("%(amount)s - %(actual)s")
def go(amount, actual):
    """Return the *gap to go*: target less actual."""
    return _subtract(amount, actual)


@formula(
    """
    CASE WHEN %(is_additive)s AND %(higher_is_better)s AND %(amount)s > %(actual)s
         THEN (%(amount)s - %(actual)s) / NULLIF(%(remaining_days)s, 0) END
    """
)
def go_per_day(amount, actual, remaining_days, is_additive, higher_is_better):
    """Return the *gap per day*: gap to go per remaining working day.

    >>> go_per_day(100, 20, 8, True, True)
    10.0
    """
    if not (is_additive and higher_is_better and remaining_days):
        return None
    gap = _subtract(amount, actual)
    return gap / remaining_days if gap is not None and gap > 0 else None


@formula(
    """
    CASE WHEN NOT %(is_additive)s THEN %(actual)s
         WHEN %(expected)s > 0
         THEN %(actual)s
              + %(actual)s / %(expected)s * (%(amount)s - %(expected)s)
         WHEN %(expected_to_date)s > 0
         THEN %(actual)s + %(actual_to_date)s / %(expected_to_date)s * %(amount)s END
    """
)
def project(actual, amount, expected, actual_to_date, expected_to_date, is_additive):
    """Return the *projected landing*: actual + pace × the expected value still to come,
    i.e. the run rate with the seasonality of the target's months.

    Future periods use the pace of the year to date. A rate is projected at its actual.

    >>> project(60, 200, 80, None, None, True), project(0, 50, 0, 60, 80, True)
    (150.0, 37.5)
    """
    if not is_additive or actual is None:
        return actual
    if expected is not None and expected > 0:
        return actual + actual / expected * (amount - expected)
    if expected_to_date is not None and expected_to_date > 0:
        pace = None if actual_to_date is None else actual_to_date / expected_to_date
        return None if pace is None else actual + pace * amount
    return None


@formula("%(actual)s + %(pipeline)s")
def add_pipeline(actual, pipeline):
    """Return actual + weighted pipeline, independently of the run rate."""
    return None if actual is None or pipeline is None else actual + pipeline


@formula("COALESCE(%(actual)s - %(closed_actual)s, 0)")
def move(actual, closed_actual):
    """Return the change of the actual since the end of the period."""
    return _subtract(actual, closed_actual) or 0


def _subtract(one, other):
    return None if one is None or other is None else one - other


# Derived figures of a result: the formula and its arguments
DERIVED = {
    "projected": (
        project,
        "actual",
        "amount",
        "expected",
        "actual_to_date",
        "expected_to_date",
        "is_additive",
    ),
    "with_pipeline": (add_pipeline, "actual", "pipeline"),
    "gap": (go, "amount", "actual"),
    "gap_per_day": (
        go_per_day,
        "amount",
        "actual",
        "remaining_days",
        "is_additive",
        "higher_is_better",
    ),
    "deviation": (deviate, "actual", "expected", "is_additive"),
    "attainment": (attain, "actual", "amount", "higher_is_better"),
    "pace": (attain, "actual", "expected", "higher_is_better"),
    "growth": (grow, "actual", "last_year", "is_rate"),
    "projected_growth": (grow, "projected", "last_year_whole", "is_rate"),
    "moved": (move, "actual", "closed_actual"),
    "status": (judge, "actual", "amount", "expected", "higher_is_better"),
}


# ----------------------------------------------------------------------
# Rows
# ----------------------------------------------------------------------


def derive(figures):
    """Add the derived figures to those of a result, see ``DERIVED``.

    >>> row = {"amount": 200, "actual": 50, "expected": 80, "higher_is_better": True}
    >>> derive(row)["attainment"], derive(row)["pace"], derive(row)["status"]
    (25.0, 62.5, 'behind')
    """
    row = dict(figures)
    for name, (function, *names) in DERIVED.items():
        if name not in row and row.keys() >= set(names):
            row[name] = function(*(row[figure] for figure in names))
    return row


def sum_up(rows):
    """Sum the figures of results of one metric and period.

    :param list rows: dicts of ``SUMMED`` (None: not measured, or not begun) and
        ``SHARED``; a single row if the metric is not additive
    """
    sums = {name: rows[0][name] for name in SHARED}
    for name in SUMMED:
        figures = [row[name] for row in rows if row[name] is not None]
        sums[name] = sum(figures) if figures else None
    return sums


def add_up(rows):
    """Add up results of one metric and period; ratios are sums over sums.

    :param list rows: see ``sum_up``
    :return: dict of the sums, of the derived figures (see ``DERIVED``), and of
        ``is_adjusted``
    """
    sums = sum_up(rows)
    difference = float_compare(sums["amount"], sums["original_amount"], 6)
    return derive(sums) | {"is_adjusted": bool(difference)}


def rank(row):
    """Return the sort key for rankings.

    Without an attainment, a reached target counts as 100 % (a target of 0), or as the
    best of all if lower is better (e.g. no complaints).
    """
    if row["status"] == "reached" and row["attainment"] is None:
        return 100 if row["higher_is_better"] else inf
    return row["attainment"] or 0


def choose_whole(rows, dimensions, ancestors):
    """Choose the results of a metric and period that make up the whole.

    These are the widest ones, e.g. that of a team rather than those of its members,
    without any that lie inside another. Non-additive results stay separate.

    :param list rows: dicts with ``is_additive`` and ``place``: dict name of the
        dimension -> id that the target is restricted to
    :param dimensions: names of the dimensions, the widest first
    :param dict ancestors: (dimension name, id) -> ids of its ancestors and itself
    :return: list of lists of rows to add up
    """
    if not rows:
        return []
    order = list(dimensions)
    widest = min(
        (tuple(row["place"]) for row in rows),
        key=lambda kind: (len(kind), [order.index(name) for name in kind]),
    )
    by_place = {
        tuple(row["place"].values()): row
        for row in rows
        if tuple(row["place"]) == widest
    }

    def lies_inside(place):
        above = (
            ancestors.get((name, id_), [id_])
            for name, id_ in zip(widest, place, strict=True)
        )
        return any(other != place and other in by_place for other in product(*above))

    whole = [row for place, row in by_place.items() if not lies_inside(place)]
    return [whole] if rows[0]["is_additive"] else [[row] for row in whole]
