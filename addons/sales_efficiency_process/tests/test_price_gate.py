# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .price_common import PriceCommon

# Every way in which a quotation reaches its customer, as a program or a person does it
WAYS = (
    "confirmed",
    "marked as sent",
    "send button",
    "written",
    "mail composer",
    "mass mail",
    "template",
    "printed as PDF",
    "printed as HTML",
    "printed as pro forma",
    "shared",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestPriceGate(PriceCommon):
    """Nothing below its floor reaches a customer until it is approved (3.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_floor()  # 87.50
        # As Odoo asks of those who share documents
        cls.salesperson.group_ids += cls.env.ref("base.group_partner_manager")
        cls.held = cls._create_quotation(85.0)
        cls.fine = cls._create_quotation(87.5)

    # ------------------------------------------------------------------
    # Ways
    # ------------------------------------------------------------------

    def _go(self, way, order):
        getattr(self, "_go_" + way.replace(" ", "_"))(order)

    def _go_confirmed(self, order):
        order.action_confirm()

    def _go_marked_as_sent(self, order):
        order.action_quotation_sent()

    def _go_send_button(self, order):
        order.action_quotation_send()

    def _go_written(self, order):
        order.write({"state": "sale"})

    def _go_mail_composer(self, order):
        self._compose(order, "comment").action_send_mail()

    def _go_mass_mail(self, order):
        self._compose(order, "mass_mail").action_send_mail()

    def _go_template(self, order):
        template = self.env.ref("sale.email_template_edi_sale")
        template.report_template_ids = False
        template.with_env(order.env).send_mail(order.id)

    def _go_printed_as_PDF(self, order):
        self._print(order, "sale.action_report_saleorder", "pdf")

    def _go_printed_as_HTML(self, order):
        self._print(order, "sale.action_report_saleorder", "html")

    def _go_printed_as_pro_forma(self, order):
        self._print(order, "sale.action_report_pro_forma_invoice", "html")

    def _go_shared(self, order):
        wizard = (
            order.env["portal.share"]
            .with_context(active_model="sale.order", active_id=order.id)
            .create({"partner_ids": order.partner_id.ids})
        )
        wizard.action_send_mail()

    def _compose(self, order, mode):
        return (
            order.env["mail.compose.message"]
            .with_context(mark_so_as_sent=mode == "comment")
            .create(
                {
                    "composition_mode": mode,
                    "model": "sale.order",
                    "res_ids": str(order.ids),
                    "partner_ids": order.partner_id.ids if mode == "comment" else [],
                    "subtype_id": order.env.ref("mail.mt_comment").id,
                    "subject": "Our quotation",
                    "body": "Here it is.",
                }
            )
        )

    def _print(self, order, report, format_):
        render = getattr(order.env["ir.actions.report"], f"_render_qweb_{format_}")
        render(report, order.ids)

    # ------------------------------------------------------------------
    # Closed
    # ------------------------------------------------------------------

    def test_no_way_leads_past_the_gate(self):
        for way in WAYS:
            for user in (self.salesperson, self.env.user):
                order = self.held.with_user(user)
                with (
                    self.subTest(way=way, user=user.login),
                    self.assertRaisesRegex(UserError, "Test Goods: .*85.00.*, floor"),
                    self.env.cr.savepoint(),
                ):
                    self._go(way, order)
                self.assertEqual(self.held.state, "draft")

    def test_no_way_leads_past_the_gate_while_it_is_cancelled(self):
        self.held.action_cancel()
        order = self.held.with_user(self.salesperson)
        for way in WAYS:
            if way in ("confirmed", "marked as sent"):  # Odoo refuses these.
                continue
            with (
                self.subTest(way=way),
                self.assertRaisesRegex(UserError, "Test Goods: .*85.00.*, floor"),
                self.env.cr.savepoint(),
            ):
                self._go(way, order)
            self.assertEqual(self.held.state, "cancel")
        self.fine.action_cancel()
        self._go("printed as PDF", self.fine.with_user(self.salesperson))

    def test_every_way_is_open_to_a_quotation_at_the_floor(self):
        for way in WAYS:
            order = self.fine.copy().with_user(self.salesperson)
            with self.subTest(way=way):
                self._go(way, order)

    def test_the_gate_is_closed_to_programs(self):
        with self.assertRaises(UserError):
            self.held.sudo().action_confirm()
        with self.assertRaises(UserError):
            self.held.with_context(active_test=False).write(
                {"state": "sale", "order_line": []}
            )

    def test_prices_that_change_together_with_the_status_are_checked(self):
        with self.assertRaises(UserError):
            self.fine.write(
                {
                    "state": "sale",
                    "order_line": [(1, self.fine.order_line.id, {"price_unit": 1.0})],
                }
            )

    def test_a_cancelled_quotation_does_not_return_confirmed(self):
        self.held.action_cancel()
        with self.assertRaises(UserError):
            self.held.write({"state": "sale"})

    def test_imports_do_not_create_what_is_below_its_floor(self):
        header = [
            "partner_id/.id",
            "state",
            "order_line/product_id/.id",
            "order_line/product_uom_qty",
            "order_line/price_unit",
        ]
        orders = self.env["sale.order"].with_user(self.salesperson)
        for state, price, is_fine in (
            ("sale", "85", False),
            ("sent", "85", False),
            ("sale", "100", True),
            ("draft", "85", True),
        ):
            row = [str(self.customer_north.id), state, str(self.product.id), "1", price]
            result = orders.load(header, [row])
            with self.subTest(state=state, price=price):
                self.assertEqual(bool(result["ids"]), is_fine)
                if not is_fine:
                    self.assertIn("floor", result["messages"][0]["message"])

    def test_several_at_once_are_confirmed_all_or_none(self):
        both = (self.held + self.fine).with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, self.held.name):
            both.action_confirm()
        self.assertEqual(self.fine.state, "draft")

    def test_notes_for_the_house_go_on(self):
        order = self.held.with_user(self.salesperson)
        composer = self._compose(order, "comment").with_context(mark_so_as_sent=False)
        composer.write(
            {"subtype_id": self.env.ref("mail.mt_note").id, "partner_ids": [(5,)]}
        )
        composer.action_send_mail()
        order.message_post(body="A note")
        self.assertEqual(self.held.state, "draft")

    def test_mails_about_a_held_quotation_show_no_amount(self):
        message = self.held.message_post(body="We are calculating.")
        for order, count in ((self.held, 1), (self.fine, 2)):
            context = order._notify_by_email_prepare_rendering_context(message)
            with self.subTest(order=order.name):
                self.assertEqual(len(context["subtitles"]), count)

    def test_a_payment_link_says_that_it_does_not_work_yet(self):
        for order, is_warned in ((self.held, True), (self.fine, False)):
            wizard = (
                self.env["payment.link.wizard"]
                .with_context(active_model="sale.order", active_id=order.id)
                .create({})
            )
            with self.subTest(order=order.name):
                self.assertEqual("floor" in (wizard.warning_message or ""), is_warned)

    def test_signature_and_payment_are_not_asked_for(self):
        self.held.write({"require_signature": True, "require_payment": True})
        self.assertFalse(self.held._has_to_be_signed())
        self.assertFalse(self.held._has_to_be_paid())
        self.fine.write({"require_signature": True})
        self.assertTrue(self.fine._has_to_be_signed())

    # ------------------------------------------------------------------
    # Approved
    # ------------------------------------------------------------------

    def test_two_approvals_do_not_make_a_third(self):
        held = self._create_quotation(85.0, 100.0)
        first, second = held.order_line
        second.product_id = self.other
        self._approve(self._request(held))  # 85.00, because of 100.00
        first.price_unit = 87.5
        second.price_unit = 85.0
        self._approve(self._request(held))  # the other way round
        order = held.with_user(self.salesperson)
        self.assertEqual(self._get_below(held), [])
        order.order_line[0].price_unit = 85.0
        self.assertEqual(self._get_below(held), [85.0])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.action_quotation_sent()
        self._approve(self._request(held))
        order.action_quotation_sent()
        first.price_unit = 87.5
        second.price_unit = 100.0
        self.assertEqual(self._get_below(held), [])

    def test_another_customer_needs_a_new_approval(self):
        held = self._create_quotation(85.0, 100.0)
        request = self._approve(self._request(held))
        contact, stranger = self.env["res.partner"].create(
            [
                {"name": "Test Buyer", "parent_id": self.customer_north.id},
                {"name": "Test Stranger"},
            ]
        )
        order = held.with_user(self.salesperson)
        order.partner_id = contact
        self.assertEqual(self._get_below(held), [])
        order.partner_id = stranger
        self.assertEqual(request.sudo().state, "cancelled")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.action_quotation_sent()
        self._approve(self._request(held))
        order.action_confirm()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.partner_id = self.customer_north
        self.assertEqual(held.partner_id, stranger)

    def test_a_request_for_another_customer_is_sent_again(self):
        held = self._create_quotation(85.0, 100.0)
        request = self._request(held).sudo()
        held.partner_id = self.env["res.partner"].create({"name": "Test Other"})
        self.assertEqual(request.state, "draft")
        self.assertFalse(request.review_ids)

    # ------------------------------------------------------------------
    # Customers
    # ------------------------------------------------------------------

    def test_a_customer_who_confirms_meets_no_error(self):
        public = self.env.ref("base.public_user")
        order = self.held.with_user(public).sudo()
        order._validate_order()
        order.action_quotation_sent()
        self.env.invalidate_all()
        self.assertEqual(self.held.state, "draft")
        to_dos = self.held.activity_ids
        self.assertEqual(to_dos.user_id, self.salesperson)
        order._validate_order()
        self.env.invalidate_all()
        self.assertEqual(self.held.activity_ids, to_dos)
        self.fine.with_user(public).sudo()._validate_order()
        self.assertEqual(self.fine.state, "sale")

    def test_a_paid_quotation_is_left_to_the_salesperson(self):
        for order in (self.held, self.fine):
            self._create_transaction(order)._check_amount_and_confirm_order()
        self.env.invalidate_all()
        self.assertEqual(self.held.state, "draft")
        self.assertTrue(self.held.activity_ids)
        self.assertEqual(self.fine.state, "sale")

    def _create_transaction(self, order):
        provider = self.env["payment.provider"].search([], limit=1)
        return self.env["payment.transaction"].create(
            {
                "provider_id": provider.id,
                "payment_method_id": self.env["payment.method"]
                .with_context(active_test=False)
                .search([], limit=1)
                .id,
                "reference": f"TEST-{order.id}",
                "amount": order.amount_total,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_id.id,
                "operation": "online_direct",
                "state": "done",
                "sale_order_ids": [(6, 0, order.ids)],
            }
        )
