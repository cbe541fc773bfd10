# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from typing import NamedTuple

from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.tools import Scope

from .outlay import WARNING_PERCENT


class Use(NamedTuple):
    """What became of a budget in a period.

    >>> use = Use(budget=10_000.0, used=8_200.0, committed=1_100.0)
    >>> use.left, round(use.percent, 2), use.status
    (700.0, 82.0, 'warning')
    >>> Use(10_000.0, 8_200.0, 1_800.01).status
    'exceeded'
    >>> Use(0.0, 0.0, 0.0).status
    'ok'
    >>> Use(0.0, 5.0, 0.0).percent is None
    True

    :param step: rounding of the currency
    """

    budget: float
    used: float
    committed: float
    step: float = 0.01

    @property
    def left(self):
        """What may still be spent: what is committed is spent soon."""
        left = self.budget - self.used - self.committed
        return float_round(left, precision_rounding=self.step) + 0.0

    @property
    def status(self):
        """The light, as for a claim against the budget."""
        if self.left < 0:
            return "exceeded"
        gone = 100 * (self.used + self.committed)
        is_near = self.budget and gone >= WARNING_PERCENT * self.budget
        return "warning" if is_near else "ok"

    @property
    def percent(self):
        """Used part of the budget; None without one."""
        return 100 * self.used / self.budget if self.budget else None


class BudgetUse:
    """Measures how much of budgets is used and committed.

    The number of queries does not depend on the number of budgets and periods. Record
    rules do not apply to the expenses: whoever may see a budget may see its sums.

    :param budgets: ``sales.target`` records of budget plans that the user may see
    """

    def __init__(self, budgets):
        self.env = budgets.env
        self._budgets = budgets
        self._kinds = budgets._get_expense_kinds()

    def get(self, periods):
        """:return: dict (budget, :class:`Period`) -> :class:`Use`; the budget of a
        period is that of the months in it"""
        values = self._measure(periods)
        committed = self.env.ref(
            "sales_efficiency_resource.sales_metric_committed_expense"
        ).id
        months = self._budgets._get_month_amounts()
        uses = {}
        for budget in self._budgets:
            own, wide = budget._get_scope(), self._get_committed_scope(budget)
            first = budget.plan_id._get_months()
            amounts = dict(zip(first, months.get(budget) or [0.0] * 12, strict=True))
            for period in periods:
                uses[budget, period] = Use(
                    budget=budget._round(
                        sum(
                            amount
                            for month, amount in amounts.items()
                            if period.start <= month <= period.end
                        )
                    ),
                    used=values[budget.metric_id.id, own, period] or 0.0,
                    committed=values[committed, wide, period] or 0.0,
                    step=budget._get_step(),
                )
        return uses

    def _measure(self, periods):
        scopes = [
            scope
            for budget in self._budgets
            for scope in (budget._get_scope(), self._get_committed_scope(budget))
        ]
        metrics = self._budgets.metric_id | self.env.ref(
            "sales_efficiency_resource.sales_metric_committed_expense"
        )
        # sudo: metrics are shared; which ones the budgets have is no secret.
        return metrics.sudo()._evaluate(list(dict.fromkeys(scopes)), periods)

    def _get_committed_scope(self, budget):
        """:return: the :class:`Scope` of the budget, with the kind of its metric"""
        ids = budget._get_scope_ids() | {"expense_kind_id": self._kinds[budget].id}
        return Scope(budget.company_id.id, **ids)
