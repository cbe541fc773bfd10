# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal


def add_up(weights):
    """Return whether weights of two decimals add up to exactly 100.00.

    >>> add_up([40, 25, 15, 20]), add_up([33.33, 33.33, 33.34])
    (True, True)
    >>> add_up([33.33, 33.33, 33.33]), add_up([])
    (False, False)
    """
    return sum(Decimal(f"{weight:.2f}") for weight in weights) == 100
