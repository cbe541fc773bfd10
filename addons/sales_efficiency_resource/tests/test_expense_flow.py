# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, new_test_user, tagged

from .expense_control_common import ExpenseControlCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-18 12:00:00")
class TestExpenseFlow(ExpenseControlCommon):
    """Claims that are no sales expenses go the way of Odoo (policy 5.3.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for condition in ("budget", "receipt", "claim"):
            cls._create_rule("block", name=condition, condition=condition)
        cls.clerk = new_test_user(
            cls.env,
            login="test_clerk",
            groups="base.group_user",
            company_id=cls.company.id,
        )
        cls._create_employee(cls.clerk)

    def _assert_as_in_odoo(self, claim, user):
        self._submit(claim, user)
        self.assertEqual(claim.state, "submitted")
        self.assertFalse(claim.sudo().review_ids)
        self.assertEqual(claim.sudo().activity_ids.user_id, self.leader)
        claim.with_user(self.leader).total_amount_currency = 90_000
        self._act(claim, self.leader, "action_approve")
        self.assertEqual(claim.state, "approved")
        self.assertEqual(claim.manager_id, self.leader)

    def test_a_claim_without_a_kind(self):
        claim = self._claim(50_000, product_id=self.expense_other.id)
        self._assert_as_in_odoo(claim, self.salesperson)

    def test_a_claim_of_somebody_outside_sales(self):
        claim = self._claim(50_000, user=self.clerk)
        self.assertFalse(claim.is_sales_expense)
        self._assert_as_in_odoo(claim, self.clerk)

    def test_of_a_kind_that_counts_everything_all_claims_are_checked(self):
        self.kind.counts_all = True
        claim = self._claim(50_000, user=self.clerk)
        self.assertTrue(claim.is_sales_expense)
        with self._assert_refused("cannot be submitted"):
            self._submit(claim, self.clerk)

    def test_a_claim_without_approver_is_approved_at_once(self):
        admin = new_test_user(
            self.env,
            login="test_admin",
            groups="hr_expense.group_hr_expense_manager",
            company_id=self.company.id,
        )
        self._create_employee(admin, expense_manager_id=False)
        claim = self._claim(100, user=admin)
        self._submit(claim, admin)
        self.assertEqual(claim.state, "approved")

    def test_an_administrator_decides_on_their_own_claim(self):
        admin = new_test_user(
            self.env,
            login="test_admin",
            groups="hr_expense.group_hr_expense_manager",
            company_id=self.company.id,
        )
        self._create_employee(admin)
        claim = self._claim(100, user=admin)
        self._submit(claim, admin)
        self._act(claim, admin, "action_approve")
        self.assertEqual(claim.state, "approved")

    def test_a_claim_is_created_as_submitted(self):
        claim = self._claim(
            100,
            user=self.leader,
            employee_id=self.employee.id,
            product_id=self.expense_other.id,
            approval_state="submitted",
        )
        self.assertEqual(claim.state, "submitted")

    def test_refused_and_set_back_to_draft(self):
        claim = self._claim(100, product_id=self.expense_other.id)
        self._submit(claim)
        wizard = self.env["hr.expense.refuse.wizard"].with_user(self.leader)
        wizard = wizard.create({"reason": "No", "expense_ids": claim.ids})
        self._act(wizard, self.leader, "action_refuse")
        self.assertEqual(claim.state, "refused")
        self._act(claim, self.leader, "action_reset")
        self.assertEqual(claim.state, "draft")

    def test_after_uninstall_it_is_the_turn_of_the_superior(self):
        self.env["sales.expense.rule"].search([]).unlink()
        rule = self._create_rule()
        claim = self._claim(10_600, sales_excess_reason="Fair")
        self._submit(claim)
        definition = rule.definition_id
        deleted = self._create_rule(name="Deleted").definition_id
        deleted.env["sales.expense.rule"].search([("name", "=", "Deleted")]).unlink()
        own = definition.copy({"definition_domain": "[('total_amount', '>', 99000)]"})
        self.assertEqual(claim.sudo().activity_ids.user_id, self.director)
        self._act(self.env["hr.expense"], self.env.user, "_give_back_approval")
        self.assertFalse(claim.sudo().review_ids)
        self.assertEqual((definition + deleted + own).exists(), own)
        self.assertEqual(claim.sudo().activity_ids.user_id, self.leader)
        self._act(claim, self.leader, "action_approve")
        self.assertEqual(claim.state, "approved")
