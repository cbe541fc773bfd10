# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The data of a method as arrays, checked."""

import math
import warnings
from contextlib import contextmanager

import numpy as np

from .refused import Refused

# Beyond what a child is given: for whoever calls a method without one.
MAX_ROWS = 1_000_000
# Larger values overflow when they are squared.
MAX_VALUE = 1e100


class Table:
    """Labels and columns of numbers; what is missing is NaN.

    >>> table = Table({"labels": ["a", "b"], "columns": {"x": [1, None], "y": [2, 3]}})
    >>> table.column("x").tolist()
    [1.0, nan]
    >>> table.complete(["x", "y"]).labels
    ['a']

    :param dict data: see the package
    """

    def __init__(self, data):
        self.labels = [str(label) for label in data["labels"]]
        if len(self.labels) > MAX_ROWS:
            raise Refused("too_many_rows", rows=len(self.labels), limit=MAX_ROWS)
        self._columns = {
            name: self._read(name, values) for name, values in data["columns"].items()
        }

    def __len__(self):
        return len(self.labels)

    @property
    def names(self):
        return list(self._columns)

    def column(self, name):
        """Return a column as an array."""
        if name not in self._columns:
            raise Refused("no_column", column=str(name))
        return self._columns[name]

    def matrix(self, names):
        """Return columns side by side."""
        return np.column_stack([self.column(name) for name in names])

    def complete(self, names):
        """Return a table of the rows in which no value of these columns is missing."""
        kept = ~np.isnan(self.matrix(names)).any(axis=1)
        table = object.__new__(Table)
        table.labels = [self.labels[index] for index in np.flatnonzero(kept)]
        table._columns = {name: self.column(name)[kept] for name in names}
        return table

    def _read(self, name, values):
        if len(values) != len(self.labels):
            raise Refused("uneven", column=name)
        for label, value in zip(self.labels, values, strict=True):
            if value is not None and not _is_number(value):
                raise Refused(
                    "not_a_number", column=name, label=label, value=str(value)[:40]
                )
        return np.array(
            [math.nan if value is None else value for value in values], dtype=float
        )


def _is_number(value):
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) <= MAX_VALUE
    )


def is_constant(values):
    """Return whether values are all equal, but for the rounding of sums.

    >>> is_constant(np.array([0.1 + 0.2, 0.3]))
    True
    >>> is_constant(np.array([1.0, 2.0]))
    False
    """
    return bool(np.ptp(values) <= 1e-12 * np.abs(values).max(initial=0))


def sample(count, size, seed):
    """Return the positions of a random sample in order, the same ones for a seed.

    >>> sample(3, 5, 0)
    [0, 1, 2]
    >>> len(sample(1000, 5, 0)), sample(1000, 5, 0) == sample(1000, 5, 0)
    (5, True)
    """
    if count <= size:
        return list(range(count))
    chosen = np.random.default_rng(seed).choice(count, size=size, replace=False)
    return sorted(chosen.tolist())


def option(options, name, default, kind=float, low=-math.inf, high=math.inf):
    """Return an option, or raise ``Refused`` if it is no number within limits.

    >>> option({"confidence": 0.9}, "confidence", 0.95, low=0.5, high=0.999)
    0.9
    >>> option({}, "season", 12, int)
    12
    """
    value = options.get(name)
    if value is None:
        return default
    if not _is_number(value) or kind(value) != value or not low <= value <= high:
        raise Refused("bad_option", option=name, value=str(value)[:40])
    return kind(value)


@contextmanager
def quiet():
    """Keep what libraries say about zeros and small samples off the output.

    Results say it themselves: as None, or as a warning of theirs.
    """
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def finite(value):
    """Return a number as a float, or None if it is none.

    >>> finite(np.float64(1.5)), finite(float("nan")), finite(None)
    (1.5, None, None)
    """
    return float(value) if value is not None and math.isfinite(value) else None
