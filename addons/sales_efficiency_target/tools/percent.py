# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def get_percent(change, before):
    """Return a change in percent of the previous value; ±100 if that was 0.

    >>> get_percent(-4, 200), get_percent(5, 0), get_percent(-5, 0), get_percent(0, 0)
    (-2.0, 100.0, -100.0, 0.0)
    """
    if before:
        return 100 * change / before
    return 100.0 * ((change > 0) - (change < 0))
