# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple


class MonthName(NamedTuple):
    """A month as a heading names it, maybe without its year."""

    year: int | None
    month: int

    def on(self, year):
        """Return the first day of the month, of ``year`` if it has none of its own."""
        raise NotImplementedError


def read_month(value):
    """Read the name of a month.

    :param value: text, date or number
    :return: ``MonthName``, or None if it is something else
    """
    raise NotImplementedError
