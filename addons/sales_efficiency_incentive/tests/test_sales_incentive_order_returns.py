# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .ledger_common import IncentiveLedgerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveOrderReturns(IncentiveLedgerCommon):
    """Credit notes take back what commissions on orders have paid"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paid = cls._start_plan()
        cls.order = cls._sell(10, "2026-01-03")

    def test_a_credit_note_reduces_the_month_of_its_order(self):
        invoice = self._invoice(self.order, "2026-01-10")
        self._lock(1)
        self._credit(invoice, "2026-03-10", quantity=4)
        self._compute()
        self.assertEqual([self._get_paid(month) for month in (1, 2)], [100, 0])
        self.assertEqual(self._get_entries(3)[0], ("clawback", "payable", -40))
        clawback = self.entries.search([("kind", "=", "clawback")])
        self.assertEqual(clawback.origin, date(2026, 1, 1))
        self.assertEqual(clawback.document, self.order)
        self.periods._get_following()._compute_entries()
        self.assertEqual(self._get_entries(3)[0], ("clawback", "payable", -40))

    def test_a_credit_note_of_the_same_month_reduces_its_order(self):
        self._credit(self._invoice(self.order, "2026-01-10"), "2026-01-20", quantity=4)
        self._compute()
        self.assertEqual(self._get_entries(1), [("earning", "payable", 60)])

    def test_a_credit_note_without_its_invoice_is_linked_by_order_lines(self):
        refund = self._credit(
            self._invoice(self.order, "2026-01-10"), "2026-01-20", quantity=4
        )
        refund.button_draft()
        refund.reversed_entry_id = False
        refund.action_post()
        self._compute()
        self.assertEqual(self._get_paid(1), 60)

    def test_what_is_invoiced_again_is_no_return(self):
        """An invoice that was corrected takes nothing: the order stands."""
        self._credit(self._invoice(self.order, "2026-01-10"), "2026-01-20")
        self._lock(1)
        self.assertEqual(self._get_paid(1), 0)
        self._invoice(self.order, "2026-02-03")
        self._compute()
        entries = self._get_entries(2)
        self.assertEqual(entries, [("earning", "payable", 100)])

    def test_an_order_that_was_reduced_is_not_reduced_twice(self):
        self._credit(self._invoice(self.order, "2026-01-10"), "2026-01-20", quantity=4)
        self.order.order_line.product_uom_qty = 6
        self._compute()
        self.assertEqual(self._get_paid(1), 60)

    def test_a_down_payment_given_back_is_no_return(self):
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=self.order.ids)
            .create({"advance_payment_method": "percentage", "amount": 30})
        )
        invoice = wizard._create_invoices(self.order)
        invoice.invoice_date = "2026-01-10"
        invoice.action_post()
        self._credit(invoice, "2026-01-20")
        self._compute()
        self.assertEqual(self._get_paid(1), 100)

    def test_days_count_from_the_invoice(self):
        version = self.paid.plan_id.version_ids
        self._put_into_effect(
            version.plan_id, date(2026, 2, 1), terms={"return_days": 30}
        )
        orders = [self._sell(10, "2026-02-03") for _number in range(2)]
        invoices = [self._invoice(order, "2026-03-01") for order in orders]
        self._credit(invoices[0], "2026-03-31")  # after 30 days
        self._credit(invoices[1], "2026-04-01")  # after 31
        self._compute()
        self.assertEqual(self._get_paid(2), 200)
        taken = self.entries.search([("kind", "=", "clawback")])
        self.assertEqual(taken.mapped("document_name"), [orders[0].name])
        self.assertEqual(taken.amount, -100)

    def test_a_shared_order_is_given_back_by_shares(self):
        self.env["sales.credit"].create(
            [
                {"order_id": self.order.id, "user_id": user.id, "share": 50}
                for user in (self.salesperson, self.colleague)
            ]
        )
        self._credit(self._invoice(self.order, "2026-01-10"), "2026-01-20", quantity=4)
        self._compute()
        self.assertEqual(self._get_paid(1), 30)
