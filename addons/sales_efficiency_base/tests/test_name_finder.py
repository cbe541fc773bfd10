# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from inspect import getmodule

from odoo.tests import TransactionCase, tagged

from odoo.addons.sales_efficiency_base.engine import NameFinder

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestNameFinderDoctest(TransactionCase):
    def test_examples(self):
        self.assertFalse(doctest.testmod(getmodule(NameFinder)).failed)


@tagged("post_install", "-at_install")
class TestNameFinder(SalesEfficiencyCommon):
    """Names in files mean records, however people write them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_TW")
        cls.salesperson.name = "Test Amy 測試涵"
        cls.finder = NameFinder(cls.env(user=cls.director))

    def _find(self, model, name):
        return self.finder.find(model, [name])[name]

    def test_people_are_found_by_login_mail_and_name(self):
        self.salesperson.email = "amy@test.example.com"
        for name in (
            "test_salesperson",
            "AMY@test.example.com",
            "Test Amy 測試涵",
            " test  ＡＭＹ　測試涵 ",
        ):
            with self.subTest(name):
                match = self._find("res.users", name)
                self.assertEqual(match.records, self.salesperson)
                self.assertTrue(match.is_whole)

    def test_people_are_found_by_half_of_their_name(self):
        for name in ("測試涵", "Test AMY", "測試涵 test amy", "測試涵（Test Amy）"):
            with self.subTest(name):
                match = self._find("res.users", name)
                self.assertEqual(match.records, self.salesperson)
        self.colleague.name = "測試白"
        self.assertEqual(
            self._find("res.users", "Test White 測試白").records, self.colleague
        )

    def test_half_a_name_that_fits_two_means_both(self):
        self.colleague.name = "Test Bob 測試涵"
        match = self._find("res.users", "測試涵")
        self.assertEqual(match.records, self.salesperson + self.colleague)
        self.assertFalse(match.is_whole)
        self.assertEqual(
            self._find("res.users", "Test Bob 測試涵").records, self.colleague
        )

    def test_people_who_have_left_are_found(self):
        self.salesperson.active = False
        self.assertEqual(self._find("res.users", "測試涵").records, self.salesperson)

    def test_nobody_is_found_by_another_name(self):
        for name in ("Test", "Amy", "", " ", "測試"):
            self.assertFalse(self._find("res.users", name).records, name)

    def test_regions_are_found_by_code_path_and_name_in_any_language(self):
        self.region_north.code = "TN"
        self.region_north.with_context(lang="zh_TW").name = "測試北"
        self.region_world.with_context(lang="zh_TW").name = "測試世界"
        for name in (
            "tn",
            "test north",
            "Test World / Test North",
            "test world/test north",
            "測試北",
            "測試世界 / 測試北",
        ):
            with self.subTest(name):
                match = self._find("sales.region", name)
                self.assertEqual(match.records, self.region_north)
        self.assertFalse(self._find("sales.region", "Test South / Test North").records)

    def test_products_and_customers_are_found_by_code(self):
        self.product.default_code = "TG-1"
        self.customer_north.ref = "C-TEST-7"
        self.assertEqual(self._find("product.product", "tg-1").records, self.product)
        self.assertEqual(
            self._find("res.partner", "c-test-7").records, self.customer_north
        )
        self.assertEqual(self._find("crm.team", "TEST FIELD").records, self.team_field)

    def test_what_the_user_may_not_read_is_not_found(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        self.region_north.company_id = company
        self.assertFalse(self._find("sales.region", "Test North").records)

    def test_the_number_of_queries_does_not_depend_on_the_number_of_names(self):
        names = ["測試涵", *(f"unknown {number}" for number in range(1000))]
        self.finder.find("res.users", names[:2])
        with self.assertQueryCount(1):
            self.finder.find("res.users", names)
