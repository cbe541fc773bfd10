# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""100 series forecast with back-test in a child process, and how good forecasts are."""

from datetime import date

from dateutil.relativedelta import relativedelta

from .child import run_measured
from .database import environment
from .forecast_series import NUMBER, SEED, generate
from .result import Result

SERIES, MONTHS = 100, 48
# Forecast that many months ahead, from each month of the last year.
AHEAD, TESTED = (1, 3), 12
NAIVE = ("naive", "seasonal_naive")


def measure(databases):
    with environment(databases.suite) as env:
        yield from measure_speed(env)
        yield measure_errors()


def get_labels(number):
    first = date(2020, 1, 1)
    return [f"{first + relativedelta(months=month):%Y-%m}" for month in range(number)]


def measure_speed(env):
    series = [
        (values * 2)[:MONTHS] for values in generate(number=SERIES, seed=SEED + 1)
    ]
    data = {
        "labels": get_labels(MONTHS),
        "columns": {str(number): values for number, values in enumerate(series)},
    }
    found, taken, peak = run_measured(env, "forecast", data)
    assert len(found["series"]) == SERIES
    yield Result(
        f"{SERIES} series of {MONTHS} months forecast with back-test, seconds",
        120,
        taken,
        f"{taken / SERIES:.2f} s each",
    )
    yield Result("the same, peak memory of the child, MB", 600, peak)


def measure_errors():
    """Compare the forecasts with the better of the naive ones, by WAPE over all."""
    errors, total = dict.fromkeys(("chosen", *NAIVE), 0.0), 0.0
    for values in generate():
        for origin in range(len(values) - TESTED, len(values)):
            said = forecast(values[:origin])
            for ahead in AHEAD:
                if origin + ahead > len(values):
                    continue
                actual = values[origin + ahead - 1]
                total += abs(actual)
                for name, forecasts in said.items():
                    errors[name] += abs(forecasts[ahead - 1] - actual)
    wapes = {name: error / total for name, error in errors.items()}
    return Result(
        f"WAPE of forecasts of {NUMBER} generated series (seed {SEED}), times that of"
        " the better naive method",
        0.95,
        wapes["chosen"] / min(wapes[name] for name in NAIVE),
        " ".join(f"{name} {100 * wape:.1f} %" for name, wape in wapes.items()),
    )


def forecast(values):
    """Return the forecasts of a series by the methods that are compared."""
    from odoo.addons.sales_efficiency_analytics.engine.methods import forecast as method

    data = {"labels": get_labels(len(values)), "columns": {"x": values}}
    # In this process: it remembers what an earlier month has already asked for.
    found = method.run(data, {"horizon": max(AHEAD)})
    candidates = {
        candidate.method: candidate.values
        for candidate in found.candidates
        if candidate.method in NAIVE
    }
    return {"chosen": found.values, **candidates}
