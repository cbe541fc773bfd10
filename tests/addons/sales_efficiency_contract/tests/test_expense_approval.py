# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest import SkipTest

from odoo.exceptions import ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests.common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-18 12:00:00")
class TestExpenseApproval(SalesEfficiencyCommon):
    """Large expenses are reviewed before Odoo's own flow begins."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "sales.expense.rule" in cls.env:
            raise SkipTest("There, claims are reviewed after they are sent.")
        cls.leader.group_ids += cls.env.ref("hr_expense.group_hr_expense_team_approver")
        cls.director.group_ids += cls.env.ref("hr_expense.group_hr_expense_user")
        cls.env["hr.employee"].create(
            {
                "name": cls.salesperson.name,
                "user_id": cls.salesperson.id,
                "company_id": cls.company.id,
                "expense_manager_id": cls.leader.id,
            }
        )
        cls.env["tier.definition"].create(
            {
                "name": "Large expenses",
                "model_id": cls.env["ir.model"]._get_id("hr.expense"),
                "definition_domain": "[('total_amount', '>', 500)]",
                "review_type": "individual",
                "reviewer_id": cls.director.id,
                "company_id": cls.company.id,
            }
        )

    def _spend(self, amount):
        """Enter an expense as the salesperson."""
        form = Form(self.env["hr.expense"].with_user(self.salesperson))
        form.name = "Fair"
        form.product_id = self.env.ref("hr_expense.product_product_no_cost")
        form.total_amount_currency = amount
        return form.save()

    def _act(self, expense, user, method):
        """Press a button, which is a transaction of its own."""
        getattr(expense.with_user(user), method)()
        self.env.cr.flush()
        self.env.invalidate_all()

    def _assert_not_sent(self, expense):
        with (
            self.assertRaisesRegex(ValidationError, "valid"),
            self.env.cr.savepoint(),
        ):
            self._act(expense, self.salesperson, "action_submit")
        self.assertEqual(expense.state, "draft")

    def _approve(self, expense):
        self._act(expense, self.salesperson, "request_validation")
        self._act(expense, self.director, "validate_tier")

    def test_a_rule_can_be_made_for_expenses(self):
        names = self.env["tier.definition"]._get_sales_approval_model_names()
        self.assertIn("hr.expense", names)

    def test_an_expense_without_a_rule_goes_the_way_of_odoo(self):
        expense = self._spend(100)
        self._act(expense, self.salesperson, "action_submit")
        self._act(expense, self.leader, "action_approve")
        self.assertEqual(expense.state, "approved")
        self.assertFalse(expense.sudo().review_ids)

    def test_a_large_expense_is_sent_once_its_reviewer_has_approved_it(self):
        expense = self._spend(1000)
        self._assert_not_sent(expense)
        self._act(expense, self.salesperson, "request_validation")
        self.assertEqual(expense.validation_status, "pending")
        self.assertEqual(expense.sudo().activity_ids.user_id, self.director)
        self._assert_not_sent(expense)
        self._act(expense, self.director, "validate_tier")
        self.assertEqual(expense.validation_status, "validated")
        self._act(expense, self.salesperson, "action_submit")
        self.assertEqual(expense.state, "submitted")
        self._act(expense, self.leader, "action_approve")
        self.assertEqual(expense.state, "approved")

    def test_an_expense_that_is_approved_while_it_is_sent_is_reviewed_before(self):
        self.salesperson.group_ids += self.env.ref(
            "hr_expense.group_hr_expense_manager"
        )
        expense = self._spend(1000)
        expense.employee_id.sudo().expense_manager_id = False
        expense.sudo().manager_id = self.salesperson
        self._assert_not_sent(expense)
        self._approve(expense)
        self._act(expense, self.salesperson, "action_submit")
        self.assertEqual(expense.state, "approved")

    def test_a_reviewer_refuses_and_is_asked_again(self):
        expense = self._spend(1000)
        self._act(expense, self.salesperson, "request_validation")
        with self.assertRaisesRegex(ValidationError, "under validation"):
            expense.total_amount_currency = 2000
        self._act(expense, self.director, "reject_tier")
        self.assertEqual(expense.validation_status, "rejected")
        self.assertFalse(expense.sudo().activity_ids)
        self._assert_not_sent(expense)
        self._act(expense, self.salesperson, "restart_validation")
        expense.total_amount_currency = 800
        self._approve(expense)
        self._act(expense, self.salesperson, "action_submit")
        self.assertEqual(expense.state, "submitted")

    def test_an_expense_that_odoo_refuses_is_reviewed_anew(self):
        expense = self._spend(1000)
        self._approve(expense)
        self._act(expense, self.salesperson, "action_submit")
        wizard = self.env["hr.expense.refuse.wizard"].with_user(self.leader)
        wizard.create(
            {"reason": "No receipt", "expense_ids": expense.ids}
        ).action_refuse()
        self.env.cr.flush()
        self.assertEqual(expense.state, "refused")
        self.assertFalse(expense.sudo().review_ids)
        self._act(expense, self.leader, "action_reset")
        self._assert_not_sent(expense)

    def test_its_form_has_the_buttons_of_approvals(self):
        expense = self._spend(1000)
        arch = Form(expense.with_user(self.salesperson))._view["tree"]
        for name in ("request_validation", "validate_tier", "reject_tier"):
            self.assertTrue(arch.xpath(f"//button[@name='{name}']"), name)
