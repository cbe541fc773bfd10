# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

# Name, code of the kind, condition, amount, days, effect
RULES = (
    (_lt("Over budget"), "", "budget", 0, 30, "approval"),
    (
        _lt("Meals above 2,500 a head"),
        "entertainment",
        "head",
        2_500,
        30,
        "approval",
    ),
    (_lt("Meals name the customer"), "entertainment", "customer", 0, 30, "inform"),
    (_lt("Meals above 100,000"), "entertainment", "claim", 100_000, 30, "block"),
    (_lt("Receipt above 500"), "", "receipt", 500, 30, "inform"),
    (_lt("Older than 60 days"), "", "age", 0, 60, "inform"),
)
# Kind -> Odoo's expense category of the claims
PRODUCTS = {
    "entertainment": "hr_expense.expense_product_meal",
    "travel": "hr_expense.expense_product_travel_accommodation",
}
# Who, what, kind, amount or what it is above the budget, reason, state
CLAIMS = (
    ("amy", _lt("Train to Hsinchu"), "travel", 1_860, "", "draft"),
    ("amy", _lt("Dinner after the audit"), "entertainment", 2_400, "", "submitted"),
    (
        "amy",
        _lt("Two nights in Kaohsiung for the start-up"),
        "travel",
        "over",
        _lt("The customer moved the start-up of the line by a week."),
        "submitted",
    ),
    (
        "jason",
        _lt("Dinner with the purchasing committee"),
        "entertainment",
        3_200,
        _lt("The committee decides this month."),
        "reviewed",
    ),
    ("emily", _lt("Taxi at night"), "travel", 640, "", "refused"),
)
REASON = 4


class SalesExpenseControlDemo(models.AbstractModel):
    """Makes rules for expense claims, and claims that meet them or do not."""

    _name = "sales.expense.control.demo"
    _description = "Demo Data of Expense Claims"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        if demo.env["sales.expense.rule"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        demo._empower_leaders()
        # Most claims were sent before anybody asked why they are over budget.
        over_budget, *rules = RULES
        for values in rules:
            demo._create_rule(*values)
        for values in CLAIMS:
            if not values[REASON]:
                demo._create_claim(*values)
        demo._create_rule(*over_budget)
        for values in CLAIMS:
            if values[REASON]:
                demo._create_claim(*values)
        demo.env["sales.mart"]._refresh()

    def _empower_leaders(self):
        approvers = self.env.ref("hr_expense.group_hr_expense_team_approver")
        for login in ("grace", "kevin", "linda", "david"):
            self._get_user(login).group_ids += approvers

    def _create_rule(self, name, code, condition, amount, days, effect):
        self.env["sales.expense.rule"].create(
            {
                "name": self.env._(name),
                "company_id": self.env.company.id,
                "kind_id": code and self._get_kind(code).id,
                "condition": condition,
                "amount": amount,
                "days": days,
                "effect": effect,
            }
        )

    def _create_claim(self, login, name, code, amount, reason, state):
        user = self._get_user(login)
        claim = (
            self.env["hr.expense"]
            .with_user(user)
            .create(
                {
                    "name": self.env._(name),
                    "employee_id": user.employee_id.id,
                    "company_id": self.env.company.id,
                    "product_id": self.env.ref(PRODUCTS[code]).id,
                    "date": self.env.company._get_sales_today() - timedelta(days=1),
                    "total_amount_currency": 1 if amount == "over" else amount,
                    "sales_excess_reason": reason and self.env._(reason),
                    "tax_ids": [],
                }
            )
        )
        if amount == "over":
            claim.total_amount_currency = self._get_amount_over(claim)
        if state == "draft":
            return
        claim.action_submit()
        claim.env.flush_all()
        if state == "reviewed" and claim.sudo().reviewer_ids:
            reviewer = claim.sudo().reviewer_ids[0]
            claim.with_user(reviewer)._validate_tier()
        elif state == "refused":
            manager = claim.manager_id
            claim.with_user(manager)._do_refuse(
                self.env._("The last train was still running.")
            )

    def _get_amount_over(self, claim):
        """:return: a bit more than what is left of the budgets"""
        panel = claim.sales_budget_panel or {"budgets": []}
        left = [budget["before"] for budget in panel["budgets"]]
        return max(min(left, default=0.0), 0.0) + 3_900

    def _get_kind(self, code):
        return self.env.ref(f"sales_efficiency_resource.sales_expense_kind_{code}")

    def _get_user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")
