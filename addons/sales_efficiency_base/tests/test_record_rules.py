# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tools import SQL

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestRecordRules(SalesEfficiencyCommon):
    """Visibility by own, team and company (design: roles) on our and Odoo's models."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_b = cls.env["res.company"].create({"name": "Company B"})
        cls.people = cls.salesperson + cls.colleague + cls.outsider

    def _assert_visible(self, records, owners=None):
        """Assert which records each role sees.

        :param records: one record each of salesperson, colleague, outsider, in order
        """
        expected = {
            self.salesperson: records[0],
            self.leader: records[:2],
            self.director: records,
        }
        self.env.flush_all()
        for user, visible in expected.items():
            with self.subTest(records._name, user=user.name):
                self.assertEqual(
                    records.with_user(user)._filtered_access("read"), visible
                )
                found = records.with_user(user).search([("id", "in", records.ids)])
                self.assertEqual(set(found.ids), set(visible.ids))

    def _create_orders(self, **values):
        orders = self.env["sale.order"]
        for user in self.people:
            orders += self._create_order(user=user, **values)
        return orders

    def _insert_facts(self, **values):
        """Insert one fact per person by SQL, the only way to write facts."""
        facts = self.env["sales.fact"]
        for number, user in enumerate(self.people):
            row = {
                "id": 2**30 + number,
                "source": "order",
                "event": "confirmed",
                "date": "2026-01-15",
                "company_id": self.company.id,
                "currency_id": self.company.currency_id.id,
                "user_id": user.id,
                "team_id": user.sale_team_id.id,
                "amount": 1,
                "margin": 0,
                "quantity": 0,
                "res_id": 2**30 + number,
                **values,
            }
            columns = SQL(", ").join(map(SQL.identifier, row))
            self.env.cr.execute(
                SQL(
                    "INSERT INTO sales_fact (%s) VALUES %s",
                    columns,
                    tuple(row.values()),
                )
            )
            facts += facts.browse(row["id"])
        return facts

    def _create_history(self, **values):
        return self.env["sales.history.line"].create(
            [
                {
                    "date": "2025-01-15",
                    "user_id": user.id,
                    "team_id": user.sale_team_id.id,
                    "amount": 1,
                    **values,
                }
                for user in self.people
            ]
        )

    def test_orders(self):
        orders = self._create_orders()
        self._assert_visible(orders)
        self._assert_visible(orders.order_line.sorted("id"))

    def test_a_leader_works_on_the_orders_of_the_team(self):
        order, theirs, others = self._create_orders()
        theirs.with_user(self.leader).client_order_ref = "Checked"
        self.assertEqual(theirs.client_order_ref, "Checked")
        with self.assertRaises(AccessError):
            others.with_user(self.leader).client_order_ref = "Checked"
        with self.assertRaises(AccessError):
            theirs.with_user(self.salesperson).client_order_ref = "Checked"

    def test_customers_do_not_read_what_is_earned_by_them(self):
        order = self._create_order()
        customer = new_test_user(
            self.env,
            "customer",
            groups="base.group_portal",
            partner_id=self.customer_north.id,
        )
        order.action_confirm()
        order.message_subscribe(customer.partner_id.ids)
        self.env.flush_all()
        own = order.with_user(customer)
        self.assertEqual(own.read(["amount_total"])[0]["amount_total"], 100)
        for name in ("margin", "margin_percent", "sales_credit_total"):
            with self.subTest(name), self.assertRaises(AccessError):
                own.read([name])
        for name in ("margin", "margin_percent", "purchase_price"):
            with self.subTest(name), self.assertRaises(AccessError):
                own.order_line.read([name])
        self.assertEqual(order.with_user(self.salesperson).margin, 40)
        page = self.env["ir.qweb"]._render(
            "sale.sale_order_portal_content",
            {
                "sale_order": own.sudo(),
                "report_type": "html",
                "is_html_empty": lambda value: not value,
            },
        )
        self.assertIn(self.product.name, page)

    def test_order_analysis(self):
        orders = self._create_orders()
        self.env.flush_all()
        for user, expected in (
            (self.salesperson, orders[0]),
            (self.leader, orders[:2]),
            (self.director, orders),
        ):
            report = self.env["sale.report"].with_user(user)
            groups = report._read_group(
                [("product_id", "=", self.product.id)], ["order_reference"]
            )
            self.assertEqual(
                {reference for (reference,) in groups},
                {f"sale.order,{order.id}" for order in expected},
            )

    def test_leads(self):
        self._assert_visible(
            self.env["crm.lead"].create(
                [
                    {
                        "name": "Deal",
                        "user_id": user.id,
                        "team_id": user.sale_team_id.id,
                    }
                    for user in self.people
                ]
            )
        )

    def test_invoices(self):
        orders = self._create_orders()
        orders.action_confirm()
        invoices = self.env["account.move"]
        for order in orders:
            invoices += order._create_invoices()
        self._assert_visible(invoices)
        lines = self.env["account.move.line"]
        for invoice in invoices:
            lines += invoice.invoice_line_ids
        self._assert_visible(lines)

    def test_facts(self):
        self._assert_visible(self._insert_facts())

    def test_history(self):
        lines = self._create_history()
        self._assert_visible(lines)
        lines.with_user(self.director).write({"amount": 2})
        with self.assertRaises(AccessError):
            lines[0].with_user(self.leader).amount = 3

    def test_credit(self):
        """The shares of an order are visible to those who see the order."""
        orders = self._create_orders()
        credits_ = self.env["sales.credit"]
        for order in orders:
            credits_ += credits_.create(
                {"order_id": order.id, "user_id": order.user_id.id, "share": 100}
            )
        self._assert_visible(credits_)
        with self.assertRaises(AccessError):
            credits_[1].with_user(self.salesperson).share = 50
        credits_[1].with_user(self.leader).unlink()

    def _create_shared_order(self):
        """Create an order of the outsider in which the salesperson has a share."""
        return self._create_order(
            user=self.outsider,
            sales_credit_ids=[
                Command.create({"user_id": self.outsider.id, "share": 80}),
                Command.create({"user_id": self.salesperson.id, "share": 20}),
            ],
        )

    def test_who_is_credited_may_open_the_documents_but_not_change_them(self):
        order = self._create_shared_order()
        order.action_confirm()
        invoice = order._create_invoices()
        self.env.flush_all()
        for document in (order, order.order_line, invoice, invoice.invoice_line_ids):
            for user in (self.salesperson, self.leader):
                with self.subTest(document._name, user=user.name):
                    self.assertTrue(document.with_user(user).has_access("read"))
                    self.assertFalse(document.with_user(user).has_access("write"))
            self.assertFalse(document.with_user(self.colleague).has_access("read"))
        seen = order.with_user(self.salesperson).sales_credit_ids
        self.assertEqual(seen.mapped("share"), [80, 20])

    def test_a_new_leader_sees_the_team_at_once(self):
        order = self._create_order(user=self.outsider)
        self.assertFalse(order.with_user(self.leader).has_access("read"))
        self.team_other.user_id = self.leader
        self.assertTrue(order.with_user(self.leader).has_access("read"))
        self.team_other.user_id = False
        self.assertFalse(order.with_user(self.leader).has_access("read"))
        self.team_other.parent_id = self.team_field
        self.assertTrue(order.with_user(self.leader).has_access("read"))

    def test_a_leader_without_team_sees_their_own(self):
        leader = self._create_user("leader", login="new_leader")
        orders = self._create_orders()
        orders[0].user_id = leader
        self.assertEqual(orders.with_user(leader)._filtered_access("read"), orders[0])

    def test_figures_of_another_company_are_closed_to_all(self):
        records = [
            self._insert_facts(company_id=self.company_b.id),
            self._create_history(company_id=self.company_b.id, team_id=False),
            self.env["sales.region"].create(
                {"name": "B", "company_id": self.company_b.id}
            ),
            self.env["sales.channel"].create(
                {"name": "B", "company_id": self.company_b.id}
            ),
            self.env["sales.mart.reconciliation"].create(
                {"source": "order", "company_id": self.company_b.id}
            ),
        ]
        self.env.flush_all()
        for record in records:
            with self.subTest(record._name):
                closed = record.with_user(self.director)
                self.assertFalse(closed._filtered_access("read"))
                self.assertFalse(closed.search([("id", "in", record.ids)]))
        self.director.company_ids += self.company_b
        for record in records:
            with self.subTest(record._name):
                both = record.with_user(self.director).with_context(
                    allowed_company_ids=(self.company + self.company_b).ids
                )
                self.assertEqual(both._filtered_access("read"), record)

    def test_shares_of_another_company_are_closed_to_all(self):
        self.director.company_ids += self.company_b
        order = (
            self.env["sale.order"]
            .with_company(self.company_b)
            .create(
                {
                    "partner_id": self.customer_north.id,
                    "company_id": self.company_b.id,
                }
            )
        )
        credit = self.env["sales.credit"].create(
            {"order_id": order.id, "user_id": self.director.id, "share": 100}
        )
        self.director.company_ids -= self.company_b
        self.assertFalse(credit.with_user(self.director).has_access("read"))

    def test_the_monthly_cells_of_another_company_are_closed(self):
        self.env.cr.execute(
            SQL(
                "INSERT INTO sales_fact_cell (month, source, event, company_id,"
                " region_id, team_id, user_id, channel_id, categ_id)"
                " VALUES ('2026-01-01', 'order', 'confirmed', %s, 0, 0, 0, 0, 0)"
                " RETURNING id",
                self.company_b.id,
            )
        )
        cell = self.env["sales.fact.cell"].browse(self.env.cr.fetchone()[0])
        self.assertFalse(cell.with_user(self.director).has_access("read"))
