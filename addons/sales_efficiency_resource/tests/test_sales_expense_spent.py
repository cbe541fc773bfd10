# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .expense_spend_common import CLAIMED, POSTED, REVERSED, SalesExpenseCommon


@tagged("post_install", "-at_install")
class TestSalesExpenseSpent(SalesExpenseCommon):
    def _refreshed_sums(self):
        self.env["sales.mart"]._refresh()
        return self._sums()

    def test_worked_case_claim_submitted_posted_reversed_reset(self):
        claim = self._claim(1200)
        self.assertEqual(self._refreshed_sums(), {})
        claim.action_submit()
        self.assertEqual(self._refreshed_sums(), {("committed", 11): 1043.48})
        claim.action_approve()
        self.assertEqual(self._refreshed_sums(), {("committed", 11): 1043.48})
        move = self._post(claim, POSTED)
        self.assertEqual(self._refreshed_sums(), {("spent", 12): 1043.48})
        self._reverse(move, REVERSED)
        self.assertEqual(claim.state, "approved")
        self.assertEqual(self._refreshed_sums(), {("committed", 11): 1043.48})
        facts = self._facts(event="spent", user_id=self.salesperson.id)
        self.assertEqual(facts.mapped("date"), [POSTED, REVERSED])
        self.assertEqual(facts.mapped("amount"), [1043.48, -1043.48])
        claim.action_reset()
        self.assertEqual(self._refreshed_sums(), {})

    def test_claim_whose_reversal_is_a_draft_is_spent_not_committed(self):
        claim = self._claim(1200)
        claim.action_submit()
        claim.action_approve()
        move = self._post(claim)
        self.assertEqual(self._refreshed_sums(), {("spent", 12): 1043.48})
        with freeze_time(REVERSED):
            refund = move._reverse_moves(
                [{"date": REVERSED, "invoice_date": REVERSED}], cancel=False
            )
        self.assertFalse(claim.account_move_id)
        self.assertEqual(self._refreshed_sums(), {("spent", 12): 1043.48})
        with freeze_time(REVERSED):
            refund.action_post()
        self.assertEqual(self._refreshed_sums(), {("committed", 11): 1043.48})
        refund.button_draft()
        refund.unlink()
        self.assertEqual(self._refreshed_sums(), {("spent", 12): 1043.48})

    def test_claim_counts_for_person_team_and_region(self):
        claim = self._claim(
            sales_channel_id=self.channel_shop.id, campaign_id=self.campaign.id
        )
        claim.action_submit()
        for _time in range(2):
            fact = self._facts(user_id=self.salesperson.id)
            self.assertRecordValues(
                fact,
                [
                    {
                        "team_id": self.team_field.id,
                        "region_id": self.region_north.id,
                        "channel_id": self.channel_shop.id,
                        "campaign_id": self.campaign.id,
                        "expense_kind_id": self.kind_travel.id,
                        "product_id": self.hotel.id,
                        "amount": 1043.48,
                    }
                ],
            )
            if not claim.account_move_id:
                claim.action_approve()
                self._post(claim)

    def test_person_moving_team_between_claim_and_posting_keeps_the_team(self):
        claim = self._claim()
        claim.action_submit()
        self._move_to_other_team()
        claim.action_approve()
        self._post(claim)
        self.assertEqual(self._facts(event="spent").team_id, self.team_field)

    def test_person_moving_team_before_submission_takes_the_claim_along(self):
        claim = self._claim()
        self._move_to_other_team()
        claim.action_submit()
        self.assertEqual(self._facts().team_id, self.team_other)

    def test_claim_posted_once_keeps_its_team(self):
        claim = self._claim()
        claim.action_submit()
        claim.action_approve()
        self._reverse(self._post(claim))
        claim.action_reset()
        self._move_to_other_team()
        claim.action_submit()
        self.assertEqual(self._facts().team_id, self.team_field)
        with self.assertRaisesRegex(UserError, "Test Claim"):
            claim.campaign_id = self.campaign

    def test_many_claims_ask_once_whether_their_entries_are_posted(self):
        few, many = (
            self.env["hr.expense"].union(*(self._claim() for _number in range(number)))
            for number in (2, 8)
        )
        counts = []
        for claims in (few, few, many):
            claims.campaign_id = False
            self.env.flush_all()
            self.env.invalidate_all()
            claims.mapped("employee_id.user_id")
            before = self.env.cr.sql_log_count
            claims._check_sales_scope_open({"campaign_id": self.campaign.id})
            claims._freeze_sales_place()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_parts_of_a_claim_keep_its_team(self):
        claim = self._claim(1200)
        claim.action_submit()
        self._move_to_other_team()
        parts = self._split(claim, 400, 800)
        self.assertEqual(len(parts), 2)
        self.assertEqual(parts.sales_team_id, self.team_field)
        parts = self._split(parts.sorted("id")[-1], 300, 500)
        self.assertEqual(len(parts), 3)
        self.assertEqual(parts.sales_team_id, self.team_field)

    def test_part_of_a_claim_for_a_colleague_counts_for_them(self):
        colleague = self._create_employee(self.outsider)
        claim = self._claim(1200)
        parts = self._split(claim, 400, 800, employee=colleague)
        self.assertEqual(parts.sales_user_id, self.salesperson + self.outsider)

    def _split(self, claim, *amounts, employee=None):
        wizard = self.env["hr.expense.split.wizard"].browse(
            claim.action_split_wizard()["res_id"]
        )
        lines = wizard.expense_split_line_ids
        for line, amount in zip(lines, amounts, strict=True):
            line.total_amount_currency = amount
        if employee:
            lines[-1].employee_id = employee
        wizard.action_split_expense()
        origin = claim.split_expense_origin_id
        return claim.search([("split_expense_origin_id", "=", origin.id)])

    def _move_to_other_team(self):
        members = self.env["crm.team.member"]
        members.search([("user_id", "=", self.salesperson.id)]).unlink()
        members.create(
            {"user_id": self.salesperson.id, "crm_team_id": self.team_other.id}
        )
        self.env.invalidate_all()

    def test_campaign_of_a_draft_can_be_deleted_one_with_figures_cannot(self):
        idea, fair = self.campaign.copy(), self.campaign
        draft = self._claim(115, campaign_id=idea.id)
        account = self._tie("Idea", campaign_id=idea.id)
        idea.unlink()
        self.assertFalse(draft.campaign_id + account.campaign_id)
        claim = self._claim(230, campaign_id=fair.id)
        claim.action_submit()
        self.env["sales.mart"]._refresh()
        with self.assertRaisesRegex(UserError, "Test Fair"):
            fair.unlink()

    def test_place_of_another_company_is_refused(self):
        team = self.team_other.copy(
            {"name": "Abroad", "company_id": self._create_company(name="Two").id}
        )
        with self.assertRaisesRegex(UserError, "Abroad"):
            self._tie("One", company_id=self.company.id, sales_team_id=team.id)

    def test_several_claims_in_one_entry_count_for_their_own(self):
        claims = self._claim(115, campaign_id=self.campaign.id) + self._claim(
            230, sales_channel_id=self.channel_agent.id
        )
        claims.action_submit()
        claims.action_approve()
        move = self._post(claims)
        self.assertEqual(len(move), 1)
        self.assertRecordValues(
            self._facts(move).sorted("amount"),
            [
                {
                    "amount": 100,
                    "campaign_id": self.campaign.id,
                    "channel_id": False,
                },
                {
                    "amount": 200,
                    "campaign_id": False,
                    "channel_id": self.channel_agent.id,
                },
            ],
        )

    def test_claim_of_somebody_who_does_not_sell_does_not_count(self):
        employee = self._create_employee(
            self._create_new_internal_user(login="bookkeeper")
        )
        claim = self._claim(employee_id=employee.id)
        claim.action_submit()
        self.assertFalse(self._facts(claim))
        claim.campaign_id = self.campaign
        self.assertEqual(self._facts(claim).campaign_id, self.campaign)

    def test_claim_of_a_director_without_team_counts(self):
        claim = self._claim(employee_id=self._create_employee(self.director).id)
        claim.action_submit()
        self.assertRecordValues(
            self._facts(claim),
            [{"user_id": self.director.id, "team_id": False, "region_id": False}],
        )

    def test_claim_counts_to_the_cent_with_what_is_posted(self):
        currency = self.env["res.currency"].create(
            {"name": "TST", "symbol": "T", "rounding": 0.01}
        )
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.company.id,
                "name": "2019-01-01",
                "rate": 7.13,
            }
        )
        foreign = {"currency_id": currency.id}
        company = {"payment_mode": "company_account"}
        for values in (
            {"quantity": 3, "total_amount_currency": 100},
            {"total_amount_currency": 77.77, **foreign},
            {"total_amount_currency": 88.87, **foreign, **company},
            {"total_amount_currency": 0.93, **foreign, **company},
        ):
            claim = self._claim(**values)
            claim.action_submit()
            committed = self._facts(claim).amount
            claim.action_approve()
            if claim.payment_mode == "company_account":
                with freeze_time(POSTED):
                    claim.action_post()
            else:
                self._post(claim)
            move = claim.account_move_id
            self.assertEqual(move.state, "posted")
            spent = sum(self._facts(move).mapped("amount"))
            self.assertAlmostEqual(committed, spent, 2, values)

    def test_claim_in_foreign_currency_counts_in_that_of_the_company(self):
        currency = self.env["res.currency"].create(
            {"name": "TST", "symbol": "T", "rounding": 1}
        )
        self.env["res.currency.rate"].create(
            {
                "currency_id": currency.id,
                "company_id": self.company.id,
                "name": "2019-01-01",
                "rate": 100,
            }
        )
        claim = self._claim(120000, currency_id=currency.id)
        claim.action_submit()
        self.assertEqual(self._facts(claim).amount, 1043.48)
        claim.action_approve()
        move = self._post(claim)
        self.assertEqual(self._facts(move).amount, 1043.48)

    def test_tax_that_cannot_be_deducted_is_spent(self):
        for deductible, amount in ((0, 1200), (50, 1121.74)):
            self.hotel.supplier_taxes_id = self._create_tax(15, deductible)
            claim = self._claim(date=CLAIMED + timedelta(days=deductible))
            claim.action_submit()
            self.assertEqual(self._facts(claim).amount, amount)
            claim.action_approve()
            move = self._post(claim)
            self.assertAlmostEqual(sum(self._facts(move).mapped("amount")), amount)

    def test_sent_claim_follows_which_part_of_its_tax_can_be_deducted(self):
        claim, posted = self._claim(), self._claim(2300)
        (claim + posted).action_submit()
        (claim + posted).action_approve()
        self._post(posted)
        self.assertEqual(self._sum_of(self._facts(claim)), 1043.48)
        taxed = self.tax.repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        )
        taxed.account_id = False
        self.assertEqual(self._sum_of(self._facts(claim)), 1200)
        self.assertEqual(posted.sales_expense_amount, 2000)

    def test_sent_claim_follows_when_a_part_of_its_tax_is_removed(self):
        part = {"repartition_type": "tax", "factor_percent": -100}
        sides = ("invoice_repartition_line_ids", "refund_repartition_line_ids")
        self.tax.write({side: [Command.create(part)] for side in sides})
        claim = self._claim()
        claim.action_submit()
        self.assertEqual(self._sum_of(self._facts(claim)), 1020)
        accountant = new_test_user(
            self.env, "test_tax", groups="account.group_account_manager"
        )
        self.tax.with_user(accountant).write(
            {side: [Command.delete(self.tax[side][-1].id)] for side in sides}
        )
        self.assertEqual(self._sum_of(self._facts(claim)), 1043.48)

    def test_draft_bill_follows_a_tax_of_the_same_amount(self):
        bill = self._bill(1150, invoice_user_id=self.salesperson.id)
        bill.invoice_line_ids.tax_ids = self.tax
        self.assertEqual(self._sum_of(self._facts(bill)), 1000)
        bill.invoice_line_ids.tax_ids = self._create_tax(15, deductible=0)
        self.assertEqual(self._sum_of(self._facts(bill)), 1150)

    @staticmethod
    def _sum_of(facts):
        return round(sum(facts.mapped("amount")), 2)

    def test_tax_of_a_bill_belongs_to_the_product_it_was_paid_for(self):
        bill = self._bill(115, account=self.account_travel, team_id=self.team_field.id)
        bill.invoice_line_ids.write(
            {
                "product_id": self.hotel.id,
                "price_unit": 115,
                "tax_ids": self._create_tax(15, 0).ids,
            }
        )
        bill.action_post()
        facts = self._facts(bill)
        self.assertEqual(sum(facts.mapped("amount")), 115)
        self.assertEqual(facts.expense_kind_id, self.kind_travel)

    def test_tax_of_a_bill_is_shared_by_the_products(self):
        booth = self.poster.create({"name": "Test Booth", "type": "service"})
        self.kind_ads.product_ids = booth
        tax = self._create_tax(5, 50)
        tax.price_include_override = "tax_excluded"
        bill = self._bill(team_id=self.team_field.id, account=self.account_travel)
        bill.invoice_line_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "product_id": product.id,
                        "account_id": self.account_travel.id,
                        "price_unit": amount,
                        "tax_ids": tax.ids,
                    }
                )
                for product, amount in ((self.hotel, 1000), (booth, 9000))
            ),
        ]
        bill.action_post()
        facts = self._facts(bill)
        sums = {
            kind: sum(found.mapped("amount"))
            for kind, found in facts.grouped("expense_kind_id").items()
        }
        self.assertEqual(sums, {self.kind_travel: 1025, self.kind_ads: 9225})

    def test_private_part_of_a_bill_is_taken_off_its_kind(self):
        other = self._tie("Other", sales_team_id=self.team_other.id)
        bill = self._bill(1000, self.account_travel, team_id=self.team_field.id)
        bill.invoice_line_ids.write(
            {
                "product_id": self.hotel.id,
                "account_id": self.account_travel.id,
                "price_unit": 1000,
                "tax_ids": [Command.clear()],
                "deductible_amount": 60,
                "analytic_distribution": {str(other.id): 50},
            }
        )
        bill.action_post()
        facts = self._facts(bill, expense_kind_id=self.kind_travel.id)
        sums = {
            team: sum(found.mapped("amount"))
            for team, found in facts.grouped("team_id").items()
        }
        self.assertEqual(sums, {self.team_field: 300, self.team_other: 300})

    def test_claim_paid_by_the_company_is_spent_once(self):
        claim = self._claim(payment_mode="company_account")
        claim.action_submit()
        claim.action_approve()
        claim.action_post()
        self.assertEqual(self._refreshed_sums(), {("spent", 11): 1043.48})

    def test_entry_set_back_to_draft_commits_the_claim_again(self):
        claim = self._claim()
        claim.action_submit()
        claim.action_approve()
        move = self._post(claim)
        self._refreshed_sums()
        move.button_draft()
        self.assertEqual(self._refreshed_sums(), {("committed", 11): 1043.48})
        move.action_post()
        self.assertEqual(self._refreshed_sums(), {("spent", 12): 1043.48})

    def test_refused_claim_is_not_committed(self):
        claim = self._claim()
        claim.action_submit()
        claim._do_refuse("No")
        self.assertEqual(self._refreshed_sums(), {})

    def test_claimant_cannot_choose_whom_the_claim_counts_for(self):
        claim = self._claim().with_user(self.salesperson)
        with self.assertRaisesRegex(AccessError, "Sales Team"):
            claim.sales_team_id = self.team_other
        with self.assertRaisesRegex(AccessError, "Amount Counted"):
            claim.write({"sales_expense_amount": 1})
        claim.action_submit()
        self.assertEqual(claim.sales_team_id, self.team_field)

    # ------------------------------------------------------------------
    # Bills and entries
    # ------------------------------------------------------------------

    def test_bill_counts_for_whom_it_names(self):
        bill = self._bill(1000, invoice_user_id=self.salesperson.id)
        self.assertRecordValues(
            bill,
            [
                {
                    "invoice_user_id": self.salesperson.id,
                    "team_id": self.team_field.id,
                    "sales_region_id": self.region_north.id,
                }
            ],
        )
        self.assertRecordValues(
            self._facts(bill), [{"event": "committed", "amount": 1000}]
        )
        bill.action_post()
        self.assertRecordValues(
            self._facts(bill),
            [
                {
                    "event": "spent",
                    "amount": 1000,
                    "user_id": self.salesperson.id,
                    "team_id": self.team_field.id,
                    "expense_kind_id": self.kind_ads.id,
                }
            ],
        )
        bill.button_draft()
        bill.partner_id = self.customer_south
        self.assertEqual(bill.invoice_user_id, self.salesperson)
        bill.button_cancel()
        self.assertFalse(self._facts(bill))

    def test_bill_of_a_team_counts_for_its_region(self):
        bill = self._bill(team_id=self.team_field.id)
        self.assertEqual(bill.sales_region_id, self.region_north)
        bill.sales_region_id = self.region_south
        bill.invoice_date = REVERSED
        self.assertEqual(bill.sales_region_id, self.region_south)

    def test_reversal_of_a_bill_counts_for_its_salesperson(self):
        bill = self._bill(invoice_user_id=self.outsider.id)
        bill.action_post()
        facts = self._facts(bill, self._reverse(bill))
        self.assertEqual(facts.mapped("amount"), [1000, -1000])
        for fact in facts:
            self.assertEqual(fact.user_id, self.outsider)
            self.assertEqual(fact.team_id, self.team_other)

    def test_bill_keeps_nobody_who_does_not_sell(self):
        buyer = self._create_new_internal_user(login="buyer")
        bill = self._bill(invoice_user_id=buyer.id)
        bill.partner_id = self.customer_south
        self.assertFalse(bill.invoice_user_id)

    def test_bookkeeper_who_types_a_bill_is_not_its_salesperson(self):
        bill = self._bill()
        bill.action_post()
        self.assertFalse(bill.invoice_user_id)
        self.assertFalse(self._facts(bill))

    def test_kind_that_counts_everything_needs_no_scope(self):
        bill = self._bill()
        bill.action_post()
        parent = self.kinds.create({"name": "Test Marketing"})
        self.kind_ads.parent_id = parent
        self.assertFalse(self._facts(bill))
        parent.counts_all = True
        self.assertEqual(self._facts(bill).amount, 1000)

    def test_bill_reversed_next_year_is_negative_there(self):
        bill = self._bill(team_id=self.team_field.id)
        bill.action_post()
        day = date(2020, 2, 1)
        reversal = self._reverse(bill, day)
        self.assertRecordValues(
            self._facts(bill, reversal),
            [
                {"date": POSTED, "amount": 1000, "team_id": self.team_field.id},
                {"date": day, "amount": -1000, "team_id": self.team_field.id},
            ],
        )

    def test_entry_counts_for_its_campaign(self):
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": POSTED,
                "campaign_id": self.campaign.id,
                "line_ids": [
                    Command.create({"account_id": self.account_ads.id, "debit": 70}),
                    Command.create({"account_id": self.account_rent.id, "credit": 70}),
                ],
            }
        )
        self.assertFalse(self._facts(entry))
        entry.action_post()
        self.assertEqual(self._facts(entry).mapped("amount"), [70])

    def test_two_companies_do_not_mix(self):
        other = self._create_company(name="Other")
        self.env["account.chart.template"].try_loading(
            "generic_coa", other, install_demo=False
        )
        account = (
            self.env["account.account"]
            .with_company(other)
            .create({"name": "Other", "code": "T62000", "account_type": "expense"})
        )
        kind = self.kinds.create(
            {"name": "Other", "company_id": other.id, "account_ids": account.ids}
        )
        self.env.user.company_ids |= other
        bill = self._bill(
            company_id=other.id, account=account, campaign_id=self.campaign.id
        )
        bill.action_post()
        own = self._bill(campaign_id=self.campaign.id)
        own.action_post()
        self.assertRecordValues(
            self._facts(own, bill).sorted("company_id", reverse=True),
            [
                {"company_id": other.id, "expense_kind_id": kind.id},
                {"company_id": self.company.id, "expense_kind_id": self.kind_ads.id},
            ],
        )

    # ------------------------------------------------------------------
    # Analytic accounts
    # ------------------------------------------------------------------

    def test_worked_case_analytic_shares_add_up_to_the_item(self):
        accounts = self.env["account.analytic.account"]
        for number, team in enumerate(
            (self.team_field, self.team_other, self.team_department)
        ):
            accounts += self._tie(f"Test {number}", sales_team_id=team.id)
        shares = dict(zip(map(str, accounts.ids), (33, 33, 34), strict=True))
        bill = self._bill(100.01, distribution=shares)
        bill.action_post()
        facts = self._facts(bill)
        self.assertEqual(facts.mapped("amount"), [33.00, 33.01, 34.00])
        self.assertEqual(
            facts.mapped("team_id.name"),
            ["Test Field", "Test Other", "Test Department"],
        )

    def test_shares_of_several_plans_do_not_count_twice(self):
        plan = self.env["account.analytic.plan"].create({"name": "Test Plan 2"})
        field = self._tie("Field", sales_team_id=self.team_field.id)
        other = self._tie("Other", sales_team_id=self.team_other.id)
        shop = self._tie("Shop", plan, sales_channel_id=self.channel_shop.id)
        expected = [
            {"amount": 50, "team_id": self.team_field.id, "channel_id": True},
            {"amount": 50, "team_id": self.team_other.id, "channel_id": False},
        ]
        for distribution, both in (
            ({f"{field.id},{shop.id}": 50, f"{other.id}": 50}, False),
            ({f"{field.id}": 50, f"{other.id}": 50, f"{shop.id}": 100}, True),
        ):
            bill = self._bill(100, distribution=distribution)
            bill.action_post()
            found = [
                {
                    "amount": fact.amount,
                    "team_id": fact.team_id.id,
                    "channel_id": bool(fact.channel_id),
                }
                for fact in self._facts(bill)
            ]
            expected[1]["channel_id"] = both
            self.assertEqual(found, expected)

    def test_shares_of_plans_apart_and_together_find_their_room(self):
        plan = self.env["account.analytic.plan"].create({"name": "Test Plan 2"})
        for first in (True, False):
            names = ("A", "B") if first else ("B", "A")
            a, b = (
                self._tie(name, sales_team_id=team.id)
                for name, team in zip(
                    names, (self.team_field, self.team_other), strict=True
                )
            )
            x, y = (
                self._tie(f"{name} 2", plan, sales_channel_id=channel.id)
                for name, channel in (
                    ("X", self.channel_shop),
                    ("Y", self.channel_agent),
                )
            )
            together = f"{b.id},{y.id}" if first else f"{a.id},{y.id}"
            alone = a if first else b
            bill = self._bill(
                100, distribution={str(alone.id): 50, str(x.id): 50, together: 50}
            )
            bill.action_post()
            places = {
                (fact.team_id, fact.channel_id, fact.amount)
                for fact in self._facts(bill)
            }
            teams = (alone.sales_team_id, (a + b - alone).sales_team_id)
            self.assertEqual(
                places,
                {
                    (teams[0], self.channel_shop, 50),
                    (teams[1], self.channel_agent, 50),
                },
            )

    def test_shares_of_more_than_the_whole_are_scaled_down(self):
        field = self._tie("Field", sales_team_id=self.team_field.id)
        other = self._tie("Other", sales_team_id=self.team_other.id)
        bill = self._bill(90, distribution={str(field.id): 100, str(other.id): 50})
        bill.action_post()
        facts = self._facts(bill)
        self.assertEqual(facts.mapped("amount"), [60, 30])

    def test_rest_of_an_item_counts_for_its_document(self):
        field = self._tie("Field", sales_user_id=self.outsider.id)
        self.assertEqual(field.sales_team_id, self.team_other)
        bill = self._bill(
            100,
            distribution={str(field.id): 40},
            invoice_user_id=self.salesperson.id,
        )
        bill.action_post()
        self.assertRecordValues(
            self._facts(bill),
            [
                {"amount": 40, "user_id": self.outsider.id},
                {"amount": 60, "user_id": self.salesperson.id},
            ],
        )
        with self.assertRaisesRegex(UserError, "Field"):
            field.sales_user_id = self.colleague
        with self.assertRaisesRegex(UserError, "Field"):
            field.sales_team_id = False
        field.name = "Field 2"
        field.write(
            {"sales_user_id": self.outsider.id, "campaign_id": self.campaign.id}
        )
        self.assertEqual(self._facts(bill)[0].campaign_id, self.campaign)

    def test_analytic_account_without_expenses_may_stand_for_others(self):
        field = self._tie("Field", sales_user_id=self.outsider.id)
        bill = self._bill(100, distribution={str(field.id): 100})
        field.sales_user_id = self.colleague
        self.assertEqual(self._facts(bill).user_id, self.colleague)

    def test_analytic_account_may_say_the_kind(self):
        account = self._tie("Fair", expense_kind_id=self.kind_travel.id)
        bill = self._bill(
            100, distribution={str(account.id): 100}, campaign_id=self.campaign.id
        )
        bill.action_post()
        self.assertEqual(self._facts(bill).expense_kind_id, self.kind_travel)

    def test_claim_is_split_too(self):
        field = self._tie("Field", sales_team_id=self.team_other.id)
        claim = self._claim(115, analytic_distribution={str(field.id): 50})
        claim.action_submit()
        self.assertEqual(
            self._facts(claim).mapped(lambda f: (f.amount, f.team_id.name)),
            [(50, "Test Other"), (50, "Test Field")],
        )

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def test_figures_agree_with_documents(self):
        claims = self._claim(campaign_id=self.campaign.id) + self._claim(99)
        claims.action_submit()
        claims[0].action_approve()
        self._post(claims[0])
        self._bill(invoice_user_id=self.salesperson.id)
        mart = self.env["sales.mart"]
        mart._refresh()
        self.assertFalse(mart._reconcile())
        before = self._sums()
        mart._rebuild(["expense", "claim"])
        self.assertEqual(self._sums(), before)
        self.assertTrue(before)
