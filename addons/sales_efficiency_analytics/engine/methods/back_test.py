# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from .forecast_methods import DEFAULT, ENOUGH, METHODS, NAIVE, SEASON

# The past months from which the methods are tested.
ORIGINS = 12
# Fewer tests neither decide which method forecasts nor give a range.
FEW_TESTS = 4
# What is neither the default nor naive must be better than the default by so much.
LEAD = 0.9
LEVELS = (80, 95)


@dataclass
class Candidate:
    """How a method did in the back-test.

    :param values: what it says of the months ahead
    :param tests: forecast months that were compared with what came
    :param wape: Σ|error| ÷ Σ|actual|, None if all were 0
    :param mase: mean |error| ÷ that of last year's value (short series: of the last
        value) before the tests
    :param bias: Σ(forecast − actual) ÷ Σ|actual|
    :param horizons: the same per month ahead
    """

    method: str
    values: list
    tests: int
    wape: float | None
    mase: float | None
    bias: float | None
    horizons: list


class BackTest:
    """What the methods would have said of the last months, had they been asked before.

    From each of up to 12 past months, every method sees what was known by then alone.

    :param values: the series
    :param horizon: months ahead
    :param may_be_negative: else forecasts below 0 are cut at 0; None: only if there
        were any in what was known by then
    """

    def __init__(self, values, horizon, may_be_negative):
        self._actuals = values
        self._horizon = horizon
        self._may_be_negative = may_be_negative
        self.has_season = len(values) >= ENOUGH
        self.values = self._say_all(values)
        # All methods are compared over the same months.
        self._origins = self._get_origins(ENOUGH if self.has_season else 1)
        self._errors = {
            method: self._test(method, self._origins) for method in self.values
        }
        self._drop_failed()

    def _get_origins(self, least):
        """Return the numbers of months known at each test, at least so many."""
        number = len(self._actuals)
        return range(max(least, number - ORIGINS), number)

    def _say_all(self, values):
        said = {}
        for method in METHODS if self.has_season else ("naive",):
            forecast = self._say(method, values)
            if forecast is not None:
                said[method] = forecast.tolist()
        return said

    def _say(self, method, values):
        """Return the forecast of a method, None if it has none."""
        forecast = METHODS[method](values)
        if forecast is None or not np.isfinite(forecast[: self._horizon]).all():
            return None
        return np.maximum(forecast[: self._horizon], self.get_floor(values))

    def get_floor(self, values):
        """Return the least that may follow values."""
        may_be_negative = self._may_be_negative
        if may_be_negative is None:
            may_be_negative = bool((values < 0).any())
        return -math.inf if may_be_negative else 0.0

    def _test(self, method, origins):
        """Return forecast less actual: a row per origin, a column per month ahead.

        NaN where the month is still to come; None if the method once had no answer.
        """
        errors = np.full((len(origins), self._horizon), np.nan)
        for row, origin in zip(errors, origins, strict=True):
            forecast = self._say(method, self._actuals[:origin])
            if forecast is None:
                return None
            actuals = self._actuals[origin : origin + self._horizon]
            row[: len(actuals)] = forecast[: len(actuals)] - actuals
        return errors

    def _drop_failed(self):
        for method, errors in list(self._errors.items()):
            if errors is None:
                del self._errors[method], self.values[method]

    # ------------------------------------------------------------------
    # Choice
    # ------------------------------------------------------------------

    def choose(self):
        """Return the method that forecasts, and why."""
        default = DEFAULT if self.has_season else "naive"
        if (self._actuals == self._actuals[0]).all():
            return default, "constant"
        if not self.has_season:
            return default, "short"
        if len(self._origins) < FEW_TESTS and DEFAULT in self.values:
            return default, "untested"
        sums = {method: self._sum_errors(method) for method in self.values}
        if DEFAULT not in sums:
            return self.get_better_naive(), "failed"
        method = min(self._get_allowed(sums), key=sums.get)
        if method == DEFAULT:
            return method, "default"
        return method, "naive" if method in NAIVE else "other"

    @staticmethod
    def _get_allowed(sums):
        """Return the default, the naive ones that are better, and others clearly so.

        The default comes first: it stands where there is no difference.

        >>> sums = {"holt_winters": 10, "naive": 9.9, "seasonal_naive": 12}
        >>> BackTest._get_allowed({**sums, "log_trend": 9.5})
        ['holt_winters', 'naive']
        """
        default = sums[DEFAULT]
        return [
            DEFAULT,
            *(name for name in NAIVE if sums[name] < default),
            *(
                name
                for name in sums
                if name not in (DEFAULT, *NAIVE) and sums[name] <= LEAD * default
            ),
        ]

    def _sum_errors(self, method):
        return float(np.nansum(np.abs(self._errors[method])))

    def get_better_naive(self):
        """Return the naive method with the smaller errors."""
        tested = [method for method in NAIVE if method in self.values]
        return min(tested, key=self._sum_errors)

    def get_gain(self, method, other):
        """Return by what share the errors are smaller than another method's."""
        if other not in self.values or method == other:
            return None
        errors = self._sum_errors(other)
        return 1 - self._sum_errors(method) / errors if errors else None

    # ------------------------------------------------------------------
    # Ranges
    # ------------------------------------------------------------------

    def get_ranges(self, method):
        """Return the :class:`Ranges` of a method.

        A naive one lends its own to a method that could hardly be tested: it needs
        less of a past.
        """
        if len(self._origins) >= FEW_TESTS:
            return Ranges(method, self._errors[method])
        method = "seasonal_naive" if self.has_season else "naive"
        return Ranges(method, self._test(method, self._get_origins(SEASON)))

    # ------------------------------------------------------------------
    # Measures
    # ------------------------------------------------------------------

    def get_candidates(self):
        """Return all methods that have an answer, best first."""
        methods = sorted(self.values, key=self._sum_errors)
        return [self._get_candidate(method) for method in methods]

    def _get_candidate(self, method):
        errors = self._errors[method]
        horizons = [
            {"ahead": step + 1, **self._measure(errors[:, step : step + 1], step)}
            for step in range(self._horizon)
            if np.isfinite(errors[:, step]).any()
        ]
        return Candidate(
            method=method,
            values=self.values[method],
            horizons=horizons,
            **self._measure(errors, 0),
        )

    def _measure(self, errors, step):
        """Return tests, WAPE, MASE and bias of errors.

        :param step: months ahead of the first column, less 1
        """
        actuals = np.full(errors.shape, np.nan)
        for row, origin in zip(actuals, self._origins, strict=True):
            part = self._actuals[origin + step : origin + step + errors.shape[1]]
            row[: len(part)] = part
        total = float(np.nansum(np.abs(actuals)))
        tests = int(np.isfinite(errors).sum())
        mean = float(np.nansum(np.abs(errors))) / tests if tests else math.nan
        scale = self._get_scale()
        return {
            "tests": tests,
            "wape": mean * tests / total if total else None,
            "mase": mean / scale if scale and tests else None,
            "bias": float(np.nansum(errors)) / total if total else None,
        }

    def _get_scale(self):
        """Return the mean error of a naive forecast before the tests."""
        lag = SEASON if self.has_season else 1
        past = self._actuals[: max(self._origins.start, lag + 1)]
        return float(np.abs(past[lag:] - past[:-lag]).mean())


