# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import date

WARNING_PERCENT = 90


@dataclass(frozen=True, slots=True)
class Outlay:
    """Money that somebody is about to spend, e.g. a claim.

    :param key: what the answer is found by, e.g. the claim
    :param kind_id: kind of expense
    :param amount: in the currency of the company, as it will count as spent
    :param places: dict dimension -> id, or False
    :param claim_id: the claim whose documents may be among those committed, if any
    """

    key: object
    company_id: int
    date: date
    kind_id: int
    amount: float
    places: dict
    claim_id: int = False


@dataclass(frozen=True, slots=True)
class BudgetStand:
    """A budget to date: the months up to that of the outlay, and what is gone of it.

    >>> stand = BudgetStand(7, 10_000.0, 8_200.0, 1_100.0, 600.0)
    >>> stand.left_before, stand.left_after, stand.percent, stand.status
    (700.0, 100.0, 99.0, 'warning')
    >>> BudgetStand(7, 10_000.0, 8_200.0, 1_100.0, 700.0).status
    'warning'
    >>> stand = BudgetStand(7, 10_000.0, 8_200.0, 1_100.0, 700.01)
    >>> stand.left_after, stand.status
    (-0.01, 'exceeded')
    >>> BudgetStand(7, 0.0, 0.0, 0.0, 0.0).status
    'ok'

    :param committed: without the outlay itself
    :param digits: decimals of the currency
    :param kind_ids: kinds of the parts of the outlay that it is over
    """

    target_id: int
    budget: float
    spent: float
    committed: float
    amount: float
    digits: int = 2
    kind_ids: frozenset = frozenset()

    @property
    def left_before(self):
        return round(self.budget - self.spent - self.committed, self.digits)

    @property
    def left_after(self):
        left = self.budget - self.spent - self.committed - self.amount
        return round(left, self.digits) + 0.0

    @property
    def percent(self):
        """Share of the budget that is gone then; None of nothing."""
        if not self.budget:
            return None
        return round(
            100 * (self.spent + self.committed + self.amount) / self.budget, 10
        )

    @property
    def status(self):
        if self.left_after < 0:
            return "exceeded"
        if self.budget and self.percent >= WARNING_PERCENT:
            return "warning"
        return "ok"
