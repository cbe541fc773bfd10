# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Describe numbers one column at a time: how many, how large, how unequal.

Options:

- ``columns``: names of the columns to describe; default: all
- ``zeros``: whether rows of 0 count for Gini's coefficient: months without sales do,
  customers who bought nothing do not; default: False
- ``threshold``: share of the total that class A reaches, in percent; default: 80

Charts: ``histogram`` (bars), ``pareto`` (bars of values with a line of the cumulated
share), both of each column.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from .outliers import LIMIT, get_robust_scores
from .refused import Refused
from .table import Table, finite, is_constant, option, quiet

MAX_BINS = 40
MAX_PARETO = 200
MAX_OUTLIERS = 50
CLASS_B = 95


@dataclass
class Concentration:
    """How much of a total few rows make (ABC analysis, Pareto).

    ``classes`` are the number of rows of classes A, B and C and their share of the
    total; ``rows`` is cut after the first ones.
    """

    threshold: float
    rows_to_threshold: int
    classes: list
    rows: list


@dataclass
class Description:
    """One column in figures. None: cannot be told, e.g. the spread of one value."""

    n: int
    missing: int
    negative: int
    zero: int
    sum: float
    mean: float
    median: float
    sd: float | None
    minimum: float
    maximum: float
    quartile_1: float
    quartile_3: float
    skew: float | None
    mad: float
    gini: float | None
    outliers: list
    outlier_count: int
    histogram: list
    concentration: dict | None


@dataclass
class Descriptive:
    """Descriptions of columns: dict name → Description."""

    columns: dict


def run(data, options):
    """Describe columns.

    :raises Refused: if a column has no value
    """
    table = Table(data)
    threshold = option(options, "threshold", 80.0, low=1, high=CLASS_B)
    names = options.get("columns") or table.names
    if not names:
        raise Refused("no_columns")
    with quiet():
        return Descriptive(
            {
                name: _describe(table, name, threshold, bool(options.get("zeros")))
                for name in names
            }
        )


def _describe(table, name, threshold, zeros):
    column = table.column(name)
    known = ~np.isnan(column)
    values = column[known]
    if not len(values):
        raise Refused("no_values", column=name)
    labels = [table.labels[index] for index in np.flatnonzero(known)]
    first, median, third = np.quantile(values, [0.25, 0.5, 0.75])
    varies = len(values) > 1 and not is_constant(values)
    outliers = find_outliers(labels, values)
    return Description(
        n=len(values),
        missing=len(column) - len(values),
        negative=int((values < 0).sum()),
        zero=int((values == 0).sum()),
        sum=math.fsum(values),
        mean=math.fsum(values) / len(values),
        median=float(median),
        sd=float(values.std(ddof=1)) if len(values) > 1 else None,
        minimum=float(values.min()),
        maximum=float(values.max()),
        quartile_1=float(first),
        quartile_3=float(third),
        skew=finite(stats.skew(values, bias=False))
        if varies and len(values) > 2
        else None,
        mad=float(np.median(np.abs(values - median))),
        gini=get_gini(values if zeros else values[values != 0]),
        outliers=outliers[:MAX_OUTLIERS],
        outlier_count=len(outliers),
        histogram=get_histogram(values),
        concentration=get_concentration(labels, values, threshold),
    )


def find_outliers(labels, values):
    """Return label, value and robust z of values far from the others, furthest first.

    >>> values = np.array([120, 80, 95, 200, 150, 80, 60, 310, 95, 110])
    >>> [(one["label"], one["value"]) for one in find_outliers("abcdefghij", values)]
    [('h', 310.0)]
    """
    scores = get_robust_scores(values)
    order = np.argsort(-np.abs(scores), kind="stable")
    return [
        {
            "label": labels[index],
            "value": float(values[index]),
            "score": float(scores[index]),
        }
        for index in order
        if abs(scores[index]) > LIMIT
    ]


