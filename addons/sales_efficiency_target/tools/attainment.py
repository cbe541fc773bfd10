# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import product

from odoo.tools import float_compare

from odoo.addons.sales_efficiency_base.tools import grow

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


def add_up(rows):
    """Add up results of one metric and period; ratios are sums over sums.

    :param list rows: dicts with the summed figures (None: not measured, or not begun),
        ``remaining_days``, ``is_additive``, ``is_rate`` and ``higher_is_better``; one
        row only where the metric does not add up
    :return: dict of the sums, and of ``is_adjusted``, ``gap``, ``gap_per_day`` (None
        where nothing has to be done, or no day is left), ``deviation``,
        ``with_pipeline``, ``attainment``, ``pace``, ``growth``, ``projected_growth``
        (percent, None where there is nothing to divide by; growth of rates in points)
        and ``status``
    """
    sums = {}
    for name in SUMMED:
        figures = [row[name] for row in rows if row[name] is not None]
        sums[name] = sum(figures) if figures else None
    amount, actual, expected = (sums[name] for name in SUMMED[:3])
    is_measured = actual is not None
    higher_is_better = rows[0]["higher_is_better"]
    # The days are those of the company: the same for all
    days = rows[0]["remaining_days"]
    has_gap = is_measured and higher_is_better and rows[0]["is_additive"]
    pipeline = sums["pipeline"]

    def compare(plan):
        pair = (actual, plan) if higher_is_better else (plan, actual)
        return _divide(*pair)

    is_rate = rows[0]["is_rate"]
    return sums | {
        "is_adjusted": bool(float_compare(amount, sums["original_amount"], 6)),
        "higher_is_better": higher_is_better,
        "remaining_days": days,
        "gap": amount - actual if is_measured else None,
        "gap_per_day": (amount - actual) / days
        if has_gap and amount > actual and days
        else None,
        "with_pipeline": actual + pipeline
        if is_measured and pipeline is not None
        else None,
        "deviation": _deviate(actual, expected, rows[0]["is_additive"]),
        "attainment": compare(amount),
        "pace": compare(expected),
        "is_rate": is_rate,
        "growth": grow(actual, sums["last_year"], is_rate),
        "projected_growth": grow(sums["projected"], sums["last_year_whole"], is_rate),
        "status": _judge(actual, amount, expected, 1 if higher_is_better else -1),
    }


def _divide(dividend, divisor):
    return None if dividend is None or not divisor else 100 * dividend / divisor


def _deviate(actual, expected, is_additive):
    """What adds up deviates also by what is there ahead of time."""
    if expected is None and is_additive:
        expected = 0
    return None if actual is None or expected is None else actual - expected


def _judge(actual, amount, expected, direction):
    if actual is None or expected is None:
        return "open"
    if direction * actual >= direction * amount:
        return "reached"
    return "on_track" if direction * actual >= direction * expected else "behind"


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
