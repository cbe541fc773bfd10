# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random

from odoo import Command
from odoo.tests import tagged

from .sales_mart_common import SalesMartCommon

STEPS = [
    "create",
    "confirm",
    "confirm",
    "split",
    "edit",
    "cancel",
    "delete",
    "invoice",
    "invoice",
    "pay",
    "pay",
    "unreconcile",
    "refund",
    "reset",
    "move_product",
    "opportunity",
    "plain_sql",
]


@tagged("post_install", "-at_install")
class TestSalesMartSequences(SalesMartCommon):
    """A refresh makes the figures exact after any sequence of changes."""

    def setUp(self):
        super().setUp()
        self.rng = random.Random(20261123)
        self.orders = []
        self.invoices = []
        self.payments = []

    def _price(self):
        return self.rng.randint(1, 9999) / 100

    def _open_invoices(self, *payment_states):
        return [
            invoice
            for invoice in self.invoices
            if invoice.state == "posted" and invoice.payment_state in payment_states
        ]

    def _step_create(self):
        products = [self.product_a, self.product_b]
        lines = [
            (self.rng.choice(products), self.rng.randint(1, 9), self._price())
            for _line in range(self.rng.randint(1, 3))
        ]
        self.orders.append(self._order(*lines))

    def _step_confirm(self):
        order = self.rng.choice(self.orders)
        if order.state == "draft":
            order.action_confirm()

    def _step_split(self):
        share = self._price()
        self.rng.choice(self.orders).sales_credit_ids = [
            Command.clear(),
            Command.create({"user_id": self.seller.id, "share": share}),
            Command.create(
                {"user_id": self.colleague.id, "share": round(100 - share, 2)}
            ),
        ]

    def _step_edit(self):
        line = self.rng.choice(self.rng.choice(self.orders).order_line)
        line.price_unit = self._price()

    def _step_cancel(self):
        order = self.rng.choice(self.orders)
        if not order.invoice_ids:
            order._action_cancel()
            order.action_draft()

    def _step_delete(self):
        order = self.rng.choice(self.orders)
        if len(self.orders) > 1 and not order.invoice_ids:
            self.orders.remove(order)
            order._action_cancel()
            order.unlink()

    def _step_invoice(self):
        order = self.rng.choice(self.orders)
        if order.invoice_status == "to invoice":
            self.invoices.append(self._invoice(order))

    def _step_pay(self):
        for invoice in self._open_invoices("not_paid", "partial")[:1]:
            part = self.rng.choice([0.3, 0.5, 1])
            amount = round(invoice.amount_residual * part, 2)
            if amount:
                self.payments.append(self._pay(invoice, amount))

    def _step_unreconcile(self):
        if self.payments:
            index = self.rng.randrange(len(self.payments))
            self.payments.pop(index).action_draft()

    def _step_refund(self):
        for invoice in self._open_invoices("not_paid", "partial", "paid")[-1:]:
            invoice._reverse_moves()[0].action_post()

    def _step_reset(self):
        for invoice in self._open_invoices("not_paid")[:1]:
            invoice.button_draft()
            if self.rng.random() < 0.5:
                invoice.action_post()

    def _step_move_product(self):
        product = self.rng.choice([self.product_a, self.product_b])
        product.categ_id = self.rng.choice([self.line_a, self.line_b])

    def _step_opportunity(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "expected_revenue": self._price(),
            }
        )
        self.rng.choice([lead.action_set_won, lead.action_set_lost, lead.unlink])()

    def _step_plain_sql(self):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sale_order_line SET product_uom_qty = product_uom_qty + 1"
            " WHERE order_id = %s",
            [self.rng.choice(self.orders).id],
        )
        self.env.invalidate_all()

    def test_random_sequences_stay_exact(self):
        self._step_create()
        for number in range(90):
            getattr(self, f"_step_{self.rng.choice(STEPS)}")()
            if number % 15 == 14:
                self.assertExact()
        self.assertExact()
        self.assertTrue(self.invoices and self.payments, "it came to money")
