# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .benefit_choice import KIND
from .budget_use import BudgetUse, Use
from .returns import Marginal, divide


@dataclass(frozen=True, slots=True)
class BudgetReturn:
    """A budget, and the margin that stands alongside what was spent of it.

    :param budget: ``sales.target`` record
    :param Use use: of the whole year
    :param Marginal moved: from the same days of last year to this year
    """

    budget: object
    use: Use
    moved: Marginal

    @property
    def marginal(self):
        return self.moved.value

    @property
    def average(self):
        """Margin alongside each unit of money spent"""
        spent = self.moved.spent
        return divide(self.moved.margin, spent) if spent > 0 else None


class BudgetReturns:
    """Compares budgets by the margin alongside what is spent of them.

    The number of queries does not depend on that of budgets.

    :param budgets: ``sales.target`` records of one plan that the user may see
    :param date today: last day of the figures
    """

    def __init__(self, budgets, today):
        self.env, self._budgets = budgets.env, budgets
        plan = budgets.plan_id
        self._year = Period(plan.date_from, plan.date_to)
        self._span = self._year.until(today)
        self._before = self._span.previous_year()

    def get(self):
        """:return: list of :class:`BudgetReturn`"""
        if not self._budgets:
            return []
        periods = [self._span, self._before]
        uses = BudgetUse(self._budgets).get([self._year, *periods])
        margins = self._measure_margins(periods)
        return [
            BudgetReturn(
                budget,
                uses[budget, self._year],
                Marginal(
                    spent_before=uses[budget, self._before].used,
                    spent=uses[budget, self._span].used,
                    margin_before=margins[self._get_scope(budget), self._before],
                    margin=margins[self._get_scope(budget), self._span],
                ),
            )
            for budget in self._budgets
        ]

    def _measure_margins(self, periods):
        """:return: dict (scope, period) → margin, None if none is known"""
        # sudo: whoever may see a budget may see what stands alongside.
        [margin] = self.env["sales.metric"].sudo()._find(["margin"]).values()
        scopes = [self._get_scope(budget) for budget in self._budgets]
        values = margin._evaluate(scopes, periods, known=True)
        margins = {}
        for key in values:
            known = values.known.get(key)
            is_unknown = known and known.is_unknown
            margins[key[1:]] = None if is_unknown else values[key] or 0
        return margins

    @staticmethod
    def _get_scope(budget):
        """Return the scope of the budget without its kind: sales have none."""
        ids = budget._get_scope_ids() | {KIND: False}
        return Scope(budget.company_id.id, **ids)
