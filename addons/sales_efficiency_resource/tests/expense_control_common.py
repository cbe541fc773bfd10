# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


class ExpenseControlCommon(SalesEfficiencyCommon):
    """A budget of 10,000 for the travel of a salesperson, who claims.

    The leader is the superior; the director and finance decide on what is above.
    """

    year = 2026

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kind, cls.kind_taxi = cls._create_kinds()
        cls.leader.group_ids += cls.env.ref("hr_expense.group_hr_expense_team_approver")
        cls.finance = new_test_user(
            cls.env,
            login="test_finance",
            name="Test Finance",
            groups="account.group_account_user,account.group_account_invoice",
            company_id=cls.company.id,
        )
        cls.employee = cls._create_employee(cls.salesperson)
        cls.plan = cls.env["sales.target.plan"].create(
            {
                "purpose": "budget",
                "date_from": f"{cls.year}-01-01",
                "user_id": cls.director.id,
            }
        )
        cls.budget = cls._create_budget(user_id=cls.salesperson.id)
        cls.plan.sudo().state = "running"
        cls.currency = cls.company.currency_id

    @classmethod
    def _create_kinds(cls):
        cls.expense_travel, cls.expense_taxi, cls.expense_other = cls.env[
            "product.product"
        ].create(
            [
                {
                    "name": name,
                    "type": "service",
                    "can_be_expensed": True,
                    "supplier_taxes_id": [],
                    "standard_price": 0.0,
                }
                for name in ("Test Travel", "Test Taxi", "Test Rent")
            ]
        )
        kind = cls.env["sales.expense.kind"].create(
            {"name": "Test Travel", "product_ids": cls.expense_travel.ids}
        )
        return kind, cls.env["sales.expense.kind"].create(
            {
                "name": "Test Taxi",
                "parent_id": kind.id,
                "product_ids": cls.expense_taxi.ids,
            }
        )

    @classmethod
    def _create_employee(cls, user, **values):
        return cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "company_id": cls.company.id,
                "expense_manager_id": cls.leader.id,
                "work_contact_id": user.partner_id.id,
                **values,
            }
        )

    @classmethod
    def _create_budget(cls, amount=10_000.0, month=1, **values):
        """Create a budget whose money is all planned for one month."""
        return cls.env["sales.target"].create(
            {
                "plan_id": cls.plan.id,
                "metric_id": cls.env.ref(
                    "sales_efficiency_resource.sales_metric_sales_expense"
                ).id,
                "expense_kind_id": cls.kind.id,
                "month_ids": [
                    Command.create(
                        {
                            "month": f"{cls.year}-{number:02}-01",
                            "amount": amount * (number == month),
                        }
                    )
                    for number in range(1, 13)
                ],
                **values,
            }
        )

    @classmethod
    def _spend(cls, amount, day="2026-03-05", user=None, product=None):
        """Post a bill of the salesperson."""
        bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.customer_nowhere.id,
                "invoice_date": day,
                "date": day,
                "invoice_user_id": (user or cls.salesperson).id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": (product or cls.expense_travel).id,
                            "price_unit": amount,
                            "tax_ids": [],
                        }
                    )
                ],
            }
        )
        bill.action_post()
        return bill

    @classmethod
    def _claim(cls, amount, user=None, **values):
        """Create a draft claim of the salesperson."""
        user = user or cls.salesperson
        return (
            cls.env["hr.expense"]
            .with_user(user)
            .create(
                {
                    "name": "Train",
                    "employee_id": user.employee_id.id,
                    "product_id": cls.expense_travel.id,
                    "total_amount_currency": amount,
                    "date": "2026-05-18",
                    "tax_ids": [],
                    **values,
                }
            )
        )

    @classmethod
    def _create_rule(cls, effect="approval", **values):
        return cls.env["sales.expense.rule"].create(
            {
                "name": f"Test {effect}",
                "company_id": cls.company.id,
                "effect": effect,
                "reviewer_id": cls.director.id,
                **values,
            }
        )

    def _type(self, amount, user=None):
        """:return: the form of a new claim with an amount, not saved"""
        form = Form(self.env["hr.expense"].with_user(user or self.salesperson))
        form.name = "Train"
        form.product_id = self.expense_travel
        form.date = "2026-05-18"
        form.total_amount_currency = amount
        return form

    def _act(self, claims, user, method, *args):
        """Press a button, which is a transaction of its own."""
        res = getattr(claims.with_user(user), method)(*args)
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        return res

    def _submit(self, claims, user=None):
        return self._act(claims, user or self.salesperson, "action_submit")

    @contextmanager
    def _assert_refused(self, text, exception=UserError):
        """Check that something is refused, and that nothing of it is saved."""
        with self.assertRaisesRegex(exception, text), self.env.cr.savepoint():
            yield
            self.env.flush_all()
        self.env.invalidate_all()

    def _get_stand(self, claim):
        """:return: what the panel says of the first budget"""
        return claim.sales_budget_panel["budgets"][0]

    def _get_stands(self, claim):
        return {stand["id"]: stand for stand in claim.sales_budget_panel["budgets"]}

    def _attach_receipt(self, claim):
        self.env["ir.attachment"].create(
            {
                "name": "Receipt.txt",
                "raw": b"Receipt",
                "res_model": "hr.expense",
                "res_id": claim.id,
            }
        )
