# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import float_round


def spread(amounts, reduction, rounding):
    """Spread a reduction over amounts, in proportion.

    The running total is rounded, not each part, so nothing is lost or added.

    >>> spread([600.0, 400.0], 150.0, 0.01)
    [510.0, 340.0]
    >>> spread([100.0, 100.0, 100.0], 100.0, 0.01)
    [66.67, 66.66, 66.67]
    >>> spread([100.0, 0.0], 0.0, 0.01)
    [100.0, 0.0]
    >>> spread([0.0], 10.0, 0.01)
    [0.0]

    :param list amounts: none of them negative
    :param float reduction: what is taken off in all
    :param float rounding: of the currency
    :return: list of what is left of each amount
    """
    total = sum(amounts)
    if not reduction or not total:
        return list(amounts)
    share = (total - reduction) / total
    left, running, before = [], 0.0, 0.0
    for amount in amounts:
        running += amount
        until = float_round(running * share, precision_rounding=rounding)
        left.append(float_round(until - before, precision_rounding=rounding))
        before = until
    return left
