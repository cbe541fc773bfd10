# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Returns on money spent; see P. Farris, N. Bendle, P. Pfeifer and
D. Reibstein, *Marketing Metrics*, and the target ROAS of Google Ads."""

from .formula import formula


@formula("100.0 * (%(margin)s - %(cost)s) / NULLIF(GREATEST(%(cost)s, 0), 0)")
def get_roi(margin, cost):
    """Return on investment, in percent: (margin − cost) ÷ cost.

    The margin is what the investment has brought before its own cost: sales less the
    cost of what was sold. 0 % has paid for itself, −100 % is lost. None where either is
    unknown or nothing was spent: more may have been credited than charged.

    >>> get_roi(40_000, 10_000), get_roi(6_240, 2_400), get_roi(10_000, 10_000)
    (300.0, 160.0, 0.0)
    >>> get_roi(0, 500), get_roi(500, 0), get_roi(None, 500), get_roi(500, -10)
    (-100.0, None, None, None)
    """
    if margin is None or not _is_spent(cost):
        return None
    return 100 * (margin - cost) / cost


@formula("1.0 * %(sales)s / NULLIF(GREATEST(%(cost)s, 0), 0)")
def get_roas(sales, cost):
    """Return on advertising spend: sales ÷ cost.

    Sales are untaxed and whole: unlike ``get_roi`` it knows nothing of margins, so 1
    does not pay for the goods. None where either is unknown or nothing was spent.

    >>> get_roas(10, 2), get_roas(0, 500), get_roas(500, 0), get_roas(500, -10)
    (5.0, 0.0, None, None)
    """
    if sales is None or not _is_spent(cost):
        return None
    return sales / cost


def _is_spent(cost):
    return cost is not None and cost > 0
