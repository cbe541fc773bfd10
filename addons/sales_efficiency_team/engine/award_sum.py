# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.sales_efficiency_incentive.engine import Money

#: Reason of the entry of an award
AWARD = "award"
CENTS = Money(Decimal("0.01"))


class AwardSum(NamedTuple):
    """What a grade pays: base × rate × company factor × days ÷ days of the year.

    Months of pay, from 1 April on, and a share of the target incentive:

    >>> print(AwardSum.of(50_000, 3, 1, 275, 365).round())
    113013.70
    >>> print(AwardSum.of(40_000, "0.5", "1.2", 365, 365).round())
    24000.00
    >>> print(AwardSum.of(50_000, 0, 1, 365, 365).round())
    0.00
    """

    #: pay of a month, or target incentive
    base: Decimal
    #: months, or share of the target incentive
    rate: Decimal
    factor: Decimal
    days: int
    year_days: int

    @classmethod
    def of(cls, base, rate, factor, days, year_days):
        """Make one of numbers as people write them."""
        exact = (Decimal(str(number)) for number in (base, rate, factor))
        return cls(*exact, days, year_days)

    def round(self, money=CENTS):
        """:return: the sum in currency, half away from zero"""
        whole = self.base * self.rate * self.factor
        return money.round(whole * self.days / self.year_days)


class AwardGrant(NamedTuple):
    """What an approved award adds to a month of the ledger"""

    amount: Decimal
    terms: AwardSum
    line_id: int

    def explain(self):
        """:return: the reason of the entry, and its fields that explain it"""
        return AWARD, {
            "target": self.terms.base,
            "rate": self.terms.rate,
            "actual": self.terms.factor,
            "cumulated_before": Decimal(self.terms.days),
            "cumulated_after": Decimal(self.terms.year_days),
            "document": (AWARD, self.line_id),
        }
