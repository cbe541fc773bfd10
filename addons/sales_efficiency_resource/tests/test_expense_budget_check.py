# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .expense_control_common import ExpenseControlCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-18 12:00:00")
class TestExpenseBudgetCheck(ExpenseControlCommon):
    """What a claim does to the budgets over it (policy 5.3.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._spend(8_200)
        cls.committed = cls._claim(1_100, date="2026-04-02")
        cls.committed.action_submit()
        cls.env.flush_all()

    def _assert_panel(self, panel, **expected):
        stand = panel["budgets"][0]
        self.assertEqual({name: stand[name] for name in expected}, expected)

    def test_a_claim_tells_the_budget_while_it_is_typed(self):
        """Worked case 8."""
        form = self._type(600)
        self.assertEqual(form.sales_budget_status, "warning")
        self.assertIn("99 % used", form.sales_budget_message)
        self._assert_panel(
            form.sales_budget_panel,
            budget=10_000,
            spent=8_200,
            committed=1_100,
            before=700,
            after=100,
        )
        form.total_amount_currency = 700
        self.assertEqual(form.sales_budget_status, "warning")
        self.assertIn("100 % used", form.sales_budget_message)
        form.total_amount_currency = 700.01
        self.assertEqual(form.sales_budget_status, "exceeded")
        self._assert_panel(form.sales_budget_panel, after=-0.01)
        self.assertIn("exceeded by", form.sales_budget_message)
        self.assertIn("0.01", form.sales_budget_message)
        form.total_amount_currency = 10
        self.assertEqual(form.sales_budget_status, "warning")

    def test_the_light_is_the_same_once_it_is_saved_and_submitted(self):
        claim = self._type(600).save()
        self._assert_panel(claim.sales_budget_panel, committed=1_100, after=100)
        self._submit(claim)
        self._assert_panel(
            claim.with_user(self.salesperson).sales_budget_panel,
            committed=1_100,
            after=100,
        )
        self.assertEqual(claim.sales_submitted_status, "warning")

    def test_claims_in_a_list_stand_beside_each_other(self):
        first, second = self._claim(300), self._claim(400)
        self._submit(first)
        claims = (first + second).with_user(self.salesperson)
        self.assertEqual(
            [self._get_stand(claim)["committed"] for claim in claims], [1_100, 1_400]
        )

    def test_what_comes_later_does_not_count(self):
        self._submit(self._claim(300))
        earlier = self._claim(10, date="2026-04-03")
        self.assertEqual(self._get_stand(earlier)["committed"], 1_100)

    def test_only_months_up_to_the_claim_count(self):
        later = self._create_month_budget()
        claim = self._claim(50, product_id=self.expense_taxi.id)
        self.assertEqual(self._get_stands(claim)[later.id]["budget"], 0)
        claim.date = "2026-06-01"
        self.assertEqual(self._get_stands(claim)[later.id]["budget"], 500)

    def _create_month_budget(self):
        self.plan.sudo().state = "draft"
        budget = self._create_budget(500, month=6, expense_kind_id=self.kind_taxi.id)
        self.plan.sudo().state = "running"
        return budget

    def test_all_budgets_over_the_claim_are_shown(self):
        """Of the person, the team and those above it, the region and the company; of
        the kind and those above it."""
        self.plan.sudo().state = "draft"
        team = self._create_budget(1_000, team_id=self.team_department.id)
        region = self._create_budget(2_000, region_id=self.region_world.id)
        company = self._create_budget(3_000, expense_kind_id=False)
        self._create_budget(1_000, team_id=self.team_other.id)
        self._create_budget(1_000, user_id=self.colleague.id)
        self._create_budget(
            1_000, user_id=self.salesperson.id, expense_kind_id=self.kind_taxi.id
        )
        self._create_budget(1_000, categ_id=self.category.id)
        self.plan.sudo().state = "running"
        claim = self._claim(100)
        self.assertCountEqual(
            [stand["id"] for stand in claim.sales_budget_panel["budgets"]],
            (self.budget + team + region + company).ids,
        )
        taxi = self._claim(100, product_id=self.expense_taxi.id)
        self.assertEqual(len(taxi.sales_budget_panel["budgets"]), 5)

    def test_what_others_spend_counts_for_the_budget_of_the_team(self):
        self.plan.sudo().state = "draft"
        team = self._create_budget(1_000, team_id=self.team_department.id)
        self.plan.sudo().state = "running"
        self._create_employee(self.colleague)
        theirs = self._claim(150, user=self.colleague)
        theirs.action_submit()
        claim = self._claim(100)
        stands = self._get_stands(claim)
        self.assertEqual(stands[team.id]["committed"], 1_250)
        self.assertEqual(stands[self.budget.id]["committed"], 1_100)

    def test_only_a_running_plan_of_the_day_counts(self):
        claim = self._claim(100, date="2027-01-01")
        self.assertEqual(claim.sales_budget_status, "none")
        self.assertIn("No budget", claim.sales_budget_message)
        self.plan.sudo().state = "draft"
        self.assertEqual(self._claim(100).sales_budget_status, "none")

    def test_a_budget_of_nothing_is_exceeded_by_a_cent(self):
        self.plan.sudo().state = "draft"
        self.budget.unlink()
        self._create_budget(0, user_id=self.salesperson.id)
        self.plan.sudo().state = "running"
        claim = self._claim(0.01)
        self.assertEqual(claim.sales_budget_status, "exceeded")

    def test_tax_that_comes_back_is_not_spent(self):
        account = self.env["account.account"].create(
            {"name": "Test VAT", "code": "T15", "account_type": "asset_current"}
        )
        parts = [
            Command.create({"repartition_type": "base"}),
            Command.create({"repartition_type": "tax", "account_id": account.id}),
        ]
        tax = self.env["account.tax"].create(
            {
                "name": "Test 15 %",
                "amount": 15,
                "type_tax_use": "purchase",
                "price_include_override": "tax_included",
                "invoice_repartition_line_ids": parts,
                "refund_repartition_line_ids": parts,
            }
        )
        claim = self._claim(1_200, tax_ids=tax.ids)
        self.assertEqual(self._get_stand(claim)["after"], -343.48)

    def test_a_claim_in_foreign_currency_counts_at_the_rate_of_its_day(self):
        foreign = self._enable_foreign_currency(2.0)
        claim = self._claim(1_200, currency_id=foreign.id)
        self.assertEqual(self._get_stand(claim)["after"], 100)

    def _enable_foreign_currency(self, rate):
        foreign = self.env["res.currency"].create({"name": "TTT", "symbol": "T"})
        self.env["res.currency.rate"].create(
            {
                "currency_id": foreign.id,
                "company_id": self.company.id,
                "name": "2026-05-01",
                "company_rate": rate,
            }
        )
        return foreign

    def test_others_see_no_budget_by_typing_a_claim_for_somebody(self):
        self._create_employee(self.outsider)
        claims = self.env["hr.expense"].with_user(self.outsider)
        values = {
            "name": "Spy",
            "employee_id": self.employee.id,
            "company_id": self.company.id,
            "product_id": self.expense_travel.id,
            "total_amount_currency": 1,
            "date": "2026-05-18",
            "currency_id": self.currency.id,
        }
        spec = {"sales_budget_panel": {}, "sales_budget_message": {}}
        shown = claims.onchange(values, ["employee_id"], spec)["value"]
        self.assertFalse(shown.get("sales_budget_panel"))
        self.assertFalse(shown.get("sales_budget_message"))

    def test_leader_and_finance_see_the_budgets_of_a_claim(self):
        claim = self._claim(600)
        for user in (self.leader, self.finance, self.director):
            panel = claim.with_user(user).sudo(user == self.director).sales_budget_panel
            self._assert_panel(panel, after=100)

    def test_a_claim_that_is_no_sales_expense_has_no_panel(self):
        other = self._claim(100, product_id=self.expense_other.id)
        self.assertFalse(other.is_sales_expense)
        self.assertFalse(other.sales_budget_panel)
        with Form(other) as form:
            form.name = "Rent"
        self.assertFalse(other.sales_budget_message)

    def test_analytic_accounts_split_a_claim_over_budgets(self):
        plan = self.env["account.analytic.plan"].create({"name": "Test Plan"})
        own, theirs = self.env["account.analytic.account"].create(
            [
                {"name": user.name, "plan_id": plan.id, "sales_user_id": user.id}
                for user in (self.salesperson, self.colleague)
            ]
        )
        claim = self._claim(
            100, analytic_distribution={str(own.id): 30, str(theirs.id): 70}
        )
        self.assertEqual(self._get_stand(claim)["after"], 670)

    def test_the_number_of_queries_depends_on_nothing(self):
        def count(claims):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            claims.mapped("sales_budget_panel")
            return self.env.cr.sql_log_count - before

        few = self._claim(1)
        count(few)
        alone = count(few)
        for number in range(5):
            self._submit(self._claim(number + 1))
        many = self.env["hr.expense"].with_user(self.salesperson)
        many = many.concat(*(self._claim(number + 1) for number in range(6)))
        self.assertLessEqual(count(many), alone)

    def test_the_system_alone_writes_what_the_check_has_found(self):
        claim = self._claim(600)
        with self._assert_refused("Budget at Submission"):
            claim.sales_submitted_status = "ok"
        with self._assert_refused("Rules Not Kept To"):
            self._claim(600, sales_rule_ids=[])
        hidden = self.customer_north.copy({"company_id": self._create_company().id})
        with self.assertRaises(UserError):
            claim.sales_partner_id = hidden
