# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestPriceRequest(PriceCommon):
    """A price below the floor is requested and approved in tiers (policy 3.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_floor()  # 87.50
        cls.order = cls._create_quotation(85.0, 100.0)

    def test_it_keeps_what_the_prices_do_to_the_margin(self):
        request = self._request(self.order)
        self.assertRecordValues(
            request,
            [
                {
                    "state": "submitted",
                    "amount": 185.0,
                    "margin": 45.0,
                    "floor_margin": 47.5,
                    "given_amount": 2.5,
                    "superior_id": self.leader.id,
                    "submitted_by_id": self.salesperson.id,
                }
            ],
        )
        self.assertAlmostEqual(request.depth, 2.8571, 4)
        self.assertAlmostEqual(request.margin_percent, 24.3243, 4)
        self.assertRecordValues(
            request.line_ids,
            [{"price": 85.0, "floor_price": 87.5, "quantity": 1.0, "amount": 85.0}],
        )
        self.assertAlmostEqual(request.line_ids.margin_percent, 17.6471, 4)

    def test_nothing_earned_has_no_margin_in_percent(self):
        """185.00 with 300.00 off bring -115.00 and cost 140.00: no margin of 221 %."""
        self.order.order_line = [self._line(-300.0, product=self.service)]
        request = self._request(self.order)
        self.assertRecordValues(
            request,
            [
                {
                    "amount": -115.0,
                    "margin": -255.0,
                    "margin_percent": 0.0,
                    "floor_margin_percent": 20.0,
                }
            ],
        )
        self.assertEqual(request.line_ids.mapped("margin_percent"), [0.0, 0.0])

    def test_once_approved_the_quotation_goes_its_way(self):
        request = self._request(self.order)
        order = self.order.with_user(self.salesperson)
        self.assertEqual(order.price_gate_status, "waiting")
        with self.assertRaises(UserError):
            order.action_quotation_sent()
        self._approve(request)
        self.assertEqual(request.state, "approved")
        self.assertEqual(order.price_gate_status, "approved")
        order.action_quotation_sent()
        order.action_confirm()
        self.assertEqual(self.order.state, "sale")

    def test_the_requester_is_told_on_the_request(self):
        request = self._request(self.order)
        self._approve(request)
        message = self.env["mail.message"].search(
            [
                ("model", "=", request._name),
                ("res_id", "=", request.id),
                ("subject", "ilike", "are approved"),
            ]
        )
        self.assertEqual(message.partner_ids, self.salesperson.partner_id)

    def test_more_than_5_percent_below_the_director_decides_too(self):
        self.order.order_line[0].price_unit = 80.0  # 8.57 % below
        request = self._request(self.order)
        self._approve(request)
        self.assertEqual(request.state, "submitted")
        with self.assertRaises(UserError):
            self.order.with_user(self.salesperson).action_confirm()
        self._approve(request, self.director)
        self.assertEqual(request.state, "approved")

    def test_a_rejected_request_keeps_the_gate_closed(self):
        request = self._request(self.order)
        self.env.invalidate_all()
        request.with_user(self.leader)._rejected_tier()
        self.assertEqual(request.state, "rejected")
        with self.assertRaises(UserError):
            self.order.with_user(self.salesperson).action_confirm()
        request.action_draft()
        request.reason = "They take twice as many next year."
        request.action_submit()
        self._approve(request)
        self.order.with_user(self.salesperson).action_confirm()

    # Changes

    def test_a_change_for_the_worse_needs_a_new_approval(self):
        self._approve(self._request(self.order))
        order = self.order.with_user(self.salesperson)
        first, second = order.order_line
        for line, values in (
            (first, {"price_unit": 84.99}),
            (first, {"discount": 0.1}),
            (first, {"product_uom_qty": 2, "price_unit": 85.0}),
            (second, {"price_unit": 86.0}),
        ):
            before = {name: line[name] for name in values}
            line.write(values)
            with self.subTest(values=values), self.assertRaises(UserError):
                order.action_quotation_sent()
            line.write(before)
        order.order_line = [self._line(85.0)]
        with self.assertRaises(UserError):
            order.action_quotation_sent()

    def test_an_approval_goes_by_the_exact_quantity_in_any_unit(self):
        """The product is counted in dozens or kilograms, and sold by piece or gram."""
        for unit, sold_in, quantity, price in (
            ("dozen", "unit", 1, 83.33),
            ("kgm", "gram", 5, 1.0),
            ("kgm", "gram", 4, 1.0),
        ):
            product = self.env["product.product"].create(
                {
                    "name": f"Test {unit}",
                    "uom_id": self.env.ref(f"uom.product_uom_{unit}").id,
                    "categ_id": self.category.id,
                    "taxes_id": [],
                }
            )
            self._create_floor(
                "price", lowest_price=1050.0, product_tmpl_id=product.product_tmpl_id.id
            )
            sold_in = self.env.ref(f"uom.product_uom_{sold_in}")
            order = self._create_quotation()
            order.order_line = [
                self._line(
                    price, product, product_uom_qty=quantity, product_uom_id=sold_in.id
                )
            ]
            with self.subTest(unit=unit, quantity=quantity):
                self.assertTrue(self._get_below(order))
                self._approve(self._request(order))
                self.assertFalse(self._get_below(order))
                order.order_line.price_unit = 0.9 * price
                self.assertTrue(self._get_below(order))
                order.order_line.price_unit = price
                order.with_user(self.salesperson).action_quotation_sent()

    def test_an_approval_covers_lines_with_floors_of_their_own(self):
        """86.00 and 172.00 are below 90.00 and 180.00: 10 % off at most."""
        self.env["sales.price.floor"].search([]).unlink()
        self._create_floor("discount", largest_discount=10.0)
        order = self._create_quotation(
            order_line=[
                self._line(100.0, discount=14),
                self._line(200.0, discount=14),
            ]
        )
        self.assertEqual(self._get_below(order), [86.0, 172.0])
        self._approve(self._request(order))
        self.assertFalse(self._get_below(order))
        order.order_line[1].discount = 15
        self.assertEqual(self._get_below(order), [86.0, 170.0])

    def test_a_change_for_the_better_does_not(self):
        self._approve(self._request(self.order))
        order = self.order.with_user(self.salesperson)
        order.order_line[0].price_unit = 86.0
        order.order_line[1].write({"product_uom_qty": 5, "price_unit": 99.0})
        order.action_quotation_sent()
        order.order_line[0].price_unit = 90.0
        order.action_confirm()

    def test_a_discount_on_the_order_is_a_change_for_the_worse(self):
        self._approve(self._request(self.order))
        self.order.order_line = [self._line(-1.0, product=self.service)]
        with self.assertRaises(UserError):
            self.order.action_confirm()

    def test_a_cost_that_rises_asks_for_no_new_approval(self):
        self._approve(self._request(self.order))
        self.order.order_line.purchase_price = 76.0
        self.env["sales.price.floor"].search([]).least_margin = 30.0
        self.assertEqual(self._get_below(self.order), [])
        self.assertEqual(self._get_below(self.order.copy()), [85.0])

    def test_a_duplicate_needs_an_approval_of_its_own(self):
        self._approve(self._request(self.order))
        copy = self.order.with_user(self.salesperson).copy()
        self.assertFalse(copy.price_request_ids)
        with self.assertRaises(UserError):
            copy.action_confirm()

    def test_another_currency_needs_a_new_approval(self):
        self._approve(self._request(self.order))
        currency = self._enable_currency("CHF")
        pricelist = self.env["product.pricelist"].create(
            {"name": "Test Abroad", "currency_id": currency.id}
        )
        self.order.pricelist_id = pricelist
        self.order.order_line[0].price_unit = 1.0
        with self.assertRaises(UserError):
            self.order.action_confirm()

    def test_a_request_is_for_the_prices_of_the_day_it_is_sent(self):
        action = self.order.with_user(self.salesperson).action_request_price()
        request = self.env["sales.price.request"].browse(action["res_id"])
        request = request.with_user(self.salesperson)
        self.order.order_line[0].price_unit = 84.0
        request.reason = "They take twice as many."
        request.action_submit()
        self.assertEqual(request.line_ids.price, 84.0)

    # Limits of roles

    def test_within_their_limit_leaders_and_directors_decide_by_sending(self):
        deep = self._create_quotation(80.0)  # 8.57 % below
        order = self.order.with_user(self.leader)
        order.action_quotation_sent()
        self.assertRecordValues(
            self.order.price_request_ids,
            [
                {
                    "state": "approved",
                    "is_own": True,
                    "submitted_by_id": self.leader.id,
                    "given_amount": 2.5,
                }
            ],
        )
        # The salesperson goes on, and so does the customer.
        self.order.with_user(self.salesperson).action_confirm()
        with self.assertRaises(UserError):
            deep.with_user(self.leader).action_confirm()
        deep.with_user(self.director).action_confirm()

    def test_a_limit_of_salespeople_counts_for_them_too(self):
        self.company.sales_limit_person = 3
        self.order.with_user(self.salesperson).action_confirm()
        self.assertTrue(self.order.price_request_ids.is_own)

    def test_who_decides_by_sending_ends_the_open_request(self):
        request = self._request(self.order)
        self.order.with_user(self.leader).action_confirm()
        self.assertEqual(request.sudo().state, "cancelled")
        self.assertFalse(request.sudo().activity_ids)

    def test_limits_out_of_range_are_refused(self):
        for name in ("person", "leader", "director"):
            for value in (-1, 101):
                with (
                    self.subTest(role=name, value=value),
                    mute_logger("odoo.sql_db"),
                    self.assertRaises(IntegrityError),
                ):
                    self.company[f"sales_limit_{name}"] = value
                    self.env.flush_all()

    # Rules

    def test_nothing_below_the_floor_is_nothing_to_approve(self):
        fine = self._create_quotation(100.0)
        with self.assertRaisesRegex(UserError, "below its floor"):
            self._request(fine)

    def test_a_request_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self._request(self.order, reason=" ")

    def test_the_button_opens_the_request_that_there_is(self):
        request = self._request(self.order)
        action = self.order.with_user(self.salesperson).action_request_price()
        self.assertEqual(action["res_id"], request.id)
        self.assertEqual(self.order.price_request_count, 1)

    @mute_logger("odoo.sql_db")
    def test_there_is_one_open_request(self):
        self._request(self.order)
        with self.assertRaises(IntegrityError):
            self.env["sales.price.request"].create({"order_id": self.order.id})

    def test_a_cancelled_quotation_takes_its_request_back(self):
        request = self._request(self.order).sudo()
        self.order.action_cancel()
        self.assertEqual(request.state, "cancelled")
        self.assertFalse(request.activity_ids)

    def test_a_deleted_quotation_takes_its_requests_along(self):
        request = self._request(self.order).sudo()
        reviews = request.review_ids
        self.assertTrue(reviews)
        self.order.unlink()
        self.assertFalse(request.exists())
        self.assertFalse(reviews.exists())

    def test_what_was_sent_does_not_change(self):
        request = self._request(self.order)
        with self.assertRaises(UserError):
            request.reason = "Another one"
        with self.assertRaises(UserError):
            request.unlink()
        for values in (
            {"state": "approved"},
            {"depth": 0.0},
            {"amount": 1.0},
            {"superior_id": self.salesperson.id},
            {"is_own": True},
        ):
            with self.subTest(values=values), self.assertRaises(AccessError):
                request.write(values)
        with self.assertRaises(AccessError):
            request.line_ids.floor_amount = 0.0
        with self.assertRaises(AccessError):
            self.env["sales.price.request"].with_user(self.salesperson).create(
                {"order_id": self.order.id, "state": "approved"}
            )

    def test_defaults_of_a_client_decide_nothing(self):
        forged = (
            self.env["sales.price.request"]
            .with_user(self.salesperson)
            .with_context(default_state="approved", default_is_own=True)
        )
        form = Form(forged)
        form.order_id = self.order.with_user(self.salesperson)
        request = form.save()
        self.assertEqual(request.state, "draft")
        self.assertFalse(request.is_own)

    def test_the_requester_does_not_decide(self):
        request = self._request(self.order)
        request._validate_tier()
        self.assertEqual(request.state, "submitted")
        with self.assertRaises(UserError):
            request.action_approve()

    def test_a_request_of_the_leader_goes_to_the_director(self):
        self.company.sales_limit_leader = 0
        order = self._create_quotation(85.0, user=self.leader)
        request = self._request(order, user=self.leader)
        self.assertEqual(request.superior_id, self.company._get_sales_directors()[:1])
        self.assertNotIn(self.leader, request.sudo().reviewer_ids)

    def test_an_archived_leader_is_not_asked(self):
        self.leader.action_archive()
        request = self._request(self.order)
        self.assertEqual(request.superior_id, self.company._get_sales_directors()[:1])

    # Who sees it

    def test_the_salesperson_their_leaders_and_the_director_see_it(self):
        request = self._request(self.order)
        support = self._create_support(self.team_field)
        for user, is_seen in (
            (self.salesperson, True),
            (self.leader, True),
            (self.director, True),
            (self.colleague, False),
            (self.outsider, False),
            (support, False),
        ):
            with self.subTest(user=user.login):
                records = self.env["sales.price.request"].with_user(user)
                found = records.search([("id", "=", request.id)])
                self.assertEqual(bool(found), is_seen)
                lines = self.env["sales.price.request.line"].with_user(user)
                found = lines.search([("request_id", "=", request.id)])
                self.assertEqual(bool(found), is_seen)

    def test_nobody_requests_prices_for_the_quotations_of_others(self):
        with self.assertRaises(AccessError):
            self.env["sales.price.request"].with_user(self.colleague).create(
                {"order_id": self.order.id}
            )
