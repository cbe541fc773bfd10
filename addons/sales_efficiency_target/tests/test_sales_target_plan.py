# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetPlan(SalesTargetCommon):
    def _require_approval(self):
        self.env["tier.definition"].create(
            {
                "name": "Plan of the year",
                "model_id": self.env["ir.model"]._get_id("sales.target.plan"),
                "review_type": "individual",
                "reviewer_id": self.env.ref("base.user_admin").id,
                "definition_domain": "[]",
            }
        )

    def test_a_year_is_named_and_bounded_by_itself(self):
        self.company.write({"fiscalyear_last_month": "3", "fiscalyear_last_day": 31})
        with Form(self.env["sales.target.plan"].with_user(self.director)) as form:
            form.date_from = date(2027, 4, 1)
        self.assertEqual(form.record.date_to, date(2028, 3, 31))
        self.assertIn("2027/2028", form.record.name)
        self.assertEqual(form.record._default_date_from().month, 4)

    def test_a_plan_says_which_branches_do_not_count(self):
        plan = self.plan.with_user(self.director)
        self.assertFalse(plan.branch_names)
        self.env["res.company"].create({"name": "Branch", "parent_id": self.company.id})
        self.env.invalidate_all()
        self.assertEqual(plan.branch_names, "Branch")

    def test_it_runs_when_submitted_and_started(self):
        plan = self.plan.with_user(self.director)
        plan.action_submit()
        self.assertEqual(plan.state, "submitted")
        plan.action_start()
        self.assertEqual(plan.state, "running")
        plan.action_close()
        self.assertEqual(plan.state, "closed")

    def test_approval_comes_before_the_start(self):
        self._require_approval()
        plan = self.plan.with_user(self.director)
        plan.action_submit()
        self.assertEqual(plan.validation_status, "pending")
        # Reviewers have to-dos, so a counter of reviews would count them twice.
        reviewer = self.env["res.users"].with_user(self.env.ref("base.user_admin"))
        self.assertTrue(self.plan.review_ids.reviewer_ids & reviewer.env.user)
        self.assertEqual(reviewer.review_user_count(), [])
        with self.assertRaises(ValidationError):
            plan.action_start()
        plan.with_user(self.env.ref("base.user_admin"))._validate_tier()
        plan.action_start()
        self.assertEqual(plan.state, "running")

    def test_an_unexplained_gap_keeps_it_from_being_submitted(self):
        part = self._create_target(
            parent_id=self.root.id, region_id=self.region_north.id, amount=1_000_000
        )
        plan = self.plan.with_user(self.director)
        self.assertEqual(plan.open_gap_count, 1)
        with self.assertRaisesRegex(UserError, "differ from the sum of their parts"):
            plan.action_submit()
        part.amount = 1_200_000
        plan.invalidate_recordset()
        plan.action_submit()

    def test_an_empty_plan_is_not_submitted(self):
        self.root.unlink()
        with self.assertRaisesRegex(UserError, "no targets yet"):
            self.plan.action_submit()

    def test_targets_rest_from_submission_on(self):
        self.plan.action_submit()
        for change in (
            lambda: self.root.write({"amount": 1}),
            lambda: self.root.month_ids[0].write({"amount": 1}),
            lambda: self.root.action_spread(),
            lambda: self.plan.write({"base_percent": 10}),
            lambda: self.root.unlink(),
            lambda: self._create_target(user_id=self.salesperson.id),
        ):
            with self.assertRaisesRegex(UserError, "cannot change"):
                change()
        self.plan.action_draft()
        self.root.amount = 1
        self.assertEqual(self.root.amount, 1)

    def test_a_second_press_of_a_button_is_told_so(self):
        self.plan.action_submit()
        self.plan.action_start()
        with self.assertRaisesRegex(UserError, "no longer Submitted"):
            self.plan.action_start()

    def test_two_plans_do_not_run_in_the_same_months(self):
        self.plan.action_submit()
        self.plan.action_start()
        other = self.env["sales.target.plan"].create({"date_from": date(2026, 7, 1)})
        self.env["sales.target"].create({"plan_id": other.id, "amount": 1})
        other.action_submit()
        with self.assertRaisesRegex(
            ValidationError, "already has a plan for these months"
        ):
            other.action_start()

    def test_a_plan_that_has_run_is_kept(self):
        self.plan.action_submit()
        self.plan.action_start()
        with self.assertRaisesRegex(UserError, "Only draft plans"):
            self.plan.unlink()

    def test_what_is_submitted_is_not_deleted(self):
        self.plan.action_submit()
        with self.assertRaisesRegex(UserError, "Only draft plans"):
            self.plan.unlink()

    def test_nobody_starts_a_plan_by_writing_its_status(self):
        plan = self.plan.with_user(self.director)
        for context in ({}, {"skip_validation_check": True}):
            with self.subTest(context), self.assertRaises(AccessError):
                plan.with_context(**context).state = "running"
        plan.action_submit()
        plan.action_start()
        with self.assertRaises(AccessError):
            plan.state = "draft"
        values = {"date_from": date(2030, 1, 1)}
        with self.assertRaises(AccessError):
            plan.create({**values, "state": "running"})
        by_default = plan.with_context(default_state="running").create(values)
        self.assertEqual(by_default.state, "draft")
        self.assertEqual(plan.create(values).state, "draft")

    def test_a_plan_with_targets_keeps_company_and_year(self):
        other = self.env["res.company"].create({"name": "Other"})
        for values in ({"company_id": other.id}, {"date_from": date(2027, 1, 1)}):
            with self.subTest(values), self.assertRaisesRegex(ValidationError, "keeps"):
                self.plan.write(values)

    def test_only_directors_plan(self):
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                self.plan.with_user(user).note = "Mine"
