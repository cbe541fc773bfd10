# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .expense_control_common import ExpenseControlCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-18 12:00:00")
class TestSalesExpenseRule(ExpenseControlCommon):
    """What claims must keep to (policy 5.3.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job = cls.env["hr.job"].create(
            {"name": "Test Key Accounts", "company_id": cls.company.id}
        )

    def _get_findings(self, claim):
        self.env.invalidate_all()
        panel = claim.with_user(self.salesperson).sales_budget_panel
        return [finding["text"] for finding in panel["findings"]]

    def _assert_found(self, claim, text):
        findings = self._get_findings(claim)
        self.assertEqual(len(findings), 1, findings)
        self.assertIn(text, findings[0])

    def _assert_fine(self, claim):
        self.assertFalse(self._get_findings(claim))

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------

    def test_amount_of_the_claim(self):
        self._create_rule("block", condition="claim", amount=500)
        claim = self._claim(500)
        self._assert_fine(claim)
        claim.total_amount_currency = 500.01
        self._assert_found(claim, "is above")
        with self._assert_refused("The claim of .*500.01 is above"):
            self._submit(claim)

    def test_amount_per_head_counts_the_person_who_claims(self):
        self._create_rule("inform", condition="head", amount=100)
        claim = self._claim(300, sales_attendee_ids=self.customer_north.ids)
        self._assert_found(claim, "150.00 per head")
        claim.sales_attendee_ids += self.customer_south
        self._assert_fine(claim)

    def test_amount_per_day_and_month(self):
        self._create_rule("inform", condition="day", amount=500)
        self._create_rule("inform", condition="month", amount=800)
        self._submit(self._claim(300))
        self._claim(10_000)  # a draft
        self._submit(self._claim(9_000, product_id=self.expense_other.id))
        claim = self._claim(200)
        self._assert_fine(claim)
        claim.total_amount_currency = 201
        self._assert_found(claim, "501.00 on 05/18/2026")
        claim.date = "2026-05-02"
        self._assert_fine(claim)
        claim.total_amount_currency = 501
        self.assertIn("801.00 in May 2026", self._get_findings(claim)[1])
        claim.date = "2026-04-30"
        self._assert_found(claim, "on 04/30/2026")

    def test_claims_submitted_together_add_up_in_a_day(self):
        self._create_rule("block", condition="day", amount=500)
        claims = self._claim(300) + self._claim(300)
        with self._assert_refused("600.00 on"):
            self._submit(claims)

    def test_claims_of_others_do_not_count_for_the_day(self):
        self._create_rule("inform", condition="day", amount=500)
        self._create_employee(self.colleague)
        self._submit(self._claim(400, user=self.colleague), self.colleague)
        self._assert_fine(self._claim(400))

    def test_a_receipt_is_needed_above_an_amount(self):
        self._create_rule("block", condition="receipt", amount=100)
        self._assert_fine(self._claim(100))
        claim = self._claim(101)
        self._assert_found(claim, "receipt")
        self._attach_receipt(claim)
        self._assert_fine(claim)
        self._submit(claim)

    def test_customer_attendees_and_campaign(self):
        campaign = self.env["utm.campaign"].create({"name": "Test Fair"})
        for condition, values in (
            ("customer", {"sales_partner_id": self.customer_north.id}),
            ("attendees", {"sales_attendee_ids": self.customer_north.ids}),
            ("campaign", {"campaign_id": campaign.id}),
        ):
            rule = self._create_rule("inform", condition=condition)
            claim = self._claim(10)
            self._assert_found(claim, f"Name the {condition}")
            claim.write(values)
            self._assert_fine(claim)
            rule.active = False

    def test_age(self):
        self._create_rule("inform", condition="age", days=30)
        claim = self._claim(10, date="2026-04-18")
        self._assert_fine(claim)
        claim.date = "2026-04-17"
        self._assert_found(claim, "31 days old")

    def test_limits_are_in_the_currency_of_the_company(self):
        self._create_rule("inform", condition="claim", amount=100)
        foreign = self.env["res.currency"].create({"name": "TTT", "symbol": "T"})
        self.env["res.currency.rate"].create(
            [
                {
                    "currency_id": foreign.id,
                    "company_id": self.company.id,
                    "name": day,
                    "company_rate": rate,
                }
                for day, rate in (("2026-05-01", 2.0), ("2026-05-15", 4.0))
            ]
        )
        # 75 at the rate of 15 May
        self._assert_fine(self._claim(300, currency_id=foreign.id))
        earlier = self._claim(300, currency_id=foreign.id, date="2026-05-02")
        self._assert_found(earlier, "150.00 is above")

    # ------------------------------------------------------------------
    # Which rule applies
    # ------------------------------------------------------------------

    def test_the_nearest_kind_decides(self):
        self._create_rule("inform", condition="claim", amount=100)
        self._create_rule("inform", condition="claim", amount=200, kind_id=self.kind.id)
        self._create_rule(
            "inform", condition="claim", amount=300, kind_id=self.kind_taxi.id
        )
        self._assert_fine(self._claim(200))
        self._assert_found(self._claim(201), "200.00")
        self._assert_fine(self._claim(300, product_id=self.expense_taxi.id))
        self._assert_found(self._claim(301, product_id=self.expense_taxi.id), "300.00")

    def test_the_rule_for_the_job_decides(self):
        self._create_rule("inform", condition="claim", amount=100)
        self._create_rule("inform", condition="claim", amount=900, job_id=self.job.id)
        self._assert_found(self._claim(101), "100.00")
        self.employee.job_id = self.job
        self._assert_fine(self._claim(900))

    def test_limits_of_one_place_stand_above_each_other(self):
        self._create_rule("inform", condition="claim", amount=100)
        self._create_rule("block", condition="claim", amount=1_000)
        self.assertEqual(len(self._get_findings(self._claim(101))), 1)
        self.assertEqual(len(self._get_findings(self._claim(1_001))), 2)

    def test_rules_of_another_company_do_not_count(self):
        other = self._create_company(name="Test Other")
        self._create_rule("block", condition="claim", company_id=other.id).sudo()
        self._submit(self._claim(100))

    # ------------------------------------------------------------------
    # The rule itself
    # ------------------------------------------------------------------

    def test_an_extra_approval_needs_somebody_who_gives_it(self):
        with self._assert_refused("Choose who approves", ValidationError):
            self._create_rule(reviewer_id=False, reviewer_group_id=False)
        other = self._create_company(name="Test Other")
        self.outsider.write({"company_ids": other.ids, "company_id": other.id})
        with self._assert_refused("cannot approve claims of", ValidationError):
            self._create_rule(reviewer_id=self.outsider.id)

    def test_its_approval_rule_follows_it(self):
        rule = self._create_rule(reviewer_id=False)
        definition = rule.definition_id
        director = self.env.ref("sales_efficiency_base.group_sales_director")
        self.assertEqual(definition.review_type, "group")
        self.assertEqual(definition.reviewer_group_id, director)
        rule.write({"name": "New", "reviewer_id": self.finance.id})
        self.assertRecordValues(
            definition,
            [
                {
                    "name": "New",
                    "review_type": "individual",
                    "reviewer_id": self.finance.id,
                }
            ],
        )
        rule.effect = "block"
        self.assertFalse(definition.active)
        rule.effect = "approval"
        self.assertTrue(definition.active)
        rule.active = False
        self.assertFalse(definition.active)

    def test_a_deleted_rule_asks_nobody_any_more(self):
        rule = self._create_rule()
        claim = self._claim(10_600, sales_excess_reason="Fair")
        self._submit(claim)
        definition = rule.definition_id
        rule.unlink()
        self.assertFalse(definition.active)
        self.assertEqual(claim.validation_status, "pending")
        self._act(claim, self.director, "validate_tier")
        self.assertEqual(claim.validation_status, "validated")

    def test_a_claim_over_two_kinds_keeps_to_the_rules_of_both(self):
        """Of 1,000, 51 % is travel and 49 % is taxi; earlier, 60 % of 100 was taxi."""
        plan = self.env["account.analytic.plan"].create({"name": "Test Plan"})
        travel, taxi = self.env["account.analytic.account"].create(
            [
                {"name": kind.name, "plan_id": plan.id, "expense_kind_id": kind.id}
                for kind in (self.kind, self.kind_taxi)
            ]
        )
        taxi_rule = {"kind_id": self.kind_taxi.id}
        self._create_rule("inform", condition="customer", **taxi_rule)
        self._create_rule("inform", condition="claim", amount=489, **taxi_rule)
        self._create_rule("inform", condition="month", amount=549, **taxi_rule)
        self._submit(
            self._claim(
                100, analytic_distribution={str(travel.id): 40, str(taxi.id): 60}
            )
        )
        claim = self._claim(
            1_000, analytic_distribution={str(travel.id): 51, str(taxi.id): 49}
        )
        texts = [f["text"] for f in claim.sales_budget_panel["findings"]]
        self.assertEqual(len(texts), 3)
        self.assertIn("Name the customer.", texts)
        self.assertTrue(
            any("490.00 is above" in text.replace(",", "") for text in texts)
        )
        self.assertTrue(any("550.00 in May" in text for text in texts))

    def test_directors_and_the_head_of_finance_make_rules(self):
        head = new_test_user(
            self.env,
            login="test_head",
            groups="account.group_account_manager",
            company_id=self.company.id,
        )
        for user in (self.director, head):
            with Form(self.env["sales.expense.rule"].with_user(user)) as form:
                form.name = "Test"
                form.effect = "approval"
            self.assertTrue(form.record.sudo().definition_id)
        for user in (self.leader, self.finance):
            with self.assertRaises(AccessError):
                self.env["sales.expense.rule"].with_user(user).create({"name": "Test"})

    def test_who_changes_a_rule_is_on_record(self):
        rule = self._create_rule("block").with_context(
            tracking_disable=False, mail_notrack=False
        )
        self.env.flush_all()
        self.env.cr.precommit.run()
        rule.with_user(self.director).active = False
        self.env.flush_all()
        self.env.cr.precommit.run()
        rule.invalidate_recordset()
        message = rule.message_ids[0]
        self.assertEqual(message.author_id, self.director.partner_id)
        self.assertEqual(message.sudo().tracking_value_ids.field_id.name, "active")

    def test_its_approval_rule_is_chosen_by_nobody(self):
        definition = self.env["tier.definition"].search([], limit=1)
        rules = self.env["sales.expense.rule"].with_user(self.director)
        with self.assertRaises(AccessError):
            rules.create({"name": "Test", "definition_id": definition.id})

    def test_attendees_are_typed_in_the_form(self):
        self._create_rule("inform", condition="attendees")
        form = self._type(100)
        self.assertIn("attendees", form.sales_budget_panel["findings"][0]["text"])
        form.sales_attendee_ids.add(self.customer_north)
        self.assertFalse(form.sales_budget_panel["findings"])
        claim = form.save()
        self.assertEqual(claim.sales_attendee_ids, self.customer_north)
        claim.sales_attendee_ids = [Command.clear()]
