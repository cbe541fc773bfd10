# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal
from typing import NamedTuple

from . import reason
from .rate_table import RateTable

ZERO = Decimal(0)


class Member(NamedTuple):
    """Part of an assignment in a pool"""

    assignment_id: int
    #: 1 (equally), contribution, target incentive, or what was set by hand
    weight: Decimal
    #: days in the team during the interval
    days: int


class Grant(NamedTuple):
    """What an assignment gets of a pool, of all of its interval"""

    amount: Decimal
    #: the sum that is shared, and the part of it
    pool: Decimal
    share: Decimal

    def explain(self):
        """:return: the reason of the entry, and its fields that explain it"""
        return reason.POOL, {"rate": self.share, "cumulated_after": self.pool}


class Pool(NamedTuple):
    """Sum that a team shares by what it attains together (policy 4.4.3).

    >>> from .money import Money
    >>> table = RateTable.of((0, 0), (1, "0.02"))
    >>> pool = Pool("excess", table)
    >>> print(pool.amount(Decimal(520_000), Decimal(500_000)))
    400.00
    >>> print(pool.amount(Decimal(499_999), Decimal(500_000)))
    0
    >>> cents = Money(Decimal("0.01"))
    >>> equal = [Member(number, Decimal(1), 31) for number in (9, 7, 8)]
    >>> for number, share in pool.shares(Decimal(100), equal, cents).items():
    ...     print(number, share)
    7 33.34
    8 33.33
    9 33.33
    """

    #: fixed: the table holds amounts; base: % of the base; excess: % of what exceeds
    #: the target
    basis: str
    #: by attainment; all at the rate reached
    table: RateTable

    def amount(self, actual, target, base=None):
        """Return the sum to be shared; without a target there is none.

        :param base: what the team has sold, if it is not the actual
        """
        if not target:
            return ZERO
        rate = self.table.scaled(target).rate_at(actual)
        if self.basis == "fixed":
            return rate
        base = actual if base is None else base
        if self.basis == "excess":
            base = max(base - target, ZERO)
        return base * rate

    @staticmethod
    def shares(amount, members, money):
        """Split a sum by weights × days; it adds up, in whatever order they come.

        :return: dict assignment id → amount
        """
        members = sorted(members)
        weights = [member.weight * member.days for member in members]
        shares = money.shares(money.round(amount), weights) if members else []
        return {
            member.assignment_id: share
            for member, share in zip(members, shares, strict=True)
        }

    @staticmethod
    def grants(amount, members, money):
        """Split a sum, see ``shares``.

        >>> from .money import Money
        >>> members = [Member(1, Decimal(1), 30), Member(2, Decimal(1), 10)]
        >>> grants = Pool.grants(Decimal(10), members, Money(Decimal("0.01")))
        >>> print(grants[2].amount, grants[2].pool, grants[2].share)
        2.50 10.00 0.25

        :return: dict assignment id → :class:`Grant`
        """
        pool = money.round(amount)
        weights = {member[0]: member.weight * member.days for member in members}
        if not any(weights.values()):
            weights = dict.fromkeys(weights, Decimal(1))
        whole = sum(weights.values())
        return {
            id_: Grant(share, pool, weights[id_] / whole)
            for id_, share in Pool.shares(amount, members, money).items()
        }
