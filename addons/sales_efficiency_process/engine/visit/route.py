# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import datetime, timedelta

from .distance import measure

# Metres within which a customer is on the way
NEAR = 10_000
QUARTER = timedelta(minutes=15)
FIRST = datetime.min


class Slots:
    """Cuts free time into appointments, the earliest first.

    They begin at a quarter of an hour; after each there is time for the way.

    >>> from datetime import timezone
    >>> nine = datetime(2026, 10, 15, 9, 5, tzinfo=timezone.utc)
    >>> free = [(nine, nine + timedelta(hours=4), None)]
    >>> hour, half = timedelta(hours=1), timedelta(minutes=30)
    >>> slots = Slots(free, hour, half, 2, lambda moment: moment.date())
    >>> [start.strftime("%H:%M") for start in slots.cut()]
    ['09:15', '10:45']

    :param free: iterable of (start, end, ...) in UTC
    :param length: timedelta of an appointment
    :param gap: timedelta of the way to the next one
    :param most: appointments on a day
    :param get_day: function that returns the day of a moment
    :param taken: dict day -> appointments that are there
    """

    def __init__(self, free, length, gap, most, get_day, taken=()):
        self._free = free
        self._length = length
        self._gap = gap
        self._most = most
        self.get_day = get_day
        self._counts = Counter(taken)

    def cut(self):
        """Yield the moments at which appointments can begin."""
        for since, until, *_others in self._free:
            start = self._round_up(since)
            while start + self._length <= until:
                day = self.get_day(start)
                if self._counts[day] >= self._most:
                    break
                self._counts[day] += 1
                yield start
                start = self._round_up(start + self._length + self._gap)

    @staticmethod
    def _round_up(moment):
        spare = (moment.replace(tzinfo=None) - FIRST) % QUARTER
        return moment + (QUARTER - spare if spare else timedelta())


def plan_route(stops, slots):
    """Give each stop a slot: the most important stop first, and then on the same day
    whoever is near the last one.

    >>> class Day(Slots):
    ...     def cut(self):
    ...         yield from (10, 11, 20, 21)
    >>> day = Day((), None, None, None, lambda moment: moment // 10)
    >>> taipei, near, far = (25.03, 121.56), (25.05, 121.56), (22.99, 120.2)
    >>> stops = [("A", taipei), ("B", far), ("C", None), ("D", near)]
    >>> [(name, moment) for (name, _place), moment in plan_route(stops, day)]
    [('A', 10), ('D', 11), ('B', 20), ('C', 21)]

    :param stops: list of tuples that end with the place (or None), the most important
        first
    :param Slots slots: the slots
    :return: list of (stop, moment); stops without a slot are left out
    """
    left, route, last, day = list(stops), [], None, None
    for moment in slots.cut():
        if not left:
            break
        if slots.get_day(moment) != day:
            last, day = None, slots.get_day(moment)
        stop = _choose(left, last)
        left.remove(stop)
        route.append((stop, moment))
        last = stop[-1] or last
    return route


def _choose(stops, last):
    """:return: the nearest stop that is on the way, else the most important one"""
    near = [
        (measure(last, stop[-1]), place)
        for place, stop in enumerate(stops)
        if last and stop[-1]
    ]
    distance, place = min(near, default=(NEAR + 1, 0))
    return stops[place] if distance <= NEAR else stops[0]
