# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from base64 import b64decode
from datetime import timedelta

from odoo import SUPERUSER_ID, fields
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .deal_common import DealCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestQuotationVersion(DealCommon):
    """Each sent version is kept, with its PDF and lines; any two are compared."""

    def test_what_is_sent_is_kept_with_its_pdf(self):
        order = self._create_offer((10, 100.0))
        version = self._send(order, b"%PDF-1.4 first")
        self.assertRecordValues(
            version,
            [
                {
                    "number": 1,
                    "amount_untaxed": 1000.0,
                    "sent_by_id": self.salesperson.id,
                    "sent_count": 1,
                    "partner_id": self.customer_north.id,
                    "opportunity_id": self.lead.id,
                }
            ],
        )
        self.assertEqual(b64decode(version.document), b"%PDF-1.4 first")
        self.assertRecordValues(
            version.line_ids,
            [{"product_id": self.product.id, "quantity": 10, "subtotal": 1000.0}],
        )

    def test_a_draft_is_no_version(self):
        order = self._create_offer((10, 100.0))
        order.order_line.price_unit = 95
        self.assertFalse(self._get_versions(order))

    def test_a_changed_quotation_sent_again_is_a_new_version(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        order.order_line.price_unit = 95
        version = self._send(order, b"%PDF-1.4 second")
        self.assertEqual(version.number, 2)
        first, second = self._get_versions(order)
        self.assertEqual(first.amount_untaxed, 1000)
        self.assertEqual(second.amount_untaxed, 950)
        self.assertEqual(second.previous_id, first)
        self.assertEqual(b64decode(first.document), b"%PDF-1.4 sent")

    def test_the_same_offer_sent_again_is_the_same_version(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        with freeze_time("2026-10-16 12:00:00"):
            version = self._send(order)
        self.assertEqual(version.number, 1)
        self.assertEqual(version.sent_count, 2)
        self.assertEqual(version.last_sent_on - version.sent_on, timedelta(days=1))

    def test_the_language_of_the_sender_makes_no_new_version(self):
        tax = self.env["account.tax"].create({"name": "Test Tax", "amount": 5})
        order = self._create_offer((10, 100.0))
        order.order_line.tax_ids = tax
        self._send(order)
        self.env["res.lang"]._activate_lang("fr_FR")
        tax.with_context(lang="fr_FR").name = "Taxe"
        self.salesperson.lang = "fr_FR"
        order = order.with_context(lang="fr_FR")
        self.assertEqual(self._send(order).number, 1)

    def test_marked_as_sent_is_sent(self):
        order = self._create_offer((10, 100.0))
        order.with_user(self.salesperson).action_quotation_sent()
        version = self._get_versions(order)
        self.assertEqual(version.number, 1)
        self.assertFalse(version.document)

    def test_a_quotation_that_is_made_as_sent_is_kept(self):
        order = self._create_offer((10, 100.0), state="sent")
        self.assertEqual(self._get_versions(order).amount_untaxed, 1000)

    def _send_to_many(self, orders, *names):
        """Send a mail with PDFs of these names to the customers of all orders."""
        attachments = self.env["ir.attachment"].with_user(self.salesperson)
        files = attachments.create(
            [{"name": name, "raw": f"%PDF-1.4 {name}".encode()} for name in names]
        )
        composer = files.env["mail.compose.message"].create(
            {
                "model": "sale.order",
                "res_ids": str(orders.ids),
                "composition_mode": "mass_mail",
                "subject": "Offer",
                "body": "<p>Our offer</p>",
                "attachment_ids": files.ids,
            }
        )
        composer._action_send_mail()
        self.env.invalidate_all()

    def test_sent_to_many_at_once(self):
        orders = self._create_offer((1, 100.0)) + self._create_offer((2, 100.0))
        names = [f"Quotation - {order.name}.pdf" for order in orders]
        self._send_to_many(orders, *names)
        for order, name in zip(orders, names, strict=True):
            version = self._get_versions(order)
            self.assertEqual(version.number, 1)
            self.assertEqual(b64decode(version.document), f"%PDF-1.4 {name}".encode())

    def test_a_newsletter_is_no_version(self):
        draft, sent = self._create_offer((1, 100.0)), self._create_offer((2, 100.0))
        self._send(sent)
        sent.order_line.price_unit = 95
        self._send_to_many(draft + sent)
        self._send_to_many(draft + sent, "Catalogue.pdf")
        self.assertFalse(self._get_versions(draft))
        self.assertEqual(self._get_versions(sent).mapped("number"), [1])

    def test_a_note_is_no_version(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        order.order_line.price_unit = 95
        order.message_post(body="Think about it")
        self.assertEqual(len(self._get_versions(order)), 1)

    def test_a_customer_who_writes_sends_no_version(self):
        """The browser of a customer sends the context, and any file."""
        portal = new_test_user(self.env, "version_portal", groups="base.group_portal")
        sent, draft = (self._create_offer((10, 100.0)) for _number in range(2))
        sent.with_user(self.salesperson).action_quotation_sent()
        for order in (sent, draft):
            # As the page of the order posts what its customer writes
            order.with_user(portal).sudo().with_context(
                mark_so_as_sent=True
            ).message_post(
                body="Our own offer",
                attachments=[(f"{order.name}.pdf", b"%PDF-1.4 forged")],
            )
        self.env.flush_all()
        self.env.invalidate_all()
        version = self._get_versions(sent)
        self.assertEqual(version.mapped("sent_count"), [1])
        self.assertFalse(version.document)
        self.assertEqual(draft.state, "draft")
        self.assertFalse(self._get_versions(draft))

    def test_what_was_not_sent_yet_is_shown(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        order = order.with_user(self.salesperson)
        self.assertFalse(order.is_changed_since_sent)
        self.assertEqual(order._get_shown_version().number, 1)
        order.order_line.price_unit = 95
        self.assertTrue(order.is_changed_since_sent)
        self.assertIsNone(order._get_shown_version())
        self.assertEqual(order._get_printed_version_number(), 2)
        self._send(order)
        self.assertFalse(order.is_changed_since_sent)
        self.assertEqual(order._get_shown_version().number, 2)

    def test_a_changed_term_is_a_new_version(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        order.validity_date = fields.Date.to_date("2026-12-24")
        self.assertEqual(self._send(order).number, 2)

    def test_what_a_customer_accepts_is_kept(self):
        """They may have opened the link after a change that nobody has sent."""
        order = self._create_offer((10, 100.0))
        self._send(order)
        order.order_line.price_unit = 95
        order.with_user(SUPERUSER_ID)._validate_order()  # as the portal does
        self.assertEqual(order.state, "sale")
        version = self._get_versions(order)[-1:]
        self.assertEqual(version.number, 2)
        self.assertEqual(version.amount_untaxed, 950)
        self.assertEqual(version.sent_by_id, self.salesperson)

    def test_what_a_customer_accepts_as_it_was_sent_is_no_new_version(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        order.with_user(SUPERUSER_ID)._validate_order()
        version = self._get_versions(order)
        self.assertEqual(version.mapped("number"), [1])
        self.assertEqual(version.sent_count, 1)

    def test_a_copy_has_no_versions(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        self.assertFalse(self._get_versions(order.copy()))

    def test_a_confirmed_order_is_no_quotation_any_more(self):
        order = self._create_offer((10, 100.0))
        order.action_confirm()
        self._send(order)
        self.assertFalse(self._get_versions(order))

    def test_versions_go_with_the_quotation(self):
        order = self._create_offer((10, 100.0))
        version = self._send(order)
        order.action_cancel()
        order.unlink()
        self.assertFalse(version.exists())

    # ------------------------------------------------------------------
    # Comparison
    # ------------------------------------------------------------------

    def _compare(self, versions):
        action = versions.with_user(self.salesperson).action_compare()
        compare = self.env[action["res_model"]].with_user(self.salesperson)
        return Form(compare.with_context(**action["context"]))

    def test_two_versions_are_compared(self):
        order = self._create_offer((10, 100.0), (5, 20.0, self.service))
        self._send(order)
        order.order_line[0].price_unit = 95
        order.order_line[1].unlink()
        other = self.product.copy({"name": "Test Lamp"})
        order.order_line = [self._offer_line(2, 30.0, other)]
        order.payment_term_id = self.env.ref("account.account_payment_term_30days")
        self._send(order)
        form = self._compare(self._get_versions(order))
        self.assertEqual(form.older_amount, 1100)
        self.assertEqual(form.newer_amount, 1010)
        self.assertEqual(form.difference, -90)
        self.assertIn("Payment Terms", form.terms)
        rows = [
            (line["change"], line["older_price"], line["newer_price"])
            for line in form.line_ids._records
        ]
        self.assertEqual(
            rows, [("changed", 100, 95), ("added", 0, 30), ("removed", 20, 0)]
        )

    def test_one_version_is_compared_with_the_one_before(self):
        order = self._create_offer((10, 100.0))
        self._send(order)
        order.order_line.price_unit = 95
        form = self._compare(self._send(order))
        self.assertEqual(form.older_amount, 1000)

    def test_versions_of_two_quotations_are_compared(self):
        first = self._send(self._create_offer((10, 100.0)))
        second = self._send(self._create_offer((10, 90.0)))
        form = self._compare(first + second)
        self.assertEqual(form.difference, -100)

    def test_amounts_in_two_currencies_are_not_compared(self):
        first = self._send(self._create_offer((10, 100.0)))
        euro = self.env.ref("base.EUR")
        euro.active = True
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": euro.id}
        )
        order = self._create_offer((10, 92.0), pricelist_id=pricelist.id)
        form = self._compare(first + self._send(order))
        self.assertTrue(form.is_other_currency)

    # ------------------------------------------------------------------
    # Queries
    # ------------------------------------------------------------------

    def test_what_is_not_sent_costs_no_query(self):
        """A quotation is confirmed without a query for its versions."""
        order = self._create_offer(*[(1, 100.0)] * 10)
        self.env.flush_all()
        self.env.invalidate_all()
        statements = self._record(order.action_confirm)
        self.assertFalse([s for s in statements if "sales_quotation_version" in s])

    def _record(self, method):
        """:return: list of the statements that a method runs"""
        statements, cr = [], self.env.cr
        execute = type(cr).execute

        def record(self, query, *args, **kwargs):
            statements.append(str(getattr(query, "code", query)))
            return execute(self, query, *args, **kwargs)

        self.patch(type(cr), "execute", record)
        method()
        self.env.flush_all()
        return statements
