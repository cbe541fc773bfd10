# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.sales_efficiency_base.demo.sales_sample import MODELS, STEPS

from .common import SalesEfficiencyCommon

COUNTED = (*MODELS, "sales.history.line", "ir.model.data")


@tagged("post_install", "-at_install")
@freeze_time("2026-07-15 12:00:00")
class TestSalesSample(SalesEfficiencyCommon):
    """An administrator tries the suite in a new company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.new_company = cls.env["res.company"].create({"name": "New Company"})
        cls.administrator = new_test_user(
            cls.env,
            login="test_administrator",
            groups="base.group_system,sales_efficiency_base.group_sales_director",
            company_id=cls.new_company.id,
        )
        cls.sample = cls.env["sales.sample"].with_user(cls.administrator)

    def _load(self):
        for step in STEPS:
            self.sample.load_step(step)
            self.env["sales.mart"]._refresh()

    def _remove(self):
        for step in reversed(STEPS):
            self.sample.remove_step(step)
            self.env["sales.mart"]._refresh()

    def _count(self):
        everything = self.env(context={"active_test": False})
        return {model: everything[model].search_count([]) for model in COUNTED}

    def test_the_sample_fills_an_empty_company_and_is_removed_as_a_whole(self):
        before = self._count()
        self.assertEqual(self.sample.get_state(), "possible")
        self._load()
        self.assertEqual(self.sample.get_state(), "loaded")
        facts = self.env["sales.fact"].search(
            [("company_id", "=", self.new_company.id)]
        )
        self.assertGreater(len(facts), 300)
        self.assertEqual(len(facts.user_id), 7)
        self.assertEqual(min(facts.mapped("date")).isoformat()[:7], "2024-07")
        self.assertEqual(max(facts.mapped("date")).isoformat()[:7], "2026-07")
        self.assertLess(max(facts.mapped("date")).isoformat(), "2026-07-15")
        self._remove()
        self.assertEqual(self.sample.get_state(), "possible")
        self.assertEqual(self._count(), before)
        self.assertFalse(facts.exists())

    def test_what_users_have_made_of_it_stays(self):
        self._load()
        customer = self.sample._get_records("res.partner")[0]
        product = self.sample._get_records("product.product")[0]
        order = self.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "company_id": self.new_company.id,
                "order_line": [(0, 0, {"product_id": product.id})],
            }
        )
        self._remove()
        self.assertTrue(order.exists())
        self.assertFalse(customer.active, "is needed, so it is only archived")
        self.assertFalse(self.sample._find_records())

    def test_a_company_with_sales_gets_no_sample(self):
        for create in (
            lambda: self.env["sale.order"].create(
                {
                    "partner_id": self.customer_north.id,
                    "company_id": self.new_company.id,
                }
            ),
            lambda: self.env["sales.history.line"].create(
                {
                    "date": "2026-01-01",
                    "amount": 1,
                    "company_id": self.new_company.id,
                }
            ),
        ):
            with self.subTest():
                record = create()
                self.assertFalse(self.sample.get_state())
                with self.assertRaises(UserError):
                    self.sample.load_step("masters")
                record.unlink()

    def test_it_is_loaded_once(self):
        self._load()
        with self.assertRaises(UserError):
            self.sample.load_step("masters")
        sales = self.sample._find_records("sales.history.line")
        self.sample.load_step("sales")  # a second click
        self.assertEqual(self.sample._find_records("sales.history.line"), sales)

    def test_no_step_is_done_out_of_order_or_by_a_made_up_name(self):
        for step in ("sales", "plan", "company", "_load_sales", None):
            with self.subTest(step=step), self.assertRaises(UserError):
                self.sample.load_step(step)
        with self.assertRaises(UserError):
            self.sample.remove_step("company")

    def test_only_a_director_who_is_an_administrator_may(self):
        self.assertFalse(self.sample.with_user(self.director).get_state())
        for method in (self.sample.load_step, self.sample.remove_step):
            for user in (self.salesperson, self.leader, self.director):
                with self.subTest(user=user.name), self.assertRaises(AccessError):
                    getattr(self.sample.with_user(user), method.__name__)("masters")

    def test_nobody_can_log_in_as_a_person_of_the_sample(self):
        self._load()
        person = self.sample._get_records("res.users")[0]
        credential = {"type": "password", "login": person.login, "password": ""}
        with self.assertRaises(AccessError.__mro__[1]):
            person.with_user(person)._check_credentials(
                credential, {"interactive": True}
            )
