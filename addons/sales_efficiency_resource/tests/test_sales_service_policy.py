# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesServicePolicy(ContactCommon):
    """Which policy a customer has, and how its terms are applied."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terms = cls.env["account.payment.term"].create({"name": "60 Days"})

    def _grade(self, partner, class_=None, grade=None):
        partner = partner.sudo().with_company(self.company)
        partner.write(
            {
                "sales_class_id": class_ and class_.id,
                "sales_grade_id": grade and grade.id,
            }
        )

    def _find(self, partner=None):
        partner = partner or self.customer_north
        return self.env["sales.service.policy"]._get_policies(partner)[partner]

    def test_the_most_specific_policy_wins(self):
        key_a = self._create_policy(
            class_id=self.key_accounts.id, grade_id=self.grade_a.id
        )
        key = self._create_policy(class_id=self.key_accounts.id)
        grade_a = self._create_policy(grade_id=self.grade_a.id)
        for class_, grade, policy in (
            (self.key_accounts, self.grade_a, key_a),
            (self.key_accounts, self.grade_b, key),
            (None, self.grade_a, grade_a),
            (None, self.grade_b, self.policy),
            (None, None, self.policy),
        ):
            self._grade(self.customer_north, class_, grade)
            with self.subTest(class_=class_, grade=grade):
                self.assertEqual(self._find(), policy)
        key_a.active = False
        self._grade(self.customer_north, self.key_accounts, self.grade_a)
        self.assertEqual(self._find(), key, "the class before the grade")

    def test_two_equal_policies_are_refused(self):
        for values in ({}, {"grade_id": self.grade_a.id}):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(UniqueViolation),
                self.env.cr.savepoint(),
            ):
                self._create_policy(**values)
                self._create_policy(**values)

    def test_people_of_a_customer_have_its_policy(self):
        person = self.env["res.partner"].create(
            {"name": "Buyer", "parent_id": self.customer_north.id}
        )
        self.assertEqual(self._find(person), self.policy)

    def test_policies_of_many_customers_take_one_query(self):
        partners = self.customer_north + self.customer_south + self.customer_nowhere
        self._find()  # fills caches
        partners.mapped("commercial_partner_id")
        self.env.flush_all()
        with self.assertQueryCount(1):
            self.env["sales.service.policy"]._get_policies(partners)

    def test_each_company_has_its_own_policies(self):
        other = self.env["res.company"].create({"name": "Other"})
        policy = self._create_policy(company_id=other.id)
        policies = self.env["sales.service.policy"].with_company(other)
        found = policies._get_policies(self.customer_north)
        self.assertEqual(found[self.customer_north], policy)
        with self.assertRaises(ValidationError):
            policy.write({"owner": "user", "owner_id": self.salesperson.id})

    def test_bad_policies_are_refused(self):
        for values, error in (
            ({"contact_days": -1}, CheckViolation),
            ({"contact_days": 731}, CheckViolation),
            ({"response_hours": -1}, CheckViolation),
            ({"owner": "user"}, CheckViolation),
            ({"activity_type_id": self.to_do.id}, ValidationError),
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(error),
                self.env.cr.savepoint(),
            ):
                self._create_policy(grade_id=self.grade_b.id, **values)

    def test_directors_alone_write_policies(self):
        policies = self.env["sales.service.policy"]
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                policies.with_user(user).create({"grade_id": self.grade_a.id})
        form = Form(policies.with_user(self.director))
        form.grade_id = self.grade_a
        form.contact_days = 14
        self.assertEqual(form.save().display_name, "Grade A")

    # ------------------------------------------------------------------
    # Terms
    # ------------------------------------------------------------------

    def _open_apply(self, user=None):
        action = self.policy.with_user(user or self.director).action_apply_terms()
        apply = self.env["sales.service.policy.apply"].with_user(user or self.director)
        return apply.with_context(**action["context"])

    def test_the_customer_page_shows_terms_that_differ(self):
        customer = self.customer_north.with_user(self.salesperson)
        self.assertFalse(customer.sales_policy_terms)
        self.policy.payment_term_id = self.terms
        self.env.invalidate_all()
        self.assertEqual(customer.sales_policy_terms, "60 Days")
        self.customer_north.property_payment_term_id = self.terms
        self.env.invalidate_all()
        self.assertFalse(customer.sales_policy_terms)

    def test_terms_change_nothing_until_the_director_applies_them(self):
        self.policy.payment_term_id = self.terms
        self.assertFalse(self.customer_north.property_payment_term_id)
        apply = Form(self._open_apply()).save()
        customers = self.customer_north + self.customer_south
        self.assertEqual(apply.partner_ids & customers, customers)
        self.assertEqual(apply.change_count, len(apply.partner_ids))
        apply.partner_ids -= self.customer_south
        apply.action_apply()
        self.assertEqual(self.customer_north.property_payment_term_id, self.terms)
        self.assertFalse(self.customer_south.property_payment_term_id)

    def test_terms_are_applied_to_customers_of_the_policy_only(self):
        self.policy.payment_term_id = self.terms
        apply = self._open_apply().create(
            {"policy_id": self.policy.id, "partner_ids": self.customer_nowhere.ids}
        )
        apply.action_apply()
        self.assertFalse(self.customer_nowhere.property_payment_term_id)

    def test_terms_are_those_of_the_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.policy.payment_term_id = self.terms
        Form(self._open_apply()).save().action_apply()
        customer = self.customer_north.with_company(other)
        self.assertFalse(customer.property_payment_term_id)

    def test_others_apply_no_terms(self):
        self.policy.payment_term_id = self.terms
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                self.policy.with_user(user).action_apply_terms()
            with self.assertRaises(AccessError):
                self.env["sales.service.policy.apply"].with_user(user).create(
                    {"policy_id": self.policy.id}
                )
