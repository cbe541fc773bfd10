# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from odoo.tools.translate import LazyTranslate

from .dates import ORDERS, has_no_year, read_date, read_first_of_month
from .numbers import DECIMALS, read_number
from .sheet import BadCell
from .text import simplify

# There is no environment here.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

LABELS = {
    "ymd": _lt("year/month/day"),
    "dmy": _lt("day/month/year"),
    "mdy": _lt("month/day/year"),
    "roc": _lt("Minguo (ROC) year/month/day"),
    ".": _lt("1,234.5: the point comes before the decimals"),
    ",": _lt("1.234,5: the comma comes before the decimals"),
}
# A comma that only Europeans write before decimals
THOUSANDS = re.compile(r"[^,.]*[1-9]\d{0,2},\d{3}[^,.]*")


@dataclass(frozen=True)
class Hints:
    """What the rest of a table makes plain.

    :param str decimal: sign before the decimals, if other columns show it
    :param bool is_european: whether people who write a decimal comma made the file
    :param int year: year of dates and months without one
    :param str zone: time zone of the days; times of other zones are converted
    """

    decimal: str | None = None
    is_european: bool = False
    year: int | None = None
    zone: str | None = None


@dataclass(frozen=True, eq=False)
class Reading:
    """A way to read all cells of a column.

    :param str kind: ``date``, ``month``, ``number`` or ``percent``
    :param str key: identifies the reading, e.g. to keep what the user chose
    :param label: lazily translated name, e.g. "day/month/year"
    :param parse: cell → value, or None if it cannot be read
    """

    kind: str
    key: str
    label: object
    parse: Callable

    def read(self, value):  # pylint: disable=method-required-super
        """Read a cell.

        :return: ``date`` (of a month: its first day) or ``float``; None for an empty
            cell. A percentage is the number before the sign if the kind is ``percent``,
            a hundredth of it otherwise.
        :raises BadCell: with the reason
        """
        if value is None or value == "":
            return None
        if isinstance(value, BadCell):
            raise BadCell(value.reason)
        result = self.parse(value)
        if result is None:
            raise BadCell(self._get_reason(value))
        return result

    def _get_reason(self, value):
        if self.kind in ("number", "percent"):
            return _lt("%s is not a number.", value)
        if self.kind == "month":
            return _lt("%s is not a month with its year.", value)
        if has_no_year(value):
            return _lt("%s lacks the year.", value)
        return _lt("%s is not a date.", value)


def find_readings(kind, values, hints=None):
    """Find the ways to read a column.

    Those that read most cells are returned, and of several with the same results one.
    So one reading is plain (its bad cells are to be mended), and more than one
    must be shown to the user: 03/04/2025, 1.234.

    >>> [reading.key for reading in find_readings("date", ["03/04/2025"])]
    ['dmy', 'mdy']
    >>> [reading.key for reading in find_readings("date", ["03/04/2025", "13/4/2025"])]
    ['dmy']
    >>> [reading.key for reading in find_readings("number", ["1.234"])]
    ['.', ',']

    :param str kind: ``date``, ``month``, ``number`` or ``percent``
    :param values: cells of the column
    :param hints: ``Hints``
    :return: list of ``Reading``s, the likeliest first; never empty
    """
    hints = hints or Hints()
    values = {value for value in values if value is not None and value != ""}
    values = [value for value in values if not isinstance(value, BadCell)]
    readings = _list_readings(kind, hints)
    results = [tuple(map(reading.parse, values)) for reading in readings]
    fits = [len(values) - result.count(None) for result in results]
    found = {}
    for reading, result, fit in zip(readings, results, fits, strict=True):
        if fit == max(fits):
            found.setdefault(result, reading)
    if kind in ("number", "percent") and len(found) > 1:
        return _choose_decimal(values, found, hints)
    return list(found.values())


def _list_readings(kind, hints):
    if kind in ("number", "percent"):
        return [
            Reading(
                kind,
                decimal,
                LABELS[decimal],
                partial(read_number, decimal=decimal, is_percent=kind == "percent"),
            )
            for decimal in DECIMALS
        ]
    read = read_date if kind == "date" else read_first_of_month
    return [
        Reading(
            kind,
            order,
            LABELS[order],
            partial(read, order=order, year=hints.year, zone=hints.zone),
        )
        for order in ORDERS
    ]


def _choose_decimal(values, found, hints):
    """Leave out a reading of numbers that the rest of the table rules out."""
    readings = list(found.values())
    if hints.decimal:
        return [reading for reading in readings if reading.key == hints.decimal]
    different = [
        value
        for value, *results in zip(values, *found, strict=True)
        if len(set(results)) > 1
    ]
    if not hints.is_european and all(
        THOUSANDS.fullmatch(simplify(value)) for value in different
    ):
        return readings[:1]
    return readings