def get_gini(values):
    """Return Gini's coefficient: 0 if all are equal, near 1 if one has nearly all.

    It means nothing if a value is negative, and there is none without a total.

    >>> get_gini(np.array([1.0, 1.0, 1.0]))
    0.0
    >>> get_gini(np.array([1.0, 2.0, 3.0, 4.0]))
    0.25
    >>> get_gini(np.array([-1.0, 2.0]))
    """
    if not len(values) or values.min() < 0 or values.sum() <= 0:
        return None
    count = len(values)
    weighted = (np.arange(1, count + 1) * np.sort(values)).sum()
    gini = 2 * weighted / (count * values.sum()) - (count + 1) / count
    # Rounding must not make it negative.
    return max(float(gini), 0.0)


def get_histogram(values):
    """Return bars: from, to and how many values, of one round width.

    The width follows Freedman and Diaconis. Each bar includes its lower end.

    >>> bars = get_histogram(np.array([1.0, 2.0, 2.0, 3.0, 9.0]))
    >>> [(bar["from"], bar["to"], bar["count"]) for bar in bars][0]
    (0.0, 2.0, 1)
    >>> len(get_histogram(np.array([7.0, 7.0])))
    1
    """
    low, high = float(values.min()), float(values.max())
    if is_constant(values):
        return [{"from": low, "to": high, "count": len(values)}]
    first, third = np.quantile(values, [0.25, 0.75])
    width = 2 * (third - first) / len(values) ** (1 / 3)
    width = round_up(max(width, (high - low) / (MAX_BINS - 2)))
    start = math.floor(low / width)
    counts = np.bincount(np.floor(values / width).astype(int) - start)
    return [
        {
            "from": (start + number) * width,
            "to": (start + number + 1) * width,
            "count": int(count),
        }
        for number, count in enumerate(counts)
    ]


def round_up(width):
    """Return the next number of 1, 2 or 5 and zeros.

    >>> round_up(0.3), round_up(1200), round_up(5)
    (0.5, 2000.0, 5.0)
    """
    power = 10.0 ** math.floor(math.log10(width))
    # A little less: 5 must not become 10 because of rounding.
    return next(
        step * power for step in (1, 2, 5, 10) if step * power >= width * (1 - 1e-9)
    )


def get_concentration(labels, values, threshold):
    """Return how few rows reach a share of the total, or None without a total.

    >>> result = get_concentration("abcd", np.array([10.0, 60.0, 25.0, 5.0]), 80)
    >>> result.rows_to_threshold
    2
    >>> [(row["label"], row["class"], row["cumulated"]) for row in result.rows]
    [('b', 'A', 60.0), ('c', 'A', 85.0), ('a', 'B', 95.0), ('d', 'C', 100.0)]
    """
    total = math.fsum(values)
    if total <= 0:
        return None
    order = np.argsort(-values, kind="stable")
    cumulated = 100 * np.cumsum(values[order]) / total
    needed = _count_to(cumulated, threshold)
    ends = [0, needed, max(needed, _count_to(cumulated, CLASS_B)), len(values)]
    shares = [0.0, *(float(cumulated[end - 1]) for end in ends[1:])]
    classes = [
        {
            "class": name,
            "rows": ends[at + 1] - ends[at],
            "share": shares[at + 1] - shares[at],
        }
        for at, name in enumerate("ABC")
    ]
    rows = [
        {
            "label": labels[index],
            "value": float(values[index]),
            "share": float(100 * values[index] / total),
            "cumulated": float(cumulated[place]),
            "class": "A" if place < ends[1] else "B" if place < ends[2] else "C",
        }
        for place, index in enumerate(order[:MAX_PARETO])
    ]
    return Concentration(threshold, needed, classes, rows)


def _count_to(cumulated, share):
    """Return how many rows are needed to reach a share, in percent."""
    return int(np.argmax(cumulated >= share - 1e-9)) + 1
