# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestPriceSecrets(PriceCommon):
    """Customers learn nothing of floors and requests, by no call (3.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_floor()  # 87.50
        cls.held = cls._create_quotation(85.0)
        cls.fine = cls._create_quotation(87.5)

    def test_nothing_is_posted_where_the_customer_reads(self):
        before = self.held.message_ids
        request = self._request(self.held.with_context(tracking_disable=False))
        self.env.flush_all()
        self.cr.precommit.run()  # writes the messages of tracked fields
        self._approve(request)
        self.env.flush_all()
        self.cr.precommit.run()
        self.assertEqual(self.held.message_ids, before)
        self.assertTrue(request.message_ids)

    def test_customers_neither_read_nor_search_what_is_internal(self):
        portal = self._create_portal_user()
        self.held.partner_id = portal.partner_id.commercial_partner_id
        self._approve(self._request(self.held))
        self.held.action_quotation_sent()
        order = self.held.with_user(portal)
        self.assertTrue(order.search([("id", "=", order.id)]))
        for name in (
            "price_request_ids",
            "price_request_count",
            "price_gate_status",
            "price_gate_message",
            "is_price_held",
            "quotation_missing",
            "sales_sent_on",
        ):
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    order.read([name])
                with self.assertRaises(UserError):
                    order.export_data([name])
        for name in ("price_request_ids", "sales_sent_on", "is_price_held"):
            with self.subTest(search=name), self.assertRaises(AccessError):
                order.search([(name, "!=", False)])
        for name in ("price_request_ids", "sales_sent_on:month"):
            with self.subTest(group=name), self.assertRaises(AccessError):
                order.formatted_read_group([], [name], ["__count"])
        for name in ("sales_floor_price", "is_below_floor"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                order.order_line.read([name])
        for model in (
            "sales.price.floor",
            "sales.price.request",
            "sales.price.request.line",
            "sales.quotation.term",
        ):
            for user in (portal, self.env.ref("base.public_user")):
                records = self.env[model].with_user(user)
                with (
                    self.subTest(model=model, user=user.login),
                    self.assertRaises(AccessError),
                ):
                    records.search_read([])

    def test_customers_do_not_read_a_held_quotation_by_call(self):
        portal = self._create_portal_user()
        customer = portal.partner_id.commercial_partner_id
        (self.held + self.fine).partner_id = customer
        self.fine.action_quotation_sent()
        orders = self.env["sale.order"].with_user(portal)
        domain = [("id", "in", (self.held + self.fine).ids)]
        self.assertEqual(orders.search(domain), self.fine.with_user(portal))
        with self.assertRaises(AccessError):
            self.held.with_user(portal).read(["amount_total"])
        with self.assertRaises(AccessError):
            self.held.order_line.with_user(portal).read(["price_unit"])
        self.assertFalse(
            self.env["sale.order.line"]
            .with_user(portal)
            .search([("order_id", "=", self.held.id)])
        )

    def test_a_cancelled_quotation_shows_no_more_than_before(self):
        portal = self._create_portal_user()
        customer = portal.partner_id.commercial_partner_id
        (self.held + self.fine).partner_id = customer
        self.fine.action_confirm()
        (self.held + self.fine).action_cancel()
        orders = self.env["sale.order"].with_user(portal)
        domain = [("id", "in", (self.held + self.fine).ids)]
        self.assertEqual(orders.search(domain), self.fine.with_user(portal))
        with self.assertRaises(AccessError):
            self.held.with_user(portal).read(["amount_total"])
        with freeze_time("2026-10-20 12:00:00"):
            # What the customer had goes by the floors of its day, unless it changes.
            self.env["sales.price.floor"].search([]).least_margin = 25.0
            self.env.invalidate_all()
            self.assertEqual(orders.search(domain), self.fine.with_user(portal))
            self.fine.with_user(self.salesperson).order_line.price_unit = 87.0
            self.assertFalse(orders.search(domain))

    def test_no_message_tells_a_customer_a_floor(self):
        """The browsers of customers send the context of the messages they post."""
        portal = self._create_portal_user()
        self.held.partner_id = portal.partner_id.commercial_partner_id
        as_sent = {"mark_so_as_sent": True}
        order = self.held.with_user(portal).sudo().with_context(**as_sent)
        order.message_post(body="When do we get it?")
        self.assertEqual(self.held.state, "draft")
        self._approve(self._request(self.held))
        self.held.action_quotation_sent()
        sent_on = self.held.sales_sent_on
        self.held.order_line.price_unit = 80.0
        with freeze_time("2026-10-20 12:00:00"):
            order.message_post(body="When do we get it?")
        self.assertFalse(self.held.sales_sent_on)
        self.fine.partner_id = self.held.partner_id
        self.fine.action_quotation_sent()
        with freeze_time("2026-10-20 12:00:00"):
            fine = self.fine.with_user(portal).sudo().with_context(**as_sent)
            fine.message_post(body="Thank you")
        self.assertEqual(self.fine.sales_sent_on, sent_on)

    def _create_portal_user(self):
        return self.env["res.users"].create(
            {
                "name": "Test Buyer",
                "login": "test_buyer",
                "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)],
            }
        )
