# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How customer answers are scored: the ``score`` measure of a figure."""

from .formula import formula


@formula("CASE WHEN %(answer)s >= 4 THEN 1 WHEN %(answer)s < 4 THEN 0 END")
def score_satisfaction(answer):
    """Score an answer from 1 to 5 for CSAT: 4 and 5 count as satisfied.

    CSAT = satisfied ÷ answers.

    >>> answers = [4, 4, 5, 3, 2]
    >>> 100 * sum(map(score_satisfaction, answers)) / len(answers)
    60.0
    """
    return None if answer is None else int(answer >= 4)


@formula(
    """
    CASE WHEN %(answer)s >= 9 THEN 1 WHEN %(answer)s <= 6 THEN -1
         WHEN %(answer)s IS NOT NULL THEN 0 END
    """
)
def score_recommendation(answer):
    """Score an answer from 0 to 10 for NPS: 9 and 10 promote, 0 to 6 detract.

    NPS = (promoters − detractors) ÷ answers, over all answers of a group; see
    F. Reichheld, *The One Number You Need to Grow* (2003).

    >>> answers = [9] * 18 + [8] * 11 + [6] * 2
    >>> round(100 * sum(map(score_recommendation, answers)) / len(answers), 4)
    51.6129
    """
    if answer is None:
        return None
    return (answer >= 9) - (answer <= 6)
