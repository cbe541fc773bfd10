# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged

from .file_common import FileCommon


@tagged("post_install", "-at_install")
class TestResPartnerPurchases(FileCommon):
    """What a customer bought, out of the figures that the user may see."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product_b = cls.env["product.product"].create(
            {
                "name": "Goods B",
                "type": "consu",
                "categ_id": cls.line_b.id,
                "list_price": 50,
                "standard_price": 20,
                "taxes_id": [],
            }
        )
        cls._sell(2, "2026-01-10")
        cls._sell(3, "2026-03-10", user=cls.salesperson)
        cls._sell(10, "2026-05-20", user=cls.colleague, product=cls.product_b, price=50)
        cls.env["sales.mart"]._refresh()

    def _read(self, user, customer=None):
        self.env.invalidate_all()
        return (customer or self.customer_north).with_user(user)

    def test_directors_see_all_purchases(self):
        customer = self._read(self.director)
        self.assertRecordValues(
            customer,
            [
                {
                    "sales_first_order_date": date(2026, 1, 10),
                    "sales_last_order_date": date(2026, 5, 20),
                    "sales_purchase_count": 3,
                    "sales_purchase_amount": 1000,
                    "sales_purchase_margin": 200 + 300,
                    "sales_has_hidden_purchases": False,
                    "sales_currency_id": self.company.currency_id.id,
                }
            ],
        )
        self.assertEqual(customer.sales_bought_line_ids, self.category | self.line_b)

    def test_salespeople_see_their_own_amounts_but_all_lines(self):
        customer = self._read(self.salesperson)
        self.assertRecordValues(
            customer,
            [
                {
                    "sales_last_order_date": date(2026, 3, 10),
                    "sales_purchase_count": 2,
                    "sales_purchase_amount": 500,
                    "sales_has_hidden_purchases": True,
                }
            ],
        )
        self.assertIn(self.line_b, customer.sales_bought_line_ids)
        self.assertNotIn(self.line_b, customer.sales_missing_line_ids)

    def test_people_show_the_purchases_of_their_company(self):
        contact = self._read(self.director, self.north_contact)
        self.assertEqual(contact.sales_purchase_count, 3)
        self.assertEqual(contact.sales_purchase_amount, 1000)

    def test_others_see_no_amounts(self):
        customer = self._read(self.outsider)
        self.assertEqual(customer.sales_purchase_amount, 0)
        self.assertEqual(customer.sales_purchase_count, 0)

    def test_lines_not_bought_are_those_that_the_company_sells(self):
        unsold = self.env["product.category"].create({"name": "Unsold"})
        self.env["product.template"].create(
            [
                {
                    "name": "A",
                    "categ_id": self.line_a.id,
                    "company_id": self.company.id,
                },
                {"name": "Shared, never sold", "categ_id": unsold.id},
                {"name": "B", "categ_id": unsold.id, "sale_ok": False},
                {
                    "name": "C",
                    "categ_id": unsold.id,
                    "company_id": self.other_company.id,
                },
            ]
        )
        missing = self._read(self.director).sales_missing_line_ids
        self.assertIn(self.line_a, missing)
        self.assertNotIn(unsold, missing)
        self.assertNotIn(self.line_b, missing)

    def test_another_company_sees_only_its_own(self):
        customer = self._read(self.env.user).with_company(self.other_company)
        self.assertEqual(customer.sales_purchase_count, 0)
        self.assertEqual(customer.sales_currency_id, self.other_company.currency_id)

    def test_the_figures_behind_open(self):
        action = self._read(self.director).action_open_sales_purchases()
        facts = self.env["sales.fact"].search(action["domain"])
        self.assertEqual(sum(facts.mapped("amount")), 1000)
        action = self._read(self.director).action_open_sales_missing_lines()
        self.assertEqual(action["res_model"], "product.template")

    def test_who_has_sales_or_a_salesperson_is_a_customer(self):
        self.customer_north.user_id = False
        partners = self.customer_north | self.customer_south | self.customer_nowhere
        partners |= self.company.partner_id | self.north_contact
        found = self.env["res.partner"].search(
            [("id", "in", partners.ids), ("is_sales_customer", "=", True)]
        )
        self.assertEqual(found, self.customer_north | self.customer_south)
        self.assertTrue(self.customer_north.is_sales_customer)
        self.assertFalse(self.customer_nowhere.is_sales_customer)
