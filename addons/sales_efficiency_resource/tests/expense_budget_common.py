# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


class BudgetCommon(SalesTargetCommon):
    """A budget plan for 2026: 240,000 in all, by kind, and travel by team::

    all    Travel 120,000 > Test Field 60,000, Test Other 60,000
           Marketing 120,000
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind_travel, cls.kind_marketing = cls.env["sales.expense.kind"].create(
            [
                {"name": name, "counts_all": True}
                for name in ("Test Travel", "Test Marketing")
            ]
        )
        cls.account_travel, cls.account_marketing = cls.env["account.account"].create(
            [
                {"name": kind.name, "code": code, "account_type": "expense"}
                for kind, code in (
                    (cls.kind_travel, "T6001"),
                    (cls.kind_marketing, "T6002"),
                )
            ]
        )
        cls.kind_travel.account_ids = cls.account_travel
        cls.kind_marketing.account_ids = cls.account_marketing
        cls.expense = cls.env.ref(
            "sales_efficiency_resource.sales_metric_sales_expense"
        )
        cls.budget_plan = cls._create_budget_plan()
        cls.budget = cls._create_budget(amount=240_000)
        cls.travel, cls.marketing = (
            cls._create_budget(
                parent_id=cls.budget.id, expense_kind_id=kind.id, amount=120_000
            )
            for kind in (cls.kind_travel, cls.kind_marketing)
        )
        cls.travel_field, cls.travel_other = (
            cls._create_budget(
                parent_id=cls.travel.id,
                expense_kind_id=cls.kind_travel.id,
                team_id=team.id,
                amount=60_000,
            )
            for team in (cls.team_field, cls.team_other)
        )

    @classmethod
    def _create_budget_plan(cls, **values):
        return cls.env["sales.target.plan"].create(
            {
                "company_id": cls.company.id,
                "date_from": date(2026, 1, 1),
                "user_id": cls.director.id,
                "purpose": "budget",
                **values,
            }
        )

    @classmethod
    def _create_budget(cls, **values):
        return cls.env["sales.target"].create(
            {"plan_id": cls.budget_plan.id, "metric_id": cls.expense.id, **values}
        )

    @classmethod
    def _start_budgets(cls):
        """Put the budgets into effect as of the first day of their plan."""
        cls.budget_plan.target_ids.gap_reason = "Test"
        cls.budget_plan.action_submit()
        cls.budget_plan.action_start()
        cls.budget_plan.date_started = cls.budget_plan.date_from
        return cls.budget_plan

    @classmethod
    def _spend(cls, kind, day, amount, team=None, post=True):
        """Enter a bill of a kind; a draft is committed, a posted one spent."""
        account = (
            cls.account_travel if kind == cls.kind_travel else cls.account_marketing
        )
        bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.customer_nowhere.id,
                "invoice_date": day,
                "date": day,
                "team_id": team.id if team else False,
                "invoice_user_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Test",
                            "account_id": account.id,
                            "quantity": 1,
                            "price_unit": amount,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        if post:
            bill.action_post()
        cls.env["sales.mart"]._refresh()
        return bill

    @classmethod
    def _create_user_of(cls, group):
        return new_test_user(cls.env, f"test_{group}", groups=group)

    @classmethod
    def _create_accountant(cls):
        return cls._create_user_of("account.group_account_user")
