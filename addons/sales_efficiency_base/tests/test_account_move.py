# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.tests import tagged

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestAccountMoveDimensions(SalesEfficiencyCommon):
    def _create_invoice(self, partner, **values):
        return self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2026-01-15",
                "invoice_line_ids": [
                    Command.create({"product_id": self.product.id, "price_unit": 100})
                ],
                **values,
            }
        )

    def _invoice_order(self):
        order = self._create_order(
            sales_region_id=self.region_south.id, sales_channel_id=self.channel_shop.id
        )
        order.action_confirm()
        return order._create_invoices()

    def test_an_invoice_counts_for_what_its_order_counts_for(self):
        invoice = self._invoice_order()
        self.assertEqual(invoice.sales_region_id, self.region_south)
        self.assertEqual(invoice.sales_channel_id, self.channel_shop)
        invoice.partner_id = self.customer_nowhere
        self.assertEqual(invoice.sales_region_id, self.region_south)

    def test_an_invoice_without_order_takes_them_from_its_customer(self):
        invoice = self._create_invoice(self.customer_north)
        self.assertEqual(invoice.sales_region_id, self.region_north)
        self.assertEqual(invoice.sales_channel_id, self.channel_agent)

    def test_a_posted_invoice_does_not_move_with_its_customer(self):
        invoice = self._create_invoice(self.customer_north)
        invoice.action_post()
        self.customer_north.state_id = self.state_s
        self.assertEqual(invoice.sales_region_id, self.region_north)

    def test_a_credit_note_counts_for_what_its_invoice_counts_for(self):
        invoice = self._invoice_order()
        invoice.action_post()
        refund = invoice._reverse_moves()
        self.assertEqual(refund.sales_region_id, self.region_south)
        self.assertEqual(refund.sales_channel_id, self.channel_shop)

    def test_a_bill_has_no_sales_region(self):
        bill = self._create_invoice(self.customer_north, move_type="in_invoice")
        self.assertFalse(bill.sales_region_id)
        self.assertFalse(bill.sales_channel_id)
