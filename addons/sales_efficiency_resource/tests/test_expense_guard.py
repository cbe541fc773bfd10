# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from .expense_control_common import ExpenseControlCommon

REASON = "The fair was moved to a larger hall"


@tagged("post_install", "-at_install")
@freeze_time("2026-05-18 12:00:00")
class TestExpenseGuard(ExpenseControlCommon):
    """What clients may write, and what may change on a claim that was sent (policy
    5.3.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = new_test_user(
            cls.env,
            login="test_admin",
            name="Test Admin",
            groups="hr_expense.group_hr_expense_manager,"
            "sales_efficiency_base.group_sales_person",
            company_id=cls.company.id,
        )
        cls._create_employee(cls.admin)
        cls.leader_employee = cls._create_employee(
            cls.leader, expense_manager_id=cls.director.id
        )

    def _approve(self, claim, user=None):
        self._submit(claim)
        self._act(claim, user or self.leader, "action_approve")
        return claim

    def _post(self, claim):
        """:return: the posted entry of a claim"""
        wizard = self.env["hr.expense.post.wizard"].with_context(
            active_ids=claim.ids, company_paid_move_ids=[]
        )
        wizard.create({"accounting_date": "2026-05-18"}).action_post_entry()
        return claim.sudo().account_move_id

    def _assert_kept(self, claim, user, text, **vals):
        """Check that a user cannot change a claim in this way."""
        with self._assert_refused(text):
            claim.with_user(user).write(vals)

    # ------------------------------------------------------------------
    # Fields of the system
    # ------------------------------------------------------------------

    def test_clients_do_not_write_what_follows_from_other_fields(self):
        claim = self._claim(100)
        entry = self._spend(1)
        for vals in (
            {"state": "submitted"},
            {"state": "draft"},
            {"validation_status": "pending"},
            {"account_move_id": entry.id},
        ):
            for user in (self.salesperson, self.admin):
                with self._assert_refused("system sets", AccessError):
                    claim.with_user(user).write(vals)
            with self._assert_refused("system sets", AccessError):
                self._claim(100, **vals)

    def test_clients_give_no_default_for_what_follows_from_other_fields(self):
        values = self.env["hr.expense"].with_user(self.salesperson)
        claim = values.with_context(
            default_state="submitted",
            default_validation_status="pending",
            default_account_move_id=self._spend(1).id,
            default_sales_user_id=self.colleague.id,
            default_sales_submitted_status="ok",
        ).create(
            {
                "name": "Train",
                "employee_id": self.employee.id,
                "product_id": self.expense_travel.id,
                "total_amount_currency": 100,
            }
        )
        self.assertEqual(claim.state, "draft")
        self.assertEqual(claim.validation_status, "no")
        self.assertFalse(claim.sudo().account_move_id)
        self.assertFalse(claim.sales_submitted_status)
        self.assertEqual(claim.sales_user_id, self.salesperson)

    def test_a_budget_is_not_spent_twice(self):
        """Left 1,000, two claims of 600, sent by call."""
        self._create_rule("block")
        self._spend(9_000)
        first, second = self._claim(600), self._claim(600)
        first.with_user(self.salesperson).approval_state = "submitted"
        with self._assert_refused("exceeded by"):
            second.with_user(self.salesperson).approval_state = "submitted"

    def test_the_accountant_may_reverse_the_entry(self):
        claim = self._approve(self._claim(100))
        entry = self._post(claim)
        self.assertEqual(claim.state, "posted")
        self.finance.group_ids += self.env.ref("hr_expense.group_hr_expense_user")
        with self._assert_refused("not allowed", AccessError):
            claim.with_user(self.leader).account_move_id = False
        entry.with_user(self.finance)._reverse_moves(
            [{"invoice_date": "2026-05-18"}], cancel=True
        )
        self.assertFalse(claim.sudo().account_move_id)

    # ------------------------------------------------------------------
    # Sent claims
    # ------------------------------------------------------------------

    def test_an_own_claim_is_not_approved_by_a_detour(self):
        """Neither by another category nor by another person afterwards."""
        rent = self._claim(100, user=self.admin, product_id=self.expense_other.id)
        self._submit(rent, self.admin)
        self._act(rent, self.admin, "action_approve")
        self.assertEqual(rent.state, "approved")
        self._assert_kept(
            rent, self.admin, "submit it again", product_id=self.expense_travel.id
        )
        other = self._claim(100)
        self._submit(other)
        self._act(other, self.admin, "action_approve")
        self._assert_kept(
            other,
            self.admin,
            "not the approved one",
            employee_id=self.admin.employee_id.id,
        )
        sent = self._claim(100, user=self.admin, product_id=self.expense_other.id)
        with self._assert_refused("."):
            sent.with_user(self.admin).write(
                {"approval_state": "approved", "product_id": self.expense_travel.id}
            )

    def test_an_approved_claim_does_not_grow(self):
        claim = self._claim(100, user=self.leader)
        self._submit(claim, self.leader)
        self._act(claim.sudo(), self.director, "action_approve")
        self.assertEqual(claim.state, "approved")
        self._assert_kept(
            claim, self.leader, "their own approved", total_amount_currency=50
        )
        self._assert_kept(
            claim, self.admin, "more than was approved", total_amount_currency=101
        )
        claim.with_user(self.admin).total_amount_currency = 90
        self._post(claim)
        self._assert_kept(
            claim, self.admin, "more than was approved", total_amount_currency=9_000
        )

    def test_outside_sales_an_approved_claim_changes_as_in_odoo(self):
        claim = self._claim(100, product_id=self.expense_other.id)
        self._approve(claim)
        claim.with_user(self.admin).total_amount_currency = 9_000
        self.assertEqual(claim.total_amount, 9_000)

    def test_an_earlier_life_leaves_nothing(self):
        self._create_rule()
        claim = self._claim(10_600, sales_excess_reason=REASON)
        self._submit(claim)
        self.assertEqual(claim.sales_submitted_status, "exceeded")
        self._act(claim, self.salesperson, "action_reset")
        self.assertFalse(claim.sales_submitted_status)
        self.assertFalse(claim.sudo().sales_rule_ids)
        claim.with_user(self.salesperson).product_id = self.expense_other
        self._submit(claim)
        self.assertFalse(claim.sudo().review_ids)
        self.assertEqual(claim.sudo().activity_ids.user_id, self.leader)
        self._act(claim, self.leader, "action_approve")

    def test_an_approval_waits_for_open_reviews_whatever_else_is_written(self):
        self._create_rule()
        claim = self._claim(10_600, sales_excess_reason=REASON)
        self._submit(claim)
        with self._assert_refused("needs an extra approval first"):
            claim.sudo().write(
                {"approval_state": "approved", "account_move_id": self._spend(1).id}
            )

    def test_a_change_takes_the_to_do_from_the_superior(self):
        self._create_rule()
        claim = self._claim(100, sales_excess_reason=REASON)
        self._submit(claim)
        self.assertEqual(claim.sudo().activity_ids.user_id, self.leader)
        self._act(claim, self.leader, "write", {"total_amount_currency": 10_600})
        self.assertEqual(claim.sudo().activity_ids.user_id, self.director)

    # ------------------------------------------------------------------
    # Split
    # ------------------------------------------------------------------

    def _split(self, claim, user, *values):
        """Split a claim, with values of its lines by call."""
        action = claim.with_user(user).action_split_wizard()
        wizard = self.env[action["res_model"]].browse(action["res_id"]).with_user(user)
        for line, vals in zip(wizard.expense_split_line_ids, values, strict=True):
            line.write(vals)
        self._act(wizard, user, "action_split_expense")
        return self.env["hr.expense"].search(
            [("split_expense_origin_id", "=", claim.id)]
        )

    def test_a_part_of_a_draft_is_a_draft(self):
        claim = self._claim(100, user=self.leader)
        sent = {"approval_state": "approved", "manager_id": self.director.id}
        parts = self._split(claim, self.leader, {}, sent)
        self.assertEqual(parts.mapped("approval_state"), [False, False])

    def test_the_parts_cost_what_the_claim_did(self):
        claim = self._approve(self._claim(100))
        user = self.finance
        user.group_ids += self.env.ref("hr_expense.group_hr_expense_user")
        for amount in (60, 100_000):
            with self._assert_refused("do not add up"):
                self._split(claim, user, {}, {"total_amount_currency": amount})
        admin = {"employee_id": self.admin.employee_id.id}
        with self._assert_refused("somebody else"):
            self._split(claim, user, {}, admin)
        parts = self._split(claim, user, {}, {})
        self.assertEqual(parts.mapped("state"), ["approved"] * 2)

    def test_a_part_does_not_become_a_sales_expense(self):
        claim = self._approve(self._claim(100, product_id=self.expense_other.id))
        self.finance.group_ids += self.env.ref("hr_expense.group_hr_expense_user")
        travel = {"product_id": self.expense_travel.id, "total_amount_currency": 50}
        with self._assert_refused("not submitted as a sales expense"):
            self._split(claim, self.finance, {}, travel)

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def _type_by_call(self, user, **values):
        """:return: what a form shows for values that a client makes up"""
        claims = self.env["hr.expense"].with_user(user)
        values = {
            "name": "Spy",
            "employee_id": user.employee_id.id,
            "company_id": self.company.id,
            "product_id": self.expense_travel.id,
            "total_amount_currency": 1,
            "total_amount": 1,
            "date": "2026-05-18",
            "currency_id": self.currency.id,
            **values,
        }
        names = ("panel", "message", "status")
        spec = {f"sales_budget_{name}": {} for name in names}
        return claims.onchange(values, [], spec)["value"]

    def test_a_typed_claim_does_not_show_the_budget_of_others(self):
        colleague = self._create_employee(self.colleague)
        shown = self._type_by_call(
            self.colleague, sales_user_id=self.salesperson.id, sales_team_id=False
        )
        self.assertEqual(shown["sales_budget_panel"]["budgets"], [])
        self.assertIn("No budget", shown["sales_budget_message"])
        shown = self._type_by_call(
            self.leader, employee_id=colleague.id, manager_id=self.leader.id
        )
        self.assertFalse(shown.get("sales_budget_panel"))
        own = self._type_by_call(self.salesperson)
        self.assertEqual(own["sales_budget_panel"]["budgets"][0]["budget"], 10_000)

    def test_of_the_budget_of_others_only_the_light_is_shown(self):
        """An analytic account of somebody else leads to their budget."""
        plan = self.env["account.analytic.plan"].create({"name": "Test Plan"})
        account = self.env["account.analytic.account"].create(
            {"name": "Test", "plan_id": plan.id, "sales_user_id": self.salesperson.id}
        )
        self._create_employee(self.colleague)
        self._create_rule("block")
        distribution = {str(account.id): 100}
        shown = self._type_by_call(
            self.colleague,
            analytic_distribution=distribution,
            total_amount_currency=10_500,
            total_amount=10_500,
        )
        self.assertEqual(shown["sales_budget_status"], "exceeded")
        self.assertEqual(shown["sales_budget_panel"]["budgets"], [])
        self.assertEqual(
            shown["sales_budget_message"],
            "A budget of others is exceeded with this claim.",
        )
        claim = self._claim(
            10_500, user=self.colleague, analytic_distribution=distribution
        )
        with self._assert_refused("A budget of others is exceeded"):
            self._submit(claim, self.colleague)

    def test_the_budget_of_the_team_is_shown_to_its_people(self):
        self.plan.sudo().state = "draft"
        team = self._create_budget(1_000, team_id=self.team_department.id)
        other = self._create_budget(1_000, team_id=self.team_other.id)
        self.plan.sudo().state = "running"
        shown = self._type_by_call(self.salesperson)["sales_budget_panel"]["budgets"]
        ids = [stand["id"] for stand in shown]
        self.assertIn(team.id, ids)
        self.assertNotIn(other.id, ids)

    def test_the_chatter_keeps_no_figures(self):
        claim = self._claim(10_600)
        self._submit(claim)
        bodies = " ".join(claim.message_ids.mapped("body"))
        self.assertIn("Over Budget", bodies)
        self.assertNotIn("exceeded by", bodies)

    def test_reviewers_read_the_claim_while_it_is_their_turn(self):
        self._create_rule(sequence=20)
        self._create_rule(name="Dear", condition="claim", reviewer_id=self.finance.id)
        self.finance.group_ids -= self.env.ref("account.group_account_user")
        claim = self._claim(10_600, sales_excess_reason=REASON)
        self._submit(claim)
        self.assertFalse(claim.with_user(self.director).has_access("read"))
        self._act(claim, self.finance, "validate_tier")
        self.assertTrue(claim.with_user(self.director).has_access("read"))
        self.assertTrue(claim.with_user(self.finance).has_access("read"))
        action = claim.with_user(self.director).reject_tier()
        wizard = self.env[action["res_model"]].with_user(self.director)
        wizard = wizard.with_context(**action["context"]).create({"comment": "No"})
        self._act(wizard, self.director, "add_comment")
        self.assertEqual(claim.state, "refused")
        self.assertTrue(claim.with_user(self.director).has_access("read"))

    def test_after_a_rejection_nobody_else_is_asked(self):
        self._create_rule(sequence=20)
        self._create_rule(name="Dear", condition="claim", reviewer_id=self.finance.id)
        claim = self._claim(10_600, sales_excess_reason=REASON)
        self._submit(claim)
        self._act(claim, self.finance, "_rejected_tier")
        self.assertEqual(claim.state, "refused")
        statuses = claim.sudo().review_ids.mapped("status")
        self.assertEqual(statuses, ["rejected", "cancel"])
        self.assertFalse(claim.with_user(self.director).has_access("read"))

    def test_employees_read_the_names_of_the_rules_against_their_claim_alone(self):
        self._create_rule(name="Fairs")
        claim = self._claim(10_600, sales_excess_reason=REASON)
        self._submit(claim)
        own = claim.with_user(self.salesperson)
        self.assertEqual(own.sales_rule_names, "Fairs")
        with self.assertRaises(AccessError):
            self.env["sales.expense.rule"].with_user(self.salesperson).search([])
        with self.assertRaises(AccessError):
            own.read(["sales_rule_ids"])
