# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .sales_mart_common import SalesMartCommon


@tagged("post_install", "-at_install")
class TestBasePartnerMerge(SalesMartCommon):
    @mute_logger("odoo.addons.base.partner.merge")
    def _merge(self, customers, into):
        self.env["base.partner.merge.automatic.wizard"].create(
            {
                "partner_ids": [Command.set(customers.ids)],
                "dst_partner_id": into.id,
            }
        ).action_merge()

    def test_figures_name_the_customer_that_is_left_at_once(self):
        partners = self.env["res.partner"].create(
            [{"name": name, "is_company": True} for name in ("Kept", "Gone")]
        )
        kept, gone = partners
        orders = self._order((self.product_a, 1, 100), partner_id=gone.id)
        orders |= self._order((self.product_a, 1, 50), partner_id=kept.id)
        orders.action_confirm()
        invoice = self._invoice(orders[0])
        past = self.env["sales.history.line"].create(
            {"date": "2025-01-01", "amount": 10, "partner_id": gone.id}
        )
        self.assertEqual(self._facts(*orders, invoice, past).partner_id, partners)
        self._merge(partners, kept)
        facts = self.env["sales.fact"].search([("partner_id", "=", kept.id)])
        self.assertEqual(sum(facts.mapped("amount")), 260)
        self.assertFalse(self.env["sales.fact"].search([("partner_id", "=", gone.id)]))
        self.assertExact()
        facts = self.env["sales.fact"].search([("partner_id", "=", kept.id)])
        self.assertEqual(sum(facts.mapped("amount")), 260)

    def test_past_sales_of_one_reference_are_one_order_then(self):
        partners = self.env["res.partner"].create([{"name": "Kept"}, {"name": "Gone"}])
        values = {"name": "S1", "date": "2025-01-01", "amount": 10}
        lines = self.env["sales.history.line"].create(
            [values | {"partner_id": partner.id} for partner in partners]
        )
        self.assertFalse(lines.document_id)
        self._merge(partners, partners[0])
        self.assertEqual(lines.document_id, lines[0])
        self.mart._refresh()
        self.assertEqual(sum(self._facts(*lines).mapped("documents")), 1)
        self.assertExact()

    def test_figures_of_a_customer_that_becomes_a_contact_are_its_companys(self):
        company = self.env["res.partner"].create(
            {"name": "Company", "is_company": True}
        )
        contact, customer = self.env["res.partner"].create(
            [{"name": "Contact", "parent_id": company.id}, {"name": "Customer"}]
        )
        order = self._order((self.product_a, 1, 100), partner_id=customer.id)
        order.action_confirm()
        self.assertEqual(self._facts(order).partner_id, customer)
        self._merge(customer | contact, customer)
        self.assertEqual(customer.parent_id, company)
        facts = self.env["sales.fact"].search([("partner_id", "=", company.id)])
        self.assertEqual(facts.amount, 100)
        self.assertExact()
