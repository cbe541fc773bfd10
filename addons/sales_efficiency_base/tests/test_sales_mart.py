# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
import threading

import psycopg2

from odoo import SUPERUSER_ID, Command, api, fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from odoo.addons.sale.tests.common import TestSaleCommon


class SalesMartCommon(TestSaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref(
            "sales_efficiency_base.group_sales_director"
        )
        cls.mart = cls.env["sales.mart"]
        cls.company = cls.env.company
        cls.company.sales_tz = "UTC"
        cls.line_a, cls.line_b = cls.env["product.category"].create(
            [{"name": "Line A"}, {"name": "Line B"}]
        )
        cls.product_a.write(
            {
                "categ_id": cls.line_a.id,
                "standard_price": 30,
                "taxes_id": [Command.clear()],
                "invoice_policy": "order",
            }
        )
        cls.product_b.write(
            {
                "categ_id": cls.line_b.id,
                "standard_price": 10,
                "taxes_id": [Command.clear()],
                "invoice_policy": "order",
            }
        )
        cls.seller = cls.company_data["default_user_salesman"]
        cls.colleague = cls.seller.copy({"name": "Colleague", "login": "colleague"})
        cls.mart._rebuild()

    def _order(self, *lines, **values):
        """Create an order of (product, quantity, price) lines."""
        return self.env["sale.order"].create(
            {
                "partner_id": self.partner_a.id,
                "user_id": self.seller.id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": product.id,
                            "product_uom_qty": quantity,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                    for product, quantity, price in lines
                ],
                **values,
            }
        )

    def _invoice(self, order):
        invoice = order._create_invoices()
        invoice.action_post()
        return invoice

    def _pay(self, invoice, amount, **values):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"amount": amount, **values})
        )
        return wizard._create_payments()

    def _facts(self, *documents):
        """Refresh, and return the facts of the documents."""
        self.mart._refresh()
        domain = [("res_id", "in", [document.id for document in documents])]
        return self.env["sales.fact"].search(domain, order="source, line_id, credit_id")

    def _source(self, code):
        return self.env[f"sales.fact.source.{code}"]

    def assertExact(self):
        """Facts and cells are what the documents say."""
        self.mart._refresh()
        for source in self.env["sales.fact"]._get_sources():
            wrong = self.env.execute_query(self.mart._differences(source))
            self.assertFalse(wrong, source._code)
        self.assertFalse(self.mart._repair_cells(), "cells are not sums of facts")


@tagged("post_install", "-at_install")
class TestSalesMart(SalesMartCommon):
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

    def test_random_sequences_stay_exact(self):
        """Whatever happens in whatever order, a refresh makes the figures equal."""
        rng = random.Random(20261123)
        orders, invoices, payments, leads = [], [], [], []

        def create():
            orders.append(
                self._order(
                    *[
                        (
                            rng.choice([self.product_a, self.product_b]),
                            rng.randint(1, 9),
                            rng.randint(1, 9999) / 100,
                        )
                        for _ in range(rng.randint(1, 3))
                    ]
                )
            )

        def confirm():
            rng.choice(orders).filtered(lambda o: o.state == "draft").action_confirm()

        def split():
            order = rng.choice(orders)
            share = rng.randint(1, 9999) / 100
            order.sales_credit_ids = [
                Command.clear(),
                Command.create({"user_id": self.seller.id, "share": share}),
                Command.create(
                    {"user_id": self.colleague.id, "share": round(100 - share, 2)}
                ),
            ]

        def edit():
            line = rng.choice(rng.choice(orders).order_line)
            line.price_unit = rng.randint(1, 9999) / 100

        def cancel():
            order = rng.choice(orders)
            if not order.invoice_ids:
                order._action_cancel()
                order.action_draft()

        def invoice():
            order = rng.choice(orders)
            if order.invoice_status == "to invoice":
                invoices.append(self._invoice(order))

        def pay():
            open_ = [i for i in invoices if i.state == "posted" and i.amount_residual]
            if open_:
                move = rng.choice(open_)
                amount = round(move.amount_residual * rng.choice([0.3, 0.5, 1]), 2)
                if amount:
                    payments.append(self._pay(move, amount))

        def unreconcile():
            if payments:
                payments.pop(rng.randrange(len(payments))).action_draft()

        def refund():
            posted = [i for i in invoices if i.state == "posted"]
            if posted:
                rng.choice(posted)._reverse_moves()[0].action_post()

        def reset():
            unpaid = [
                i
                for i in invoices
                if i.state == "posted" and i.payment_state == "not_paid"
            ]
            if unpaid:
                move = rng.choice(unpaid)
                move.button_draft()
                if rng.random() < 0.5:
                    move.action_post()

        def move_product():
            rng.choice([self.product_a, self.product_b]).categ_id = rng.choice(
                [self.line_a, self.line_b]
            )

        def lead():
            leads.append(
                self.env["crm.lead"].create(
                    {
                        "name": "Deal",
                        "type": "opportunity",
                        "expected_revenue": rng.randint(1, 999),
                    }
                )
            )
            rng.choice(
                [leads[-1].action_set_won, leads[-1].action_set_lost, leads[-1].unlink]
            )()
            leads[-1] = leads[-1].exists()

        def plain_sql():
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE sale_order_line SET product_uom_qty = product_uom_qty + 1"
                " WHERE order_id = %s",
                [rng.choice(orders).id],
            )
            self.env.invalidate_all()

        create()
        steps = [create, confirm, confirm, split, edit, cancel, invoice, invoice]
        steps += [pay, pay, unreconcile, refund, reset, move_product, lead, plain_sql]
        for number in range(90):
            rng.choice(steps)()
            if number % 15 == 14:
                self.assertExact()
        self.assertExact()
        self.assertTrue(invoices and payments, "the sequence came to money")


