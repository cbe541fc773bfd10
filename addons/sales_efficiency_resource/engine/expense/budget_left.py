# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.addons.sales_efficiency_base.tools import Period

from .budget_check import BudgetCheck
from .budget_use import Use


class BudgetLeft:
    """What is left of budgets to give away (policy 5.3.1).

    It reads documents as the check of claims does, not figures, which come a moment
    later: what a claim was promised is not given to others.

    :param budgets: ``sales.target`` records of one plan, as superuser
    :param above: budgets that give with them, if any
    """

    def __init__(self, budgets, above=None):
        self._budgets = budgets
        self._above = budgets.browse() if above is None else above
        self._plan = budgets.plan_id
        self.year = Period(self._plan.date_from, self._plan.date_to)

    def get(self, periods):
        """:return: dict (budget, :class:`Period`) -> amount, negative if exceeded"""
        gone = BudgetCheck(self._budgets.env).get_gone(self._budgets, periods)
        figures = self._budgets._get_month_amounts()
        months = self._plan._get_months()
        left = {}
        for (budget, period), (spent, committed) in gone.items():
            amounts = zip(months, figures.get(budget) or [0.0] * 12, strict=True)
            whole = sum(
                a for month, a in amounts if period.start <= month <= period.end
            )
            use = Use(whole, spent, committed, budget._get_step())
            left[budget, period] = use.left
        return left

    def get_months(self, date_from):
        """Return what the months from a day on can give: what is left in them, is not
        assigned to parts, and is not asked for already.

        :return: dict budget -> dict month -> amount, 0 at least
        """
        start = Period.month(max(date_from, self._plan._get_today())).start
        months = [month for month in self._plan._get_months() if month >= start]
        left = self.get([Period.month(month) for month in months])
        around = self._get_around([Period.month(month) for month in months])
        free, asked = self.get_unassigned(), self._get_asked()
        limits = {}
        for budget in self._budgets:
            limits[budget] = {}
            for month in months:
                amount = left[budget, Period.month(month)]
                amount = min(amount, free.get((budget, month), amount))
                amount = min([amount, *around[Period.month(month)]])
                amount = budget._round(amount - asked[budget, month])
                limits[budget][month] = max(amount, 0.0)
        return limits

    def get_limits(self, date_from):
        """Return how much budgets can give from a day on, in all.

        :return: dict budget -> amount, 0 at least
        """
        months = self.get_months(date_from)
        left, asked = self.get([self.year]), self._get_asked()
        around = self._get_around([self.year])[self.year]
        limits = {}
        for budget in self._budgets:
            taken = sum(a for (some, _month), a in asked.items() if some == budget)
            year = min([left[budget, self.year], *around]) - taken
            limit = min(sum(months[budget].values()), year)
            limits[budget] = max(budget._round(limit), 0.0)
        return limits

    def _get_around(self, periods):
        """:return: dict period -> what is left of each of the budgets above"""
        left = BudgetLeft(self._above).get(periods) if self._above else {}
        return {
            period: [left[budget, period] for budget in self._above]
            for period in periods
        }

    def get_unassigned(self):
        """Return what is not assigned to parts, of the breakdown that takes most.

        :return: dict (budget, month) -> amount, without budgets that have no parts
        """
        parts = self._budgets.child_ids
        figures = (self._budgets | parts)._get_month_amounts()
        months = self._plan._get_months()
        free = {}
        for budget in self._budgets.filtered("child_ids"):
            breakdowns = budget.child_ids.grouped("breakdown").values()
            for place, month in enumerate(months):
                assigned = max(
                    sum((figures.get(part) or [0.0] * 12)[place] for part in some)
                    for some in breakdowns
                )
                whole = (figures.get(budget) or [0.0] * 12)[place]
                free[budget, month] = budget._round(whole - assigned)
        return free

    def _get_asked(self):
        """:return: dict (budget, month) -> what others have asked for, not decided"""
        asked = defaultdict(float)
        # sudo: how much is asked for lessens what is left, whoever may see the request.
        lines = self._budgets.env["sales.budget.move.line"].sudo()
        for budget, month, amount in lines._read_group(
            [
                ("source_id", "in", self._budgets.ids),
                ("move_id.state", "=", "requested"),
            ],
            ["source_id", "month:day"],
            ["amount:sum"],
        ):
            asked[budget, month] += amount
        return asked
