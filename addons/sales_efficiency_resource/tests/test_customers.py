# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from ..engine import Duplicates, PolicyMatch
from ..engine.grading import ClassAssignment
from .grading_common import GradingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestCustomers(GradingCommon):
    """Files, classes, grades, policies and duplicates mean the same customers."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.env["res.company"].create({"name": "Company B"})
        partners = cls.env["res.partner"]
        cls.looked_after, cls.buyer, cls.person, cls.foreign, cls.supplier = (
            partners.create(
                [
                    {"name": "Looked After", "user_id": cls.salesperson.id},
                    {"name": "Buyer"},
                    {"name": "Person", "parent_id": cls.customer_north.id},
                    {"name": "Foreign", "company_id": other.id},
                    {"name": "Supplier"},
                ]
            )
        )
        cls.classed = partners.create({"name": "Classed"})
        cls.key, cls.every = cls.env["sales.customer.class"].create(
            [{"name": "Key"}, {"name": "Every", "is_automatic": True, "sequence": 99}]
        )
        cls.classed.sales_class_id = cls.key
        cls.house = cls.company.partner_id
        cls.colleague_partner = cls.colleague.partner_id
        cls.bought = cls.buyer | cls.house | cls.colleague_partner | cls.foreign
        cls.env["sales.history.line"].create(
            [
                {
                    "date": "2026-10-01",
                    "recorded_as": "order",
                    "amount": 5,
                    "company_id": cls.company.id,
                    "partner_id": partner.id,
                }
                for partner in cls.bought - cls.foreign
            ]
        )
        cls.env["sales.mart"]._refresh()
        cls.customers_ = cls.looked_after | cls.buyer | cls.classed
        cls.nobody = (
            cls.house | cls.colleague_partner | cls.person | cls.foreign | cls.supplier
        )
        cls.all = cls.customers_ | cls.nobody

    def test_customers_are_those_who_buy_or_are_looked_after(self):
        found = self.env["res.partner"].search(
            [("id", "in", self.all.ids), ("is_sales_customer", "=", True)]
        )
        self.assertEqual(found, self.customers_)

    def test_policies_are_for_customers(self):
        """Not for suppliers whom the rule of a class finds as well"""
        ClassAssignment(self.company).assign()
        self.env.invalidate_all()
        self.assertEqual(self.supplier.sales_class_id, self.every)
        self.env["sales.service.policy"].create({"company_id": self.company.id})
        self.env.flush_all()
        rows = self.env.execute_query(PolicyMatch(self.company).select())
        found = {partner_id for partner_id, *_rest in rows}
        self.assertEqual(found & set(self.all.ids), set(self.customers_.ids))

    def test_our_companies_and_colleagues_are_no_customers(self):
        """Whatever they have bought"""
        ClassAssignment(self.company).assign()
        run = self._confirm(self._create_grading(weights={"recency": 100}))
        graded = run.result_ids.partner_id
        self.env.invalidate_all()
        self.assertIn(self.buyer, graded)
        duplicates = self.env["res.partner"].search(Duplicates(self.env).get_domain())
        for partner in self.house | self.colleague_partner | self.foreign | self.person:
            with self.subTest(partner.name):
                self.assertNotIn(partner, graded)
                self.assertNotIn(partner, duplicates)
                self.assertFalse(partner.sales_class_id)
