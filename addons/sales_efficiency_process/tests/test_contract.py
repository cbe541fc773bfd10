# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from .deal_common import DealCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestContract(DealCommon):
    """Clauses are checked, then the contract is reviewed in tiers (policy 3.3.3)."""

    def test_a_contract_takes_number_clauses_and_text_of_its_type(self):
        contract = self._create_contract()
        self.assertRegex(contract.code, r"^C2026-\d{4}$")
        self.assertEqual(contract.check_ids.mapped("name"), ["Parties", "Payment"])
        self.assertIn("Who", contract.body)
        self.assertEqual(contract.team_id, self.team_field)
        self.assertEqual(contract.currency_id, self.company.currency_id)

    def test_duplicates_have_numbers_of_their_own(self):
        contract = self._create_contract()
        copies = contract.copy() + contract.copy()
        codes = (contract + copies).mapped("code")
        self.assertEqual(len(set(codes)), 3)
        for code in codes:
            self.assertRegex(code, r"^C2026-\d{4}$")
        self.assertEqual(len((contract + copies).copy()), 3)

    def test_another_type_brings_other_clauses(self):
        contract = self._create_contract()
        contract.check_ids[0].action_done()
        other = self.env["agreement.type"].create(
            {"name": "Other", "clause_ids": [Command.create({"name": "Term"})]}
        )
        contract.agreement_type_id = other
        names = contract.check_ids.sorted("id").mapped("name")
        self.assertEqual(names, ["Parties", "Term"])

    def test_a_form_makes_a_contract(self):
        form = Form(
            self.env["agreement"].with_user(self.salesperson),
            "agreement.agreement_form",
        )
        form.name = "Supply"
        form.partner_id = self.customer_north
        form.agreement_type_id = self.contract_type
        contract = form.save()
        self.assertEqual(len(contract.check_ids), 2)
        self.assertEqual(contract.user_id, self.salesperson)

    def test_who_has_seen_to_a_clause_is_noted(self):
        contract = self._create_contract()
        check = contract.check_ids[0]
        check.action_done()
        self.assertEqual(check.done_by_id, self.salesperson)
        check.state = "open"
        self.assertFalse(check.done_by_id)
        with self.assertRaises(AccessError):
            check.done_by_id = self.colleague

    def test_not_applicable_needs_a_reason(self):
        check = self._create_contract().check_ids[0]
        with self.assertRaisesRegex(ValidationError, "does not apply"):
            check.state = "not_applicable"
        check.write({"state": "not_applicable", "reason": "No delivery"})
        self.assertEqual(check.done_by_id, self.salesperson)

    def test_clauses_of_the_type_are_neither_deleted_nor_rewritten(self):
        contract = self._create_contract()
        check = contract.check_ids[0]
        for delete in (
            check.unlink,
            lambda: contract.write({"check_ids": [Command.delete(check.id)]}),
        ):
            with self.assertRaisesRegex(UserError, "“Parties” does not apply"):
                delete()
        self.env.invalidate_all()
        for name in ("name", "note"):
            with self.subTest(name), self.assertRaises(AccessError):
                check.write({name: "Something else"})
        checks = check.browse()
        with self.assertRaises(AccessError):
            checks.create(
                {
                    "agreement_id": contract.id,
                    "clause_id": check.clause_id.id,
                    "name": "Something else",
                }
            )
        own = checks.create({"agreement_id": contract.id, "name": "Own"})
        own.name = "Our own"
        own.unlink()
        self.assertEqual(contract.check_ids.mapped("name"), ["Parties", "Payment"])

    def test_clauses_of_another_type_may_be_deleted(self):
        contract = self._create_contract()
        check = contract.check_ids[0]
        check.action_done()
        contract.agreement_type_id = self.env["agreement.type"].create(
            {"name": "Other", "clause_ids": [Command.create({"name": "Term"})]}
        )
        check.unlink()
        self.assertEqual(contract.check_ids.mapped("name"), ["Term"])

    def test_an_incomplete_contract_is_not_reviewed(self):
        contract = self._create_contract()
        contract.check_ids[0].action_done()
        with self.assertRaisesRegex(UserError, "Payment") as error:
            contract.action_submit()
        self.assertNotIn("Parties", str(error.exception))
        self.assertEqual(contract.state, "draft")

    def test_a_contract_without_type_is_not_reviewed(self):
        contract = self._create_contract(agreement_type_id=False, body="<p>Text</p>")
        with self.assertRaisesRegex(UserError, "type of contract"):
            contract.action_submit()

    def test_a_contract_of_no_company_is_not_reviewed(self):
        """Whoever signs for any company would sign it."""
        contract = self._check(self._create_contract())
        contract.company_id = False
        with self.assertRaisesRegex(UserError, "the company"):
            contract.action_submit()

    def test_the_end_before_the_start_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "before it starts"):
            self._create_contract(start_date="2027-04-01")
        contract = self._create_contract()
        with self.assertRaisesRegex(ValidationError, "before it starts"):
            contract.end_date = "2026-03-31"

    def test_days_without_end_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "enter days from"):
            self._create_contract(start_date=date.min)

    def test_the_leader_reviews(self):
        contract = self._create_contract()
        self._check(contract).action_submit()
        self.assertEqual(contract.reviewer_id, self.leader)
        self.assertEqual(contract.state, "submitted")
        self.env.flush_all()
        self.env.invalidate_all()
        contract.with_user(self.leader)._validate_tier()
        self.env.invalidate_all()
        self.assertEqual(contract.state, "approved")

    def test_the_legal_reviewer_reviews_without_a_role_in_sales(self):
        lawyer = self.env["res.users"].create(
            {
                "name": "Test Lawyer",
                "login": "test_lawyer",
                "email": "lawyer@example.com",
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        self.company.sales_contract_reviewer_id = lawyer
        contract, other = self._create_contract(), self._create_contract()
        self._check(contract).action_submit()
        self.assertEqual(contract.reviewer_id, lawyer)
        seen = contract.with_user(lawyer)
        self.assertEqual(seen.search([]), seen)
        self.assertEqual(seen.check_ids.mapped("state"), ["done", "done"])
        self.assertFalse(other.with_user(lawyer).has_access("read"))
        self.env.flush_all()
        self.env.invalidate_all()
        seen._validate_tier()
        self.env.invalidate_all()
        self.assertEqual(contract.state, "approved")

    def test_a_large_contract_needs_the_director_too(self):
        contract = self._create_contract(contract_amount=1_000_000)
        self._review(contract)
        self.assertEqual(contract.state, "submitted")
        contract.with_user(self.director)._validate_tier()
        self.env.invalidate_all()
        self.assertEqual(contract.state, "approved")

    def test_the_director_is_asked_by_the_value_in_our_currency(self):
        contracts = {}
        for code, rate, amount in (("EUR", 0.5, 600_000), ("CHF", 2, 1_200_000)):
            currency = self._enable_currency(code)
            self.env["res.currency.rate"].create(
                {
                    "name": "2026-10-01",
                    "currency_id": currency.id,
                    "company_id": self.company.id,
                    "rate": rate,
                }
            )
            contracts[code] = self._review(
                self._create_contract(contract_amount=amount, currency_id=currency.id)
            )
        large, small = contracts.values()
        self.assertEqual((large.company_amount, small.company_amount), (12e5, 6e5))
        self.assertEqual((large.state, small.state), ("submitted", "approved"))
        domain = [("company_amount", ">=", 1e6), ("id", "in", (large + small).ids)]
        self.assertEqual(large.search(domain), large)

    def test_a_rejected_contract_is_changed_and_reviewed_anew(self):
        contract = self._create_contract()
        self._check(contract).action_submit()
        self.env.flush_all()
        contract.with_user(self.leader)._rejected_tier()
        self.env.invalidate_all()
        self.assertEqual(contract.state, "rejected")
        contract.action_draft()
        contract.name = "Better"
        self.assertFalse(contract.review_ids)
        self._review(contract)
        self.assertEqual(contract.state, "approved")

    def test_what_is_reviewed_does_not_change(self):
        contract = self._create_contract()
        self._check(contract).action_submit()
        for values in (
            {"body": "<p>Other</p>"},
            {"end_date": "2030-03-31"},
            {"contract_amount": 1},
            {"domain": "purchase"},
            {"is_template": True},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                contract.write(values)
        with self.assertRaises(UserError):
            contract.check_ids[0].state = "open"
        with self.assertRaises(UserError):
            contract.check_ids[0].unlink()
        with self.assertRaises(UserError):
            contract.check_ids.create({"agreement_id": contract.id, "name": "One more"})

    def test_what_may_change_at_any_time_is_not_reviewed(self):
        for values in ({"is_template": True}, {"domain": "purchase"}):
            contract = self._check(self._create_contract())
            contract.write(values)
            with (
                self.subTest(values),
                self.assertRaisesRegex(UserError, "no contract with a customer"),
            ):
                contract.action_submit()

    def test_nobody_writes_the_status(self):
        contract = self._create_contract()
        with self.assertRaises(AccessError):
            contract.state = "signed"
        with self.assertRaises(AccessError):
            self._create_contract(state="signed")
        contracts = self.env["agreement"].with_user(self.salesperson)
        contract = contracts.with_context(default_state="signed").create(
            {"name": "Forged", "partner_id": self.customer_north.id}
        )
        self.assertEqual(contract.state, "draft")

    def test_only_drafts_are_deleted(self):
        contract = self._create_contract()
        self._check(contract).action_submit()
        with self.assertRaisesRegex(UserError, "more than a draft"):
            contract.with_user(self.director).unlink()
        contract.action_cancel()
        self.assertEqual(contract.state, "cancelled")
        contract.with_user(self.director).unlink()
        self.assertFalse(contract.exists())

    def test_agreements_with_suppliers_stay_as_they_are(self):
        agreement = self.env["agreement"].create(
            {"name": "Supplier", "code": "S1", "domain": "purchase"}
        )
        agreement.write({"end_date": "2020-01-01", "name": "Other"})
        self.assertFalse(agreement.check_ids)
        agreement.unlink()

    # ------------------------------------------------------------------
    # Orders
    # ------------------------------------------------------------------

    def test_an_order_names_its_contract(self):
        order = self._create_offer((10, 100.0)).with_user(self.salesperson)
        action = order.action_make_contract()
        contract = order.sales_contract_id
        self.assertEqual(action["res_id"], contract.id)
        self.assertEqual(contract.contract_amount, 1000)
        self.assertEqual(contract.order_count, 1)
        self.assertTrue(contract.check_ids, "the clauses of the usual type")
        self.assertEqual(order.action_make_contract()["res_id"], contract.id)
        self.assertEqual(order.action_open_sales_contract()["res_id"], contract.id)

    def test_an_order_names_no_contract_of_another_customer(self):
        contract = self._create_contract()
        order = self._create_offer((1, 100.0), partner_id=self.customer_south.id)
        with self.assertRaisesRegex(ValidationError, "another customer"):
            order.sales_contract_id = contract
        order = self._create_offer((1, 100.0))
        order.sales_contract_id = contract
        with self.assertRaisesRegex(ValidationError, "another customer"):
            order.partner_id = self.customer_south

    def test_an_order_names_only_what_its_user_may_read(self):
        contract = self._create_contract()
        order = self._create_offer((1, 100.0), user_id=self.colleague.id)
        with self.assertRaises(AccessError):
            order.with_user(self.colleague).sales_contract_id = contract.id
        order.with_user(self.director).sales_contract_id = contract.id
        with self.assertRaisesRegex(ValidationError, "another customer"):
            order.with_user(self.colleague).partner_id = self.customer_south

    def test_an_order_names_no_contract_of_another_company(self):
        contract = self._create_contract().sudo()
        contract.company_id = self.env["res.company"].create({"name": "Company B"})
        order = self._create_offer((1, 100.0))
        with self.assertRaisesRegex(ValidationError, "another company"):
            order.sales_contract_id = contract

    def test_orders_of_two_customers_have_no_common_contract(self):
        orders = self._create_offer((1, 100.0))
        orders += self._create_offer((1, 1.0), partner_id=self.customer_south.id)
        with self.assertRaisesRegex(UserError, "one customer"):
            orders.action_make_contract()

    def test_orders_with_and_without_contract_have_no_common_one(self):
        first, second = self._create_offer((1, 100.0)), self._create_offer((1, 50.0))
        first.action_make_contract()
        with self.assertRaisesRegex(UserError, f"already: {first.name}"):
            (first + second).action_make_contract()
        self.assertFalse(second.sales_contract_id)
        second.action_make_contract()
        action = (first + second).action_make_contract()
        contracts = (first + second).sales_contract_id
        self.assertEqual(action["domain"], [("id", "in", contracts.ids)])

    def test_contracts_stay_with_customers_that_are_merged(self):
        contract = self._create_contract()
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        customers = self.customer_north + self.customer_nowhere
        self.env.flush_all()
        wizard._merge(customers.ids, self.customer_nowhere)
        self.env.invalidate_all()
        self.assertEqual(contract.partner_id, self.customer_nowhere)
        self.assertEqual(contract.commercial_partner_id, self.customer_nowhere)

    # ------------------------------------------------------------------
    # First steps
    # ------------------------------------------------------------------

    def test_the_usual_clauses_are_offered(self):
        self.env["sales.contract.clause"].search([]).unlink()
        steps = self.env["onboarding.onboarding.step"].with_user(self.director)
        self.assertFalse(steps._get_sales_step("contract")["is_done"])
        steps.action_accept_sales_contract()
        steps.action_accept_sales_contract()
        self.assertTrue(steps._get_sales_step("contract")["is_done"])
        clauses = self.env["sales.contract.clause"].search([])
        self.assertEqual(len(clauses), 12)
        self.assertEqual(len(clauses.type_id), 1)
        contract = self._create_contract(agreement_type_id=clauses.type_id.id)
        self.assertIn("Force majeure", contract.body)
