# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase, tagged

from ..demo.demo_company import COMPANY


@tagged("post_install", "-at_install")
class TestDemoCompany(TransactionCase):
    """The demo company as it is created, whether or not the database has it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.main = cls.env.ref("base.main_company")
        cls.demo = cls.env["sales.demo.company"]
        if company := cls.env.ref(COMPANY, raise_if_not_found=False):
            # Names of companies are unique.
            company.name = "Test Company"
        cls.env["ir.model.data"].search(
            [("module", "=", "sales_efficiency_base"), ("name", "=like", "%_demo")]
        ).unlink()

    @classmethod
    def _name(cls, name, record):
        cls.env["ir.model.data"]._update_xmlids(
            [{"xml_id": f"sales_efficiency_base.{name}", "record": record}]
        )

    def test_it_keeps_its_accounts_apart_from_those_of_others(self):
        others = self.env["res.company"].search([])
        self.demo._load()
        company = self.env.ref(COMPANY)
        self.assertNotIn(company, others)
        self.assertEqual(company.currency_id.name, "TWD")
        self.assertEqual(company.account_sale_tax_id.amount, 5)
        self.assertEqual(company.account_sale_tax_id.company_id, company)

    def test_earlier_databases_keep_their_main_company_as_it(self):
        self._name("user_grace_demo", self.env.user)
        self.demo._load()
        self.assertEqual(self.env.ref(COMPANY), self.main)
        companies = self.env["res.company"].search([])
        self.demo._load()
        self.assertEqual(self.env["res.company"].search([]), companies)

    def _complete(self):
        """:return: company, product and customer, when the demo data are there"""
        self.demo._load()
        product = self.env["product.product"].create({"name": "Valve"})
        product.with_company(self.main).standard_price = 70
        customer = self.env["res.partner"].create({"name": "Acme Tools 頂尖工具"})
        terms = self.env["account.payment.term"].create({"name": "Test"})
        customer.with_company(self.main).property_payment_term_id = terms
        self._name("product_valve_demo", product)
        self._name("partner_acme_demo", customer)
        self.demo._complete()
        company = self.env.ref(COMPANY)
        product, customer = (r.with_company(company) for r in (product, customer))
        self.assertEqual(product.standard_price, 70)
        self.assertIn(company.account_sale_tax_id, product.taxes_id)
        self.assertEqual(customer.property_payment_term_id, terms)
        return company, product, customer

    def test_a_chinese_demo_has_chinese_names(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        company, product, customer = self._complete()
        self.assertEqual(company.name, "蓬峰自動化")
        self.assertEqual(company.street, "南港路二段168號")
        self.assertEqual(company.city, "台北市")
        self.assertEqual(customer.name, "頂尖工具")
        self.assertEqual(product.name, "Valve")
