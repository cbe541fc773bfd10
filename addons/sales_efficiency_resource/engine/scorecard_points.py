# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from statistics import median

from odoo.addons.sales_efficiency_base.tools import round_all

# A level rises only if criteria of at least so much weight (%) have a value.
KNOWN_TO_RISE = 80
# A median of fewer, or an exact one, would tell what one of the others has.
FEWEST_PEERS = 5
MEDIAN_STEP = 5


def give_points(value, floor, goal):
    """Return 100 × (value − floor) ÷ (goal − floor), between 0 and 100.

    If less is better, the floor is above the goal.

    >>> [give_points(v, 0, 1_000_000) for v in (850_000, -1, 2_000_000)]
    [85.0, 0.0, 100.0]
    >>> give_points(4.25, 3, 5), give_points(12, 30, 0), give_points(45, 30, 0)
    (62.5, 60.0, 0.0)
    >>> give_points(None, 0, 100)

    :param value: None if there is none
    :return: points, not rounded: only their total is
    """
    if value is None:
        return None
    points = 100 * (value - floor) / (goal - floor)
    return min(max(points, 0.0), 100.0)


def add_up(points, counts_missing=False):
    """Return the weighted mean of points, and the weight (%) that has a value.

    Criteria without a value are left out, and the others weigh the more; or they
    count 0.

    >>> weights = (40, 15, 15, 15, 15)
    >>> add_up(list(zip((85, 50, 75, 60, 75), weights)))
    (73.0, 100.0)
    >>> without_rating = list(zip((85, 50, 75, None, 75), weights))
    >>> add_up(without_rating), add_up(without_rating, counts_missing=True)
    ((75.29, 85.0), (64.0, 85.0))
    >>> add_up([(None, 100)]), add_up([(None, 100)], counts_missing=True)
    ((None, 0.0), (0.0, 0.0))

    :param list points: pairs (points or None, weight)
    :param bool counts_missing: whether criteria without a value count 0
    :return: total, None if nothing counts; and known weight
    """
    whole = sum(weight for _points, weight in points)
    known = sum(weight for points_, weight in points if points_ is not None)
    if not known and not counts_missing:
        return None, 0.0
    gained = sum(points_ * weight for points_, weight in points if points_ is not None)
    total = gained / (whole if counts_missing else known)
    return tuple(round_all([total, 100 * known / whole], 2))


def find_level(thresholds, total, known, former=None):
    """Return the level for a total.

    It falls at once, and rises only if enough of the weight has a value.

    >>> medals = {"gold": 75, "silver": 60, "bronze": 0}
    >>> find_level(medals, 73, 100), find_level(medals, 75.29, 85, "silver")
    ('silver', 'gold')
    >>> find_level(medals, 75.29, 79.99, "silver"), find_level(medals, 75.29, 79.99)
    ('silver', None)
    >>> find_level(medals, 12, 60, "gold"), find_level(medals, None, 0, "gold")
    ('bronze', 'gold')
    >>> find_level({"gold": 75}, 60, 100, "gold")

    :param dict thresholds: level → lowest total
    :param total: None if there is none: the level stays
    :param known: weight (%) that has a value
    :param former: the level before, None if there was none
    :return: level, or None below all of them
    """
    if total is None:
        return former
    reached = [level for level, lowest in thresholds.items() if total >= lowest]
    level = max(reached, key=thresholds.get, default=None)
    before = thresholds.get(former, float("-inf"))
    rises = level is not None and thresholds[level] > before
    return former if rises and known < KNOWN_TO_RISE else level


def find_median(values):
    """Return about which points are in the middle; None if too few have any.

    >>> find_median([73.0, None, 61.2, 80.0, 10.0, 55.0])
    60.0
    >>> find_median([73.0, 60.0, 80.0, 10.0])
    """
    known = [value for value in values if value is not None]
    if len(known) < FEWEST_PEERS:
        return None
    return MEDIAN_STEP * round_all([median(known) / MEDIAN_STEP], 0)[0]
