# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, new_test_user, tagged

from .expense_control_common import ExpenseControlCommon

REASON = "The fair was moved to a larger hall"


@tagged("post_install", "-at_install")
@freeze_time("2026-05-18 12:00:00")
class TestExpenseApproval(ExpenseControlCommon):
    """Who decides on a claim, and in which order (policy 5.3.2)."""

    def _claim_over(self, amount=10_600, **values):
        return self._claim(amount, sales_excess_reason=REASON, **values)

    def _get_to_dos(self, claim):
        return claim.sudo().activity_ids.user_id

    # ------------------------------------------------------------------
    # Within budget
    # ------------------------------------------------------------------

    def test_a_claim_within_budget_goes_to_the_superior(self):
        self._create_rule()
        claim = self._claim(100)
        self._submit(claim)
        self.assertEqual(claim.state, "submitted")
        self.assertFalse(claim.sudo().review_ids)
        self.assertEqual(self._get_to_dos(claim), self.leader)
        self._act(claim, self.leader, "action_approve")
        self.assertEqual(claim.state, "approved")

    def test_a_claim_over_budget_without_a_rule_only_says_so(self):
        claim = self._claim(10_600)
        self._submit(claim)
        self.assertEqual(claim.sales_submitted_status, "exceeded")
        self.assertIn("Over Budget", claim.message_ids[0].body)
        self._act(claim, self.leader, "action_approve")
        self.assertEqual(claim.state, "approved")

    def test_a_rule_that_informs_lets_the_claim_pass(self):
        self._create_rule("inform")
        claim = self._claim(10_600)
        self._submit(claim)
        self.assertFalse(claim.sudo().review_ids)
        self.assertEqual(self._get_to_dos(claim), self.leader)

    # ------------------------------------------------------------------
    # Extra approval
    # ------------------------------------------------------------------

    def test_extra_approval_needs_a_reason(self):
        self._create_rule()
        claim = self._claim(10_600)
        with self._assert_refused("reason for exceeding"):
            self._submit(claim)
        self.assertEqual(claim.state, "draft")

    def test_the_extra_approval_comes_before_the_superior(self):
        self._create_rule()
        claim = self._claim_over()
        self.assertTrue(claim.needs_sales_reason)
        self._submit(claim)
        self.assertEqual(claim.state, "submitted")
        self.assertEqual(claim.validation_status, "pending")
        self.assertEqual(self._get_to_dos(claim), self.director)
        with self._assert_refused("Waiting for Test Director"):
            self._act(claim, self.leader, "action_approve")
        self._act(claim, self.director, "validate_tier")
        self.assertEqual(claim.validation_status, "validated")
        self.assertEqual(claim.state, "submitted")
        self.assertEqual(self._get_to_dos(claim), self.leader)
        self._act(claim, self.leader, "action_approve")
        self.assertEqual(claim.state, "approved")

    def test_the_reviewer_may_read_the_claim_but_not_write_it(self):
        """Odoo hides claims from all but superiors and HR."""
        self._create_rule()
        claim = self._claim_over()
        for_director = claim.with_user(self.director)
        with self.assertRaises(AccessError):
            for_director.check_access("read")
        self._submit(claim)
        for_director.check_access("read")
        self.assertEqual(for_director.sales_excess_reason, REASON)
        self.assertEqual(self._get_stand(for_director)["after"], -600)
        found = for_director.search([("reviewer_ids", "=", self.director.id)])
        self.assertEqual(found, claim)
        with self._assert_refused("under validation", ValidationError):
            for_director.name = "Plane"
        self._act(claim, self.director, "validate_tier")
        self._act(claim, self.leader, "action_approve")
        with self._assert_refused("write", AccessError):
            for_director.name = "Plane"
        with self.assertRaises(AccessError):
            claim.with_user(self.outsider).check_access("read")

    def test_tiers_come_one_after_the_other(self):
        self._create_rule(sequence=20)
        self._create_rule(name="Dear", condition="claim", reviewer_id=self.finance.id)
        claim = self._claim_over()
        self._submit(claim)
        self.assertEqual(self._get_to_dos(claim), self.finance)
        self._act(claim, self.finance, "validate_tier")
        self.assertEqual(self._get_to_dos(claim), self.director)
        self._act(claim, self.director, "validate_tier")
        self.assertEqual(self._get_to_dos(claim), self.leader)

    def test_a_rejected_claim_is_refused_with_the_reason(self):
        self._create_rule()
        claim = self._claim_over()
        self._submit(claim)
        action = claim.with_user(self.director).reject_tier()
        wizard = self.env[action["res_model"]].with_user(self.director)
        wizard = wizard.with_context(**action["context"]).create({"comment": "No"})
        self._act(wizard, self.director, "add_comment")
        self.assertEqual(claim.state, "refused")
        self.assertFalse(self._get_to_dos(claim))
        self._act(claim, self.leader, "action_reset")
        self.assertFalse(claim.sudo().review_ids)
        self.assertTrue(any("No" in body for body in claim.message_ids.mapped("body")))

    def test_the_superior_may_refuse_during_the_review(self):
        self._create_rule()
        claim = self._claim_over()
        self._submit(claim)
        wizard = self.env["hr.expense.refuse.wizard"].with_user(self.leader)
        wizard = wizard.create({"reason": "No", "expense_ids": claim.ids})
        self._act(wizard, self.leader, "action_refuse")
        self.assertEqual(claim.state, "refused")
        self.assertFalse(claim.sudo().review_ids)
        self.assertFalse(self._get_to_dos(claim))

    def test_a_claim_set_back_to_draft_is_decided_anew(self):
        self._create_rule()
        claim = self._claim_over()
        self._submit(claim)
        self._act(claim, self.salesperson, "action_reset")
        self.assertEqual(claim.state, "draft")
        self.assertFalse(claim.sudo().review_ids)
        self.assertFalse(self._get_to_dos(claim))
        claim.with_user(self.salesperson).total_amount_currency = 100
        self._submit(claim)
        self.assertFalse(claim.sudo().sales_rule_ids)
        self.assertFalse(claim.sudo().review_ids)
        self.assertEqual(self._get_to_dos(claim), self.leader)

    def test_a_repeated_submission_changes_nothing(self):
        self._create_rule()
        claim = self._claim_over()
        self._submit(claim)
        reviews = claim.sudo().review_ids
        self._submit(claim, self.leader)
        self.assertEqual(claim.sudo().review_ids, reviews)
        self.assertEqual(self._get_to_dos(claim), self.director)

    def test_nobody_writes_a_claim_under_review(self):
        self._create_rule()
        claim = self._claim_over()
        self._submit(claim)
        with self._assert_refused("under validation", ValidationError):
            claim.with_user(self.salesperson).total_amount_currency = 1
        for_leader = claim.with_user(self.leader)
        with self._assert_refused("under validation", ValidationError):
            for_leader.total_amount_currency = 20_000
        with self._assert_refused("under validation", ValidationError):
            for_leader.with_context(skip_validation_check=True).write(
                {"total_amount_currency": 20_000}
            )
        self._act(claim, self.director, "validate_tier")
        with self._assert_refused("under validation", ValidationError):
            for_leader.total_amount_currency = 20_000

    def test_an_approval_is_not_taken_over_from_a_smaller_claim(self):
        self._create_rule()
        claim = self._claim_over(10_001)
        self._submit(claim)
        self._act(claim, self.director, "validate_tier")
        self._act(claim, self.salesperson, "action_reset")
        claim.with_user(self.salesperson).total_amount_currency = 50_000
        self._submit(claim)
        self.assertEqual(claim.validation_status, "pending")

    def test_reviews_asked_for_in_advance_do_not_count(self):
        self._create_rule()
        claim = self._claim_over()
        own = claim.with_user(self.salesperson)
        own.with_context(skip_check_state_condition=True).request_validation()
        self.assertFalse(claim.sudo().review_ids)

    # ------------------------------------------------------------------
    # Own claims
    # ------------------------------------------------------------------

    def test_nobody_decides_on_their_own_claim(self):
        """Neither with the rights of an HR administrator."""
        admin = new_test_user(
            self.env,
            login="test_admin",
            groups="hr_expense.group_hr_expense_manager,hr.group_hr_manager,"
            "sales_efficiency_base.group_sales_person",
            company_id=self.company.id,
        )
        self._create_employee(admin)
        claim = self._claim(100, user=admin)
        self._submit(claim, admin)
        self.assertEqual(claim.state, "submitted")
        self.assertFalse(claim.with_user(admin).can_approve)
        for name in ("action_approve", "action_refuse"):
            with self._assert_refused("own claim"):
                self._act(claim, admin, name)
        with self._assert_refused("own claim"):
            claim.with_user(admin).approval_state = "approved"
        self._act(claim, self.leader, "action_approve")
        self.assertEqual(claim.state, "approved")

    def test_a_claim_is_not_approved_by_itself(self):
        """Odoo approves it when the approver is the person who claims."""
        self.employee.expense_manager_id = False
        claim = self._claim(100)
        claim.sudo().manager_id = self.salesperson
        with self._assert_refused("Nobody can approve"):
            self._submit(claim)
        self.employee.expense_manager_id = self.leader
        self._submit(claim)
        self.assertEqual(claim.state, "submitted")
        self.assertEqual(claim.manager_id, self.leader)

    def test_without_an_approver_the_claim_says_whom_to_ask(self):
        hr = new_test_user(
            self.env,
            login="test_hr",
            name="Aaron Test Hr",
            groups="hr.group_hr_user",
            company_id=self.company.id,
        )
        self.env.ref("hr.group_hr_user").all_user_ids.filtered(
            lambda user: user != hr and user.id > 5
        ).company_ids -= self.company
        self.employee.expense_manager_id = False
        claim = self._claim(100)
        with self._assert_refused(r"Ask .*Aaron Test Hr.* to set"):
            self._submit(claim)

    def test_nobody_is_asked_to_review_their_own_claim(self):
        self._create_employee(self.director, expense_manager_id=self.leader.id)
        other = self._create_user("director", login="other_director")
        self._create_rule()
        self.plan.sudo().state = "draft"
        self._create_budget(1_000, user_id=self.director.id)
        self.plan.sudo().state = "running"
        claim = self._claim_over(2_000, user=self.director)
        self._submit(claim, self.director)
        asked = claim.sudo().review_ids.reviewer_ids
        self.assertIn(other, asked)
        self.assertNotIn(self.director, asked)
        with self._assert_refused("own claim"):
            self._act(claim, self.director, "validate_tier")

    # ------------------------------------------------------------------
    # Other ways
    # ------------------------------------------------------------------

    def test_every_way_to_submit_is_checked(self):
        self._create_rule("block")
        claim = self._claim(10_600)
        own = claim.with_user(self.salesperson)
        with self._assert_refused("cannot be submitted"):
            own.approval_state = "submitted"
        with self._assert_refused("system sets", AccessError):
            own.state = "submitted"
        with self._assert_refused("begins as a draft"):
            self._claim(
                10_600,
                user=self.leader,
                employee_id=self.employee.id,
                approval_state="submitted",
            )
        with self._assert_refused("is a draft"):
            self._act(claim, self.leader, "action_approve")

    def test_claims_submitted_together_see_those_before_them(self):
        """Left 10,000: one of two claims of 6,000 is over."""
        self._create_rule()
        claims = self._claim_over(6_000) + self._claim_over(6_000)
        self._submit(claims)
        self.assertEqual(claims.mapped("sales_submitted_status"), ["ok", "exceeded"])
        self.assertEqual(claims.mapped("validation_status"), ["no", "pending"])

    def test_of_two_claims_one_is_blocked(self):
        """Worked case 8: left 1,000, two claims of 600."""
        self._create_rule("block")
        self._spend(9_000)
        first, second = self._claim(600), self._claim(600)
        self._submit(first)
        with self._assert_refused("exceeded by"):
            self._submit(second)
        self.assertEqual((first + second).mapped("state"), ["submitted", "draft"])
        third = self._claim(600)
        with self._assert_refused("Train cannot be submitted"):
            self._submit(second + third)

    def test_a_superior_who_raises_the_amount_is_checked(self):
        self._create_rule("block")
        claim = self._claim(100)
        self._submit(claim)
        for_leader = claim.with_user(self.leader)
        for_leader.total_amount_currency = 200
        with self._assert_refused("exceeded by"):
            for_leader.total_amount_currency = 10_600

    def test_an_approved_claim_does_not_grow_beyond_what_was_approved(self):
        self._create_rule()
        claim = self._claim_over()
        self._submit(claim)
        self._act(claim, self.director, "validate_tier")
        self._act(claim, self.leader, "action_approve")
        self.finance.group_ids += self.env.ref("hr_expense.group_hr_expense_user")
        for_finance = claim.with_user(self.finance)
        for_finance.total_amount_currency = 10_500
        with self._assert_refused("more than was approved"):
            for_finance.total_amount_currency = 10_501

    def test_a_split_claim_is_checked_as_one(self):
        self._create_rule("block")
        self._create_rule("block", name="Receipt", condition="receipt")
        claim = self._claim(9_000)
        self._attach_receipt(claim)
        self._submit(claim)
        action = claim.with_user(self.leader).action_split_wizard()
        wizard = self.env[action["res_model"]].browse(action["res_id"])
        self._act(wizard, self.leader, "action_split_expense")
        parts = self.env["hr.expense"].search(
            [("split_expense_origin_id", "=", claim.id)]
        )
        self.assertEqual(parts.mapped("total_amount"), [4_500, 4_500])
        self.assertEqual(set(parts.mapped("state")), {"submitted"})

    def test_a_claim_by_mail_is_a_draft_like_any_other(self):
        self._create_rule("block")
        claim = self.env["hr.expense"].message_new(
            {
                "email_from": self.salesperson.email,
                "subject": "Train 10600",
                "message_id": "<test>",
            }
        )
        self.assertEqual(claim.employee_id, self.employee)
        self.assertFalse(claim.sales_budget_status)
        claim.product_id = self.expense_travel
        claim.total_amount_currency = 10_600
        with self._assert_refused("cannot be submitted"):
            self._submit(claim)

    def test_a_reviewer_who_is_gone_blocks_nobody_silently(self):
        self._create_rule(reviewer_id=self.salesperson.id)
        self.env.ref("sales_efficiency_base.group_sales_director").user_ids = False
        claim = self._claim_over()
        with self._assert_refused("Nobody can give the extra approval"):
            self._submit(claim)
