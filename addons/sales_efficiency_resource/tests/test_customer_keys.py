# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import BaseCase

from odoo.addons.sales_efficiency_resource.engine.customer_keys import (
    get_email_key,
    get_name_key,
    get_phone_key,
    get_tax_key,
    get_website_key,
)


class TestCustomerKeys(BaseCase):
    def test_names_are_the_same_whatever_the_form_of_company(self):
        for key, names in {
            "acme": (
                "Acme",
                "ACME Inc.",
                "Acme Co., Ltd.",
                "ａｃｍｅ　ＧｍｂＨ",
                "Acme",
            ),
            "楓葉貿易": (
                "楓葉貿易",
                "楓葉貿易股份有限公司",
                "楓葉貿易有限公司",
                "楓葉貿易(股)公司",
                "楓葉 貿易 公司",
            ),
            "トヨタ": ("株式会社トヨタ", "トヨタ", "ﾄﾖﾀ株式会社"),
        }.items():
            for name in names:
                with self.subTest(name=name):
                    self.assertEqual(get_name_key(name), key)

    def test_names_that_only_begin_alike_differ(self):
        self.assertNotEqual(get_name_key("Acme Trading"), get_name_key("Acme"))
        self.assertNotEqual(get_name_key("楓葉貿易"), get_name_key("楓葉光電"))

    def test_a_name_that_is_a_form_of_company_is_kept(self):
        self.assertEqual(get_name_key("公司"), "公司")
        self.assertEqual(get_name_key("Limited"), "limited")

    def test_nothing_is_no_key(self):
        for get_key in (
            get_name_key,
            get_tax_key,
            get_email_key,
            get_phone_key,
            get_website_key,
        ):
            for value in (None, False, "", " ", "-"):
                with self.subTest(get_key.__name__, value=value):
                    self.assertFalse(get_key(value))

    def test_a_phone_is_its_digits(self):
        self.assertEqual(get_phone_key("+886 2 2469 4407"), "886224694407")
        self.assertEqual(get_phone_key("００８８６-2-2469-4407"), "886224694407")
        self.assertFalse(get_phone_key("110"))

    def test_a_domain_is_no_e_mail(self):
        self.assertFalse(get_email_key("@acme.example"))
        self.assertNotEqual(
            get_email_key("a@acme.example"), get_email_key("b@acme.example")
        )

    def test_broken_addresses_are_no_websites(self):
        self.assertFalse(get_website_key("http://[::"))
        self.assertEqual(get_website_key("WWW.Acme.Example/shop/"), "acme.example/shop")
