# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Scores of applicants (policy 4.1.3), in exact fractions until they are shown."""

from decimal import Decimal
from fractions import Fraction
from math import floor

# What a mark of 1 to 5 gives of 100
POINTS = 20


def exact(number):
    """Return a stored number of two decimals as it is shown, without its binary tail.

    >>> exact(33.33)
    Fraction(3333, 100)
    """
    return Fraction(f"{number:.2f}")


def weigh(marks):
    """Return the weighted mean of the marks that are given; None if none is.

    What is missing drops out, and the rest is weighted anew.

    :param marks: pairs of a mark or None, and its weight of two decimals
    :return: exact fraction

    >>> float(weigh([(4, 40), (5, 25), (3, 15), (4, 20)]))
    4.1
    >>> float(weigh([(3, 40), (4, 25), (4, 15), (5, 20)]))
    3.8
    >>> show(weigh([(5, 40), (None, 25), (4, 15), (3, 20)]))
    Decimal('4.27')
    >>> weigh([(None, 40), (None, 60)])
    """
    given = [
        (Fraction(mark), exact(weight)) for mark, weight in marks if mark is not None
    ]
    total = sum(weight for _mark, weight in given)
    if not total:
        return None
    return sum(mark * weight for mark, weight in given) / total


def rate_interviews(scorecards):
    """Return the score of interviews, of 100; None without any scorecard.

    Every interviewer counts the same, however many criteria each has rated.

    :param scorecards: the marks of each interviewer, see :func:`weigh`
    :return: exact fraction

    >>> weights = 40, 25, 15, 20
    >>> cards = [zip(marks, weights) for marks in ((4, 5, 3, 4), (3, 4, 4, 5))]
    >>> show(rate_interviews(cards))
    Decimal('79.00')
    >>> rate_interviews([])
    """
    means = [mean for mean in map(weigh, scorecards) if mean is not None]
    return POINTS * sum(means) / len(means) if means else None


def show(score):
    """Return a score or mean with two decimals, half up.

    >>> show(weigh([(79, 60), (84, 30), (None, 10)]))
    Decimal('80.67')
    >>> show(Fraction("79.005")), show(Fraction("79.00499")), show(Fraction(0))
    (Decimal('79.01'), Decimal('79.00'), Decimal('0.00'))
    """
    return Decimal(floor(score * 100 + Fraction(1, 2))).scaleb(-2)
