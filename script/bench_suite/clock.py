# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import gc
from statistics import median
from time import perf_counter

ROUNDS = 5


def seconds(function):
    """Return the run time of a function, after collecting earlier garbage."""
    gc.collect()
    start = perf_counter()
    function()
    return perf_counter() - start


def interleave(*turns, rounds=ROUNDS, warm_up=1):
    """Run the turns in alternating order, so that other load slows all of them alike.

    :param turns: functions that return the measured seconds
    :param int warm_up: number of uncounted rounds
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
    """Return the median ratio of the rounds, and the two times as text."""
    pairs = list(zip(numerators, denominators, strict=True))
    detail = f"{_format(numerators)} ÷ {_format(denominators)}"
    return median(a / b for a, b in pairs), detail


def _format(times):
    middle = median(times)
    return f"{middle:.1f} s" if middle >= 2 else f"{middle * 1000:.0f} ms"
