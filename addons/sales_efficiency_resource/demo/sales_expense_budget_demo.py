# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

from ..engine import BudgetLeft

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Code of the kind -> ratio of the sales targets in percent
RATIOS = {"marketing": 0.7, "travel": 0.03, "entertainment": 0.02, "training": 0.01}
# Codes of the kinds that give and get; approval of the first move was requested
MOVES = {"travel": "training", "entertainment": "marketing"}
REASONS = {
    "travel": _lt("The seminar cost more than planned."),
    "entertainment": _lt("Online advertising brings more."),
}
AMOUNT = 1_000


class SalesExpenseBudgetDemo(models.AbstractModel):
    """Builds the expense budgets of the demo company."""

    _name = "sales.expense.budget.demo"
    _description = "Expense Budget Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        plans = demo.env["sales.target.plan"]
        if plans.search_count([("purpose", "=", "budget")], limit=1):
            return  # Odoo can load demo data repeatedly
        source = plans.search(
            [
                ("purpose", "=", "sales"),
                ("state", "=", "running"),
                ("company_id", "=", demo.env.company.id),
            ],
            limit=1,
        )
        if source:
            plan = demo._create_plan(source)
            demo._start(plan)
            demo._move_money(plan)

    def _create_plan(self, source):
        """Let the director make budgets from the sales targets, down to the teams."""
        director = self.env.ref("sales_efficiency_base.user_grace_demo")
        wizards = self.env["sales.budget.create"].with_user(director)
        wizard = wizards.create({"plan_id": source.id, "depth": "team"})
        wizard.line_ids.unlink()
        wizard.line_ids = [
            (0, 0, {"kind_id": self._get_kind(code).id, "ratio": ratio})
            for code, ratio in RATIOS.items()
        ]
        action = wizard.action_create_budgets()
        return self.env["sales.target.plan"].browse(action["res_id"])

    def _get_kind(self, code):
        return self.env.ref(f"sales_efficiency_resource.sales_expense_kind_{code}")

    def _start(self, plan):
        plan.target_ids.filtered("gap").gap_reason = self.env._(
            "As in the sales targets."
        )
        plan.action_submit()
        plan.sudo().state = "running"
        plan.target_ids._keep_original()
        plan.sudo().date_started = plan.date_from
        self.env["sales.target.result"].sudo()._refresh(plan.target_ids)

    def _move_money(self, plan):
        """Leave a move of money in approval, and one in draft."""
        moves = self.env["sales.budget.move"].with_user(
            self.env.ref("sales_efficiency_base.user_grace_demo")
        )
        # What is divided by team is moved from team to team.
        budgets = plan.target_ids.with_env(moves.env).filtered(
            lambda b: b.expense_kind_id and not b.child_ids
        )
        by_kind = budgets.grouped("expense_kind_id")
        for number, (source, dest) in enumerate(MOVES.items()):
            some = by_kind.get(self._get_kind(source), budgets.browse())
            others = by_kind.get(self._get_kind(dest), budgets.browse())
            left = {budget: self._get_left(budget, plan) for budget in some}
            if not others or max(left.values(), default=0.0) < AMOUNT:
                continue
            giving = max(left, key=left.get)
            getting = others.sorted(
                lambda b, giving=giving: b.team_id != giving.team_id
            )[0]
            move = moves._propose(
                giving, getting, AMOUNT, plan._get_today(), self.env._(REASONS[source])
            )
            if not number:
                move.action_request()

    def _get_left(self, budget, plan):
        """:return: what a budget can give to another kind"""
        budget = budget.sudo()
        above = budget._get_path().filtered("expense_kind_id") - budget
        today = plan._get_today()
        return BudgetLeft(budget, above).get_limits(today)[budget]
