# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import subprocess
import sys
from contextlib import contextmanager
from inspect import getfile
from string import ascii_uppercase

from odoo.tests import BaseCase

from ..engine.methods import child
from ..engine.methods.refused import Refused

# Anscombe, Graphs in Statistical Analysis, The American Statistician 27 (1973)
X = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5]
ANSCOMBE = {
    "I": (X, [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]),
    "II": (X, [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74]),
    "III": (X, [7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73]),
    "IV": (
        [8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8],
        [6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89],
    ),
}


def to_data(labels=None, **columns):
    """Return the data of a method; rows are A, B, C … without labels."""
    count = len(next(iter(columns.values())))
    return {"labels": labels or list(ascii_uppercase[:count]), "columns": columns}


def get_months(first, count):
    """Return labels of months in a row."""
    year, month = map(int, first.split("-"))
    numbers = range(12 * year + month - 1, 12 * year + month - 1 + count)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def run_in_child(method, data, options=None, limits=()):
    """Return what the child process answers, and what it says besides.

    :param limits: bytes of memory, seconds and the process that waits
    """
    done = subprocess.run(
        [sys.executable, getfile(child), *map(str, limits)],
        input=json.dumps({"method": method, "data": data, "options": options or {}}),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return json.loads(done.stdout), done.stderr


class MethodCase(BaseCase):
    @contextmanager
    def assertRefused(self, code, **values):
        with self.assertRaises(Refused) as caught:
            yield
        self.assertEqual(caught.exception.code, code)
        self.assertEqual(
            values.items() & caught.exception.values.items(), values.items()
        )
