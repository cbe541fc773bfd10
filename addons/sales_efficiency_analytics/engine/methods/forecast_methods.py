# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The methods that forecast a monthly series.

Each sees past values alone and returns those of the next 24 months, or None where it
may not be used.
"""

import math
import warnings
from functools import lru_cache

import numpy as np

SEASON = 12
# No season can be told from less than two of each month.
ENOUGH = 2 * SEASON
MOST_AHEAD = 24
DEFAULT = "holt_winters"
NAIVE = ("naive", "seasonal_naive")


def naive(values):
    """The last value.

    >>> naive(np.array([1.0, 2.0]))[:3].tolist()
    [2.0, 2.0, 2.0]
    """
    return np.full(MOST_AHEAD, values[-1])


def seasonal_naive(values):
    """The value of the same month of the last year."""
    if len(values) < SEASON:
        return None
    return np.resize(values[-SEASON:], MOST_AHEAD)


def seasonal_growth(values):
    """The value of the same month of the last year × the growth of the last year.

    >>> past = np.array([10.0] * 12 + [20.0] * 12)
    >>> seasonal_growth(past)[[0, 11, 12]].tolist()
    [40.0, 40.0, 80.0]
    """
    if len(values) < ENOUGH:
        return None
    last, before = values[-SEASON:].sum(), values[-ENOUGH:-SEASON].sum()
    if last <= 0 or before <= 0:
        return None
    years = np.arange(MOST_AHEAD) // SEASON + 1
    return seasonal_naive(values) * (last / before) ** years


def log_trend(values):
    """A steady growth in percent, times the usual season of the month."""
    if len(values) < ENOUGH or (values <= 0).any():
        return None
    number = len(values)
    steps = np.arange(number + MOST_AHEAD)
    rows = np.column_stack([steps, steps[:, None] % SEASON == np.arange(SEASON)])
    found = np.linalg.lstsq(rows[:number], np.log(values), rcond=None)[0]
    with np.errstate(over="ignore"):
        return np.exp(rows[number:] @ found)


def holt_winters(values):
    """Damped additive Holt-Winters with estimated starting values."""
    if len(values) < ENOUGH:
        return None
    return np.array(_fit_holt_winters(tuple(values)))


# The same past is asked for again where a longer series is tested.
@lru_cache(maxsize=4096)
def _fit_holt_winters(values):
    values = np.array(values)
    if (values == values[0]).all():
        return (values[0],) * MOST_AHEAD
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    # The optimizer stops at absolute differences: it needs values of one size.
    scale = 100 / np.abs(values).mean()
    with warnings.catch_warnings():
        # That it did not converge shows in the back-test.
        warnings.simplefilter("ignore")
        model = ExponentialSmoothing(
            values * scale,
            trend="add",
            damped_trend=True,
            seasonal="add",
            seasonal_periods=SEASON,
            initialization_method="estimated",
        )
        try:
            return tuple(model.fit().forecast(MOST_AHEAD) / scale)
        except (ValueError, FloatingPointError, np.linalg.LinAlgError):
            return (math.nan,) * MOST_AHEAD


METHODS = {
    "holt_winters": holt_winters,
    "naive": naive,
    "seasonal_naive": seasonal_naive,
    "seasonal_growth": seasonal_growth,
    "log_trend": log_trend,
}
