# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Say where a series goes, and how its seasons differ.

Labels are months ``YYYY-MM`` or quarters ``YYYY-Qn``, in order and without a gap.
Nothing is left out: who asks leaves out the period that still runs.

Options:

- ``column``: name of the column; default: the first one
- ``confidence``: of the intervals; default: 0.95
- ``working_days``: dict label → working days. Values become those of a period with the
  usual number of working days; default: not adjusted

Charts: ``series`` (lines: value, line of the trend, value without season), ``seasons``
(bars of the indices).
"""

import re
from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.stattools import durbin_watson

from .refused import Refused
from .table import Table, finite, is_constant, option, quiet

MIN_PERIODS = 6
# Theil and Sen compare each period with each other one.
MAX_PERIODS = 1200
LABEL = re.compile(r"(\d{4})-(?:(0[1-9]|1[0-2])|Q([1-4]))")


@dataclass
class Line:
    """A straight line: level in the first period, change per period."""

    intercept: float
    slope: float
    low: float | None
    high: float | None


@dataclass
class Trend:
    """Trend and seasons of a series; ``n`` are the periods with a value.

    ``seasons`` is the number of periods in a year, ``indices`` what each makes of an
    average period (1 = average), None with ``no_indices`` telling why: too_short,
    missing or not_positive. ``p`` is that of Mann and Kendall.
    """

    column: str
    n: int
    missing: int
    first: str
    last: str
    seasons: int
    confidence: float
    mean: float
    ols: Line
    ols_p: float | None
    ols_se: float | None
    r2: float | None
    durbin_watson: float | None
    theil_sen: Line
    kendall: float | None
    p: float | None
    indices: list | None
    no_indices: str | None
    is_adjusted: bool
    series: list


def run(data, options):
    """Fit lines to a series and compute its seasonal indices.

    :raises Refused: if there are fewer than 6 values, or labels are no series
    """
    table = Table(data)
    names = [options.get("column") or next(iter(table.names), "")]
    confidence = option(options, "confidence", 0.95, low=0.5, high=0.999)
    values = table.column(names[0])
    periods, seasons = read_periods(table.labels)
    days = options.get("working_days")
    if days:
        values = adjust(values, table.labels, days)
    known = ~np.isnan(values)
    if known.sum() < MIN_PERIODS:
        raise Refused("too_few_periods", periods=int(known.sum()), needed=MIN_PERIODS)
    with quiet():
        return _fit(
            names[0], table.labels, values, known, periods, seasons, confidence, days
        )


def read_periods(labels):
    """Return the seasons of labels, from 0, and how many a year has.

    >>> read_periods(["2023-12", "2024-01", "2024-02"])
    ([11, 0, 1], 12)
    >>> read_periods(["2023-Q4", "2024-Q1"])
    ([3, 0], 4)
    """
    if not labels:
        raise Refused("too_few_periods", periods=0, needed=MIN_PERIODS)
    if len(labels) > MAX_PERIODS:
        raise Refused("too_many_periods", periods=len(labels), limit=MAX_PERIODS)
    seasons = 4 if "Q" in labels[0] else 12
    numbers = [_number(label, seasons) for label in labels]
    for at, number in enumerate(numbers):
        if number != numbers[0] + at:
            raise Refused("gap", label=labels[at - 1], next=labels[at])
    return [number % seasons for number in numbers], seasons


def _number(label, seasons):
    match = LABEL.fullmatch(label)
    if not match or bool(match[3]) != (seasons == 4):
        raise Refused("not_a_period", label=label[:40])
    return int(match[1]) * seasons + int(match[3] or match[2]) - 1


def adjust(values, labels, days):
    """Return values as if each period had the usual number of working days.

    >>> adjust(np.array([200.0, 220.0]), ["2024-02", "2024-03"],
    ...        {"2024-02": 20, "2024-03": 22}).tolist()
    [210.0, 210.0]
    """
    worked = np.array([days.get(label) or 0 for label in labels], dtype=float)
    if (worked <= 0).any():
        label = labels[int(np.argmax(worked <= 0))]
        raise Refused("no_working_days", label=label)
    return values * worked.mean() / worked


def get_seasonal_indices(values, periods, seasons):
    """Return the index of each season, or None and why there are none.

    The mean per season of the ratios to the centred moving average, divided by their
    mean.

    >>> values = np.array([40.0, 60, 50, 90, 44, 66, 55, 99, 48, 72, 60, 108])
    >>> indices, _why = get_seasonal_indices(values, list(range(4)) * 3, 4)
    >>> [round(index, 4) for index in indices]
    [0.696, 1.017, 0.8271, 1.4599]
    >>> get_seasonal_indices(values[:7], [0, 1, 2, 3, 0, 1, 2], 4)
    (None, 'too_short')
    """
    if len(values) < 2 * seasons:
        return None, "too_short"
    half = seasons // 2
    weights = np.ones(seasons + 1)
    weights[[0, -1]] = 0.5
    average = np.convolve(values, weights / seasons, mode="valid")
    if (average[~np.isnan(average)] <= 0).any():
        return None, "not_positive"
    ratios = values[half : len(values) - half] / average
    season = np.array(periods[half : len(values) - half])
    found = [
        ratios[(season == number) & ~np.isnan(ratios)] for number in range(seasons)
    ]
    if not all(map(len, found)):
        return None, "missing"
    means = np.array([one.mean() for one in found])
    if means.mean() <= 0:
        return None, "not_positive"
    return (means / means.mean()).tolist(), None


def _fit(name, labels, values, known, periods, seasons, confidence, days):
    at = np.flatnonzero(known).astype(float)
    ys = values[known]
    ols, statistics = _fit_ols(at, ys, confidence)
    theil_sen = stats.theilslopes(ys, at, alpha=confidence)
    kendall = None if is_constant(ys) else stats.kendalltau(at, ys)
    indices, no_indices = get_seasonal_indices(values, periods, seasons)
    return Trend(
        column=name,
        n=len(ys),
        missing=int((~known).sum()),
        first=labels[0],
        last=labels[-1],
        seasons=seasons,
        confidence=confidence,
        mean=float(ys.mean()),
        ols=ols,
        **statistics,
        theil_sen=Line(*(float(number) for number in _reorder(theil_sen))),
        kendall=finite(kendall and kendall.statistic),
        p=finite(kendall and kendall.pvalue),
        indices=indices,
        no_indices=no_indices,
        is_adjusted=bool(days),
        series=_list_series(labels, values, periods, ols, indices),
    )


def _reorder(theil_sen):
    return (
        theil_sen.intercept,
        theil_sen.slope,
        theil_sen.low_slope,
        theil_sen.high_slope,
    )


def _fit_ols(at, ys, confidence):
    fit = sm.OLS(ys, sm.add_constant(at)).fit()
    if is_constant(ys):
        nothing = dict.fromkeys(("ols_p", "ols_se", "r2", "durbin_watson"))
        return Line(float(ys[0]), 0.0, 0.0, 0.0), nothing
    low, high = fit.conf_int(alpha=1 - confidence)[1]
    line = Line(*map(float, fit.params), finite(low), finite(high))
    return line, {
        "ols_p": finite(fit.pvalues[1]),
        "ols_se": finite(fit.bse[1]),
        "r2": finite(fit.rsquared),
        "durbin_watson": finite(durbin_watson(fit.resid)),
    }


def _list_series(labels, values, periods, ols, indices):
    """Return what the chart shows of each period."""
    return [
        {
            "label": label,
            "value": finite(values[at]),
            "trend": ols.intercept + ols.slope * at,
            "deseasonalised": finite(values[at] / indices[periods[at]])
            if indices and indices[periods[at]] > 0
            else None,
        }
        for at, label in enumerate(labels)
    ]
