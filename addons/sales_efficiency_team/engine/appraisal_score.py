# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The score of a person (policy 4.3.2): KPIs, then parts, then the total.

Each step is rounded to two decimals, half up, and the next one takes the rounded
scores, so that everybody can check it with the figures on the screen.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from .kpi_score import round_half_up, to_fraction, weigh

# A rating of 5 is a score of 100.
RATING_FACTOR = 20


@dataclass(frozen=True)
class PartScore:
    """What the raters of one kind say.

    >>> marks = {1: [4], 2: [5], 3: [3]}
    >>> PartScore.of_ratings(marks, {1: 50.0, 2: 30.0, 3: 20.0}, 1).score
    Decimal('82.00')
    >>> PartScore.of_ratings({1: [4, 5]}, {1: 100.0}, 3)
    PartScore(score=None, raters=2, marks={1: Fraction(9, 2)})
    """

    score: Decimal | None
    raters: int
    #: criterion id → mean of its marks, not rounded
    marks: dict

    @classmethod
    def of_ratings(cls, marks, weights, fewest):
        """Return the score of a part.

        :param dict marks: criterion id → marks of the raters, from 1 to 5
        :param dict weights: criterion id → weight
        :param int fewest: with fewer raters there is no score
        """
        given = {id_: marks[id_] for id_ in weights if marks.get(id_)}
        raters = max(map(len, given.values()), default=0)
        means = {id_: mean(some) for id_, some in given.items()}
        value = weigh([(means.get(id_), weight) for id_, weight in weights.items()])
        if value is None or raters < fewest:
            return cls(None, raters, means)
        return cls(round_half_up(value * RATING_FACTOR), raters, means)


def mean(marks):
    return sum(map(to_fraction, marks), Fraction(0)) / len(marks)


def score_total(scores, points=0):
    """Return the weighted mean of rounded scores, less the points taken off.

    It is that of the KPIs of a person, and that of their parts.

    >>> kpis = [(104, 40), (95, 20), (80, 15), (120, 15), (None, 10)]
    >>> score_total(kpis)
    Decimal('100.67')
    >>> score_total([(80, 60), (None, 20), (None, 10), (90, 20)])
    Decimal('82.50')
    >>> score_total([(80, 100)], points=5), score_total([(3, 100)], points=5)
    (Decimal('75.00'), Decimal('0.00'))
    >>> score_total([(None, 100)])
    """
    value = weigh(scores)
    if value is None:
        return None
    # Rounded before: points come off the score that the parts give.
    total = Fraction(round_half_up(value)) - to_fraction(points)
    return round_half_up(max(total, Fraction(0)))


@lru_cache(maxsize=256)
def get_shares(weights):
    """Return for how much each part counts, in percent, among those that do.

    :param tuple weights: of the parts; None for one that does not count

    >>> get_shares((60.0, None, 20.0))
    (Decimal('75.00'), Decimal('0.00'), Decimal('25.00'))
    """
    counted = [to_fraction(weight or 0) for weight in weights]
    total = sum(counted) or 1
    return tuple(round_half_up(weight * 100 / total) for weight in counted)
