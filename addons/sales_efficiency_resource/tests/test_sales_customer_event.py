# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import freeze_time, tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesCustomerEvent(ContactCommon):
    """The time line of a customer, of what the reader may read."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls._sell(1, "2026-10-01", price=700)
        cls.foreign = cls._sell(1, "2026-10-02", user=cls.outsider, price=900)
        cls.foreign.team_id = cls.team_other
        cls._contact()
        cls.customer_north.message_post(
            body="Good morning",
            subject="Offer",
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        cls.customer_north.message_post(body="Hard to please")
        cls.own._create_invoices().action_post()
        cls.env["rating.rating"].create(
            {
                "res_model_id": cls.env["ir.model"]._get_id("res.partner"),
                "res_id": cls.customer_north.id,
                "partner_id": cls.customer_north.id,
                "rating": 5,
                "consumed": True,
                "feedback": "Great",
                "rated_on": "2026-10-03 12:00:00",
            }
        )
        cls.env.flush_all()

    def _read(self, user):
        events = self.env["sales.customer.event"].with_user(user)
        return events.search([("partner_id", "=", self.customer_north.id)])

    def test_the_director_sees_all_kinds_newest_first(self):
        events = self._read(self.director)
        self.assertEqual(
            set(events.mapped("kind")),
            {"contact", "mail", "order", "invoice", "rating"},
        )
        days = events.mapped("date")
        self.assertEqual(days, sorted(days, reverse=True))
        self.assertEqual(len(set(events.ids)), len(events))
        orders = events.filtered(lambda event: event.kind == "order")
        self.assertEqual(orders.mapped("amount"), [900, 700])

    def test_what_one_may_not_read_is_not_in_it(self):
        events = self._read(self.salesperson)
        orders = events.filtered(lambda event: event.kind == "order")
        self.assertEqual(orders.mapped("name"), [self.own.name])
        names = self._read(self.outsider).mapped("name")
        self.assertNotIn(self.own.name, names)
        self.assertIn(self.foreign.name, names)

    def test_notes_among_colleagues_are_no_messages(self):
        names = self._read(self.director).mapped("name")
        self.assertIn("Offer", names)
        self.assertNotIn("Hard to please", names)

    def test_an_event_opens_its_document(self):
        event = self._read(self.salesperson).filtered(lambda e: e.kind == "order")
        action = event.action_open_document()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("sale.order", self.own.id)
        )

    def test_it_is_filtered_and_grouped(self):
        events = self.env["sales.customer.event"].with_user(self.director)
        groups = events._read_group(
            [("partner_id", "=", self.customer_north.id)], ["kind"], ["__count"]
        )
        self.assertEqual(dict(groups)["order"], 2)
