# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ratios with a name of their own, each defined once"""


def get_velocity(opportunities, win_rate, average, days):
    """Return what the pipeline brings each day: the usual sales velocity.

    Open opportunities × win rate × average amount won ÷ days of the sales cycle. None
    if a part is missing, or nothing took time.

    Those that are open at a time, not those of a period: the result is the same whether
    months or years are asked for.

    :param float win_rate: in percent

    >>> get_velocity(20, 25, 10_000, 50)
    1000.0
    >>> get_velocity(20, None, None, None), get_velocity(3, 100, 10, 0)
    (None, None)
    """
    if win_rate is None or average is None or not days:
        return None
    return opportunities * win_rate / 100 * average / days


def get_accuracy(forecast, actual):
    """Return how near a forecast came, in percent: 100 % less its absolute percentage
    error (Hyndman & Athanasopoulos: *Forecasting*, 5.8), never below 0.

    None if nothing was forecast and nothing came.

    >>> get_accuracy(90, 100), get_accuracy(110, 100), get_accuracy(100, 100)
    (90.0, 90.0, 100.0)
    >>> get_accuracy(250, 100), get_accuracy(100, 0), get_accuracy(0, 0)
    (0.0, 0.0, None)
    """
    if actual > 0:
        return max(100 - 100 * abs(forecast - actual) / actual, 0.0)
    return 0.0 if forecast else None


def get_coverage(pipeline, target, actual):
    """Return how many times the open pipeline covers what is missing to the target.

    None without a target, or once it is reached: nothing is left to cover.

    >>> get_coverage(900, 1000, 700), get_coverage(900, 1000, 1000)
    (3.0, None)
    >>> get_coverage(900, None, 700)
    """
    if target is None or target <= (actual or 0):
        return None
    return pipeline / (target - (actual or 0))


def get_share_of_year(period):
    """Return how much of a year a period is: whole months as twelfths, other days as
    365ths.

    >>> from datetime import date
    >>> from odoo.addons.sales_efficiency_base.tools import Period
    >>> get_share_of_year(Period.year(date(2024, 2, 29)))
    1.0
    >>> get_share_of_year(Period.month(date(2024, 2, 29))) * 12
    1.0
    >>> round(get_share_of_year(Period(date(2026, 1, 1), date(2026, 2, 10))) * 365, 4)
    40.4167
    """
    whole, rest = period.split()
    months = len(whole.months()) if whole else 0
    days = sum((part.end - part.start).days + 1 for part in rest)
    return months / 12 + days / 365
