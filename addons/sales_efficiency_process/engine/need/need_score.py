# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

CRITERIA = ("urgency", "importance", "feasibility", "fit")


class NeedScore:
    """How much a need deserves, by the weights of a company.

    :param dict weights: criterion -> weight
    """

    def __init__(self, weights):
        self.weights = weights

    def score(self, grades):
        """Return the weighted mean of what is graded, Σ weight × grade ÷ Σ weight.

        What is not graded counts neither for nor against the need.

        :param dict grades: criterion -> grade from 1 to 5, or None
        :return: the score, or None if nothing that counts is graded

        >>> weights = dict(zip(CRITERIA, (30, 30, 20, 20)))
        >>> need = NeedScore(weights)
        >>> round(need.score(dict(zip(CRITERIA, (5, 4, 3, 4)))), 10)
        4.1
        >>> need.score(dict(zip(CRITERIA, (5, 4, None, 4))))
        4.375
        >>> need.score({}) is None
        True
        """
        graded = [name for name in CRITERIA if grades.get(name)]
        total = sum(self.weights[name] for name in graded)
        if total <= 0:
            return None
        return sum(self.weights[name] * grades[name] for name in graded) / total

    def is_incomplete(self, grades):
        """Return whether something that counts is not graded.

        >>> need = NeedScore(dict(zip(CRITERIA, (50, 50, 0, 0))))
        >>> need.is_incomplete({"urgency": 5, "importance": 4})
        False
        >>> need.is_incomplete({"urgency": 5, "fit": 4})
        True
        """
        return any(self.weights[name] and not grades.get(name) for name in CRITERIA)
