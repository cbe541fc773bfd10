# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The score of one KPI (policy 4.3.1): exact, rounded once."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from operator import mul


# Of many people, most weights, targets and limits are the same.
@lru_cache(maxsize=4096)
def to_fraction(figure):
    """Return a figure as exact number: of a float, what its digits say.

    >>> to_fraction(97.75), to_fraction(0.1)
    (Fraction(391, 4), Fraction(1, 10))
    """
    return Fraction(Decimal(repr(figure)) if isinstance(figure, float) else figure)


def round_half_up(number):
    """Return a number that is not negative with two decimals, halves upwards.

    >>> round_half_up(Fraction(111275, 1000)), round_half_up(Fraction(605, 6))
    (Decimal('111.28'), Decimal('100.83'))
    """
    numerator, denominator = number.numerator, number.denominator
    hundredths = (200 * numerator + denominator) // (2 * denominator)
    return Decimal(hundredths).scaleb(-2)


def weigh(scores):
    """Return the weighted mean of the scores that there are, not rounded.

    :param scores: pairs (score or None, weight)
    :return: None if there is no score

    >>> weigh([(80, 60), (90, 20), (70, 10), (None, 10)])
    Fraction(730, 9)
    >>> weigh([(None, 100)])
    """
    counted = [(to_fraction(s), to_fraction(w)) for s, w in scores if s is not None]
    # In whole numbers: sums of fractions look for a common denominator each time.
    scores, unit = _to_whole([score for score, _weight in counted])
    weights, _unit = _to_whole([weight for _score, weight in counted])
    total = sum(weights) * unit
    if not total:
        return None
    return Fraction(sum(map(mul, scores, weights)), total)


def _to_whole(fractions):
    """:return: fractions as multiples of one unit, and how many of these are 1"""
    unit = lcm(*(fraction.denominator for fraction in fractions))
    return [f.numerator * (unit // f.denominator) for f in fractions], unit


def attain(actual, target, higher_is_better):
    """Return the attainment in percent: actual ÷ target, the inverse if less is better.

    :return: None if no number expresses it: without a figure or a target above 0;
        infinite where less is better and nothing is left

    >>> attain(130.0, 100.0, True), attain(40.0, 50.0, False)
    (Fraction(130, 1), Fraction(125, 1))
    >>> attain(-2.0, 10.0, True)
    Fraction(-20, 1)
    >>> attain(0.0, 50.0, False), attain(5.0, 0.0, True), attain(None, 5.0, True)
    (inf, None, None)
    """
    if actual is None or target is None or target < 0:
        return None
    actual, target = to_fraction(actual), to_fraction(target)
    if higher_is_better:
        return _to_percent(actual, target) if target else None
    return _to_percent(target, actual) if actual > 0 else float("inf")


def _to_percent(part, whole):
    return Fraction(
        100 * part.numerator * whole.denominator, part.denominator * whole.numerator
    )


def score(attainment, threshold, cap):
    """Return the score for an attainment: 0 below the threshold, at most the cap.

    >>> score(Fraction(125), 0.0, 120.0), score(Fraction(-20), 0.0, 120.0)
    (Decimal('120.00'), Decimal('0.00'))
    >>> score(Fraction(7999, 100), 80.0, 120.0), score(Fraction(80), 80.0, 120.0)
    (Decimal('0.00'), Decimal('80.00'))
    >>> score(float("inf"), 0.0, 120.0), score(None, 0.0, 120.0)
    (Decimal('120.00'), None)
    """
    if attainment is None:
        return None
    if attainment < to_fraction(max(threshold, 0.0)):
        return round_half_up(Fraction(0))
    return round_half_up(min(attainment, to_fraction(cap)))
