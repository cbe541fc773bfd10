# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command, fields
from odoo.tests import tagged

from .sales_mart_common import SalesMartCommon


@tagged("post_install", "-at_install")
class TestSalesMart(SalesMartCommon):
    def test_the_tables_have_no_foreign_keys(self):
        """They would cost most of a rebuild, and change facts behind the mart."""
        tables = self.registry.descendants(["sales.mart.table"], "_inherit")
        self.env.cr.execute(
            "SELECT conname FROM pg_constraint JOIN pg_class t ON t.oid = conrelid"
            " WHERE contype = 'f' AND t.relname = ANY(%s)",
            [[self.env[name]._table for name in tables]],
        )
        self.assertFalse(self.env.cr.fetchall())
        for name in set(tables) - {"sales.mart.table"}:
            self.assertNotIn("create_uid", self.env[name]._fields)

    def test_only_confirmed_orders_count(self):
        order = self._order((self.product_a, 2, 100), (self.product_b, 1, 50))
        source = self._source("order")
        self.assertFalse(self._facts(order).filtered(lambda f: f.source == "order"))
        order.action_confirm()
        order.date_order = "2026-03-31 12:00:00"
        facts = self._facts(order).filtered(lambda f: f.source == source._code)
        self.assertRecordValues(
            facts,
            [
                {
                    "amount": 200,
                    "margin": 140,
                    "quantity": 2,
                    "categ_id": self.line_a.id,
                    "user_id": self.seller.id,
                    "date": fields.Date.to_date("2026-03-31"),
                },
                {
                    "amount": 50,
                    "margin": 40,
                    "quantity": 1,
                    "categ_id": self.line_b.id,
                    "user_id": self.seller.id,
                    "date": fields.Date.to_date("2026-03-31"),
                },
            ],
        )
        self.assertEqual(facts[0].document, order)
        self.assertExact()
        order._action_cancel()
        self.assertFalse(self._facts(order).filtered(lambda f: f.source == "order"))
        self.assertExact()

    def test_the_day_of_an_order_is_that_of_the_company(self):
        order = self._order((self.product_a, 1, 100))
        order.action_confirm()
        order.date_order = "2026-03-31 17:30:00"
        self.assertEqual(self._facts(order).date, fields.Date.to_date("2026-03-31"))
        self.company.sales_tz = "Asia/Taipei"
        self.assertEqual(self._facts(order).date, fields.Date.to_date("2026-04-01"))
        self.assertExact()

    def test_a_foreign_amount_is_converted_at_the_date_of_the_order(self):
        foreign = self.setup_other_currency(
            "EUR", rates=[("2026-01-01", 2.0), ("2026-06-01", 4.0)]
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        order = self._order((self.product_a, 1, 100), pricelist_id=pricelist.id)
        order.action_confirm()
        order.date_order = "2026-02-01 12:00:00"
        self.assertEqual(self._facts(order).amount, 50)
        order.date_order = "2026-07-01 12:00:00"
        self.assertEqual(self._facts(order).amount, 25)
        self.assertExact()

    def test_split_credit_adds_up_to_the_cent(self):
        third = self.seller.copy({"name": "Third", "login": "third"})
        order = self._order((self.product_a, 1, 0.05), (self.product_b, 3, 33.35))
        order.sales_credit_ids = [
            Command.create({"user_id": user.id, "share": share})
            for user, share in (
                (self.seller, 33.33),
                (self.colleague, 33.33),
                (third, 33.34),
            )
        ]
        order.action_confirm()
        facts = self._facts(order)
        self.assertEqual(len(facts), 6)
        self.assertAlmostEqual(sum(facts.mapped("amount")), 100.10, places=9)
        self.assertAlmostEqual(sum(facts.mapped("quantity")), 4, places=9)
        for fact in facts:
            self.assertEqual(fact.amount, round(fact.amount, 2))
        self.assertEqual(facts.user_id, self.seller | self.colleague | third)
        invoice = self._invoice(order)
        self._pay(invoice, 10.01)
        collected = self._facts(invoice).filtered(lambda f: f.source == "payment")
        self.assertAlmostEqual(sum(collected.mapped("amount")), 10.01, places=9)
        self.assertExact()

    def test_half_of_twenty_units_is_ten(self):
        order = self._order((self.product_a, 20, 1))
        order.sales_credit_ids = [
            Command.create({"user_id": self.seller.id, "share": 50}),
            Command.create({"user_id": self.colleague.id, "share": 50}),
        ]
        order.action_confirm()
        mine = self._facts(order).filtered(lambda f: f.user_id == self.seller)
        self.assertEqual(mine.quantity, 10)

    def test_invoices_count_when_posted_and_credit_notes_are_negative(self):
        order = self._order((self.product_a, 2, 100))
        order.action_confirm()
        invoice = order._create_invoices()
        self.assertFalse(self._facts(invoice).filtered(lambda f: f.source == "invoice"))
        invoice.invoice_date = "2026-05-05"
        invoice.action_post()
        fact = self._facts(invoice).filtered(lambda f: f.source == "invoice")
        self.assertRecordValues(
            fact, [{"amount": 200, "margin": 140, "quantity": 2, "event": "invoice"}]
        )
        refund = invoice._reverse_moves([{"invoice_date": "2026-06-06"}])
        refund.action_post()
        fact = self._facts(refund).filtered(lambda f: f.source == "invoice")
        self.assertRecordValues(
            fact,
            [
                {
                    "amount": -200,
                    "margin": -140,
                    "quantity": -2,
                    "event": "refund",
                    "user_id": self.seller.id,
                }
            ],
        )
        invoice.button_draft()
        self.assertFalse(self._facts(invoice).filtered(lambda f: f.source == "invoice"))
        self.assertExact()

    def test_the_margin_of_an_invoice_keeps_the_cost_of_its_day(self):
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner_a.id,
                "invoice_date": "2026-05-05",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product_a.id,
                            "quantity": 3,
                            "price_unit": 50,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        self.product_a.standard_price = 45
        self.mart._rebuild()
        self.assertEqual(self._facts(invoice).margin, 60)

    def test_part_payments_are_spread_over_the_lines_and_undone(self):
        order = self._order((self.product_a, 1, 200), (self.product_b, 1, 100))
        order.action_confirm()
        invoice = self._invoice(order)
        payment = self._pay(invoice, 100, payment_date="2026-08-15")
        facts = self._facts(invoice).filtered(lambda f: f.source == "payment")
        self.assertEqual(facts.mapped("amount"), [66.67, 33.33])
        self.assertEqual(set(facts.mapped("date")), {fields.Date.to_date("2026-08-15")})
        self.assertEqual([fact.document for fact in facts], [invoice, invoice])
        payment.action_draft()
        self.assertFalse(self._facts(invoice).filtered(lambda f: f.source == "payment"))
        payment.action_post()
        facts = self._facts(invoice).filtered(lambda f: f.source == "payment")
        self.assertAlmostEqual(sum(facts.mapped("amount")), 100, places=9)
        invoice.line_ids.remove_move_reconcile()
        self.assertFalse(self._facts(invoice).filtered(lambda f: f.source == "payment"))
        self.assertExact()

    def test_an_offset_against_a_credit_note_is_no_money(self):
        order = self._order((self.product_a, 1, 200))
        order.action_confirm()
        invoice = self._invoice(order)
        refund = invoice._reverse_moves(cancel=True)
        self.assertEqual(invoice.payment_state, "reversed")
        facts = self._facts(invoice, refund)
        self.assertFalse(facts.filtered(lambda f: f.source == "payment"))

    def test_a_write_off_is_no_money(self):
        order = self._order((self.product_a, 1, 200))
        order.action_confirm()
        invoice = self._invoice(order)
        receivable = invoice.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        entry = self.env["account.move"].create(
            {
                "line_ids": [
                    Command.create(
                        {
                            "account_id": receivable.account_id.id,
                            "partner_id": invoice.partner_id.id,
                            "credit": 200,
                        }
                    ),
                    Command.create(
                        {
                            "account_id": self.company_data[
                                "default_account_expense"
                            ].id,
                            "debit": 200,
                        }
                    ),
                ]
            }
        )
        entry.action_post()
        (receivable + entry.line_ids.filtered("credit")).reconcile()
        self.assertEqual(invoice.amount_residual, 0)
        facts = self._facts(invoice).filtered(lambda f: f.source == "payment")
        self.assertFalse(facts)

    def test_moving_a_product_moves_its_figures(self):
        order = self._order((self.product_a, 1, 200))
        order.action_confirm()
        invoice = self._invoice(order)
        self._facts(order)
        self.product_a.categ_id = self.line_b
        facts = self._facts(order, invoice)
        self.assertEqual(facts.categ_id, self.line_b)
        self.assertExact()

    def test_plain_sql_is_seen(self):
        order = self._order((self.product_a, 1, 200), (self.product_b, 1, 100))
        order.action_confirm()
        self._facts(order)
        self.env.cr.execute(
            "UPDATE sale_order_line SET price_subtotal = 7 WHERE id = %s",
            [order.order_line[0].id],
        )
        facts = self._facts(order)
        self.assertEqual(facts.mapped("amount"), [7, 100])
        self.env.cr.execute(
            "DELETE FROM sale_order_line WHERE id = %s", [order.order_line[0].id]
        )
        facts = self._facts(order)
        self.assertEqual(facts.mapped("amount"), [100])
        self.assertExact()

    def test_opportunities_open_win_and_lose(self):
        lead = self.env["crm.lead"].create(
            {
                "name": "Deal",
                "type": "opportunity",
                "user_id": self.seller.id,
                "expected_revenue": 500,
                "sales_opened_date": "2026-01-10",
            }
        )
        self.assertEqual(self._facts(lead).mapped("event"), ["created"])
        lead.action_set_won()
        lead.date_closed = "2026-02-09 10:00:00"
        facts = self._facts(lead)
        self.assertEqual(set(facts.mapped("event")), {"created", "won"})
        won = facts.filtered(lambda f: f.event == "won")
        self.assertRecordValues(won, [{"amount": 500, "days": 30}])
        lead.stage_id = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        lead.action_set_lost()
        self.assertEqual(set(self._facts(lead).mapped("event")), {"created", "lost"})
        lead.unlink()
        self.assertExact()

    def test_a_change_wakes_the_refresh_once_in_a_transaction(self):
        self.env.flush_all()
        cron = self.env.ref("sales_efficiency_base.ir_cron_sales_mart_refresh")
        triggers = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self.env.cr.execute("SET LOCAL sales_mart.woken_by = ''")
        line = self.env["sales.history.line"].create(
            {"date": "2025-01-01", "amount": 10}
        )
        self.env.flush_all()
        line.amount = 20
        self.env.flush_all()
        self.assertEqual(
            self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]),
            triggers + 1,
        )

    def test_a_sale_wakes_the_scheduler_when_it_commits(self):
        order = self._order((self.product_a, 1, 200))
        postcommit = self.env.cr.postcommit
        postcommit.data.pop("sales_mart_wake", None)
        order.action_confirm()
        self.assertTrue(postcommit.data.get("sales_mart_wake"))

    def test_a_full_rebuild_leaves_no_change_waiting(self):
        self._order((self.product_a, 1, 200)).action_confirm()
        self.env.flush_all()
        self.assertTrue(self.mart._count_pending())
        self.mart._rebuild()
        self.assertFalse(self.mart._count_pending())
        self.assertExact()

    def test_the_nightly_check_repairs_and_reports(self):
        order = self._order((self.product_a, 1, 200))
        order.action_confirm()
        order.date_order = "2026-03-31 12:00:00"
        self.mart._refresh()
        self.env.cr.execute(
            "UPDATE sales_fact SET amount = 1 WHERE source = 'order' AND res_id = %s",
            [order.id],
        )
        self.env.cr.execute("UPDATE sales_fact_cell SET amount = amount + 1")
        found = self.mart._reconcile()
        self.assertRecordValues(
            found,
            [
                {
                    "source": "order",
                    "month": fields.Date.to_date("2026-03-01"),
                    "documents": 1,
                    "stored": 1,
                    "expected": 200,
                }
            ],
        )
        self.assertExact()
        self.assertFalse(self.mart._reconcile())
