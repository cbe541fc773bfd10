# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged, users

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestPriceOrder(PriceCommon):
    """Prices of confirmed orders, and the figures that floors go by (3.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_floor()  # 87.50
        cls.held = cls._create_quotation(85.0)
        cls.fine = cls._create_quotation(87.5)

    # ------------------------------------------------------------------
    # Confirmed orders
    # ------------------------------------------------------------------

    def test_a_confirmed_order_gets_no_price_below_the_floor(self):
        self.fine.action_confirm()
        order = self.fine.with_user(self.salesperson)
        line = order.order_line
        for change in (
            lambda: line.write({"price_unit": 80.0}),
            lambda: line.write({"discount": 10.0}),
            lambda: order.write({"order_line": [self._line(80.0)]}),
            lambda: order.write({"order_line": [self._line(-5.0, self.service)]}),
            lambda: order.env["sale.order.line"].create(
                {"order_id": order.id, "product_id": self.product.id, "price_unit": 1}
            ),
            lambda: order.env["sale.order.line"]
            .with_context(default_order_id=order.id)
            .create({"product_id": self.product.id, "price_unit": 1}),
            lambda: self.held.order_line.write({"order_id": order.id}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
        line.price_unit = 95.0
        order.order_line = [self._line(90.0)]

    def test_more_of_what_was_approved_needs_a_new_approval(self):
        self._approve(self._request(self.held))
        order = self.held.with_user(self.salesperson)
        order.action_confirm()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            order.order_line.write({"product_uom_qty": 2, "price_unit": 85.0})
        order.order_line.write({"product_uom_qty": 0.5, "price_unit": 85.0})
        self.fine.action_confirm()
        self.fine.with_user(self.salesperson).order_line.write(
            {"product_uom_qty": 20, "price_unit": 87.5}
        )

    def test_more_is_not_delivered_at_the_price_than_was_approved(self):
        self.service.invoice_policy = "delivery"
        orders = self.env["sale.order"]
        for price in (80.0, 100.0):
            order = self._create_quotation()
            order.order_line = [
                self._line(price, product=self.service, product_uom_qty=10)
            ]
            orders |= order
        self.service.standard_price = 80.0
        orders.order_line.purchase_price = 80.0  # a floor of 100.00
        self._approve(self._request(orders[0]), self.leader, self.director)
        orders.action_confirm()
        low, fine = orders.with_user(self.salesperson).order_line
        low.qty_delivered = 10
        with self.assertRaises(UserError), self.env.cr.savepoint():
            low.qty_delivered = 100
        self.assertEqual(low.sales_floor_price, 100.0)
        fine.qty_delivered = 100
        self.assertEqual(fine.sales_floor_price, 100.0)
        self.service.invoice_policy = "order"
        low.qty_delivered = 100

    def test_a_confirmed_order_does_not_move_to_a_company_with_floors(self):
        company = self._create_company(name="Test Elsewhere")
        order = self._create_quotation(85.0, company_id=company.id, team_id=False)
        order.action_confirm()
        with self.assertRaises(UserError):
            order.company_id = self.company

    def test_a_held_quotation_gets_no_down_payment(self):
        for order in (self.held, self.fine):
            wizard = (
                self.env["sale.advance.payment.inv"]
                .with_context(active_ids=order.ids, active_model="sale.order")
                .create({"advance_payment_method": "fixed", "fixed_amount": 10.0})
            )
            if order == self.fine:
                wizard.create_invoices()
                continue
            with self.assertRaisesRegex(UserError, "floor"), self.env.cr.savepoint():
                wizard.create_invoices()

    def test_a_floor_that_rises_later_does_not_stop_a_confirmed_order(self):
        self.fine.action_confirm()
        self.env["sales.price.floor"].search([]).least_margin = 29.0
        line = self.fine.order_line
        line.price_unit = 88.0
        with self.assertRaises(UserError):
            line.price_unit = 87.0

    def test_a_tax_change_that_lowers_the_untaxed_price_is_a_worse_price(self):
        tax = self.env["account.tax"].create(
            {
                "name": "Test 5 % included",
                "amount": 5,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self.fine.action_confirm()
        with self.assertRaises(UserError):
            self.fine.order_line.tax_ids = tax
        draft = self._create_quotation(87.5)
        draft.order_line.tax_ids = tax
        self.assertEqual(len(self._get_below(draft)), 1)

    def test_the_day_is_that_of_the_company_in_summer_time_too(self):
        self.company.sales_tz = "Europe/Berlin"
        self.fine.action_quotation_sent()
        for moment, day in (
            ("2026-03-28 22:59:59", date(2026, 3, 28)),
            ("2026-03-28 23:00:00", date(2026, 3, 29)),
            ("2026-03-29 21:59:59", date(2026, 3, 29)),
            ("2026-03-29 22:00:00", date(2026, 3, 30)),
        ):
            self.fine.sales_sent_on = moment
            with self.subTest(moment=moment):
                self.assertEqual(self.fine._get_price_day(), day)

    # ------------------------------------------------------------------
    # Costs
    # ------------------------------------------------------------------

    def test_nobody_makes_a_margin_by_a_lower_cost(self):
        line = self.held.with_user(self.salesperson).order_line
        with self.assertRaisesRegex(UserError, "costs more"):
            line.purchase_price = 10.0
        with self.assertRaisesRegex(UserError, "costs more"):
            self.held.with_user(self.salesperson).order_line = [
                self._line(85.0, purchase_price=10.0)
            ]
        line.purchase_price = 75.0
        self.held.with_user(self.director).order_line.purchase_price = 60.0
        self.assertFalse(self._get_below(self.held))

    def test_nobody_takes_the_cost_of_something_else_along(self):
        cheap = self.env["product.product"].create(
            {"name": "Test Cable", "standard_price": 1.0, "taxes_id": []}
        )
        order = self._create_quotation()
        order.order_line = [self._line(2.0, product=cheap)]
        line = order.with_user(self.salesperson).order_line
        dozen = self.env.ref("uom.product_uom_dozen")
        for values in (
            {"product_id": self.product.id, "purchase_price": 5.0, "price_unit": 6.25},
            {"product_uom_id": dozen.id, "purchase_price": 1.5, "price_unit": 2.0},
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(UserError, "costs more"),
                self.env.cr.savepoint(),
            ):
                line.write(values)
        line.write(
            {"product_id": self.product.id, "purchase_price": 70.0, "price_unit": 90.0}
        )
        self.assertFalse(self._get_below(order))

    def test_a_negative_price_of_goods_gives_them_away(self):
        orders = self.env["sale.order"]
        for values in (
            {"price_unit": -0.01},
            {"price_unit": 100.0, "discount": 100.01},
            {"price_unit": 0.0, "product_uom_qty": 0},
        ):
            order = self._create_quotation()
            order.order_line = [
                self._line(100.0, product=self.other),
                self._line(0.0, **values),
            ]
            with self.subTest(values=values):
                [check] = order._get_shortfalls().get(order, [None])
                self.assertEqual(check.product_id, self.product.id)
            orders |= order
        held = [("id", "in", orders.ids), ("is_price_held", "=", True)]
        self.assertEqual(self.env["sale.order"].search(held), orders)

    def test_nobody_enters_the_figures_that_floors_go_by(self):
        lines = self.env["sale.order.line"].with_user(self.salesperson)
        order = self.held.with_user(self.salesperson)
        forged = {"price_subtotal": 900.0, "sales_unit_cost": 1.0}
        elsewhere = self._create_company(name="Test Elsewhere")
        order.order_line.write({**forged, "company_id": elsewhere.id})
        order.write({"currency_rate": 0.001, "amount_untaxed": 900.0})
        self.assertEqual(self._get_below(self.held), [85.0])
        values = {
            "order_id": order.id,
            "product_id": self.product.id,
            "price_unit": 80.0,
            "tax_ids": [],
        }
        line = lines.create({**values, **forged})
        self.assertEqual(line.price_subtotal, 80.0)
        context = {f"default_{name}": value for name, value in forged.items()}
        line = lines.with_context(**context).create(values)
        self.assertEqual(line.price_subtotal, 80.0)
        self.assertEqual(line.sudo().sales_unit_cost, 70.0)
        with self.assertRaisesRegex(UserError, "costs more"):
            lines.with_context(default_purchase_price=1.0).create(values)

    def test_nobody_makes_a_subtotal_by_data_about_taxes(self):
        line = self.held.with_user(self.salesperson).order_line
        tax = self.env["account.tax"].create(
            {
                "name": "Test 5 % excluded",
                "amount": 5,
                "price_include_override": "tax_excluded",
                "company_id": self.company.id,
            }
        )

        def forge(price, **forged):
            source = {"price_unit": price, "discount": 0.0, "quantity": 10.0}
            source["currency_id"] = self.held.currency_id.id
            line.write(
                {
                    "price_unit": price,
                    "product_uom_qty": 10.0,
                    "extra_tax_data": {**source, **forged},
                }
            )

        none = {"0": {}}
        forge(90.0, manual_total_excluded_currency=10.0, manual_tax_amounts=none)
        self.assertEqual(self._get_below(self.held), [1.0])
        self.held.order_line.tax_ids = tax
        forge(90.0, manual_tax_amounts={str(tax.id): {"tax_amount_currency": -890.0}})
        self.assertEqual(line.price_total, 10.0)
        self.assertTrue(self._get_below(self.held))
        self.held.order_line.tax_ids = False
        forge(1.0, manual_total_excluded_currency=900.0, manual_tax_amounts=none)
        held = [("id", "=", self.held.id), ("is_price_held", "=", True)]
        self.assertEqual(self._get_below(self.held), [1.0])
        self.assertEqual(self.env["sale.order"].search(held), self.held)
        line.extra_tax_data = False
        self.assertEqual(line.price_subtotal, 10.0)
        self.assertEqual(self._get_below(self.held), [1.0])

    def test_a_context_does_not_open_the_gate(self):
        order = self.held.with_user(self.salesperson)
        with self.assertRaises(UserError):
            order.with_context(sales_price_quiet=True).action_confirm()
        created = order.with_context(
            default_sales_sent_on="2020-01-01 00:00:00"
        ).create({"partner_id": self.customer_north.id})
        self.assertFalse(created.sudo().sales_sent_on)

    def test_a_salesperson_without_a_role_of_the_suite_sells_too(self):
        user = new_test_user(
            self.env, "test_plain", groups="sales_team.group_sale_salesman"
        )
        order = self._create_quotation(100.0, user=user).with_user(user)
        with Form(order) as form:
            form.client_order_ref = "A 1"
        order.action_confirm()
        held = self._create_quotation(85.0, user=user).with_user(user)
        with self.assertRaises(UserError):
            held.action_confirm()

    @users("test_salesperson")
    def test_a_salesperson_types_a_quotation_in_the_form(self):
        form = Form(self.env["sale.order"])
        form.partner_id = self.customer_north
        with form.order_line.new() as line:
            line.product_id = self.product
            line.price_unit = 85.0
        self.assertEqual(form.price_gate_status, "below")
        self.assertIn("floor", form.price_gate_message)
        with form.order_line.edit(0) as line:
            line.price_unit = 90.0
        self.assertFalse(form.price_gate_status)
        order = form.save()
        order.action_confirm()

    def test_another_tax_is_no_way_round_the_largest_discount(self):
        """100.00 with 20 % off are 80.00, or 76.19 if 5 % tax is included."""
        tax = self.env["account.tax"].create(
            {
                "name": "Test 5 % included",
                "amount": 5,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self.env["sales.price.floor"].search([]).unlink()
        self._create_floor("discount", largest_discount=20.0)
        order = self._create_quotation()
        order.order_line = [self._line(80.0, tax_ids=[(6, 0, tax.ids)])]
        held = [("id", "=", order.id), ("is_price_held", "=", True)]
        self.assertEqual(len(self._get_below(order)), 1)
        self.assertEqual(self.env["sale.order"].search(held), order)
        self.product.taxes_id = tax
        self.assertEqual(self._get_below(order), [])
        self.assertFalse(self.env["sale.order"].search(held))

    # ------------------------------------------------------------------
    # Queries
    # ------------------------------------------------------------------

    def test_an_order_without_request_costs_no_query(self):
        floors = self.env["sales.price.floor"].search([])
        self._check_queries(
            floors, [self._create_quotation(*[95.0] * 10) for _number in range(4)]
        )

    def test_it_costs_none_in_a_company_abroad_either(self):
        """What shared products sell for is in the currency of the main company."""
        company = self._create_company(name="Test Abroad")
        company.currency_id = self._enable_currency("TWD")
        main = self.env["res.company"]._get_main_company()
        self.assertNotEqual(company.currency_id, main.currency_id)
        floor = self._create_floor(
            "discount", largest_discount=10.0, company_id=company.id
        )
        values = {"company_id": company.id, "team_id": False, "pricelist_id": False}
        self._check_queries(
            floor,
            [
                self._create_quotation(*[50_000.0] * 10, **values)
                for _number in range(4)
            ],
        )

    def _check_queries(self, floors, orders):
        """Check that floors cost an order no query.

        :param list orders: four that are alike
        """

        def count(order):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            order.action_confirm()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(orders[0])  # The floors, and much else, are kept in memory from here on.
        with_floors = count(orders[1])
        floors.active = False
        count(orders[2])
        self.assertEqual(with_floors, count(orders[3]))

    def test_the_number_of_queries_does_not_depend_on_that_of_quotations(self):
        def count():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["sale.order"].search([("is_price_held", "=", True)])
            return self.env.cr.sql_log_count - before

        count()
        few = count()
        for number in range(20):
            self._create_quotation(80.0 + number)
        self.assertEqual(count(), few)
