# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .expense_spend_common import SalesExpenseCommon


@tagged("post_install", "-at_install")
class TestSalesExpenseKind(SalesExpenseCommon):
    # ------------------------------------------------------------------
    # Mapping
    # ------------------------------------------------------------------

    def test_product_goes_before_category_before_account(self):
        kind_line, kind_travel = self.kinds.create(
            [
                {"name": "Test Line", "categ_ids": self.category.ids},
                {"name": "Test Account", "account_ids": self.account_travel.ids},
            ]
        )
        claim = self._claim(total_amount_currency=115)
        self.assertEqual(claim.expense_kind_id, self.kind_travel)
        claim.action_submit()
        fact = self._facts(claim)
        self.assertEqual(fact.expense_kind_id, self.kind_travel)
        self.kind_travel.product_ids = False
        self.assertEqual(self._facts(claim).expense_kind_id, kind_line)
        kind_line.categ_ids = False
        self.assertEqual(self._facts(claim).expense_kind_id, kind_travel)
        kind_travel.account_ids = False
        self.assertFalse(self._facts(claim))

    def test_nearest_category_up_the_tree_decides(self):
        top = self.env["product.category"].create({"name": "Test Top"})
        self.category.parent_id = top
        far, near = self.kinds.create(
            [
                {"name": "Test Far", "categ_ids": top.ids},
                {"name": "Test Near", "categ_ids": self.category.ids},
            ]
        )
        self.kind_travel.product_ids = False
        claim = self._claim()
        claim.action_submit()
        self.assertEqual(self._facts(claim).expense_kind_id, near)
        near.categ_ids = False
        self.assertEqual(self._facts(claim).expense_kind_id, far)
        self.category.parent_id = False
        self.assertFalse(self._facts(claim))

    def test_unmapped_item_counts_once_mapped(self):
        bill = self._bill(account=self.account_rent, campaign_id=self.campaign.id)
        bill.action_post()
        self.assertFalse(self._facts(bill))
        self.kind_ads.account_ids += self.account_rent
        self.assertEqual(self._facts(bill).expense_kind_id, self.kind_ads)

    def test_claim_without_account_follows_its_product(self):
        claim = self._claim(account_id=False)
        claim.account_id = False
        claim.action_submit()
        self.assertEqual(self._facts(claim).expense_kind_id, self.kind_travel)
        self.kind_travel.product_ids = False
        self.kind_ads.product_ids = self.hotel
        self.assertEqual(self._facts(claim).expense_kind_id, self.kind_ads)
        self.assertFalse(claim.account_id)

    def test_claim_follows_the_type_of_its_account(self):
        claim = self._claim()
        claim.action_submit()
        self.assertTrue(self._facts(claim))
        self.account_travel.account_type = "asset_current"
        self.assertFalse(self._facts(claim))

    def test_archived_kind_keeps_what_nobody_takes_over(self):
        bill = self._bill(campaign_id=self.campaign.id)
        bill.action_post()
        self.kind_ads.active = False
        self.assertEqual(self._facts(bill).expense_kind_id, self.kind_ads)
        new = self.kinds.create(
            {"name": "Test New", "account_ids": self.account_ads.ids}
        )
        self.assertEqual(self._facts(bill).expense_kind_id, new)
        with self.assertRaisesRegex(ValidationError, "Test New"):
            self.kind_ads.active = True

    def test_kind_that_gets_a_parent_counts_there_too(self):
        bill = self._bill(campaign_id=self.campaign.id)
        bill.action_post()
        parent = self.kinds.create({"name": "Test Marketing"})
        self.kind_ads.parent_id = parent
        self._facts(bill)
        facts = self.env["sales.fact"]
        self.assertEqual(facts.search_count(parent.metric_id._get_facts_domain()), 1)
        self.assertEqual((parent + self.kind_ads).mapped("fact_count"), [1, 1])
        action = parent.action_open_facts()
        self.assertEqual(facts.search(action["domain"]).res_id, bill.id)

    # ------------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------------

    def test_overlapping_kinds_are_refused_by_name(self):
        self.kind_travel.categ_ids = self.category
        for name, item, kind in (
            ("product_ids", self.hotel, self.kind_travel),
            ("categ_ids", self.category, self.kind_travel),
            ("account_ids", self.account_ads, self.kind_ads),
        ):
            message = f"{item.name}.* Test Other and {kind.name}"
            with (
                self.assertRaisesRegex(ValidationError, message),
                self.env.cr.savepoint(),
            ):
                self.kinds.create({"name": "Test Other", name: [Command.set(item.ids)]})

    def test_companies_may_map_differently_but_not_against_a_shared_kind(self):
        one, two = self.company, self._create_company(name="Two")
        own = {"account_ids": self.account_rent.ids}
        self.kinds.create({"name": "Test One", "company_id": one.id, **own})
        other = self.kinds.create({"name": "Test Two", "company_id": two.id, **own})
        with self.assertRaisesRegex(ValidationError, "Test One"):
            other.company_id = False
        branch = self._create_company(name="Branch", parent_id=two.id)
        with self.assertRaisesRegex(ValidationError, "Test Two"):
            self.kinds.create({"name": "Test 3", "company_id": branch.id, **own})

    def test_kind_cannot_be_under_itself(self):
        child = self.kinds.create({"name": "Test Child", "parent_id": self.kind_ads.id})
        with self.assertRaisesRegex(ValidationError, "own parent"):
            self.kind_ads.parent_id = child

    def test_only_expense_accounts_can_be_mapped(self):
        account = self.env["account.account"].create(
            {"name": "Test Cash", "code": "T1", "account_type": "asset_current"}
        )
        with self.assertRaisesRegex(ValidationError, "Test Cash"):
            self.kind_ads.account_ids = account

    def test_kind_with_figures_cannot_be_deleted(self):
        self._bill(campaign_id=self.campaign.id).action_post()
        self.env["sales.mart"]._refresh()
        with self.assertRaisesRegex(UserError, "Test Advertising"):
            self.kind_ads.unlink()
        metric = self.kind_travel.metric_id
        self.kind_travel.unlink()
        self.assertFalse(metric.exists())

    def test_kind_used_in_another_company_cannot_be_deleted(self):
        other = self._create_company(name="Other")
        self._bill(campaign_id=self.campaign.id).action_post()
        # Not yet in the figures, and not in the company at work
        kind = self.kind_ads.with_context(allowed_company_ids=other.ids)
        with self.assertRaisesRegex(UserError, "Test Advertising"):
            kind.unlink()

    def test_kind_that_a_closed_month_names_cannot_be_deleted(self):
        bill = self._bill(campaign_id=self.campaign.id)
        bill.action_post()
        self.company.fiscalyear_lock_date = "2019-12-31"
        self.kind_ads.account_ids = False
        self.env["sales.mart"]._refresh()
        with self.assertRaisesRegex(UserError, "Test Advertising"):
            self.kind_ads.unlink()

    def test_employees_do_not_see_how_much_there_is(self):
        employee = self._create_new_internal_user(login="employee")
        with self.assertRaises(AccessError):
            self.kind_ads.with_user(employee).mapped("fact_count")

    def test_kind_with_a_budget_cannot_be_deleted(self):
        plan = self.env["sales.target.plan"].create(
            {
                "purpose": "budget",
                "date_from": "2019-01-01",
                "company_id": self.company.id,
            }
        )
        self.env["sales.target"].create(
            {"plan_id": plan.id, "metric_id": self.kind_travel.metric_id.id}
        )
        with self.assertRaisesRegex(UserError, "archive the kind"):
            self.kind_travel.unlink()

    # ------------------------------------------------------------------
    # Metric
    # ------------------------------------------------------------------

    def test_metric_is_made_renamed_and_archived_with_the_kind(self):
        metric = self.kind_travel.metric_id
        self.assertRecordValues(
            metric,
            [
                {
                    "name": "Expenses: Test Travel",
                    "unit": "currency",
                    "higher_is_better": False,
                    "company_id": False,
                }
            ],
        )
        self.kind_travel.name = "Test Trips"
        self.assertEqual(metric.name, "Expenses: Test Trips")
        self.kind_travel.active = False
        self.assertFalse(metric.active)
        self.kind_travel.active = True
        self.assertTrue(metric.active)

    def test_accountants_in_charge_keep_kinds(self):
        finance = new_test_user(
            self.env, "finance", "account.group_account_manager,base.group_user"
        )
        kind = self.kinds.with_user(finance).create(
            {"name": "Test Finance", "account_ids": self.account_rent.ids}
        )
        kind.name = "Test Ledger"
        self.assertEqual(kind.sudo().metric_id.name, "Expenses: Test Ledger")

    def test_kinds_of_claims_are_found_in_one_query(self):
        claims = self._claim(10) + self._claim(20) + self._claim(30)
        claims.mapped("product_id.categ_id")
        self.env.flush_all()
        claims.invalidate_recordset(["expense_kind_id"])
        with self.assertQueryCount(1):
            claims.mapped("expense_kind_id")
