# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, models

# Customers pay on these days of the month.
PAY_DAYS = (10, 25)
REFUND_DAYS = 14


class SalesDemoInvoice(models.AbstractModel):
    """Creates invoices, credit notes and payments for the demo orders."""

    _name = "sales.demo.invoice"
    _description = "Sales Demo Invoices"

    def _load(self, today, orders):
        """Create the accounting documents dated before today.

        :param orders: [(deal, order)]
        """
        invoices = self._load_invoices(today, orders)
        self._load_refunds(today, invoices)
        self._load_payments(today, invoices)

    def _load_invoices(self, today, orders):
        """:returns: [(deal, invoice)] of the orders invoiced before today"""
        due = [(deal, order) for deal, order in orders if deal.invoiced < today]
        due.sort(key=lambda pair: pair[0].invoiced)
        # Dated on creation: Odoo recomputes a whole invoice when its date changes.
        invoices = self.env["account.move"].create(
            [
                order._prepare_invoice()
                | {
                    "invoice_date": deal.invoiced,
                    "invoice_line_ids": [
                        Command.create(line._prepare_invoice_line())
                        for line in order.order_line
                    ],
                }
                for deal, order in due
            ]
        )
        invoices._post(soft=False)
        return [
            (deal, invoice)
            for (deal, _order), invoice in zip(due, invoices, strict=True)
        ]

    def _load_refunds(self, today, invoices):
        """Credit some invoices, in whole or in part."""
        returned = [
            (deal, invoice, deal.invoiced + timedelta(days=REFUND_DAYS))
            for deal, invoice in invoices
            if deal.refunded and deal.invoiced + timedelta(days=REFUND_DAYS) < today
        ]
        refunds = (
            self.env["account.move"]
            .union(*(invoice for _deal, invoice, _day in returned))
            ._reverse_moves(
                [
                    {"invoice_date": day, "date": day}
                    for _deal, _invoice, day in returned
                ]
            )
        )
        for (deal, _invoice, _day), refund in zip(returned, refunds, strict=True):
            for line in refund.invoice_line_ids:
                line.quantity = max(1, int(line.quantity * deal.refunded))
        refunds._post(soft=False)

    def _load_payments(self, today, invoices):
        """Register the payments made before today and reconcile them with invoices."""
        paid = [
            (invoice, vals)
            for deal, invoice in invoices
            for vals in self._prepare_payments(today, deal, invoice)
        ]
        payments = self.env["account.payment"].create([vals for _, vals in paid])
        payments.action_post()
        moves = {}
        for (invoice, _vals), payment in zip(paid, payments, strict=True):
            moves[invoice] = moves.get(invoice, invoice) + payment.move_id
        self.env["account.move.line"]._reconcile_plan(
            [
                matched.line_ids.filtered(
                    lambda line: line.account_type == "asset_receivable"
                )
                for matched in moves.values()
            ]
        )

    def _prepare_payments(self, today, deal, invoice):
        """:returns: values of the payments received for the invoice before today"""
        vals_list, share_paid, paid = [], 0.0, 0.0
        for delay, share in deal.payments:
            day = invoice.invoice_date_due + timedelta(days=delay)
            while day.day not in PAY_DAYS:
                day += timedelta(days=1)
            share_paid += share
            amount = invoice.currency_id.round(
                invoice.amount_residual * share_paid - paid
            )
            if day >= today or not amount:
                break
            paid += amount
            vals_list.append(
                {
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "partner_id": invoice.commercial_partner_id.id,
                    "company_id": invoice.company_id.id,
                    "currency_id": invoice.currency_id.id,
                    "amount": amount,
                    "date": day,
                    "memo": invoice.name,
                }
            )
        return vals_list
