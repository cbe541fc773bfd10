# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .contact_common import ContactCommon


@tagged("post_install", "-at_install")
class TestUiContact(ContactCommon, HttpCase):
    """Contacts and policies in the browser."""

    browser_size = "1366x768"

    def setUp(self):
        super().setUp()
        self.policy.date_from = fields.Date.today() - timedelta(days=60)
        self.env.cr.execute("UPDATE res_partner SET create_date = '2026-01-05'")
        self._plan()

    def test_salesperson_logs_a_contact(self):
        self.start_tour(
            "/odoo/my-contacts", "sales_contact_log", login="test_salesperson"
        )
        self.assertEqual(self._contacts().user_id, self.salesperson)

    def test_salesperson_snoozes_a_contact(self):
        self.start_tour(
            "/odoo/my-contacts", "sales_contact_snooze", login="test_salesperson"
        )
        self.assertEqual(self._plan_of().snooze_reason, "On holiday")

    def test_director_sets_a_policy_and_applies_its_terms(self):
        self.policy.active = False
        terms = self.env["account.payment.term"].create({"name": "60 Days of Tour"})
        self.start_tour(
            "/odoo/sales-service-policies",
            "sales_service_policy_terms",
            login="test_director",
        )
        self.assertEqual(self.customer_north.property_payment_term_id, terms)

    def test_salesperson_opens_the_time_line(self):
        self._schedule().action_feedback()
        self.start_tour(
            f"/odoo/res.partner/{self.customer_north.id}",
            "sales_customer_time_line",
            login="test_salesperson",
        )


@tagged("post_install", "-at_install")
class TestUiContactPhone(ContactCommon, HttpCase):
    """My Contacts on a phone."""

    browser_size = "375x667"
    touch_enabled = True

    def test_salesperson_logs_a_contact_on_the_phone(self):
        self.policy.date_from = fields.Date.today() - timedelta(days=60)
        self._plan()
        self.start_tour(
            "/odoo/my-contacts", "sales_contact_log", login="test_salesperson"
        )
        self.assertEqual(self._contacts().user_id, self.salesperson)
