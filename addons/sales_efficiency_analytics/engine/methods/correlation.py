# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Say how much two columns go together, for each pair of columns.

Options:

- ``columns``: names of at least two columns; default: all
- ``confidence``: of the intervals; default: 0.95
- ``seed``: of the sample of rows that the chart shows; default: 0

Chart: ``scatter`` (points) of the pair that goes together most.
"""

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

from .refused import Refused
from .table import Table, is_constant, option, quiet, sample

MIN_ROWS = 8
MAX_COLUMNS = 12
MAX_POINTS = 1000


@dataclass
class Pair:
    """Two columns; ``p`` is corrected for the number of pairs (Holm).

    ``problem`` tells why nothing could be computed: too_few_rows or constant.
    """

    x: str
    y: str
    n: int
    problem: str | None = None
    pearson: float | None = None
    p: float | None = None
    low: float | None = None
    high: float | None = None
    spearman: float | None = None
    spearman_p: float | None = None


@dataclass
class Correlation:
    """All pairs, the strongest first, and points of the first one."""

    pairs: list
    confidence: float
    is_monthly: bool
    scatter: dict


def run(data, options):
    """Compute Pearson's and Spearman's correlation of all pairs of columns.

    :raises Refused: if there is no pair with 8 rows in which both columns vary
    """
    table = Table(data)
    confidence = option(options, "confidence", 0.95, low=0.5, high=0.999)
    seed = option(options, "seed", 0, int, low=0)
    names = options.get("columns") or table.names
    _check_columns(names)
    with quiet():
        pairs = [_correlate(table, x, y, confidence) for x, y in combinations(names, 2)]
    told = [pair for pair in pairs if not pair.problem]
    if not told:
        _refuse(table, names, pairs)
    _correct(told)
    pairs.sort(key=lambda pair: -abs(pair.pearson or 0))
    return Correlation(
        pairs=pairs,
        confidence=confidence,
        is_monthly=all(_is_month(label) for label in table.labels),
        scatter=_scatter(table, pairs[0], seed),
    )


def get_fisher_interval(r, n, confidence):
    """Return the interval of a correlation by Fisher's transformation.

    >>> [round(end, 6) for end in get_fisher_interval(0.8164205163448399, 11, 0.95)]
    [0.424391, 0.950693]
    >>> get_fisher_interval(1.0, 11, 0.95)
    (1.0, 1.0)
    """
    if abs(r) >= 1:
        return r, r
    reach = stats.norm.ppf((1 + confidence) / 2) / math.sqrt(n - 3)
    middle = math.atanh(r)
    return math.tanh(middle - reach), math.tanh(middle + reach)


def _check_columns(names):
    if len(set(names)) < 2:
        raise Refused("too_few_columns", needed=2)
    if len(set(names)) < len(names):
        raise Refused("column_twice")
    if len(names) > MAX_COLUMNS:
        raise Refused("too_many_columns", columns=len(names), limit=MAX_COLUMNS)


def _correlate(table, x, y, confidence):
    rows = table.complete([x, y])
    n = len(rows)
    if n < MIN_ROWS:
        return Pair(x, y, n, "too_few_rows")
    xs, ys = rows.column(x), rows.column(y)
    if is_constant(xs) or is_constant(ys):
        return Pair(x, y, n, "constant")
    pearson = stats.pearsonr(xs, ys)
    spearman = stats.spearmanr(xs, ys)
    r = float(np.clip(pearson.statistic, -1, 1))
    low, high = get_fisher_interval(r, n, confidence)
    return Pair(
        x,
        y,
        n,
        pearson=r,
        p=float(pearson.pvalue),
        low=low,
        high=high,
        spearman=float(spearman.statistic),
        spearman_p=float(spearman.pvalue),
    )


def _refuse(table, names, pairs):
    """Say what all pairs lack."""
    most = max(pairs, key=lambda pair: pair.n)
    if most.n < MIN_ROWS:
        raise Refused("too_few_rows", rows=most.n, needed=MIN_ROWS)
    constant = [name for name in names if _never_varies(table.column(name))]
    raise Refused("constant", column=(constant or [most.x])[0])


def _never_varies(values):
    values = values[~np.isnan(values)]
    return not len(values) or is_constant(values)


def _correct(pairs):
    """Correct p for the number of pairs: among many, some go together by chance."""
    for name in ("p", "spearman_p"):
        values = [getattr(pair, name) for pair in pairs]
        corrected = multipletests(values, method="holm")[1]
        for pair, value in zip(pairs, corrected, strict=True):
            setattr(pair, name, float(value))


def _is_month(label):
    return len(label) == 7 and label[4] == "-" and label.replace("-", "").isdigit()


def _scatter(table, pair, seed):
    rows = table.complete([pair.x, pair.y])
    xs, ys = rows.column(pair.x), rows.column(pair.y)
    return {
        "x": pair.x,
        "y": pair.y,
        "rows": len(rows),
        "points": [
            {"label": rows.labels[at], "x": float(xs[at]), "y": float(ys[at])}
            for at in sample(len(rows), MAX_POINTS, seed)
        ],
    }
