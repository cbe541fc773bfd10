# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .formula import formula


@formula(
    """
    CASE WHEN %(is_rate)s THEN %(now)s - %(before)s
         ELSE 100 * (%(now)s - %(before)s) / NULLIF(ABS(%(before)s), 0) END
    """
)
def grow(now, before, is_rate=False):
    """Return growth in percent or, for rates, in percentage points.

    (now − before) ÷ |before|, so a shrinking loss is positive growth. None if a value
    is missing or the divisor is zero.

    >>> grow(50, -100), grow(-50, -100), grow(-150, -100)
    (150.0, 50.0, -50.0)
    >>> grow(32.5, 30, is_rate=True), grow(2, 0, is_rate=True)
    (2.5, 2)
    >>> grow(50, 0), grow(None, 100), grow(50, None)
    (None, None, None)
    """
    if now is None or before is None:
        return None
    if is_rate:
        return now - before
    return 100 * (now - before) / abs(before) if before else None
