# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .deal_common import SIGNATURE, DealCommon


@tagged("post_install", "-at_install")
class TestContractPortal(DealCommon, HttpCase):
    """Customers read and sign their contracts, and see nothing else of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.buyer = cls._create_buyer("test_buyer", cls.customer_north)
        cls.stranger = cls._create_buyer("test_stranger", cls.customer_south)

    @classmethod
    def _create_buyer(cls, login, customer):
        buyer = cls.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "password": login,
                "group_ids": [(6, 0, cls.env.ref("base.group_portal").ids)],
            }
        )
        buyer.partner_id.parent_id = customer
        return buyer

    def _to_sign(self):
        contract = self._create_contract()
        self._send_to_sign(self._review(contract))
        self.env.flush_all()
        return contract

    def _get_path(self, contract, suffix=""):
        url = contract._get_sign_url(suffix)
        self.env.flush_all()
        return url[len(contract.get_base_url()) :]

    def _accept(self, contract, path=None, name="Nora North", signature=None):
        signature = SIGNATURE.decode() if signature is None else signature
        document = contract.sudo().text_file_id.id
        response = self.url_open(
            path or f"{self._get_path(contract, '/accept')}&document={document}",
            data=json.dumps({"params": {"name": name, "signature": signature}}),
            headers={"Content-Type": "application/json"},
        )
        self.env.invalidate_all()
        return response.json()

    def test_the_link_shows_the_contract_and_nothing_internal(self):
        contract = self._to_sign()
        contract.message_post(body="They would pay more")
        contract.check_ids.sudo().note = "Look at the penalty"
        page = self.url_open(self._get_path(contract)).text
        self.assertIn(contract.code, page)
        self.assertIn("signature_form", page)
        self.assertNotIn("They would pay more", page)
        self.assertNotIn("Look at the penalty", page)

    def test_the_document_is_what_was_sent(self):
        contract = self._to_sign()
        response = self.url_open(self._get_path(contract, "/document"))
        self.assertEqual(response.content, contract.text_file_id._get_content())
        self.assertEqual(response.headers["X-Content-Type-Options"], "nosniff")

    def test_the_customer_signs(self):
        contract = self._to_sign()
        answer = self._accept(contract)
        self.assertTrue(answer["result"]["force_refresh"])
        self.assertEqual(contract.customer_signed_by, "Nora North")
        self.assertEqual(contract.state, "sent")
        page = self.url_open(answer["result"]["redirect_url"]).text
        self.assertIn("We have your signature", page)
        self.assertNotIn("modalsign", page)
        self._sign_for_us(contract)
        self.env.flush_all()
        page = self.url_open(self._get_path(contract)).text
        self.assertIn(contract.signed_sha256, page)

    def test_nobody_signs_twice(self):
        contract = self._to_sign()
        self._accept(contract)
        answer = self._accept(contract, name="Somebody Else")
        self.assertIn("nothing to sign", answer["result"]["error"])
        self.assertEqual(contract.customer_signed_by, "Nora North")

    def test_what_the_customer_has_not_read_is_not_signed(self):
        """It was taken back and sent again while their page was open."""
        contract = self._to_sign()
        document = contract.text_file_id.id
        path = f"{self._get_path(contract, '/accept')}&document={document}"
        contract.action_draft()
        contract.body = "<p>Something else</p>"
        self._send_to_sign(self._review(contract))
        self.env.flush_all()
        answer = self._accept(contract, path)
        self.assertIn("has changed", answer["result"]["error"])
        self.assertFalse(contract.customer_signed_on)
        self._accept(contract)
        self.assertTrue(contract.customer_signed_on)

    def test_what_is_no_signature_is_refused(self):
        contract = self._to_sign()
        for values, message in (
            ({"name": ""}, "enter your name"),
            ({"name": "x" * 200}, "too long"),
            ({"name": ["Nora"]}, "enter your name"),
            ({"signature": ""}, "Signature is missing"),
            ({"signature": "no base64!"}, "no signature"),
            ({"signature": "PHN2Zz4="}, "no signature"),
            ({"signature": {"a": 1}}, "Signature is missing"),
        ):
            with self.subTest(message):
                answer = self._accept(contract, **values)
                self.assertIn(message, answer["result"]["error"])
        self.assertFalse(contract.customer_signed_on)

    def test_people_of_the_company_do_not_sign_for_the_customer(self):
        contract = self._to_sign()
        path = self._get_path(contract, "/accept")
        self.authenticate("test_salesperson", "test_salesperson")
        answer = self._accept(contract, path)
        self.assertIn("Only the customer", answer["result"]["error"])
        page = self.url_open(f"/my/contracts/{contract.id}").text
        self.assertIn(contract.code, page)
        self.assertNotIn("modalsign", page)

    def test_a_wrong_token_learns_nothing(self):
        contract = self._to_sign()
        self._get_path(contract)
        for token in ("", "?access_token=", "?access_token=wrong", "?access_token=é"):
            page = self.url_open(f"/my/contracts/{contract.id}{token}").text
            self.assertNotIn(contract.code, page)
            page = self.url_open(f"/my/contracts/{contract.id}/document{token}").text
            self.assertNotIn("Test Supply", page)
            answer = self._accept(
                contract, f"/my/contracts/{contract.id}/accept{token}"
            )
            self.assertIn("nothing to sign", answer["result"]["error"])

    def test_a_contract_without_link_is_closed_to_everybody(self):
        """No token is no match for no token."""
        contract = self._to_sign()
        contract.sudo().sign_token = False
        self.env.flush_all()
        page = self.url_open(f"/my/contracts/{contract.id}?access_token=False").text
        self.assertNotIn(contract.code, page)

    def test_customers_with_a_login_see_their_own(self):
        contract, draft = self._to_sign(), self._create_contract(name="Secret Draft")
        self.env.flush_all()
        self.authenticate("test_buyer", "test_buyer")
        page = self.url_open("/my/contracts").text
        self.assertIn(contract.code, page)
        self.assertNotIn("Secret Draft", page)
        self.assertIn(contract.code, self.url_open(f"/my/contracts/{contract.id}").text)
        self.assertNotIn(
            "Secret Draft", self.url_open(f"/my/contracts/{draft.id}").text
        )
        self.authenticate("test_stranger", "test_stranger")
        self.assertNotIn(contract.code, self.url_open("/my/contracts").text)
        page = self.url_open(f"/my/contracts/{contract.id}").text
        self.assertNotIn(contract.code, page)

    def test_a_contract_taken_back_is_being_revised(self):
        contract = self._to_sign()
        path = self._get_path(contract)
        contract.action_draft()
        self.env.flush_all()
        page = self.url_open(path).text
        self.assertIn("is being revised", page)
        self.assertNotIn("signature_form", page)

    def test_agreements_with_suppliers_have_no_page(self):
        agreement = self.env["agreement"].create(
            {"name": "Supplier", "code": "S1", "domain": "purchase"}
        )
        page = self.url_open(self._get_path(agreement)).text
        self.assertNotIn("Supplier", page)

    @mute_logger("odoo.http")
    def test_the_token_of_the_page_opens_no_messages(self):
        contract = self._to_sign()
        contract.message_post(
            body="They would pay more", subtype_xmlid="mail.mt_comment"
        )
        self._get_path(contract)
        response = self.url_open(
            "/mail/thread/messages",
            data=json.dumps(
                {
                    "params": {
                        "thread_model": "agreement",
                        "thread_id": contract.id,
                        "token": contract.sudo().sign_token,
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        )
        self.assertNotIn("They would pay more", response.text)

    def test_the_link_shows_the_newest_version_of_a_quotation(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        url = order.get_portal_url()
        self.env.flush_all()
        self.assertNotIn("sent_version", self.url_open(url).text)
        order.order_line.price_unit = 91.23
        with freeze_time("2026-10-20 12:00:00"):
            self._send(order)
        page = self.url_open(url).text
        self.assertIn("91.23", page)
        self.assertIn("sent_version", page)
        self.assertNotIn("100.00", page)
