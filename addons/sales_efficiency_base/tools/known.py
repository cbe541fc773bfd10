# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple


class Known(NamedTuple):
    """How much of an amount has a known margin.

    >>> Known.of(400, 1000).share
    40.0

    An unknown refund does not offset unknown sales.

    >>> Known.of(1000, 500)
    Known(part=1000, whole=1500)
    >>> Known.of(0, 0).share is None
    True
    """

    part: float
    whole: float

    @classmethod
    def of(cls, part, amount):
        """:param part: the part of ``amount`` with a known margin"""
        return cls(abs(part), abs(part) + abs(amount - part))

    @property
    def share(self):
        """Percentage, or None if the amount is zero."""
        return 100 * self.part / self.whole if self.whole else None

    @property
    def is_unknown(self):
        """Whether there is an amount, and the margin of none of it is known.

        >>> [Known.of(*pair).is_unknown for pair in ((0, 1000), (1, 9), (0, 0))]
        [True, False, False]
        """
        return bool(self.whole) and not self.part
