# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import io
from base64 import b64encode
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools.pdf import PdfFileReader

from .deal_common import PICTURE, DealCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestContractSignature(DealCommon):
    """Both sides sign; the signed file and its SHA-256 are kept and never replaced."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rendered = cls._render()
        rendered.start()
        cls.addClassCleanup(rendered.stop)

    def _to_sign(self):
        return self._send_to_sign(self._review(self._create_contract()))

    def test_only_what_was_reviewed_is_sent(self):
        contract = self._create_contract()
        with self.assertRaisesRegex(UserError, "no longer Reviewed"):
            contract.action_send()
        self._send_to_sign(contract)
        self.assertEqual(contract.state, "draft")

    def test_sending_is_the_agreement_and_fixes_the_document(self):
        contract = self._to_sign()
        self.assertEqual(contract.state, "sent")
        self.assertEqual(str(contract.agreed_on), "2026-10-15")
        content = contract.text_file_id._get_content()
        self.assertTrue(content.startswith(b"%PDF"))
        self.assertEqual(
            contract.text_file_id.sha256, hashlib.sha256(content).hexdigest()
        )

    def test_the_mail_has_the_link(self):
        contract = self._review(self._create_contract())
        action = contract.action_send()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.salesperson)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("/my/contracts/", composer.body)
        self.assertIn(contract.sudo().sign_token, composer.body)
        composer._action_send_mail()
        self.env.invalidate_all()
        self.assertEqual(contract.state, "sent")

    def test_the_link_of_a_former_customer_opens_nothing(self):
        contract = self._to_sign()
        contract._get_sign_url()
        former = contract.sudo().sign_token
        contract.action_draft()
        contract.name = "Another Name"
        self.assertTrue(contract._fits_token(former), "the same customer")
        contract.partner_id = self.customer_south
        self._send_to_sign(self._review(contract))
        contract._get_sign_url()
        self.assertTrue(contract._fits_token(contract.sudo().sign_token))
        self.assertFalse(contract._fits_token(former))

    def test_both_sides_sign_online_in_any_order(self):
        for first, second in (
            (self._sign_for_us, self._sign_for_customer),
            (self._sign_for_customer, self._sign_for_us),
        ):
            contract = self._to_sign()
            first(contract)
            self.assertEqual(contract.state, "sent")
            self.assertFalse(contract.signed_file_id)
            second(contract)
            self.assertEqual(contract.state, "signed")
            self.assertEqual(str(contract.signature_date), "2026-10-15")
            self.assertEqual(contract.own_signed_by_id, self.director)
            self.assertEqual(contract.customer_signed_by, "Nora North")

    def test_the_signed_file_has_both_signatures_after_the_text(self):
        contract = self._to_sign()
        self._sign_for_us(contract)
        self._sign_for_customer(contract)
        content = contract.signed_file_id._get_content()
        self.assertEqual(
            PdfFileReader(io.BytesIO(content), strict=False).getNumPages(), 2
        )
        self.assertEqual(contract.signed_sha256, hashlib.sha256(content).hexdigest())

    def test_what_is_signed_is_what_was_sent_to_review(self):
        """Nobody replaces the document between review and signature, not even by call:
        the attachment of a contract is written by whoever may write the contract."""
        document = self._create_pdf(width=123)
        contract = self._create_contract()
        contract.contract_file = b64encode(document)
        self._check(contract).action_submit()
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "agreement"),
                ("res_field", "=", "contract_file"),
                ("res_id", "=", contract.id),
            ]
        )
        attachment.with_user(self.salesperson).raw = self._create_pdf(width=321)
        self.env.flush_all()
        self.env.invalidate_all()
        contract.with_user(self.leader)._validate_tier()
        self.env.invalidate_all()
        self._send_to_sign(contract)
        self.assertEqual(contract.text_file_id._get_content(), document)

    def test_signatures_are_no_attachments(self):
        contract = self._to_sign()
        self._sign_for_customer(contract)
        attachments = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "agreement"),
                ("res_field", "like", "%signature"),
                ("res_id", "=", contract.id),
            ]
        )
        self.assertFalse(attachments)

    def test_a_document_that_cannot_be_made_now_is_made_later(self):
        contract = self._to_sign()
        self._sign_for_us(contract)

        def fail(contract):
            raise UserError(contract.name)

        with (
            patch.object(type(contract), "_finish", fail),
            self.assertLogs("odoo.addons.sales_efficiency_process", "ERROR"),
        ):
            self._sign_for_customer(contract)
        self.assertEqual(contract.customer_signed_by, "Nora North")
        self.assertEqual(contract.state, "sent")
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_process.ir_cron_contract"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(contract.state, "signed")

    def test_an_own_document_is_signed_as_it_is(self):
        document = self._create_pdf(width=123)
        contract = self._create_contract()
        contract.contract_file = b64encode(document)
        self._send_to_sign(self._review(contract))
        self.assertEqual(contract.text_file_id._get_content(), document)

    def test_what_is_no_pdf_is_no_own_document(self):
        contract = self._create_contract()
        with self.assertRaisesRegex(UserError, "PDF"):
            contract.contract_file = b64encode(b"<html></html>")

    def test_signed_on_paper(self):
        contract = self._to_sign()
        content = self._create_pdf(width=321)
        self._upload(contract, content).action_upload()
        self.env.invalidate_all()
        self.assertEqual(contract.state, "signed")
        self.assertEqual(contract.signed_file_id._get_content(), content)
        self.assertEqual(contract.signed_sha256, hashlib.sha256(content).hexdigest())
        self.assertEqual(str(contract.signature_date), "2026-10-14")

    def test_paper_does_not_replace_what_a_side_has_signed_online(self):
        for sign, name in (
            (self._sign_for_customer, "customer_signed_by"),
            (self._sign_for_us, "own_signed_by_id"),
        ):
            contract = self._to_sign()
            sign(contract)
            signed_by = contract[name]
            upload = self._upload(
                contract, self._create_pdf(), customer_signed_by="Somebody"
            )
            with (
                self.subTest(name),
                self.assertRaisesRegex(UserError, "signed by one side"),
            ):
                upload.action_upload()
            self.assertEqual(contract.state, "sent")
            self.assertFalse(contract.signed_file_id)
            self.assertEqual(contract[name], signed_by)

    def test_whoever_is_named_as_signatory_hears_of_it(self):
        contract = self._to_sign()
        self._upload(contract, self._create_pdf()).action_upload()
        message = self.env["mail.message"].search(
            [
                ("model", "=", "agreement"),
                ("res_id", "=", contract.id),
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", self.director.partner_id.ids),
            ],
            order="id DESC",
            limit=1,
        )
        self.assertIn("You are named", message.body)

    def test_a_photo_of_signed_paper(self):
        contract = self._to_sign()
        self._upload(contract, PICTURE).action_upload()
        self.env.invalidate_all()
        self.assertEqual(contract.signed_file_id.mimetype, "image/png")

    def test_what_is_uploaded_must_be_complete(self):
        contract = self._to_sign()
        pdf = self._create_pdf()
        for content, values, message in (
            (b"", {}, "Choose the file"),
            (b"<html></html>", {}, "must be a PDF"),
            (b"%PDF-1.4 broken", {}, "damaged"),
            (pdf, {"customer_signed_by": " "}, "each side"),
            (pdf, {"own_signed_by_id": False}, "each side"),
            (pdf, {"own_signed_by_id": self.salesperson.id}, "may not sign"),
            (pdf, {"signature_date": "2026-10-16"}, "not later"),
            (pdf, {"signature_date": False}, "day of the signature"),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                self._upload(contract, content, **values).action_upload()
        self.assertEqual(contract.state, "sent")
        self.assertFalse(contract.signed_file_id)

    def test_the_signed_file_is_never_replaced(self):
        contract = self._to_sign()
        self._upload(contract, self._create_pdf()).action_upload()
        self.env.invalidate_all()
        file = contract.signed_file_id
        with self.assertRaisesRegex(UserError, "no longer Reviewed"):
            self._upload(contract, self._create_pdf()).action_upload()
        for user in (self.salesperson, self.director):
            with self.subTest(user.login), self.assertRaises(AccessError):
                file.with_user(user).write({"name": "Other"})
        with self.assertRaisesRegex(UserError, "never replaced"):
            file.sudo().write({"document": b64encode(b"other")})
        with self.assertRaisesRegex(UserError, "never replaced"):
            contract.sudo().signed_file_id = False
        with self.assertRaisesRegex(UserError, "kept"):
            file.sudo().unlink()

    def test_its_attachment_is_not_replaced_by_call(self):
        contract = self._to_sign()
        self._upload(contract, self._create_pdf()).action_upload()
        self.env.invalidate_all()
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "sales.contract.file"),
                ("res_field", "=", "document"),
                ("res_id", "=", contract.signed_file_id.id),
            ]
        )
        self.assertTrue(attachment)
        for user in (self.salesperson, self.leader, self.director):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    attachment.with_user(user).write({"raw": b"other"})
                with self.assertRaises(AccessError):
                    attachment.with_user(user).unlink()

    def test_a_file_that_was_tampered_with_is_found_out(self):
        contract = self._to_sign()
        self._upload(contract, self._create_pdf()).action_upload()
        self.env.invalidate_all()
        file = contract.signed_file_id
        self.assertEqual(file.action_verify()["params"]["type"], "success")
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", "sales.contract.file"),
                ("res_field", "=", "document"),
                ("res_id", "=", file.id),
            ]
        )
        attachment.sudo().raw = b"other"
        self.env.invalidate_all()
        self.assertEqual(file.action_verify()["params"]["type"], "danger")

    def test_a_signed_contract_does_not_change(self):
        contract = self._to_sign()
        self._upload(contract, self._create_pdf()).action_upload()
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "does not change any more"):
            contract.end_date = "2030-01-01"
        with self.assertRaisesRegex(UserError, "does not change any more"):
            contract.agreed_on = "2026-10-01"
        with self.assertRaises(UserError):
            contract.with_user(self.director).unlink()
        with self.assertRaises(UserError):
            contract.action_cancel()
        with self.assertRaises(UserError):
            contract.action_draft()
        contract.message_post(body="Notes may be written")

    def test_only_signatories_sign_for_us(self):
        contract = self._to_sign()
        self.assertFalse(contract.may_sign)
        with self.assertRaisesRegex(UserError, "sign for the company"):
            self._sign_for_us(contract, self.salesperson)
        clerk = self.env["res.users"].create(
            {
                "name": "Test Clerk",
                "login": "test_clerk",
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        self.company.sales_contract_signatory_ids = clerk
        self.assertTrue(contract.with_user(clerk).may_sign)
        self._sign_for_us(contract, clerk)
        self.assertEqual(contract.own_signed_by_id, clerk)

    def test_nobody_signs_for_us_twice(self):
        contract = self._to_sign()
        self._sign_for_us(contract)
        with self.assertRaisesRegex(UserError, "signed already"):
            self._sign_for_us(contract)

    def test_once_a_side_has_signed_the_contract_is_not_taken_back(self):
        contract = self._to_sign()
        self._sign_for_customer(contract)
        with self.assertRaisesRegex(UserError, "signed by one side"):
            contract.action_draft()
        contract.action_cancel()
        with self.assertRaisesRegex(UserError, "nothing to sign"):
            self._sign_for_customer(contract)

    def test_a_contract_taken_back_is_signed_as_it_is_then(self):
        contract = self._to_sign()
        first = contract.text_file_id
        contract.action_draft()
        self.assertFalse(contract.text_file_id)
        with self.assertRaisesRegex(UserError, "nothing to sign"):
            self._sign_for_customer(contract)
        self._send_to_sign(self._review(contract))
        self.assertNotEqual(contract.text_file_id, first)

    def test_our_turn_is_a_to_do(self):
        contract = self._to_sign()
        self._sign_for_customer(contract)
        to_do = contract.sudo().activity_ids
        self.assertEqual(to_do.user_id, self.salesperson)
        self._sign_for_us(contract)
        self.assertFalse(contract.sudo().activity_ids)

    def test_users_write_no_signature(self):
        contract = self._to_sign()
        for name, value in (
            ("customer_signed_by", "Nora North"),
            ("customer_signed_on", "2026-10-15 12:00:00"),
            ("own_signed_by_id", self.director.id),
            ("signed_file_id", False),
        ):
            with self.subTest(name), self.assertRaises(AccessError):
                contract.write({name: value})
        with self.assertRaises(AccessError):
            contract.read(["sign_token"])

    def test_the_customer_follows_no_contract(self):
        contract = self._to_sign()
        contract.message_subscribe(contract.partner_id.ids)
        self.assertNotIn(contract.partner_id, contract.message_partner_ids)

    def test_a_copy_is_not_signed(self):
        contract = self._to_sign()
        self._upload(contract, self._create_pdf()).action_upload()
        self.env.invalidate_all()
        copy = contract.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.signature_date)
        self.assertFalse(copy.signed_file_id)
        self.assertNotEqual(copy.code, contract.code)

    def test_the_document_is_printed_with_both_names(self):
        """The templates themselves, as HTML."""
        contract = self._to_sign()
        self._sign_for_customer(contract)
        reports = self.env["ir.actions.report"]
        for report in ("", "_signatures"):
            content, _kind = reports._render_qweb_html(
                f"sales_efficiency_process.action_report_sales_contract{report}",
                contract.ids,
            )
            self.assertIn(b"Customer North", content)
            self.assertIn(contract.code.encode(), content)
        self.assertIn(b"Nora North", content)