@tagged("post_install", "-at_install")
class TestSalesMartConcurrency(TransactionCase):
    """Real connections and real commits, on lines of the sales history."""

    # pylint: disable=invalid-commit

    def setUp(self):
        super().setUp()
        self.addCleanup(self._forget)
        with self._connect() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            company = env["res.company"].search([], limit=1)
            lines = env["sales.history.line"].create(
                [
                    {
                        "name": "concurrency test",
                        "date": fields.Date.to_date("2001-01-01"),
                        "company_id": company.id,
                        "amount": 1,
                    }
                    for _ in range(8)
                ]
            )
            self.line_ids = lines.ids
            self._drain(cr)

    def _connect(self):
        return self.env.registry._db.cursor()

    def _forget(self):
        with self._connect() as cr:
            cr.execute("DELETE FROM sales_history_line WHERE name = 'concurrency test'")
            cr.commit()
            self._drain(cr)

    def _drain(self, cr):
        cr.commit()
        mart = api.Environment(cr, SUPERUSER_ID, {})["sales.mart"]
        while mart._refresh_batch():
            cr.commit()
        cr.commit()

    def _assert_exact(self):
        with self._connect() as cr:
            self._drain(cr)
            env = api.Environment(cr, SUPERUSER_ID, {})
            source = env["sales.fact.source.history"]
            self.assertFalse(env.execute_query(env["sales.mart"]._differences(source)))
            self.assertFalse(env["sales.mart"]._repair_cells())
            rows = env.execute_query(
                SQL(
                    "SELECT SUM(amount) FROM sales_fact"
                    " WHERE source = 'history' AND res_id = ANY(%s)"
                    " UNION ALL"
                    " SELECT SUM(amount) FROM sales_history_line WHERE id = ANY(%s)",
                    self.line_ids,
                    self.line_ids,
                )
            )
            self.assertEqual(rows[0], rows[1])

    def _update(self, cr, line_id, amount):
        cr.execute(
            "UPDATE sales_history_line SET amount = %s WHERE id = %s", [amount, line_id]
        )

    def test_a_change_that_commits_after_the_refresh_is_not_lost(self):
        with self._connect() as slow, self._connect() as fast:
            self._update(slow, self.line_ids[0], 100)
            self._update(fast, self.line_ids[1], 200)
            fast.commit()
            with self._connect() as cr:
                self._drain(cr)
            slow.commit()
        self._assert_exact()

    def test_a_refresh_killed_half_way_loses_nothing(self):
        with self._connect() as cr:
            self._update(cr, self.line_ids[0], 300)
            cr.commit()
        with self._connect() as cr:
            mart = api.Environment(cr, SUPERUSER_ID, {})["sales.mart"]
            self.assertTrue(mart._refresh_batch())
            cr.rollback()
        self._assert_exact()

    def test_writers_and_refreshers_at_once_stay_exact(self):
        failures = []

        def run(job, seed):
            rng = random.Random(seed)
            try:
                for _ in range(25):
                    with self._connect() as cr:
                        try:
                            job(cr, rng)
                            cr.commit()
                        except psycopg2.OperationalError:
                            cr.rollback()  # a serialization failure: nothing happened
            except Exception as error:  # pylint: disable=broad-except
                failures.append(error)

        def write(cr, rng):
            for line_id in rng.sample(self.line_ids, 3):
                self._update(cr, line_id, rng.randint(1, 1000))

        def refresh(cr, rng):
            mart = api.Environment(cr, SUPERUSER_ID, {})["sales.mart"]
            mart._refresh_batch(limit=rng.randint(1, 5))

        threads = [
            threading.Thread(target=run, args=(job, seed))
            for seed, job in enumerate([write, write, write, refresh, refresh])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertFalse(failures)
        self._assert_exact()
