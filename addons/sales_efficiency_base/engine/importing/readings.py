# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """A way to read all cells of a column.

    :param str kind: ``date``, ``month``, ``number`` or ``percent``
    :param str key: identifies the reading, e.g. to keep what the user chose
    :param label: lazily translated name, e.g. "day/month/year"
    :param read: cell → ``date`` (of a month: its first day) or ``float``; None for an
        empty cell; raises ``BadCell``. A percentage is the number before the sign if the
        kind is ``percent``, a hundredth of it otherwise.
    """

    kind: str
    key: str
    label: object
    read: Callable


def find_readings(kind, values, hints=None):
    """Find the ways to read a column.

    Those that read most cells are returned, and of several with the same results one.
    So one reading is plain (its bad cells are to be mended), and more than one
    must be shown to the user: 03/04/2025, 1.234.

    :param str kind: ``date``, ``month``, ``number`` or ``percent``
    :param list values: cells of the column
    :param hints: what the rest of the table makes plain, see ``Table.hints``
    :return: list of ``Reading``s, the likeliest first; never empty
    """
    raise NotImplementedError
