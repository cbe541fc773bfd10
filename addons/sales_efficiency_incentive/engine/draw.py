# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)


class Settlement(NamedTuple):
    """How a month's pay is settled with what is owed; all amounts are changes of pay"""

    #: negative: a rest of earlier months is taken; positive: a negative rest goes on
    carried: Decimal
    #: the draw fills up
    draw: Decimal
    #: earlier draws are repaid, negative
    recovery: Decimal


def settle(earned, carried, advanced, draw=ZERO, recoverable=True, limit=None):
    """Settle a month with the draw and what is owed (policy 4.4.1).

    The draw fills up what is earned and carried, at least 0: a clawback is not paid by
    the draw. Draws are repaid from what exceeds the draw.

    >>> owed = Decimal(0)
    >>> for earned in (2750, 3000, 1500, 2375, 3000, 2750):
    ...     settled = settle(Decimal(earned), Decimal(0), owed, Decimal(2000))
    ...     owed -= settled.draw + settled.recovery
    ...     print(earned + sum(settled), -owed)
    2750 0
    3000 0
    2000 500
    2000 125
    2875 0
    2750 0

    A negative rest is carried on:

    >>> settled = settle(Decimal(500 - 2650), Decimal(0), Decimal(0))
    >>> print(500 - 2650 + sum(settled), settled.carried)
    0 2150
    >>> print(3000 + sum(settle(Decimal(3000), -settled.carried, Decimal(0))))
    850

    :param earned: what the month would pay
    :param carried: rest of earlier months, negative
    :param advanced: draws not yet repaid, negative
    :param limit: most that may be owed for draws
    """
    rest = earned + carried
    available = max(rest, ZERO)
    filled = recovery = ZERO
    if available < draw:
        filled = draw - available
        if recoverable and limit is not None:
            filled = min(filled, max(limit + advanced, ZERO))
    else:
        recovery = -min(available - draw, -advanced)
    return Settlement(carried - min(rest, ZERO), filled, recovery)
