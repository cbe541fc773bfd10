# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measure something with and without the suite, in processes of their own: two Odoos
compared with each other share neither memory nor the collection of garbage.

python -m bench_suite.apart DATABASE MODULE CLASS

answers each line of stdin, a method of the class, by a line with what it returns.
"""

import gc
import subprocess
import sys
from importlib import import_module

from .clock import interleave, ratio
from .database import environment
from .result import Result

# Two processes that do the same differ by up to 6 % for as long as they live: their
# memory lies differently. So there are many pairs of them.
PAIRS = 16


def compare(databases, task, what, added, rounds=8):
    """Iterate over the results of a task with the suite and without it.

    :param task: class with the methods ``turn`` and ``count_queries``
    :param str what: the task in words
    :param int added: queries that the suite may add
    :param int rounds: of each pair of processes
    """
    ours, theirs = [], []
    for _ in range(PAIRS):
        with Apart(databases.suite, task) as one, Apart(databases.odoo, task) as other:
            times = interleave(one.turn, other.turn, rounds=rounds, warm_up=2)
            queries, plain = one.count_queries(), other.count_queries()
        ours.extend(times[0])
        theirs.extend(times[1])
    figure, detail = ratio(ours, theirs)
    yield Result(f"{what}, times Odoo without the suite", 1.03, figure, detail)
    yield Result(
        "the same, added queries",
        added,
        queries - plain,
        f"{queries} − {plain} queries",
    )


class Apart:
    """The other side: call the methods, from the process that compares.

    :param str database: name of the database
    :param task: class that is created with an environment there
    """

    def __init__(self, database, task):
        module = task.__module__.rpartition(".")[2]
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, database, module, task.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self._process.stdin.close()
        self._process.wait()

    def turn(self):
        return float(self._ask("turn"))

    def count_queries(self):
        return int(self._ask("count_queries"))

    def _ask(self, method):
        print(method, file=self._process.stdin, flush=True)
        return self._process.stdout.readline()


def answer(database, module, name):
    with environment(database) as env:
        task = getattr(import_module(f"{__package__}.{module}"), name)(env)
        # A worker has long collected what was there before the request.
        gc.collect()
        gc.freeze()
        for method in sys.stdin:
            print(getattr(task, method.strip())(), flush=True)


if __name__ == "__main__":
    answer(*sys.argv[1:])
