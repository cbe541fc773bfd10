# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from fractions import Fraction

#: Fewest people of whom a total is told to those who may not read wages
FEWEST = 5


def hides_people(amounts, earlier=()):
    """Return whether a total tells nothing about a single person.

    It is of five people or more, none of whom gets more than half of it. Neither does
    the difference from a total that was told before: nobody's sum has changed, or those
    of five people or more.

    >>> hides_people({1: 30, 2: 20, 3: 20, 4: 20, 5: 10})
    True
    >>> hides_people({1: 30, 2: 20, 3: 20, 4: 20, 5: 0})
    False
    >>> hides_people({1: 81, 2: 20, 3: 20, 4: 20, 5: 20})
    False
    >>> six = dict.fromkeys(range(6), 10)
    >>> hides_people(six, [six]), hides_people(dict.fromkeys(range(5), 10), [six])
    (True, False)

    :param dict amounts: person → what they get
    :param earlier: the same of totals that were told
    """
    paid = [Fraction(amount) for amount in amounts.values() if amount]
    if len(paid) < FEWEST or 2 * max(map(abs, paid)) > sum(map(abs, paid)):
        return False
    return all(
        changed == 0 or changed >= FEWEST
        for told in earlier
        for changed in [_count_changed(amounts, told)]
    )


def _count_changed(amounts, told):
    return sum(
        amounts.get(person, 0) != told.get(person, 0) for person in {*amounts, *told}
    )
