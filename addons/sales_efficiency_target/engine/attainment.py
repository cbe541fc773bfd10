# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What follows from what was promised and what has come of it (policy 2.2.2).

Each number is defined once, in Python and beside it in SQL: results are written, groups
are read, and what is asked for is answered by the same formula. Figures are floats of
the database or in Python: both count alike, to the last of the 15 digits that are kept.
None is what is not there.
"""

from itertools import product
from math import inf

from odoo.tools import float_compare

from odoo.addons.sales_efficiency_base.tools import formula, grow

# What is planned and measured; of several targets it adds up.
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
# What is the same for all targets of a metric of one company, in one period
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
    """What months make of a figure of theirs: a sum, of a rate the average.

    So is the target of a period, and what is *expected to date*: the months that are
    over count in full, and the current one by the share of its working days before
    today. A rate is expected from its first working day on.

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
    """How much of a plan is there, in percent: *attainment* of the target, *pace* of
    what is expected to date. The other way round where less is better.

    None where nothing was asked for, or where less is better and there is nothing, or
    less than nothing: no number says how good that is. ``judge`` says that it is
    reached, and ``rank`` that nobody could do better. Who pays or appraises by it takes
    the most that they give.

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
    """The *status*: reached, on_track, behind; open where it is still to come.

    Where less is better nothing is reached at once, and stays so until there is more
    than the target.

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
    """The *deviation*: actual less expected to date.

    What adds up deviates also by what is there ahead of time, or of a target of 0: so
    the months add up to the year.

    >>> deviate(50, 80, True), deviate(50, None, True), deviate(50, None, False)
    (-30, 50, None)
    """
    return _subtract(actual, (expected or 0) if is_additive else expected)


@formula("%(amount)s - %(actual)s")
def go(amount, actual):
    """The *gap to go*: target less actual."""
    return _subtract(amount, actual)


@formula(
    """
    CASE WHEN %(is_additive)s AND %(higher_is_better)s AND %(amount)s > %(actual)s
         THEN (%(amount)s - %(actual)s) / NULLIF(%(remaining_days)s, 0) END
    """
)
def go_per_day(amount, actual, remaining_days, is_additive, higher_is_better):
    """The *gap per day*: what each working day that is left has to bring.

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
    """The *projected landing*: actual + pace × what is still expected, so the run rate
    with the seasonality of the target's own months.

    What has not begun goes by the pace of the year to date. A rate lands where it is.

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
    """What is done and what open opportunities let expect, beside the run rate."""
    return None if actual is None or pipeline is None else actual + pipeline


@formula("COALESCE(%(actual)s - %(closed_actual)s, 0)")
def move(actual, closed_actual):
    """By how much the actual has changed since the period was over."""
    return _subtract(actual, closed_actual) or 0


def _subtract(one, other):
    return None if one is None or other is None else one - other


# What follows from the figures of a result: by which formula, from which of them
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
    """Return figures of a result with all that follows from them, see ``DERIVED``.

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
    """Return the figures of results of one metric and period together.

    :param list rows: dicts of ``SUMMED`` (None: not measured, or not begun) and
        ``SHARED``; one row only where the metric does not add up
    """
    sums = {name: rows[0][name] for name in SHARED}
    for name in SUMMED:
        figures = [row[name] for row in rows if row[name] is not None]
        sums[name] = sum(figures) if figures else None
    return sums


def add_up(rows):
    """Add up results of one metric and period; ratios are sums over sums.

    :param list rows: see ``sum_up``
    :return: dict of the sums, of what follows from them (see ``DERIVED``), and of
        ``is_adjusted``
    """
    sums = sum_up(rows)
    difference = float_compare(sums["amount"], sums["original_amount"], 6)
    return derive(sums) | {"is_adjusted": bool(difference)}


def rank(row):
    """Return what results are ranked by: of complaints of which there was none nobody
    could do better; who was asked for nothing has done what was asked for."""
    if row["status"] == "reached" and row["attainment"] is None:
        return 100 if row["higher_is_better"] else inf
    return row["attainment"] or 0


def choose_whole(rows, dimensions, ancestors):
    """Choose among the results of a metric and period those that make up the whole.

    The widest do, e.g. that of a team and not those of its people, and none that lies
    inside another. Where figures do not add up, they stay side by side.

    :param list rows: dicts with ``is_additive`` and ``place``: dict name of the
        dimension -> id of what the target is narrowed to
    :param dimensions: their names; of two equally wide, what comes first is wider
    :param dict ancestors: (name of the dimension, id) -> ids above and its own
    :return: list of lists of rows that are to be added up
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
