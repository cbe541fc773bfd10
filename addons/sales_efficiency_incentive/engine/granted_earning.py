# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal

from . import reason
from .earning import Earning

ZERO = Decimal(0)


class GrantedEarning(Earning):
    """Earnings that come from no line: a bonus by attainment, or what is granted, e.g.
    a share of a pool"""

    #: share of the target incentive
    rate = None

    def exact(self, until):
        history = self.history
        rule = history.rule(until)
        if rule.kind != "bonus":
            # What is not granted again stays as it was booked.
            grant = history.grants.get(until)
            return grant and grant.amount
        if history.fallback(rule, until):
            return ZERO
        incentive, self.rate = history.bonus(rule, until)
        return incentive * self.rate

    def explain(self, month):
        if self.history.rule(month).kind != "bonus":
            return self.history.grants[month].explain()
        if month < self.history.month:
            return super().explain(month)
        return reason.BONUS, {"rate": self.rate}
