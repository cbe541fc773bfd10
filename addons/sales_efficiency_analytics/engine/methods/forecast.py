# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Forecast of a monthly series, chosen by what it would have said in the past.

Options:

- ``horizon`` = 12: months ahead, 1 to 24
- ``may_be_negative`` = None: whether values below 0 are possible; None: only if there
  were any

Labels are finished months, ``2026-01`` and so on. Of one column comes a
:class:`Forecast`, of several a :class:`Forecasts`. Chart: line, with both ranges.
"""

from dataclasses import dataclass, field

import numpy as np

from .back_test import LEVELS, BackTest
from .forecast_methods import DEFAULT, ENOUGH, MOST_AHEAD, SEASON
from .refused import Refused
from .table import Table, option

# Fewer months say nothing about how far a forecast may be off.
LEAST = 6


@dataclass
class Forecast:
    """A forecast with its ranges, and why this method gives it.

    :param candidates: all methods that have an answer, the best first
    :param why: ``default``; ``naive``: a naive method was better; ``other``: another
        was clearly better; ``constant``: all values are equal; ``short``: no season
        can be told; ``untested``: the default, too few months are left to test it;
        ``failed``: the default finds no answer
    :param gain_on_default: by what share its errors are smaller than the default's
    :param gain_on_naive: the same against the better naive method
    :param ranges_of: the method whose errors give the ranges: another one if the
        chosen method could hardly be tested
    :param coverage_80: share of the tests within the range that the other tests give,
        None if there are too few
    """

    column: str
    months: list
    history: list
    ahead: list
    values: list
    low_80: list
    high_80: list
    low_95: list
    high_95: list
    method: str
    why: str
    has_season: bool
    months_for_season: int
    gain_on_default: float | None
    gain_on_naive: float | None
    better_naive: str | None
    ranges_of: str
    coverage_80: float | None
    coverage_95: float | None
    coverage_tests: int
    candidates: list = field(default_factory=list)


@dataclass
class Forecasts:
    """Forecasts of several columns.

    :param series: dict column -> :class:`Forecast`, or ``{"refused": …}``
    """

    series: dict


def run(data, options):
    """Forecast each column, see the options above.

    >>> months = [f"2025-{month:02}" for month in range(1, 13)]
    >>> run({"labels": months, "columns": {"x": [5.0] * 12}}, {"horizon": 2}).values
    [5.0, 5.0]
    """
    horizon = option(options, "horizon", SEASON, int, 1, MOST_AHEAD)
    columns = data["columns"]
    if not columns:
        raise Refused("no_columns")
    may_be_negative = options.get("may_be_negative")
    if len(columns) == 1:
        [[name, values]] = columns.items()
        return _forecast(name, data["labels"], values, horizon, may_be_negative)
    series = {}
    for name, values in columns.items():
        try:
            series[name] = _forecast(
                name, data["labels"], values, horizon, may_be_negative
            )
        except Refused as error:
            series[name] = {"refused": {"code": error.code, "values": error.values}}
    return Forecasts(series)


def _forecast(column, labels, values, horizon, may_be_negative):
    months, values = _check(column, labels, values)
    tests = BackTest(values, horizon, may_be_negative)
    method, why = tests.choose()
    ranges = tests.get_ranges(method)
    half = ranges.get_half_widths()
    point = np.array(tests.values[method])
    low = {level: point - half[level] for level in LEVELS}
    if tests.get_floor(values) == 0:
        low = {level: np.maximum(values, 0) for level, values in low.items()}
    better_naive = tests.get_better_naive()
    coverages, coverage_tests = ranges.get_coverages()
    return Forecast(
        column=column,
        months=months,
        history=values.tolist(),
        ahead=_get_next_months(months[-1], horizon),
        values=point.tolist(),
        low_80=low[80].tolist(),
        high_80=(point + half[80]).tolist(),
        low_95=low[95].tolist(),
        high_95=(point + half[95]).tolist(),
        method=method,
        why=why,
        has_season=len(values) >= ENOUGH,
        months_for_season=ENOUGH,
        gain_on_default=tests.get_gain(method, DEFAULT),
        gain_on_naive=tests.get_gain(method, better_naive),
        better_naive=better_naive,
        ranges_of=ranges.method,
        coverage_80=coverages[80],
        coverage_95=coverages[95],
        coverage_tests=coverage_tests,
        candidates=tests.get_candidates(),
    )


def _check(column, labels, values):
    """Return months and values from the first known one on, or refuse."""
    values = Table({"labels": labels, "columns": {column: values}}).column(column)
    known = np.flatnonzero(~np.isnan(values))
    first = known[0] if len(known) else len(values)
    months, values = list(labels[first:]), values[first:]
    if months:
        expected = [months[0], *_get_next_months(months[0], len(months) - 1)]
        if months != expected:
            raise Refused("months_not_in_order")
    missing = [months[number] for number in np.flatnonzero(np.isnan(values))]
    if missing:
        raise Refused("missing_months", label=missing[0], rows=len(missing))
    if len(months) < LEAST:
        raise Refused("too_short", rows=len(months), needed=LEAST)
    return months, values


def _get_next_months(month, number):
    """Return the months after a month.

    >>> _get_next_months("2026-11", 2)
    ['2026-12', '2027-01']
    """
    try:
        year, month = map(int, month.split("-"))
    except ValueError as error:
        raise Refused("months_not_in_order") from error
    counts = range(year * 12 + month, year * 12 + month + number)
    return [f"{count // 12}-{count % 12 + 1:02}" for count in counts]
