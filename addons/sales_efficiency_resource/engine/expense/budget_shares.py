# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.tools import allocate


def share_months(months, ratio, step=0.01):
    """Return a ratio of each month; the months add up to the ratio of the year.

    >>> share_months([333_333.33, 333_333.33, 333_333.34], 2.5)
    [8333.33, 8333.33, 8333.34]
    >>> months = share_months([100_000] * 7 + [150_000] * 5, 1.33)
    >>> months[0], months[-1], round(sum(months), 2)
    (1330.0, 1995.0, 19285.0)
    >>> share_months([0.0, 0.0], 2.5)
    [0.0, 0.0]

    :param list months: amounts, none negative
    :param float ratio: in percent
    :param float step: rounding of the currency
    """
    total = float_round(sum(months) * ratio / 100, precision_rounding=step)
    return allocate(total, months, step)


def share_parts(shares, whole, parts, ratio, step=0.01):
    """Return the ratio of the months of parts; where the parts add up to the whole,
    their shares add up to those of the whole.

    >>> share_parts([8_333.33], [333_333.33], [[111_111.11], [222_222.22]], 2.5)
    [[2777.78], [5555.55]]
    >>> share_parts([10.0], [100.0], [[20.0], [30.0]], 10)
    [[2.0], [3.0]]

    :param list shares: months of the share of the whole
    :param list whole: months of the whole
    :param list parts: months of each part
    :return: list of the months of each part's share
    """
    rows = [[] for _part in parts]
    for place, (share, amount) in enumerate(zip(shares, whole, strict=True)):
        amounts = [part[place] for part in parts]
        is_even = abs(sum(amounts) - amount) < step / 2
        total = (
            share
            if is_even
            else float_round(sum(amounts) * ratio / 100, precision_rounding=step)
        )
        for row, value in zip(rows, allocate(total, amounts, step), strict=True):
            row.append(value)
    return rows
