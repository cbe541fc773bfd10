# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.http import Request
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .price_common import PriceCommon

SIGNATURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


@tagged("post_install", "-at_install")
class TestPricePortal(PriceCommon, HttpCase):
    """A customer opens, signs and pays nothing that is not approved, and meets no
    error of ours (policy 3.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_floor()  # 87.50
        cls.env["sales.quotation.term"].create(
            {
                "name": "Drives",
                "content": "<p>Three years, spare parts.</p>",
                "categ_id": cls.category.id,
                "company_id": cls.company.id,
            }
        )
        cls.held = cls._create_quotation(85.0, require_signature=True)
        cls.fine = cls._create_quotation(123.45, require_signature=True)
        cls.buyer = cls.env["res.users"].create(
            {
                "name": "Test Buyer",
                "login": "test_buyer",
                "password": "test_buyer",
                "group_ids": [(6, 0, cls.env.ref("base.group_portal").ids)],
            }
        )
        cls.buyer.partner_id.parent_id = cls.customer_north

    def _get_url(self, order, **values):
        url = order.get_portal_url(**values)
        self.env.flush_all()
        return url

    def _assert_is_closed(self, response):
        self.assertEqual(response.status_code, 200)
        self.assertIn("is being revised", response.text)
        self.assertIn("Test Salesperson", response.text)
        self.assertNotIn("85.00", response.text)
        self.assertNotIn("floor", response.text)

    def test_the_link_of_a_held_quotation_says_that_it_is_being_revised(self):
        self._assert_is_closed(self.url_open(self._get_url(self.held)))
        self._assert_is_closed(
            self.url_open(self._get_url(self.held, report_type="pdf", download=True))
        )

    def test_the_link_of_a_quotation_at_the_floor_opens_it(self):
        response = self.url_open(self._get_url(self.fine))
        self.assertIn("123.45", response.text)
        self.assertIn("Three years, spare parts.", response.text)

    def test_a_customer_with_a_login_is_told_the_same(self):
        self.authenticate("test_buyer", "test_buyer")
        self._assert_is_closed(self.url_open(f"/my/orders/{self.held.id}"))

    def test_a_held_quotation_is_not_among_those_of_the_customer(self):
        self.fine.action_quotation_sent()
        other = self._create_quotation(100.0)
        other.action_quotation_sent()
        other.order_line.price_unit = 77.77
        self.env.flush_all()
        self.authenticate("test_buyer", "test_buyer")
        page = self.url_open("/my/quotes").text
        self.assertIn(self.fine.name, page)
        self.assertNotIn(other.name, page)
        self.assertNotIn("77.77", page)

    def test_people_of_the_company_may_preview_it(self):
        self.authenticate("test_salesperson", "test_salesperson")
        response = self.url_open(self._get_url(self.held))
        self.assertIn("85.00", response.text)
        response = self.url_open(f"/my/orders/{self.held.id}/download_edi")
        self.assertNotIn(self.held.name, response.text)

    def test_a_wrong_token_learns_nothing(self):
        response = self.url_open(f"/my/orders/{self.held.id}?access_token=wrong")
        self.assertNotIn("is being revised", response.text)
        response = self._call(self.held, "transaction", token="wrong")
        self.assertNotIn("is being revised", json.dumps(response))

    def test_a_page_that_was_open_shows_what_holds_now(self):
        """The price got worse while the customer was reading."""
        self.fine.action_quotation_sent()
        url = self._get_url(self.fine)
        self.fine.order_line.price_unit = 50.0
        self.env.flush_all()
        answer = self._call(self.fine, "accept", name="Buyer", signature=SIGNATURE)
        self.assertTrue(answer["result"]["force_refresh"])
        self.assertNotIn("error", answer["result"])
        self.assertFalse(self.fine.signature)
        self.assertEqual(self.fine.state, "sent")
        self._assert_is_revised(self.url_open(answer["result"]["redirect_url"]))
        self._assert_is_revised(self.url_open(url))

    def _assert_is_revised(self, response):
        self.assertIn("is being revised", response.text)

    @mute_logger("odoo.http")
    def test_nobody_pays_a_held_quotation(self):
        answer = self._call(
            self.held,
            "transaction",
            provider_id=1,
            payment_method_id=1,
            token_id=None,
            amount=85.0,
            flow="direct",
            tokenization_requested=False,
            landing_route="/",
        )
        self.assertIn("is being revised", json.dumps(answer))
        self.assertFalse(self.held.transaction_ids)

    def test_who_declines_a_held_quotation_meets_no_error(self):
        response = self.url_open(
            f"/my/orders/{self.held.id}/decline?access_token={self._get_token()}",
            data={"decline_message": "Too dear", "csrf_token": self._get_csrf()},
        )
        self._assert_is_revised(response)
        self.assertEqual(self.held.state, "draft")

    def test_an_approved_price_is_signed_by_the_customer(self):
        self._approve(self._request(self.held))
        self.held.action_quotation_sent()
        self.env.flush_all()
        answer = self._call(self.held, "accept", name="Buyer", signature=SIGNATURE)
        self.assertNotIn("error", answer["result"])
        self.env.invalidate_all()
        self.assertEqual(self.held.state, "sale")

    def _call(self, order, route, token=None, **params):
        token = token or order._portal_ensure_token()
        self.env.flush_all()
        response = self.url_open(
            f"/my/orders/{order.id}/{route}",
            data=json.dumps({"params": {"access_token": token, **params}}),
            headers={"Content-Type": "application/json"},
        )
        return response.json()

    def _get_token(self):
        token = self.held._portal_ensure_token()
        self.env.flush_all()
        return token

    def _get_csrf(self):
        self.authenticate(None, None)
        return Request.csrf_token(self)
