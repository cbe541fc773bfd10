# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestPriceFormer(PriceCommon):
    """Floors change: what customers have keeps to those of its day (policy 3.3.1)."""

    # Former values

    def test_a_sent_quotation_keeps_to_the_floors_of_its_day(self):
        floor = self._create_floor("price", lowest_price=80.0)
        order = self._create_quotation(85.0)
        order.action_quotation_sent()
        draft = self._create_quotation(85.0)
        with freeze_time("2026-10-20 12:00:00"):
            floor.lowest_price = 90.0
            self.assertEqual(floor.date_from, date(2026, 10, 20))
            former = floor.former_ids
            self.assertEqual(former.lowest_price, 80.0)
            self.assertEqual(former.date_to, date(2026, 10, 19))
            self.assertEqual(self._get_below(order), [])
            self.assertEqual(self._get_below(draft), [85.0])
            order.action_confirm()
            self.assertEqual(order.state, "sale")

    def test_a_quotation_sent_again_is_a_new_offer(self):
        floor = self._create_floor("price", lowest_price=80.0)
        order = self._create_quotation(85.0)
        order.action_quotation_sent()
        with freeze_time("2026-10-20 12:00:00"):
            floor.lowest_price = 90.0
            again = order.with_user(self.salesperson).with_context(mark_so_as_sent=True)
            with self.assertRaises(UserError):
                again.message_post(body="Here it is again.")

    def test_a_quotation_that_gets_worse_is_another_offer(self):
        floor = self._create_floor("price", lowest_price=80.0)
        order, better = self._create_quotation(85.0), self._create_quotation(85.0)
        (order + better).action_quotation_sent()
        with freeze_time("2026-10-20 12:00:00"):
            floor.lowest_price = 90.0
            better.with_user(self.salesperson).order_line.price_unit = 86.0
            self.assertEqual(self._get_below(better), [])
            order.with_user(self.salesperson).order_line.price_unit = 84.0
            self.assertEqual(self._get_below(order), [84.0])
            self.assertFalse(order.sales_sent_on)
            better.with_user(self.salesperson).order_line.product_uom_qty = 2
            self.assertEqual(self._get_below(better), [86.0])

    def test_a_quotation_that_comes_back_is_another_offer(self):
        floor = self._create_floor("price", lowest_price=80.0)
        orders = self._create_quotation(85.0) + self._create_quotation(85.0)
        orders.action_quotation_sent()
        orders.action_cancel()
        with freeze_time("2026-10-20 12:00:00"):
            floor.lowest_price = 90.0
            self.assertEqual(self._get_below(orders), [])
            with self.assertRaises(UserError), self.env.cr.savepoint():
                orders[0].with_user(self.salesperson).write({"state": "sale"})
            orders[1].with_user(self.salesperson).action_draft()
            self.assertFalse(orders[1].sales_sent_on)
            self.assertEqual(self._get_below(orders[1]), [85.0])

    def test_what_was_sent_before_floors_came_keeps_to_its_day(self):
        order = self._create_quotation(85.0)
        order.action_quotation_sent()
        order.write({"sales_sent_on": False, "date_order": "2026-10-01 12:00:00"})
        self._create_floor("price", lowest_price=90.0, date_from="2026-10-15")
        self.assertEqual(self._get_below(order), [85.0])
        self.env.flush_all()
        order._init_column("sales_sent_on")
        self.env.invalidate_all()
        self.assertEqual(self._get_below(order), [])

    def test_a_line_less_makes_another_offer_of_a_discount_on_the_whole(self):
        """600 and 400 with -150 on the order are 510 and 340; 600 alone are 450."""
        floor = self._create_floor("price", lowest_price=300.0)
        order = self._create_quotation(600.0, 400.0)
        order.order_line = [self._line(-150.0, product=self.service)]
        order.action_quotation_sent()
        with freeze_time("2026-10-20 12:00:00"):
            floor.lowest_price = 500.0
            self.assertEqual(self._get_below(order), [])
            lines = order.with_user(self.salesperson).order_line
            lines.filtered(lambda line: line.price_unit == 400.0).unlink()
            self.assertFalse(order.sales_sent_on)
            self.assertEqual(self._get_below(order), [450.0])

    def test_options_that_a_customer_chooses_keep_to_their_price(self):
        floor = self._create_floor("price", lowest_price=80.0)
        order = self._create_quotation(85.0)
        order.order_line = [self._line(85.0, product_uom_qty=0)]
        order.action_quotation_sent()
        public = self.env.ref("base.public_user")
        with freeze_time("2026-10-20 12:00:00"):
            floor.lowest_price = 90.0
            option = order.order_line[-1].with_user(public).sudo()
            option.product_uom_qty = 1
            self.assertEqual(self._get_below(order), [])

    def test_the_former_value_of_a_floor_without_end_is_no_campaign(self):
        floor = self._create_floor("price", lowest_price=80.0)
        self._create_floor()  # 87.50
        order = self._create_quotation(100.0)
        order.action_quotation_sent()
        with freeze_time("2026-10-20 12:00:00"):
            floor.lowest_price = 82.0
            self.assertEqual(order.order_line.sales_floor_price, 87.5)

    def test_nobody_sets_the_day_on_which_a_quotation_was_sent(self):
        floor = self._create_floor("price", lowest_price=80.0)
        order = self._create_quotation(85.0)
        order.action_quotation_sent()
        with freeze_time("2026-10-20 12:00:00"):
            floor.lowest_price = 90.0
            draft = self._create_quotation(85.0).with_user(self.salesperson)
            draft.sales_sent_on = "2026-10-15 12:00:00"
            draft.date_order = "2026-10-15 12:00:00"
            with self.assertRaises(UserError):
                draft.action_quotation_sent()
            with self.assertRaises(UserError):
                self.env["sale.order"].with_user(self.salesperson).create(
                    {
                        "partner_id": self.customer_north.id,
                        "state": "sent",
                        "sales_sent_on": "2026-10-15 12:00:00",
                        "date_order": "2026-10-15 12:00:00",
                        "order_line": [self._line(85.0)],
                    }
                )

    def test_the_day_of_the_order_chooses_no_rate(self):
        """In 2026 a unit of company currency was 0.50 abroad until October."""
        self._create_floor()  # 87.50
        abroad = self._enable_currency("CHF")
        (abroad + self.company.currency_id).rate_ids.unlink()
        self.env["res.currency.rate"].create(
            [
                {
                    "name": day,
                    "currency_id": abroad.id,
                    "company_id": self.company.id,
                    "rate": rate,
                }
                for day, rate in (("2026-01-01", 0.5), ("2026-10-01", 1.0))
            ]
        )
        self.env.registry.clear_cache()
        pricelist = self.env["product.pricelist"].create(
            {"name": "Test Abroad", "currency_id": abroad.id}
        )
        order = self._create_quotation(85.0, pricelist_id=pricelist.id)
        order.with_user(self.salesperson).date_order = "2026-02-01 12:00:00"
        self.assertEqual(order.currency_rate, 0.5)
        [check] = order._get_shortfalls()[order]
        self.assertEqual((check.amount, check.floor_amount), (85.0, 87.5))
        held = [("id", "=", order.id), ("is_price_held", "=", True)]
        self.assertEqual(self.env["sale.order"].search(held), order)
        with self.assertRaisesRegex(UserError, "85.00.*87.50"):
            order.with_user(self.salesperson).action_confirm()

    def test_former_values_do_not_change(self):
        floor = self._create_floor("price", lowest_price=80.0)
        with freeze_time("2026-10-20 12:00:00"):
            floor.lowest_price = 90.0
            with self.assertRaisesRegex(UserError, "Former values"):
                floor.former_ids.with_user(self.director).lowest_price = 1.0

    def test_a_new_value_does_not_count_for_days_past(self):
        floor = self._create_floor("price", lowest_price=80.0, date_from="2026-10-01")
        order = self._create_quotation(85.0)
        order.action_quotation_sent()
        with freeze_time("2026-10-20 12:00:00"):
            floor.write({"lowest_price": 90.0, "date_from": "2026-10-01"})
            self.assertEqual(floor.date_from, date(2026, 10, 20))
            self.assertEqual(floor.former_ids.date_from, date(2026, 10, 1))
            self.assertEqual(self._get_below(order), [])

    def test_a_floor_of_today_changes_without_a_trace(self):
        floor = self._create_floor("price", lowest_price=80.0, date_from="2026-10-15")
        floor.lowest_price = 90.0
        self.assertFalse(floor.former_ids)

    # Bad input

    @mute_logger("odoo.sql_db")
    def test_bad_input_is_refused_with_a_reason(self):
        for values, error in (
            ({"basis": False}, "basis"),
            ({"basis": "price", "lowest_price": 0}, "lowest_price"),
            ({"basis": "price", "lowest_price": -1}, "lowest_price"),
            ({"basis": "discount", "largest_discount": 100}, "largest_discount"),
            ({"basis": "margin", "least_margin": -5}, "least_margin"),
            ({"date_from": "2026-10-15", "date_to": "2026-10-14"}, "days_order"),
            (
                {
                    "categ_id": self.category.id,
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                },
                "place_one",
            ),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex((ValidationError, IntegrityError), error),
                self.env.cr.savepoint(),
            ):
                self._create_floor(**values)
        with (
            self.assertRaisesRegex(ValidationError, "no variant"),
            self.env.cr.savepoint(),
        ):
            self._create_floor(
                product_tmpl_id=self.other.product_tmpl_id.id,
                product_id=self.product.id,
            )
        self.assertFalse(self.env["sales.price.floor"].search([]))

    def test_the_form_asks_for_a_product_or_a_line(self):
        form = Form(self.env["sales.price.floor"].with_user(self.director))
        form.basis = "margin"
        form.least_margin = 20
        form.categ_id = self.category
        form.product_tmpl_id = self.product.product_tmpl_id
        floor = form.save()
        self.assertFalse(floor.categ_id)
        self.assertEqual(floor.display_name, self.product.product_tmpl_id.display_name)
        self.assertIn("20", floor.limit)
