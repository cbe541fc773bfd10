# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestQuotation(PriceCommon):
    """A quotation is complete, and prints the after-sales terms (policy 3.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "sales_quotation_check": "warn",
                "sales_needs_price": True,
                "sales_needs_quantity": True,
                "sales_needs_delivery_date": True,
                "sales_needs_payment_term": True,
                "sales_needs_after_sales": True,
                "sales_needs_validity": True,
            }
        )
        cls.order = cls._create_quotation(0.0)
        cls.order.write({"validity_date": False, "payment_term_id": False})
        cls.line = cls.order.order_line

    @classmethod
    def _create_term(cls, name, content, categ=None, **values):
        return cls.env["sales.quotation.term"].create(
            {
                "name": name,
                "content": f"<p>{content}</p>",
                "categ_id": categ.id if categ else False,
                "company_id": cls.company.id,
                **values,
            }
        )

    def _complete(self):
        self._create_term("Warranty", "Two years on everything.")
        self.line.price_unit = 100.0
        self.order.write(
            {
                "commitment_date": "2026-11-15",
                "validity_date": "2026-10-31",
                "payment_term_id": self.env.ref(
                    "account.account_payment_term_30days"
                ).id,
            }
        )

    # Complete

    def test_what_is_missing_is_shown_beside_the_quotation(self):
        self.assertEqual(
            self.order.quotation_missing,
            "Price of each line, Delivery date, Payment terms, After-sales terms,"
            " Expiration",
        )
        self._complete()
        self.assertFalse(self.order.quotation_missing)

    def test_only_what_the_company_wants_is_asked_for(self):
        self.company.write(
            {"sales_needs_delivery_date": False, "sales_needs_after_sales": False}
        )
        self.order.invalidate_recordset(["quotation_missing"])
        self.assertEqual(
            self.order.quotation_missing,
            "Price of each line, Payment terms, Expiration",
        )
        self.company.sales_quotation_check = "off"
        self.order.invalidate_recordset(["quotation_missing"])
        self.assertFalse(self.order.quotation_missing)

    def test_a_warning_does_not_stop_the_quotation(self):
        self.order.with_user(self.salesperson).action_quotation_send()
        self.order.with_user(self.salesperson).action_quotation_sent()
        self.assertEqual(self.order.state, "sent")

    def test_an_incomplete_quotation_is_not_sent_if_the_company_refuses_it(self):
        self.company.sales_quotation_check = "refuse"
        order = self.order.with_user(self.salesperson)
        reports = order.env["ir.actions.report"]
        for send in (
            order.action_quotation_send,
            order.action_quotation_sent,
            lambda: order.write({"state": "sent"}),
            lambda: order.with_context(mark_so_as_sent=True).message_post(body="Here"),
            lambda: reports._render_qweb_html(
                "sale.action_report_saleorder", order.ids
            ),
        ):
            with self.assertRaisesRegex(UserError, "not complete yet.*Delivery date"):
                send()
        self._complete()
        order.action_quotation_sent()

    def test_a_customer_who_pays_is_not_stopped_by_what_is_missing(self):
        self.company.sales_quotation_check = "refuse"
        public = self.env.ref("base.public_user")
        self.order.with_user(public).sudo().action_quotation_sent()
        self.assertEqual(self.order.state, "sent")

    def test_lines_without_quantity_are_named(self):
        self._complete()
        self.line.product_uom_qty = 0
        self.assertEqual(self.order.quotation_missing, "Quantity of each line")

    # After-sales terms

    def test_the_terms_of_the_nearest_product_line_are_printed(self):
        above = self.env["product.category"].create({"name": "Test All Lines"})
        self.category.parent_id = above
        self._create_term("General", "One year.")
        self._create_term("Machines", "Two years.", above)
        terms = self.order._get_after_sales_terms()
        self.assertIn("Two years.", terms)
        self.assertNotIn("One year.", terms)
        own = self._create_term("Drives", "Three years, spare parts.", self.category)
        self.order.order_line = [self._line(1.0, product=self.other)]
        terms = self.order._get_after_sales_terms()
        self.assertEqual(terms.count("Three years, spare parts."), 1)
        self.assertNotIn("Two years.", terms)
        own.active = False
        self.assertIn("Two years.", self.order._get_after_sales_terms())

    def test_the_quotation_prints_them(self):
        self._create_term("Drives", "Three years, spare parts.", self.category)
        html, _format = self.env["ir.actions.report"]._render_qweb_html(
            "sale.action_report_saleorder", self.order.ids
        )
        self.assertIn("Three years, spare parts.", str(html))

    def test_they_are_in_the_language_of_the_customer(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        term = self._create_term("Drives", "Three years.", self.category)
        term.update_field_translations(
            "content", {"fr_FR": {"Three years.": "Trois ans."}}
        )
        self.assertIn("Three years.", self.order._get_after_sales_terms())
        self.customer_north.lang = "fr_FR"
        self.assertIn("Trois ans.", self.order._get_after_sales_terms())

    def test_what_was_sent_stays(self):
        term = self._create_term("Drives", "Three years.", self.category)
        self.order.action_quotation_sent()
        term.content = "<p>One year.</p>"
        self.assertIn("Three years.", self.order._get_after_sales_terms())
        self.order.action_confirm()
        self.assertIn("Three years.", self.order.sales_after_sales_terms)
        self.assertIn("One year.", self.order.copy()._get_after_sales_terms())

    def test_an_order_that_is_confirmed_at_once_keeps_them_too(self):
        self._create_term("Drives", "Three years.", self.category)
        other = self._create_quotation(100.0)
        (self.order + other).action_confirm()
        self.assertIn("Three years.", self.order.sales_after_sales_terms)
        self.assertIn("Three years.", other.sales_after_sales_terms)

    def test_a_customer_may_get_other_terms(self):
        self._create_term("Drives", "Three years.", self.category)
        order = self.order.with_user(self.salesperson)
        with Form(order) as form:
            form.sales_after_sales_terms = "<p>Five years.</p>"
        order.action_quotation_sent()
        self.assertIn("Five years.", order._get_after_sales_terms())
        order.action_take_after_sales_terms()
        self.assertIn("Three years.", order._get_after_sales_terms())

    def test_terms_cost_an_order_no_query(self):
        def count(order):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order.action_confirm()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        term = self._create_term("Drives", "Three years.", self.category)
        orders = [self._create_quotation(95.0) for _number in range(4)]
        count(orders[0])
        with_terms = count(orders[1])
        term.active = False
        count(orders[2])
        self.assertEqual(with_terms, count(orders[3]))

    @mute_logger("odoo.sql_db")
    def test_a_product_line_has_one_set_of_terms(self):
        self._create_term("Drives", "Three years.", self.category)
        with self.assertRaisesRegex(Exception, "categ_uniq"):
            self._create_term("Drives again", "One year.", self.category)

    def test_a_script_in_the_terms_is_not_kept(self):
        term = self._create_term("Drives", "<script>alert(1)</script>Three years.")
        self.assertNotIn("script", term.content)
        self.assertNotIn("script", self.order._get_after_sales_terms())

    def test_sections_need_no_terms(self):
        self._create_term("Drives", "Three years.", self.category)
        self.order.order_line = [
            Command.create({"display_type": "line_section", "name": "Section"})
        ]
        self.assertTrue(self.order._has_after_sales_terms())
