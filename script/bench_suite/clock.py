# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import gc
from statistics import median
from time import perf_counter

ROUNDS = 5


def seconds(function):
    """Return how long a function takes, without the garbage of what ran before."""
    gc.collect()
    start = perf_counter()
    function()
    return perf_counter() - start


def interleave(*turns, rounds=ROUNDS, warm_up=1):
    """Return the median seconds of each of some turns that are taken in rotation.

    So whatever else the machine does slows all of them down alike.

    :param turns: functions that return the seconds to count
    :param int warm_up: the number of rounds that are not counted
    """
    times = [[turn() for turn in turns] for _ in range(warm_up + rounds)]
    return [median(column) for column in zip(*times[warm_up:], strict=True)]
