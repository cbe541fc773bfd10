# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Grades by bands with a largest share (policy 4.3.2)."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from .kpi_score import to_fraction


@dataclass(frozen=True)
class Band:
    """A grade, and who gets it.

    :param key: of the grade
    :param float lowest: lowest score
    :param float share: of all people in percent, at most; None: any number
    """

    key: object
    lowest: float
    share: float | None = None

    def count_places(self, people):
        """:return: the largest number of people with the grade, None for any number

        >>> Band("A", 95.0, 20.0).count_places(12), Band("B", 85.0).count_places(12)
        (2, None)
        """
        if self.share is None:
            return None
        return floor(to_fraction(self.share) * people / Fraction(100))


def grade(scores, bands):
    """Return the grade of each person.

    Equals that do not all find a place in a grade all go down to the next, whose share
    then applies to them. The last grade takes everybody.

    :param dict scores: person → score
    :param list bands: :class:`Band`, the best first
    :return: dict person → key of the band

    >>> bands = [Band("A", 95.0, 20.0), *map(Band, "BCD", (85.0, 70.0, 0.0))]
    >>> people = dict(enumerate([96, 95, 95, 90, *[60] * 8]))
    >>> "".join(grade(people, bands).values())
    'ABBBDDDDDDDD'
    """
    waiting = sorted(scores, key=lambda person: -scores[person])
    grades = {}
    for band in bands:
        is_last = band is bands[-1]
        places = None if is_last else band.count_places(len(scores))
        fitting = [p for p in waiting if is_last or scores[p] >= band.lowest]
        taken = fitting if places is None else _take(fitting, scores, places)
        grades.update(dict.fromkeys(taken, band.key))
        waiting = waiting[len(taken) :]
    return {person: grades[person] for person in scores if person in grades}


def _take(people, scores, places):
    """Return the best people who find a place together with all their equals."""
    if len(people) <= places:
        return people
    first_out = scores[people[places]]
    return [person for person in people[:places] if scores[person] > first_out]
