# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import sql_db
from odoo.fields import Command

from .apart import compare
from .clock import seconds

LINES = 10


def measure(databases):
    """Compare a sale with and without the suite."""
    return compare(databases, Sale, "create, confirm and invoice a 10-line order", 2)


class Sale:
    """An order of ten lines: created, confirmed and invoiced."""

    def __init__(self, env):
        self.env = env
        self.customer = env["res.partner"].create({"name": "Customer"})
        self.products = env["product.product"].create(
            [
                {"name": f"Product {n}", "list_price": 10, "invoice_policy": "order"}
                for n in range(LINES)
            ]
        )
        env.cr.commit()

    def sell(self):
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create({"product_id": product.id})
                    for product in self.products
                ],
            }
        )
        order.action_confirm()
        order._create_invoices().action_post()
        self.env.cr.commit()

    def turn(self):
        self.env.invalidate_all()
        return seconds(self.sell)

    def count_queries(self):
        self.env.invalidate_all()
        before = sql_db.sql_counter
        self.sell()
        return sql_db.sql_counter - before
