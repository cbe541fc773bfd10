# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class PaymentTransaction(models.Model):
    """A customer who has paid a quotation that changed meanwhile meets no error: it is
    not confirmed, and the salesperson gets a to-do (policy 3.3.1)."""

    _inherit = "payment.transaction"

    def _post_process(self):
        quiet = self.with_context(sales_price_quiet=True)
        return super(PaymentTransaction, quiet)._post_process()

    def _check_amount_and_confirm_order(self):
        orders = self.sale_order_ids._filter_price_open()
        held = orders._filter_price_held()
        held._tell_held()
        released = self.filtered(
            lambda transaction: not transaction.sale_order_ids & held
        )
        return super(PaymentTransaction, released)._check_amount_and_confirm_order()
