# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Explain one column by others: ordinary least squares.

Options:

- ``target``: name of the column to explain; default: the first one
- ``predictors``: names of the columns that explain it; default: all others
- ``robust``: whether errors may differ in size (HC3); default: False
- ``confidence``: of the intervals; default: 0.95
- ``predict``: list of dicts predictor → value to predict the target for; default: none
- ``seed``: of the sample of rows that the chart shows; default: 0

Charts: ``fit`` (points: predicted and actual value), with one predictor ``scatter``
(points and line).
"""

from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from statsmodels.stats.diagnostic import het_breuschpagan
from statsmodels.stats.outliers_influence import variance_inflation_factor
from statsmodels.stats.stattools import durbin_watson

from .refused import Refused
from .table import MAX_VALUE, Table, finite, is_constant, option, quiet, sample

MAX_PREDICTORS = 20
MAX_PREDICTIONS = 100
MAX_POINTS = 1000
INFLUENTIAL = 10
# What is warned of
ROWS_PER_PREDICTOR = 10
MAX_VIF = 10
MAX_COOK = 1
MAX_LEVERAGE = 0.9
CURVED_BELOW = 0.01
# A fit that leaves no more than this share is exact: tests of the rest mean nothing.
EXACT = 1e-12
ROUNDING = 1e-9


@dataclass
class Coefficient:
    """What one more of a predictor goes with; ``name`` is "" for the intercept.

    ``beta`` is in standard deviations, so that predictors can be compared. ``vif``
    tells how much of the predictor the others say already.
    """

    name: str
    value: float
    se: float | None
    t: float | None
    p: float | None
    low: float | None
    high: float | None
    beta: float | None = None
    vif: float | None = None


@dataclass
class Regression:
    """An equation, how well it fits, and what to beware of.

    ``warnings`` are dicts with a ``code``: few_rows, collinear, influential, curvature.
    """

    target: str
    predictors: list
    n: int
    missing: int
    robust: bool
    confidence: float
    coefficients: list
    r2: float
    adjusted_r2: float | None
    f: float | None
    f_p: float | None
    residual_sd: float | None
    breusch_pagan_p: float | None
    durbin_watson: float | None
    reset_p: float | None
    influential: list
    warnings: list
    predictions: list
    points: list


def run(data, options):
    """Fit the equation.

    :raises Refused: if rows are too few, a column does not vary, or predictors say the
        same as others together
    """
    table = Table(data)
    confidence = option(options, "confidence", 0.95, low=0.5, high=0.999)
    seed = option(options, "seed", 0, int, low=0)
    target = options.get("target") or next(iter(table.names), "")
    names = options.get("predictors") or [
        name for name in table.names if name != target
    ]
    _check_names(target, names)
    rows = table.complete([target, *names])
    _check_rows(rows, target, names)
    with quiet():
        fitting = Fitting(rows, target, names, bool(options.get("robust")), confidence)
        return Regression(
            missing=len(table) - len(rows),
            points=fitting.get_points(seed),
            predictions=fitting.predict(options.get("predict") or []),
            **fitting.describe(),
        )


def _check_names(target, names):
    if not names:
        raise Refused("too_few_columns", needed=2)
    if target in names:
        raise Refused("explains_itself", column=target)
    if len(set(names)) < len(names):
        raise Refused("column_twice")
    if len(names) > MAX_PREDICTORS:
        raise Refused("too_many_columns", columns=len(names), limit=MAX_PREDICTORS)


def _check_rows(rows, target, names):
    # One row more than coefficients leaves one degree of freedom.
    needed = len(names) + 2
    if len(rows) < needed:
        raise Refused("too_few_rows", rows=len(rows), needed=needed)
    for name in (target, *names):
        if is_constant(rows.column(name)):
            raise Refused("constant", column=name)
    known = np.ones((len(rows), 1))
    for name in names:
        column = rows.column(name)
        scaled = (column - column.mean()) / column.std()
        wider = np.column_stack([known, scaled])
        if np.linalg.matrix_rank(wider) < wider.shape[1]:
            raise Refused("collinear", column=name)
        known = wider


class Fitting:
    """A fitted equation and its diagnostics."""

    def __init__(self, rows, target, names, robust, confidence):
        self._rows = rows
        self._target = target
        self._names = names
        self._robust = robust
        self._confidence = confidence
        # Amounts of millions beside rates of percent: scaled, so that no digit is lost.
        columns = rows.matrix(names)
        self._scale = np.array([1.0, *np.abs(columns).max(axis=0)])
        self._x = sm.add_constant(columns, has_constant="add") / self._scale
        self._y = rows.column(target)
        self._plain = sm.OLS(self._y, self._x).fit()
        self._fit = self._plain
        if robust:
            self._fit = self._plain.get_robustcov_results("HC3")
        self._is_exact = self._plain.rsquared > 1 - EXACT
        influence = self._plain.get_influence()
        self._leverage = influence.hat_matrix_diag
        self._cook = influence.cooks_distance[0]
        self._check_errors()

    def describe(self):
        """Return the fields of the result."""
        coefficients = self._get_coefficients()
        reset_p = self._test_curvature()
        return {
            "target": self._target,
            "predictors": self._names,
            "n": len(self._rows),
            "robust": self._robust,
            "confidence": self._confidence,
            "coefficients": coefficients,
            "r2": float(self._plain.rsquared),
            "adjusted_r2": finite(self._plain.rsquared_adj),
            "f": finite(np.squeeze(self._fit.fvalue)),
            "f_p": finite(np.squeeze(self._fit.f_pvalue)),
            "residual_sd": finite(np.sqrt(self._plain.mse_resid)),
            "breusch_pagan_p": self._test_spread(),
            "durbin_watson": None
            if self._is_exact
            else finite(durbin_watson(self._plain.resid)),
            "reset_p": reset_p,
            "influential": self._list_influential(),
            "warnings": self._warn(coefficients, reset_p),
        }

    def predict(self, cases):
        """Return predictions with the interval of a single new value."""
        if len(cases) > MAX_PREDICTIONS:
            raise Refused("too_many_rows", rows=len(cases), limit=MAX_PREDICTIONS)
        return [self._predict(case) for case in cases]

    def get_points(self, seed):
        """Return a sample of rows: predicted, actual, and the one predictor."""
        fitted = self._plain.fittedvalues
        alone = len(self._names) == 1
        return [
            {
                "label": self._rows.labels[at],
                "fitted": float(fitted[at]),
                "actual": float(self._y[at]),
                "x": float(self._x[at, 1] * self._scale[1]) if alone else None,
            }
            for at in sample(len(self._rows), MAX_POINTS, seed)
        ]

    def _check_errors(self):
        """HC3 divides by what a row leaves to others: 0 for one that decides alone."""
        most = int(np.argmax(self._leverage))
        if self._robust and self._leverage[most] > 1 - ROUNDING:
            raise Refused("no_robust_errors", label=self._rows.labels[most])

    def _get_coefficients(self):
        bounds = self._fit.conf_int(alpha=1 - self._confidence)
        spread = self._y.std()
        scale = self._scale
        return [
            Coefficient(
                name=name,
                value=float(self._fit.params[at] / scale[at]),
                se=finite(self._fit.bse[at] / scale[at]),
                t=finite(self._fit.tvalues[at]),
                p=finite(self._fit.pvalues[at]),
                low=finite(bounds[at][0] / scale[at]),
                high=finite(bounds[at][1] / scale[at]),
                beta=finite(self._fit.params[at] * self._x[:, at].std() / spread)
                if at
                else None,
                vif=finite(variance_inflation_factor(self._x, at)) if at else None,
            )
            for at, name in enumerate(["", *self._names])
        ]

    def _test_spread(self):
        """Return p of Breusch and Pagan: low if errors differ in size."""
        if self._is_exact:
            return None
        return finite(het_breuschpagan(self._plain.resid, self._x)[1])

    def _test_curvature(self):
        """Return p of RESET: low if squares and cubes of the predictions help.

        None where they add no rank, e.g. with a predictor of two values, and where
        nothing is left to explain.
        """
        if self._is_exact:
            return None
        fitted = self._plain.fittedvalues
        scaled = (fitted - fitted.mean()) / fitted.std()
        wider = sm.OLS(self._y, np.column_stack([self._x, scaled**2, scaled**3])).fit()
        if wider.df_model <= self._plain.df_model or wider.df_resid < 1:
            return None
        return finite(wider.compare_f_test(self._plain)[1])

    def _list_influential(self):
        """Return the rows that move the equation most, by Cook's distance."""
        weight = np.where(np.isfinite(self._cook), self._cook, -1)
        order = np.argsort(-weight, kind="stable")[:INFLUENTIAL]
        return [self._influence(int(at)) for at in order]

    def _influence(self, at):
        return {
            "label": self._rows.labels[at],
            "cook": finite(self._cook[at]),
            "leverage": finite(self._leverage[at]),
        }

    def _warn(self, coefficients, reset_p):
        found = []
        rows, predictors = len(self._rows), len(self._names)
        if rows < ROWS_PER_PREDICTOR * predictors:
            needed = ROWS_PER_PREDICTOR * predictors
            found.append({"code": "few_rows", "rows": rows, "needed": needed})
        high = [one for one in coefficients if one.vif and one.vif > MAX_VIF]
        if high:
            most = max(high, key=lambda one: one.vif)
            found.append({"code": "collinear", "column": most.name, "vif": most.vif})
        found += self._warn_of_rows()
        if reset_p is not None and reset_p < CURVED_BELOW:
            found.append({"code": "curvature", "p": reset_p})
        return found

    def _warn_of_rows(self):
        """Warn of the row that decides most; Cook's distance may be no number."""
        leverage = int(np.argmax(self._leverage))
        if self._leverage[leverage] > MAX_LEVERAGE:
            return [{"code": "influential", **self._influence(leverage)}]
        # With an exact fit it divides nothing by nothing.
        if not self._is_exact and np.isfinite(self._cook).any():
            cook = int(np.nanargmax(self._cook))
            if self._cook[cook] > MAX_COOK:
                return [{"code": "influential", **self._influence(cook)}]
        return []

    def _predict(self, case):
        values = [self._read(case, name) for name in self._names]
        case = np.array([[1.0, *values]]) / self._scale
        prediction = self._fit.get_prediction(case)
        frame = prediction.summary_frame(alpha=1 - self._confidence).iloc[0]
        outside = [
            name
            for name, value in zip(self._names, values, strict=True)
            if self._is_outside(self._rows.column(name), value)
        ]
        return {
            "at": dict(zip(self._names, values, strict=True)),
            "value": float(frame["mean"]),
            "low": finite(frame["obs_ci_lower"]),
            "high": finite(frame["obs_ci_upper"]),
            "mean_low": finite(frame["mean_ci_lower"]),
            "mean_high": finite(frame["mean_ci_upper"]),
            "outside": outside,
        }

    @staticmethod
    def _is_outside(column, value):
        return not column.min() <= value <= column.max()

    def _read(self, case, name):
        """Return a value to predict for, or raise ``Refused``."""
        if not isinstance(case, dict) or case.get(name) is None:
            raise Refused("no_value_to_predict", column=name)
        return option(case, name, None, low=-MAX_VALUE, high=MAX_VALUE)
