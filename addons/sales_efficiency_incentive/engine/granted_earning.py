# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from .earning import Earning

ZERO = Decimal(0)


class GrantedEarning(Earning):
    """Earnings that come from no line: a bonus by attainment, a share of a pool"""

    #: share of the target incentive
    rate = None

    def exact(self, until):
        history = self.history
        rule = history.rule(until)
        if history.fallback(rule, until):
            return ZERO
        if rule.kind == "bonus":
            incentive, self.rate = history.bonus(rule, until)
            return incentive * self.rate
        # The shares of a pool in earlier months stay as they were.
        return history.grant if until == history.month else None
