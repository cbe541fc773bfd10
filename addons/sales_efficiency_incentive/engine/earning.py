# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from . import reason

ZERO = Decimal(0)


class Earning:
    """What a person earns by a rule in an interval, by what is known now, unrounded.

    It begins with the bases that are booked. ``change`` brings what has changed in
    locked months, ``open`` the lines of the month that is computed.

    :param history: ``RuleHistory``
    :param tuple months: months of the interval, not later than the computed one
    """

    def __init__(self, history, months):
        self.history = history
        self.months = months

    def exact(self, until):
        """Return what is earned until the end of a month, or None if unknown."""
        raise NotImplementedError

    def explain(self, month):
        """:return: the reason of a change of what a locked month has earned as a whole,
        and the fields of its entry that explain it"""
        return reason.RESTATED, {}

    def change(self, line, month, added):
        """Add to the base of a line of a locked month.

        :return: the table's measure before and after it
        """
        raise NotImplementedError

    def open(self, lines):
        """Bring the lines of the month that is computed.

        :param list lines: pairs of ``SaleLine`` and base
        :return: what all before them earns at the end of the month, how the month is
            priced (None if each line for itself), and for each line what is earned with
            it: tuples of line, base, measure before and after it, sum earned, pricing
        """
        raise NotImplementedError
