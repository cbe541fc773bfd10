# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import get_roi


class SolutionValue:
    """What a solution is worth to the customer.

    :param investment: what the customer spends once
    :param benefit: what it brings in a year
    :param cost: what it costs in a year
    :param int years: how long it is looked at

    >>> value = SolutionValue(240_000, 120_000, 20_000, 3)
    >>> value.net, value.payback, value.roi
    (100000, 2.4, 25.0)
    """

    def __init__(self, investment, benefit, cost, years):
        self.investment = investment
        self.net = benefit - cost
        self.years = years

    @property
    def payback(self):
        """Years until the investment has paid back; None if it never does.

        >>> SolutionValue(100, 20, 20, 3).payback is None
        True
        >>> SolutionValue(0, 20, 10, 3).payback
        0.0
        """
        return self.investment / self.net if self.net > 0 else None

    @property
    def roi(self):
        """Return over the years, in percent; None if nothing is invested.

        >>> SolutionValue(100, 20, 30, 2).roi, SolutionValue(0, 20, 10, 3).roi
        (-120.0, None)
        """
        return get_roi(self.net * self.years, self.investment)
