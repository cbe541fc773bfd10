# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..hooks import keep_unit_costs
from .sales_mart_common import SalesMartCommon


@tagged("post_install", "-at_install")
class TestSalesMart(SalesMartCommon):
    def test_the_tables_have_no_foreign_keys(self):
        """They would take most of the time of a rebuild, and change facts unnoticed."""
        tables = self.registry.descendants(["sales.mart.table"], "_inherit")
        self.env.cr.execute(
            "SELECT conname FROM pg_constraint JOIN pg_class t ON t.oid = conrelid"
            " WHERE contype = 'f' AND t.relname = ANY(%s)",
            [[self.env[name]._table for name in tables]],
        )
        self.assertFalse(self.env.cr.fetchall())
        for name in set(tables) - {"sales.mart.table"}:
            self.assertNotIn("create_uid", self.env[name]._fields)

    def test_add_ons_follow_by_how_much_figures_change(self):
        self.env.cr.execute(
            "CREATE TEMP TABLE followed (amount numeric) ON COMMIT DROP"
        )

        def get_followers(mart, facts, sign):
            return [SQL("INSERT INTO followed SELECT %s * amount FROM %s", sign, facts)]

        order = self._order((self.product_a, 2, 100), (self.product_b, 1, 50))
        order.action_confirm()
        self.env.flush_all()
        queries = self.cr.sql_log_count
        self.mart._refresh_batch()
        queries = self.cr.sql_log_count - queries
        with patch.object(type(self.mart), "_get_followers", get_followers):
            order.order_line[0].price_unit = 120
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.mart._refresh_batch()
            self.assertLessEqual(self.cr.sql_log_count - before, queries)
            order.action_lock()
            self.mart._refresh()
        self.env.cr.execute("SELECT amount FROM followed ORDER BY amount")
        amounts = [amount for [amount] in self.env.cr.fetchall()]
        # The other line stays.
        self.assertEqual(amounts, [-200, 0, 240])

    def test_the_figures_know_the_documents_up_to_the_first_change_that_waits(self):
        self.mart._refresh()
        with freeze_time("2026-03-31 08:00:00"):
            now = fields.Datetime.now()
            self.assertEqual(self.mart._get_known_until(), now)
        self._order((self.product_a, 2, 100)).action_confirm()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sales_fact_queue SET queued_at = '2026-03-30 08:00:00.5'"
        )
        known_until = self.mart._get_known_until()
        self.assertEqual(fields.Datetime.to_string(known_until), "2026-03-30 08:00:00")

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

    def _confirm_at_another_rate(self):
        """Quote 100 EUR with a cost of 60 at rate 0.8, and confirm it at rate 0.4."""
        self.product_a.standard_price = 60
        foreign = self.setup_other_currency(
            "EUR", rates=[("2026-01-01", 0.8), ("2026-06-01", 0.4)]
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        order = self._order(
            (self.product_a, 1, 100),
            pricelist_id=pricelist.id,
            date_order="2026-02-01 12:00:00",
        )
        self.assertEqual(order.order_line.purchase_price, 48)
        with freeze_time("2026-07-01 12:00:00"):
            order.action_confirm()
        return order

    def test_the_cost_of_a_foreign_order_does_not_move_with_the_rate(self):
        order = self._confirm_at_another_rate()
        self.assertRecordValues(
            self._facts(order), [{"amount": 250, "margin": 190, "margin_base": 250}]
        )
        order.order_line.purchase_price = 40
        self.assertEqual(self._facts(order).margin, 150)
        self.assertExact()

    def test_the_cost_of_a_foreign_invoice_is_that_of_its_order(self):
        order = self._confirm_at_another_rate()
        with freeze_time("2026-07-02 12:00:00"):
            invoice = self._invoice(order)
            refund = invoice._reverse_moves([{"invoice_date": "2026-07-03"}])
            refund.action_post()
        self.assertRecordValues(
            self._facts(invoice), [{"amount": 250, "margin": 190, "margin_base": 250}]
        )
        self.assertRecordValues(
            self._facts(refund), [{"amount": -250, "margin": -190, "margin_base": -250}]
        )
        self.assertExact()

    def _keep_costs_of(self, order, made, line_made):
        """Store the costs of an order as if it existed before the installation."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE sale_order_line SET sales_unit_cost = NULL")
        self.env.cr.execute(
            "UPDATE sale_order SET create_date = %s WHERE id = %s", [made, order.id]
        )
        self.env.cr.execute(
            "UPDATE sale_order_line SET create_date = %s WHERE order_id = %s",
            [line_made, order.id],
        )
        self.env.invalidate_all()
        keep_unit_costs(self.env)

    def test_orders_from_before_have_the_cost_of_the_day_they_were_quoted(self):
        order = self._confirm_at_another_rate()
        local = self._order((self.product_a, 1, 100))
        local.action_confirm()
        for line_made in ("2026-02-01", "2026-06-02"):
            self._keep_costs_of(order, "2026-02-01", line_made)
            self.assertEqual(order.order_line.sales_unit_cost, 60)
            self.assertEqual(self._facts(order).margin, 190)
            self.assertEqual(self._facts(local).margin, 40)
            self.assertExact()

    def test_lines_from_before_are_converted_at_the_date_of_their_order(self):
        """One line is added after confirmation, one order is entered after its date."""
        order = self._confirm_at_another_rate()
        for made, day, cost, line_made in (
            ("2026-02-01", "2026-05-01", 48, "2026-07-01"),
            ("2026-07-01", "2026-05-01", 48, "2026-07-01"),
            ("2026-02-01", "2026-07-01", 24, "2026-08-01"),
        ):
            order.date_order = f"{day} 12:00:00"
            order.order_line.purchase_price = cost
            self._keep_costs_of(order, made, line_made)
            self.assertEqual(order.order_line.sales_unit_cost, 60)

    def test_a_cost_of_0_is_unknown_if_the_company_says_so(self):
        self.product_b.standard_price = 0
        order = self._order((self.product_a, 1, 100), (self.product_b, 1, 50))
        order.action_confirm()
        invoice = self._invoice(order)
        alone = self.init_invoice("out_invoice", products=self.product_b, post=True)

        def get_known(document, source):
            facts = self._facts(document).filtered(lambda f: f.source == source)
            return sum(facts.mapped("margin_base")), sum(facts.mapped("margin"))

        self.assertEqual(get_known(order, "order"), (150, 120))
        self.company.sales_zero_cost_unknown = True
        self.assertEqual(get_known(order, "order"), (100, 70))
        self.assertEqual(get_known(invoice, "invoice"), (100, 70))
        self.assertEqual(get_known(alone, "invoice"), (0, 0))
        self.assertExact()
        self.company.sales_zero_cost_unknown = False
        self.assertEqual(get_known(order, "order"), (150, 120))
        self.assertExact()

    def test_split_credit_divides_what_is_known_too(self):
        order = self._order((self.product_a, 1, 100))
        order.sales_credit_ids = [
            Command.create({"user_id": user.id, "share": share})
            for user, share in ((self.seller, 60), (self.colleague, 40))
        ]
        order.action_confirm()
        self.assertEqual(self._facts(order).mapped("margin_base"), [60, 40])
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

    def test_what_a_payment_writes_off_settles_the_invoice(self):
        order = self._order((self.product_a, 1, 200))
        order.action_confirm()
        invoice = self._invoice(order)
        expense = self.company_data["default_account_expense"]
        self._pay(
            invoice,
            190,
            payment_difference_handling="reconcile",
            writeoff_account_id=expense.id,
        )
        self.assertEqual(invoice.amount_residual, 0)
        facts = self._facts(invoice).filtered(lambda f: f.source == "payment")
        self.assertEqual(facts.mapped("amount"), [200])

    def test_a_tax_that_becomes_due_is_no_money(self):
        """Its entry is reconciled with the invoice tax, not with a receivable."""
        self.company.tax_exigibility = True
        transition = self.company_data["default_account_tax_sale"].copy(
            {"reconcile": True}
        )
        tax = self.company_data["default_tax_sale"].copy(
            {
                "name": "Due when paid",
                "amount": 10,
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": transition.id,
            }
        )
        order = self._order((self.product_a, 1, 200))
        order.order_line.tax_ids = tax
        order.action_confirm()
        invoice = self._invoice(order)
        self._pay(invoice, 220)
        tax_line = invoice.line_ids.filtered("tax_line_id")
        self.assertTrue(tax_line.matched_debit_ids, "the tax is reconciled too")
        facts = self._facts(invoice).filtered(lambda f: f.source == "payment")
        self.assertEqual(facts.mapped("amount"), [220])
        self.assertExact()

    def test_a_dozen_is_twelve_units(self):
        order = self._order((self.product_a, 2, 120))
        order.order_line.write(
            {"product_uom_id": self.env.ref("uom.product_uom_dozen").id}
        )
        order.action_confirm()
        invoice = self._invoice(order)
        self.assertEqual(self._facts(order, invoice).mapped("quantity"), [24, 24])

    def test_a_foreign_invoice_counts_at_its_date_and_is_collected_in_full(self):
        foreign = self.setup_other_currency(
            "EUR", rates=[("2026-01-01", 2.0), ("2026-06-01", 4.0)]
        )
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.partner_a.id,
                "invoice_date": "2026-02-01",
                "currency_id": foreign.id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product_a.id,
                            "price_unit": 100,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        invoice.action_post()
        self._pay(invoice, 100, currency_id=foreign.id, payment_date="2026-07-01")
        self.assertEqual(invoice.amount_residual, 0)
        facts = self._facts(invoice)
        by_source = facts.grouped("source")
        self.assertEqual(by_source["invoice"].amount, 50)
        self.assertEqual(by_source["invoice"].margin, 20)
        self.assertEqual(by_source["payment"].mapped("amount"), [25])
        self.assertExact()

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

    def test_updates_of_thousands_of_rows_end_soon(self):
        self.env.cr.execute(
            """
            INSERT INTO res_partner (name, active, type, autopost_bills)
            SELECT 'Bulk', TRUE, 'contact', 'ask' FROM generate_series(1, 10000);
            DELETE FROM sales_fact_queue;
            SET LOCAL statement_timeout = '10s';
            UPDATE res_partner SET comment = 'x' WHERE name = 'Bulk';
            SELECT COUNT(*) FROM sales_fact_queue
            """
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))
        self.env.cr.execute(
            """
            UPDATE res_partner SET commercial_partner_id = %s WHERE name = 'Bulk';
            SET LOCAL statement_timeout = 0;
            SELECT COUNT(*), COUNT(DISTINCT res_id) FROM sales_fact_queue
             WHERE origin = 'res_partner'
            """,
            [self.env.company.partner_id.id],
        )
        self.assertEqual(self.env.cr.fetchone(), (10000, 10000))

    def _queue_lines(self, order, quantity):
        """Change all lines of an order by plain SQL.

        :return: how often the order is in the queue
        """
        self.env.cr.execute(
            """
            UPDATE sale_order_line SET product_uom_qty = %s WHERE order_id = %s;
            SELECT COUNT(*) FROM sales_fact_queue
             WHERE origin = 'sale_order' AND res_id = %s
            """,
            [quantity, order.id, order.id],
        )
        [[count]] = self.env.cr.fetchall()
        return count

    def test_lines_that_change_together_queue_their_order_once(self):
        order = self._order((self.product_a, 1, 100), (self.product_b, 1, 50))
        order.action_confirm()
        self.mart._refresh()
        self.assertEqual(self._queue_lines(order, 2), 1)
        self.assertEqual(self._queue_lines(order, 3), 1)
        self.assertEqual(self._queue_lines(order, 3), 1, "nothing has changed")

    def test_what_changes_after_a_refresh_is_queued_again(self):
        order = self._order((self.product_a, 1, 100))
        order.action_confirm()
        for quantity in (2, 3):
            self.mart._refresh()
            self.assertEqual(self._queue_lines(order, 1), int(quantity > 2))
            self.assertEqual(self._queue_lines(order, quantity), 1)

    def test_a_change_that_is_taken_back_hides_no_later_one(self):
        order = self._order((self.product_a, 1, 100))
        order.action_confirm()
        self.mart._refresh()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.assertEqual(self._queue_lines(order, 2), 1)
            raise ZeroDivisionError
        self.assertEqual(self._queue_lines(order, 1), 0)
        self.assertEqual(self._queue_lines(order, 3), 1)

    def test_a_line_that_moves_queues_both_documents(self):
        one, two = [self._order((self.product_a, 1, 100)) for _ in range(2)]
        (one | two).action_confirm()
        self.mart._refresh()
        self._queue_lines(one, 5)
        self.env.cr.execute(
            """
            UPDATE sale_order_line SET order_id = %s WHERE order_id = %s;
            SELECT DISTINCT res_id FROM sales_fact_queue WHERE origin = 'sale_order'
            """,
            [two.id, one.id],
        )
        self.assertEqual({id_ for [id_] in self.env.cr.fetchall()}, {one.id, two.id})

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
        self.assertEqual(self._opportunity_facts(lead).mapped("event"), ["created"])
        lead.action_set_won()
        lead.date_closed = "2026-02-09 10:00:00"
        facts = self._opportunity_facts(lead)
        self.assertEqual(set(facts.mapped("event")), {"created", "won"})
        won = facts.filtered(lambda f: f.event == "won")
        self.assertRecordValues(won, [{"amount": 500, "days": 30}])
        lead.stage_id = self.env["crm.stage"].search([("is_won", "=", False)], limit=1)
        lead.action_set_lost()
        self.assertEqual(
            set(self._opportunity_facts(lead).mapped("event")), {"created", "lost"}
        )
        lead.unlink()
        self.assertExact()

    def test_an_opportunity_before_eight_in_taipei_counts_for_its_own_day(self):
        """By e-mail or a form of the website, where a robot in UTC creates it: still
        on 28 February there. The first and last minute are asked for, and eight."""
        self.company.sales_tz = "Asia/Taipei"
        robot = self.env.ref("base.user_root")
        robot.write({"tz": False, "company_id": self.company.id})
        leads = self.env["crm.lead"].with_user(robot).with_context(tz=False)
        form = {"name": "Form", "type": "opportunity", "contact_name": "Website"}
        message = {"subject": "Offer", "from": "a@example.com", "email_from": "a@b.c"}
        for now, day in (
            ("2026-02-28 15:59:00", "2026-02-28"),
            ("2026-02-28 16:00:00", "2026-03-01"),
            ("2026-02-28 23:59:00", "2026-03-01"),
            ("2026-03-01 00:00:00", "2026-03-01"),
        ):
            with freeze_time(now):
                mailed = leads.message_new(message, {"type": "opportunity"})
                facts = self._opportunity_facts(mailed, leads.create(form))
            self.assertEqual(list(map(str, facts.mapped("date"))), [day, day], now)
            # Opportunities of before the installation have no day of their own.
            mailed.sales_opened_date = False
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE crm_lead SET create_date = %s WHERE id = %s", [now, mailed.id]
            )
            self.assertEqual(str(self._opportunity_facts(mailed).date), day, now)
        self.assertExact()

    def test_an_opportunity_without_company_follows_its_team(self):
        company = self.env["res.company"].create({"name": "Other"})
        team = self.env["crm.team"].create({"name": "Team"})
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "user_id": False}
        )
        lead.write({"team_id": team.id, "company_id": False})
        self.assertEqual(self._facts(lead).company_id, self.company)
        team.company_id = company
        self.assertFalse(lead.company_id)
        self.assertEqual(self._facts(lead).company_id, company)
        self.assertExact()

    def test_an_opportunity_without_company_follows_its_salesperson(self):
        company = self.env["res.company"].create({"name": "Other"})
        lead = self.env["crm.lead"].create(
            {"name": "Deal", "type": "opportunity", "user_id": self.seller.id}
        )
        lead.write({"team_id": False, "company_id": False})
        self.assertEqual(self._facts(lead).company_id, self.company)
        self.seller.write(
            {"company_ids": [Command.link(company.id)], "company_id": company.id}
        )
        self.assertEqual(self._facts(lead).company_id, company)
        self.assertExact()

    def test_an_opportunity_closed_by_plain_sql_has_the_day_of_its_last_stage(self):
        lead = self.env["crm.lead"].create({"name": "Deal", "type": "opportunity"})
        lead.action_set_lost()
        self.env.flush_all()
        for day in ("2026-01-10", "2026-01-11"):
            self.env.cr.execute(
                "UPDATE crm_lead SET date_closed = NULL, date_last_stage_update = %s"
                " WHERE id = %s",
                [day, lead.id],
            )
            lost = self._facts(lead).filtered(lambda f: f.event == "lost")
            self.assertEqual(lost.date, fields.Date.to_date(day))
        self.assertExact()

    def test_a_fact_opens_its_document_even_if_that_is_gone_by_now(self):
        line = self.env["sales.history.line"].create(
            {"date": "2025-01-01", "amount": 10}
        )
        fact = self._facts(line).filtered(lambda f: f.source == "history")
        line.unlink()
        self.env.flush_all()
        fact.invalidate_recordset()
        action = fact.action_open_document()
        self.assertEqual(action["res_model"], "sales.history.line")
        self.assertEqual(action["res_id"], fact.res_id)

    def test_what_past_sales_name_cannot_be_deleted(self):
        dimensions = {
            "region_id": self.env["sales.region"].create({"name": "Region"}),
            "channel_id": self.env["sales.channel"].create({"name": "Channel"}),
            "team_id": self.env["crm.team"].create({"name": "Team"}),
            "categ_id": self.env["product.category"].create({"name": "Line"}),
        }
        self.env["sales.history.line"].create(
            {
                "date": "2025-01-01",
                "amount": 10,
                **{name: record.id for name, record in dimensions.items()},
            }
        )
        self.env.flush_all()
        for record in dimensions.values():
            with (
                self.subTest(record._name),
                mute_logger("odoo.sql_db"),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                record.unlink()

    def test_money_paid_back_on_a_credit_note_is_negative(self):
        order = self._order((self.product_a, 1, 200))
        order.action_confirm()
        invoice = self._invoice(order)
        self._pay(invoice, 200)
        refund = invoice._reverse_moves()
        refund.action_post()
        self._pay(refund, 80)
        facts = self._facts(invoice, refund).filtered(lambda f: f.source == "payment")
        self.assertEqual(sorted(facts.mapped("amount")), [-80, 200])
        self.assertEqual(facts.user_id, self.seller)
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

    def test_a_burst_of_sales_wakes_the_scheduler_once(self):
        woken = patch.object(
            self.env.registry, "_sales_mart_woken", float("-inf"), create=True
        )
        cron = patch.object(type(self.env["ir.cron"]), "_notifydb")
        clock = patch("odoo.addons.sales_efficiency_base.models.sales_mart.monotonic")
        with woken, cron as notify, clock as now:
            for now.return_value in (10, 14.9, 15):
                self.mart._notify_scheduler()
        self.assertEqual(notify.call_count, 2)

    def test_a_full_rebuild_leaves_no_change_waiting(self):
        self._order((self.product_a, 1, 200)).action_confirm()
        self.env.flush_all()
        self.assertTrue(self.mart._count_pending())
        self.mart._rebuild()
        self.assertFalse(self.mart._count_pending())
        self.assertExact()

    def test_a_rebuild_writes_what_is_wrong_and_nothing_else(self):
        right, missing, wrong = self._order(
            (self.product_a, 1, 100), (self.product_a, 2, 100), (self.product_a, 3, 100)
        ).order_line
        right.order_id.action_confirm()
        self.mart._refresh()

        def get_rows(table):
            self.env.cr.execute(
                SQL("SELECT id, ctid::text FROM %s ORDER BY id", SQL.identifier(table))
            )
            return dict(self.env.cr.fetchall())

        tables = ("sales_fact", "sales_fact_cell", "sales_fact_total")
        rows = {table: get_rows(table) for table in tables}
        self.mart._rebuild()
        for table in tables:
            self.assertEqual(get_rows(table), rows[table], table)
        self.env.cr.execute(
            """
            DELETE FROM sales_fact WHERE source = 'order' AND line_id = %(missing)s;
            UPDATE sales_fact SET amount = 7
             WHERE source = 'order' AND line_id = %(wrong)s;
            INSERT INTO sales_fact (source, event, date, company_id, amount, documents,
                                    res_id, line_id, match_id, credit_id)
            SELECT source, event, date, company_id, 5, 0, res_id, 0, 0, 0
              FROM sales_fact WHERE source = 'order' AND line_id = %(right)s
            """,
            {"missing": missing.id, "wrong": wrong.id, "right": right.id},
        )
        self.mart._rebuild()
        self.assertExact()
        kept = get_rows("sales_fact").items() & rows["sales_fact"].items()
        self.assertEqual(len(kept), len(rows["sales_fact"]) - 2)

    def test_a_new_column_is_filled(self):
        order = self._order((self.product_a, 1, 100))
        order.action_confirm()
        self.assertEqual(self._facts(order).product_id, self.product_a)
        self.env.cr.execute("ALTER TABLE sales_fact DROP COLUMN product_id CASCADE")
        self.env["sales.fact"].init()
        self.assertEqual(self._facts(order).product_id, self.product_a)

    def test_a_new_column_of_the_cells_is_filled(self):
        self._order((self.product_a, 1, 100)).action_confirm()
        self.mart._refresh()
        self.env.cr.execute(
            "ALTER TABLE sales_fact_cell DROP COLUMN margin_facts CASCADE"
        )
        self.env["sales.fact.cell"].init()
        self.assertFalse(self.mart._repair_cells())
        self.env.cr.execute("SELECT SUM(margin_facts) FROM sales_fact_cell")
        [[known]] = self.env.cr.fetchall()
        self.env.cr.execute("SELECT COUNT(margin) FROM sales_fact")
        self.assertEqual([(known,)], self.env.cr.fetchall())
        self.assertTrue(known)

    def test_a_measure_that_no_source_gives_costs_no_rewrite(self):
        self._order((self.product_a, 1, 100)).action_confirm()
        self.mart._refresh()

        def get_state():
            self.env.cr.execute("""
                SELECT 'sales_fact'::regclass, pg_relation_filenode('sales_fact'),
                       pg_relation_filenode('sales_fact_cell'),
                       (SELECT array_agg(ctid::text ORDER BY id) FROM sales_fact_cell)
            """)
            return self.env.cr.fetchall()

        self.env.cr.execute("""
            ALTER TABLE sales_fact DROP COLUMN score CASCADE;
            ALTER TABLE sales_fact_cell DROP COLUMN score CASCADE,
                DROP COLUMN score_facts CASCADE
        """)
        before = get_state()
        self.env["sales.fact"].init()
        self.env["sales.fact.cell"].init()
        self.assertEqual(get_state(), before)
        self.assertFalse(self.mart._count_pending())
        self.assertFalse(self.mart._repair_cells())
        self._order((self.product_a, 2, 100)).action_confirm()
        self.assertExact()

    def test_only_the_sources_that_give_a_new_column_are_asked_again(self):
        self.env.cr.execute("DELETE FROM sales_fact_queue")
        self.env.cr.execute("ALTER TABLE sales_fact DROP COLUMN days CASCADE")
        self.env["sales.fact"].init()
        self.env.cr.execute("""
            SELECT s.code FROM sales_fact_queue q JOIN sales_mart_source s
                ON q.origin = 'sales_mart_source' AND q.res_id = s.id
        """)
        self.assertEqual(self.env.cr.fetchall(), [("opportunity",)])

    def test_the_nightly_check_repairs_and_reports(self):
        order = self._order((self.product_a, 1, 200))
        order.action_confirm()
        order.date_order = "2026-03-31 12:00:00"
        self.mart._refresh()
        self.env.cr.execute(
            "UPDATE sales_fact SET amount = 1 WHERE source = 'order' AND res_id = %s",
            [order.id],
        )
        for table in ("sales_fact_cell", "sales_fact_total"):
            self.env.cr.execute(f"UPDATE {table} SET amount = amount + 1")
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

    def test_nobody_waits_for_a_rebuild(self):
        sources = self.env["sales.mart.source"].search([])
        sources.browse().action_rebuild()
        self.mart._refresh()
        sources.action_rebuild()
        self.mart._refresh_batch(nowait=True)
        self.assertEqual(self.mart._count_pending(), len(sources))
        self.mart._refresh_batch()
        self.assertFalse(self.mart._count_pending())
