# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import (
    Period,
    format_period,
    take_turns,
)
from odoo.addons.sales_efficiency_target.engine import FigureChange

from .budget_left import BudgetLeft


class BudgetMoveChange:
    """Moves money between budgets, all or nothing (policy 5.3.1).

    The budgets above change too, except those that contain both sides.

    :param move: a ``sales.budget.move`` record
    """

    def __init__(self, move):
        move.ensure_one()
        self.env = move.env
        self._move = move
        # sudo: budgets above are changed by virtue of the approval; what is left is
        # told only to those in charge of the budget.
        self._lines = move.sudo().line_ids

    def get_changes(self):
        """:return: dict of budgets -> dict month -> difference, without those that
        come out even"""
        changes = defaultdict(lambda: defaultdict(float))
        for line in self._lines:
            for budget in line.source_id._get_path():
                changes[budget][line.month] -= line.amount
            for budget in line.dest_id._get_path():
                changes[budget][line.dest_month] += line.amount
        rounded = {
            budget: {
                month: difference
                for month, amount in months.items()
                if (difference := budget._round(amount))
            }
            for budget, months in changes.items()
        }
        return {budget: months for budget, months in rounded.items() if months}

    def check(self):
        """Refuse the move if plan or months are over, or if too little is left."""
        plan = self._move.plan_id.sudo()
        if plan.state != "running":
            raise UserError(
                self.env._(
                    "%(plan)s is not running. Money moves only between budgets in"
                    " force.",
                    plan=plan.name,
                )
            )
        current = Period.month(plan._get_today()).start
        for line in self._lines:
            for month in (line.month, line.dest_month):
                if month < current:
                    raise UserError(
                        self.env._(
                            "%(month)s is over. Move the money of this month or of"
                            " later ones.",
                            month=format_period(self.env, month),
                        )
                    )
        self._check_left(self.get_changes())

    def _check_left(self, changes):
        """Refuse to give more than what is left in a month, and in the year: of the
        budgets that give, and of those above them."""
        budgets = self._lines.source_id.union(*changes)
        left = BudgetLeft(budgets)
        given = {
            (budget, period): -amount
            for budget, months in changes.items()
            for period, amount in (
                *((Period.month(month), amount) for month, amount in months.items()),
                (left.year, sum(months.values())),
            )
            if budget._round(amount) < 0
        }
        amounts = left.get(list(dict.fromkeys(period for _budget, period in given)))
        for (budget, period), amount in given.items():
            if budget._round(amounts[budget, period] - amount) < 0:
                raise UserError(
                    self._explain_too_little(budget, period, amounts[budget, period])
                )
        self._check_parts(changes, left.get_unassigned())

    def _explain_too_little(self, budget, period, left):
        plan = self._move.plan_id.sudo()
        is_year = period == Period(plan.date_from, plan.date_to)
        name = plan.name if is_year else format_period(self.env, period.start)
        is_above = budget not in self._lines.source_id
        # The figures of budgets above are told only to those in charge.
        if is_above and not budget.sudo(False)._filtered_in_charge():
            return self.env._(
                "%(budget)s contains what gives, and has too little left in"
                " %(period)s.",
                budget=budget.display_name,
                period=name,
            )
        return self.env._(
            "%(budget)s has only %(left)s left in %(period)s.",
            budget=budget.display_name,
            left=budget._format_figure(max(left, 0.0)),
            period=name,
        )

    def _check_parts(self, changes, free):
        """Refuse to give what is assigned to parts: they would go on counting on it."""
        sources = self._lines.source_id
        for (budget, month), unassigned in free.items():
            own = changes.get(budget, {}).get(month, 0.0)
            if budget not in sources:  # Its parts change with it.
                continue
            of_parts = max(
                sum(changes.get(part, {}).get(month, 0.0) for part in parts)
                for parts in budget.child_ids.grouped("breakdown").values()
            )
            lost = budget._round(of_parts - own)
            if lost > 0 and budget._round(unassigned - lost) < 0:
                raise UserError(
                    self.env._(
                        "%(budget)s is divided into parts in %(month)s. Move the money"
                        " from its parts.",
                        budget=budget.display_name,
                        month=format_period(self.env, month),
                    )
                )

    def apply(self):
        """Write the months of all budgets, or none."""
        changes = self.get_changes()
        change = FigureChange(self.env, changes)
        change.lock()
        # Claims against these budgets wait, and then see what has moved.
        take_turns(change.targets)
        self.check()
        change.check_not_negative()
        self._move._set_state("approved")
        change.apply(self._get_message())

    def _get_message(self):
        return self.env._(
            "Money was moved between budgets on request of %(person)s: %(move)s.",
            person=self._move.user_id.name,
            move=self._move._get_html_link(),
        )
