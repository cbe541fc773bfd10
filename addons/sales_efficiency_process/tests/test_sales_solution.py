# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .need_common import NOON, NeedCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSalesSolution(NeedCommon):
    """Need, answer, value and plan; versions; quotation (policy 3.2.3)."""

    # ------------------------------------------------------------------
    # Value
    # ------------------------------------------------------------------

    def test_240_000_pays_back_in_2_4_years_and_returns_25_percent(self):
        solution = self._create_solution()
        self.assertRecordValues(
            solution,
            [
                {
                    "amount": 240_000,
                    "investment": 240_000,
                    "net_benefit": 100_000,
                    "pays_back": True,
                    "payback": 2.4,
                    "has_roi": True,
                    "roi": 25,
                }
            ],
        )

    def test_what_brings_nothing_does_not_pay_back(self):
        solution = self._create_solution()
        solution.answer_ids.benefit = 20_000
        self.assertFalse(solution.pays_back)
        self.assertEqual(solution.roi, -100)

    def test_what_costs_nothing_has_no_return(self):
        solution = self._create_solution(line_ids=[])
        self.assertFalse(solution.has_roi)
        self.assertEqual((solution.pays_back, solution.payback), (True, 0))

    def test_further_costs_are_invested_too(self):
        solution = self._create_solution(other_cost=60_000, years=5)
        self.assertEqual((solution.investment, solution.payback), (300_000, 3))
        self.assertAlmostEqual(solution.roi, 66.67)

    def test_bad_figures_are_refused(self):
        solution = self._create_solution()
        for record, values in (
            (solution, {"years": 0}),
            (solution, {"years": 31}),
            (solution, {"other_cost": -1}),
            (solution, {"name": "  "}),
            (solution.answer_ids, {"benefit": -1}),
            (solution.answer_ids, {"running_cost": -1}),
            (solution.line_ids, {"quantity": 0}),
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.env.cr.savepoint(),
            ):
                record.write(values)
                self.env.flush_all()

    def test_a_phase_does_not_end_before_it_starts(self):
        solution = self._create_solution()
        phase = {"name": "Trial", "date_from": "2026-11-02", "date_to": "2026-11-01"}
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            solution.phase_ids = [Command.create(phase)]
            self.env.flush_all()

    def test_people_of_other_customers_are_refused(self):
        solution = self._create_solution()
        with self.assertRaisesRegex(ValidationError, "people of the solution"):
            solution.sudo().contact_id = self.south_contact
        with self.assertRaisesRegex(ValidationError, "one of Customer North"):
            solution.sudo().phase_ids = [
                Command.create({"name": "Trial", "contact_id": self.south_contact.id})
            ]

    def test_needs_of_other_customers_are_refused(self):
        need = self._create_need(user=self.env.user, customer=self.customer_south)
        with self.assertRaisesRegex(ValidationError, "needs of Customer North only"):
            self._create_solution().sudo().answer_ids.need_id = need

    def test_a_solution_with_needs_keeps_its_customer(self):
        solution = self._create_solution(lead_id=False)
        solution.answer_ids.need_id = self._create_need()
        with self.assertRaisesRegex(ValidationError, "needs of Customer South only"):
            solution.sudo().partner_id = self.customer_south

    def test_another_need_brings_its_words(self):
        solution = self._create_solution()
        solution.answer_ids.need_id = self._create_need(name="Less noise")
        self.assertEqual(solution.answer_ids.name, "Less noise")
        solution.answer_ids.name = "Less noise at night"
        self.assertEqual(solution.copy().answer_ids.name, "Less noise at night")

    # ------------------------------------------------------------------
    # Price
    # ------------------------------------------------------------------

    def test_a_discount_is_given_in_the_quotation_only(self):
        solution = self._create_solution()
        with self.assertRaisesRegex(ValidationError, "below the customer's pricelist"):
            solution.line_ids.price_unit = 239_999.99
        solution.line_ids.price_unit = 250_000
        self.assertEqual(solution.amount, 250_000)

    def _sell_in_euros(self):
        """0.5 euros for one unit of the currency of the company"""
        currency = self._enable_currency("EUR")
        self.env["res.currency.rate"].create(
            {
                "name": "2026-10-01",
                "currency_id": currency.id,
                "company_id": self.company.id,
                "rate": 0.5,
            }
        )
        feature = self.env.ref("product.group_product_pricelist")
        self.env.ref("base.user_root").group_ids += feature
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro", "currency_id": currency.id}
        )
        self.customer_north.property_product_pricelist = pricelist
        self.env.flush_all()
        self.env.invalidate_all()
        return currency

    def test_prices_follow_the_pricelist_of_the_customer(self):
        currency = self._sell_in_euros()
        solution = self._create_solution()
        self.assertEqual(solution.currency_id, currency)
        self.assertEqual(solution.amount, 120_000)
        order = self._quote(solution)
        self.assertEqual(order.currency_id, currency)
        self.assertEqual(order.order_line.price_unit, 120_000)

    def test_a_product_is_counted_in_its_units(self):
        solution = self._create_solution()
        dozen = self.env.ref("uom.product_uom_dozen")
        solution.line_ids.uom_id = dozen
        self.assertEqual(solution.amount, 12 * 240_000)
        with self.assertRaisesRegex(ValidationError, "cannot be counted"):
            solution.line_ids.uom_id = self.env.ref("uom.product_uom_kgm")

    # ------------------------------------------------------------------
    # Versions
    # ------------------------------------------------------------------

    def test_a_presented_version_stays_as_the_customer_has_it(self):
        solution = self._create_solution()
        solution.action_present()
        self.assertEqual(str(solution.date_presented), "2026-10-15")
        for change in (
            lambda: solution.write({"name": "Other"}),
            lambda: solution.answer_ids.write({"benefit": 1}),
            lambda: solution.line_ids.write({"quantity": 2}),
            lambda: solution.line_ids.unlink(),
            lambda: solution.write({"phase_ids": [Command.create({"name": "Trial"})]}),
        ):
            with self.assertRaisesRegex(UserError, "Make a new version"):
                change()
        solution.user_id = self.salesperson  # Who sees to it may change.
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            solution.unlink()

    def test_a_new_version_replaces_the_one_before(self):
        first = self._create_solution()
        first.action_present()
        second = first.browse(first.action_new_version()["res_id"])
        self.assertRecordValues(
            first | second,
            [
                {"number": first.number, "version": 1, "state": "replaced"},
                {"number": first.number, "version": 2, "state": "draft"},
            ],
        )
        self.assertEqual(second.amount, 240_000)
        self.assertEqual(second.answer_ids.mapped("benefit"), [120_000])
        second.answer_ids.benefit = 130_000
        self.assertEqual(first.benefit, 120_000)
        self.assertEqual((first.version_count, second.version_count), (2, 2))
        self.assertEqual(self.lead.sales_solution_count, 1)
        with self.assertRaisesRegex(UserError, "latest version"):
            first.action_new_version()

    def test_a_version_keeps_its_needs_whatever_becomes_of_them(self):
        need = self._create_need(lead_id=self.lead.id)
        action = need.action_create_solution()
        solution = need.env["sales.solution"].browse(action["res_id"])
        solution.action_present()
        need.name = "Something else"
        self.assertEqual(solution.answer_ids.name, "Fewer rejects")

    def test_dearer_products_do_not_hinder_a_new_version(self):
        first = self._create_solution()
        first.action_present()
        self.product.list_price = 300_000
        second = first.browse(first.action_new_version()["res_id"])
        self.assertEqual((first.amount, second.amount), (240_000, 300_000))

    def test_a_price_raised_by_hand_is_that_of_the_new_version(self):
        """The pricelist may be below the floor, so that somebody has raised it."""
        first = self._create_solution()
        first.line_ids.price_unit = 250_000
        first.action_present()
        second = first.browse(first.action_new_version()["res_id"])
        self.assertEqual(second.line_ids.price_unit, 250_000)
        self.assertEqual(second.amount, 250_000)

    def test_a_duplicate_in_another_currency_has_the_prices_of_the_pricelist(self):
        solution = self._create_solution()
        solution.line_ids.price_unit = 250_000
        self._sell_in_euros()
        copy = solution.copy()
        self.assertEqual((copy.currency_id.name, copy.amount), ("EUR", 120_000))

    def test_a_duplicate_is_another_solution(self):
        first = self._create_solution()
        second = first.copy()
        self.assertNotEqual(first.number, second.number)
        self.assertEqual((second.version, second.state), (1, "draft"))

    def test_what_answers_nothing_is_not_presented(self):
        solution = self._create_solution(answer_ids=[])
        with self.assertRaisesRegex(UserError, "answers no need"):
            solution.action_present()

    def test_states_follow_each_other(self):
        solution = self._create_solution()
        for action in (solution.action_accept, solution.action_decline):
            with self.assertRaises(UserError):
                action()
        solution.action_present()
        solution.action_accept()
        self.assertEqual(solution.state, "accepted")
        with self.assertRaises(AccessError):
            solution.state = "draft"
        with self.assertRaises(AccessError):
            self._create_solution().number = "SOL1"

    # ------------------------------------------------------------------
    # Quotation
    # ------------------------------------------------------------------

    def _quote(self, solution):
        action = solution.action_create_quotation()
        return self.env["sale.order"].browse(action["res_id"])

    def test_a_solution_becomes_a_quotation_with_its_lines(self):
        solution = self._create_solution(contact_id=self.north_contact.id)
        solution.line_ids.quantity = 3
        order = self._quote(solution)
        self.assertRecordValues(
            order,
            [
                {
                    "partner_id": self.north_contact.id,
                    "opportunity_id": self.lead.id,
                    "user_id": self.salesperson.id,
                    "state": "draft",
                    "amount_untaxed": 720_000,
                }
            ],
        )
        self.assertEqual(solution.order_ids, order)
        self.assertEqual(order.sales_solution_count, 1)
        self.assertFalse(order.copy().sales_solution_ids)

    def test_without_products_there_is_nothing_to_quote(self):
        with self.assertRaisesRegex(UserError, "products of the solution"):
            self._create_solution(line_ids=[]).action_create_quotation()

    def test_a_replaced_version_is_not_quoted(self):
        solution = self._create_solution()
        solution.action_present()
        solution.action_new_version()
        with self.assertRaisesRegex(UserError, "latest version"):
            solution.action_create_quotation()

    def test_the_solution_is_attached_when_the_quotation_is_sent(self):
        solution = self._create_solution()
        order = self._quote(solution).with_user(self.salesperson)
        action = order.action_quotation_send()
        composers = self.env["mail.compose.message"].with_user(self.salesperson)
        composer = composers.with_context(**action["context"]).create({})
        name = f"Solution {solution.number} v1.pdf"
        self.assertIn(name, composer.attachment_ids.mapped("name"))
        self.assertEqual(solution.state, "draft")
        composer.action_send_mail()
        self.assertEqual((order.state, solution.state), ("sent", "presented"))
        self.assertIn(name, order.message_ids.attachment_ids.mapped("name"))

    def _get_attached(self, order):
        """:return: names of the files that a quotation takes along"""
        order.env.flush_all()
        template = self.env.ref("sale.email_template_edi_sale")
        found = order._process_attachments_for_template_post(template)
        files = found.get(order.id, {}).get("attachments", ())
        return [name for name, _content in files]

    def test_a_quotation_not_sent_yet_takes_the_new_version_along(self):
        first = self._create_solution()
        draft, sent = self._quote(first), self._quote(first)
        first.action_present()
        sent.state = "sent"
        second = first.browse(first.action_new_version()["res_id"])
        self.assertEqual(second.order_ids, draft)
        self.assertEqual(first.order_ids, sent)
        self.assertEqual(self._get_attached(draft), [f"{second._get_pdf_name()}.pdf"])
        self.assertFalse(self._get_attached(sent))

    def test_a_quotation_takes_no_declined_solution_along(self):
        solution = self._create_solution()
        order = self._quote(solution)
        solution.action_present()
        self.assertTrue(self._get_attached(order))
        solution.action_decline()
        self.assertFalse(self._get_attached(order))

    def test_a_solution_that_was_taken_out_of_the_mail_stays_a_draft(self):
        solution = self._create_solution()
        order = self._quote(solution).with_user(self.salesperson)
        order.with_context(mark_so_as_sent=True).message_post(body="Without it")
        self.assertEqual((order.state, solution.state), ("sent", "draft"))

    def test_a_confirmation_carries_no_solution(self):
        order = self._quote(self._create_solution())
        order.action_confirm()
        template = order._get_confirmation_template()
        self.assertFalse(order._process_attachments_for_template_post(template))

    def test_nothing_is_proposed_to_whoever_pays_a_part(self):
        order = self._quote(self._create_solution())
        template = self.env.ref("sale.mail_template_sale_payment_executed")
        self.assertFalse(order._process_attachments_for_template_post(template))

    # ------------------------------------------------------------------
    # Document
    # ------------------------------------------------------------------

    def test_the_document_is_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        self.env["ir.module.module"]._load_module_terms(
            ["sales_efficiency_process"], ["zh_TW"]
        )
        self.customer_north.lang = "zh_TW"
        solution = self._create_solution()
        html = self._render(solution)
        self.assertIn("投資", html)
        self.assertIn("Cameras after each step", html)

    def test_the_document_tells_value_and_no_grade(self):
        need = self._create_need("1111", note="They are nearly broke")
        solution = self._create_solution()
        solution.answer_ids.need_id = need
        html = self._render(solution)
        for text in ("Vision control", "120,000", "2.40", "25.00"):
            self.assertIn(text, html)
        self.assertNotIn("broke", html)

    def _render(self, solution):
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "sales_efficiency_process.sales_solution_report", solution.ids
        )
        return html.decode()

    def test_a_solution_outlives_its_opportunity(self):
        solution = self._create_solution()
        self.lead.unlink()
        self.assertFalse(solution.lead_id)

    def test_merged_customers_keep_all_solutions(self):
        solution = self._create_solution()
        wizard = self.env["base.partner.merge.automatic.wizard"]
        both = self.customer_north | self.customer_nowhere
        with mute_logger("odoo.addons.base.partner.merge"):
            wizard._merge(both.ids, self.customer_nowhere, extra_checks=False)
        self.env.invalidate_all()
        self.assertEqual(solution.partner_id, self.customer_nowhere)