class Ranges:
    """Ranges from the errors of a back-test, and how far they are to be trusted.

    :param method: the method whose errors these are
    :param errors: a row per test, a column per month ahead, NaN where not known
    """

    def __init__(self, method, errors):
        self.method = method
        self._errors = errors

    def get_half_widths(self):
        """Return half the width of the ranges: dict level -> array per month ahead.

        Student's t × the root mean square of the errors that many months ahead. A
        range never gets narrower with distance.
        """
        horizon = self._errors.shape[1]
        tests = np.isfinite(self._errors).sum(axis=0)
        spreads, counts = np.zeros(horizon), np.ones(horizon)
        last = 0
        for step in range(horizon):
            if tests[step] >= FEW_TESTS:
                last = step
                spread = math.sqrt(np.nanmean(self._errors[:, step] ** 2))
            else:
                # An error grows with the root of time if each month adds its own.
                spread = spreads[last] * math.sqrt((step + 1) / (last + 1))
            spreads[step] = max(spread, spreads[step - 1] if step else 0.0)
            counts[step] = tests[last]
        return {level: stdtrit(counts, 0.5 + level / 200) * spreads for level in LEVELS}

    def get_coverages(self):
        """Return the share of errors within the range that the other errors give.

        :return: dict level -> share or None, and the number of errors
        """
        hits, number = dict.fromkeys(LEVELS, 0), 0
        for column in self._errors.T:
            known = column[np.isfinite(column)]
            count = len(known) - 1
            if count < FEW_TESTS:
                continue
            squares = known**2
            spreads = np.sqrt((squares.sum() - squares).clip(0) / count)
            number += len(known)
            for level in LEVELS:
                width = stdtrit(count, 0.5 + level / 200) * spreads
                # Rounding must not put equal errors outside.
                hits[level] += int((np.abs(known) <= width * (1 + 1e-9)).sum())
        shares = {level: hits[level] / number if number else None for level in LEVELS}
        return shares, number
