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
    """Take turns there and back, so that what else the machine does slows all alike.

    :param turns: functions that return the seconds to count
    :param int warm_up: the number of rounds that are not counted
    :return: for each turn, its seconds by round
    """
    order = list(enumerate(turns))
    times = []
    for _ in range(warm_up + rounds):
        taken = {number: turn() for number, turn in order}
        times.append([taken[number] for number in range(len(turns))])
        order.reverse()
    return list(zip(*times[warm_up:], strict=True))


def ratio(numerators, denominators):
    """Return the median of the ratios of the rounds, and what they are ratios of."""
    pairs = list(zip(numerators, denominators, strict=True))
    detail = f"{_format(numerators)} ÷ {_format(denominators)}"
    return median(a / b for a, b in pairs), detail


def _format(times):
    middle = median(times)
    return f"{middle:.1f} s" if middle >= 2 else f"{middle * 1000:.0f} ms"
