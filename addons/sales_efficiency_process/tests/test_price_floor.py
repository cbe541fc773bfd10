# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, fields
from odoo.tests import freeze_time, tagged

from .price_common import PriceCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestPriceFloor(PriceCommon):
    """Which floor counts, and what is compared with it (policy 3.3.1)."""

    # Worked cases

    def test_a_cost_of_70_and_a_margin_of_20_percent_make_a_floor_of_87_50(self):
        self._create_floor()
        order = self._create_quotation(100.0)
        self.assertEqual(order.order_line.sales_floor_price, 87.5)
        self.assertEqual(self._get_below(self._create_quotation(87.49)), [87.49])
        self.assertEqual(self._get_below(self._create_quotation(87.50)), [])

    def test_a_dozen_in_another_currency_is_compared_by_the_unit(self):
        """1,104.00 EUR a dozen at 0.92: 15 % off are 85.00 a unit, 12.5 % 87.50."""
        euro = self._enable_currency("EUR")
        if euro == self.company.currency_id:
            euro = self._enable_currency("CHF")
        euro.rate_ids.unlink()
        self.company.currency_id.rate_ids.unlink()
        self.env["res.currency.rate"].create(
            {
                "name": "2026-01-01",
                "currency_id": euro.id,
                "company_id": self.company.id,
                "rate": 0.92,
            }
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Test Abroad", "currency_id": euro.id}
        )
        self._create_floor()
        order = self._create_quotation(pricelist_id=pricelist.id)
        order.order_line = [
            self._line(
                1104.0,
                product_uom_id=self.env.ref("uom.product_uom_dozen").id,
                discount=15,
            )
        ]
        self.assertAlmostEqual(order.currency_rate, 0.92)
        self.assertEqual(self._get_below(order), [85.0])
        request = self._request(order)
        self.assertAlmostEqual(request.line_ids.price, 85.0)
        self.assertAlmostEqual(request.line_ids.floor_price, 87.5)
        self.assertAlmostEqual(request.margin_percent, 17.6471, 4)
        self.assertAlmostEqual(request.floor_margin_percent, 20.0, 4)
        self.assertAlmostEqual(request.amount, 1020.0)
        self.assertAlmostEqual(request.given_amount, 30.0)
        order.order_line.discount = 12.5
        self.assertEqual(self._get_below(order), [])

    def test_taxes_in_the_price_do_not_count(self):
        """105.00 with 5 % tax included and 10 % off are 90.00."""
        tax = self.env["account.tax"].create(
            {
                "name": "Test 5 % included",
                "amount": 5,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self._create_floor("price", lowest_price=90.0)
        order = self._create_quotation()
        order.order_line = [
            self._line(105.0, discount=10, tax_ids=[Command.set(tax.ids)])
        ]
        self.assertEqual(order.order_line.price_subtotal, 90.0)
        self.assertEqual(self._get_below(order), [])
        order.order_line.discount = 10.1
        self.assertEqual(len(self._get_below(order)), 1)

    def test_a_discount_on_the_order_is_spread_over_its_lines(self):
        """600 and 400 with -150 on the order are 510 and 340."""
        self._create_floor("price", lowest_price=341.0)
        order = self._create_quotation(600.0, 400.0)
        self.assertEqual(self._get_below(order), [])
        self.env["sale.order.discount"].create(
            {
                "sale_order_id": order.id,
                "discount_type": "amount",
                "discount_amount": 150.0,
            }
        ).action_apply_discount()
        self.assertEqual(self._get_below(order), [340.0])
        self.env["sales.price.floor"].search([]).lowest_price = 511.0
        self.assertEqual(self._get_below(order), [510.0, 340.0])

    # Which floor counts

    def test_the_narrowest_floor_counts(self):
        line = self.env["product.category"].create({"name": "Test All Lines"})
        self.category.parent_id = line
        order = self._create_quotation(50.0, sales_region_id=self.region_north.id)

        for price, values in (
            (51.0, {}),
            (52.0, {"categ_id": line.id}),
            (53.0, {"categ_id": self.category.id}),
            (49.0, {"product_tmpl_id": self.product.product_tmpl_id.id}),
            (
                48.0,
                {
                    "product_tmpl_id": self.product.product_tmpl_id.id,
                    "product_id": self.product.id,
                },
            ),
        ):
            self._create_floor("price", lowest_price=price, **values)
            self.env.invalidate_all()
            with self.subTest(values=values):
                self.assertEqual(order.order_line.sales_floor_price, price)

    def test_among_floors_of_a_product_region_channel_and_campaign_decide(self):
        order = self._create_quotation(
            50.0,
            sales_region_id=self.region_north.id,
            sales_channel_id=self.channel_shop.id,
        )
        today = fields.Date.today()
        for price, values in (
            (51.0, {}),
            (40.0, {"date_to": today}),
            (52.0, {"channel_id": self.channel_direct.id}),
            (42.0, {"channel_id": self.channel_shop.id}),
            (53.0, {"region_id": self.region_world.id}),
            (43.0, {"region_id": self.region_north.id}),
            (54.0, {"region_id": self.region_north.id, "date_to": today}),
        ):
            self._create_floor("price", lowest_price=price, **values)
            self.env.invalidate_all()
            with self.subTest(values=values):
                self.assertEqual(order.order_line.sales_floor_price, price)
        for values in (
            {"region_id": self.region_south.id},
            {"channel_id": self.channel_agent.id},
            {"date_from": today + timedelta(days=1)},
            {"date_to": today - timedelta(days=1)},
            {"product_tmpl_id": self.other.product_tmpl_id.id},
            {"active": False},
        ):
            self._create_floor("price", lowest_price=99.0, **values)
            self.env.invalidate_all()
            with self.subTest(values=values):
                self.assertEqual(order.order_line.sales_floor_price, 54.0)

    def test_of_several_that_are_alike_the_highest_counts(self):
        self._create_floor()
        self._create_floor("price", lowest_price=80.0)
        self._create_floor("discount", largest_discount=10.0)
        order = self._create_quotation(100.0)
        self.assertEqual(order.order_line.sales_floor_price, 90.0)

    def test_floors_of_another_company_do_not_count(self):
        company = self._create_company(name="Test Elsewhere")
        self._create_floor(
            "price", lowest_price=500.0, company_id=company.id, date_from=False
        )
        self.assertEqual(self._get_below(self._create_quotation(1.0)), [])

    def test_a_product_that_moves_to_another_line_takes_its_floor(self):
        line = self.env["product.category"].create({"name": "Test Dear"})
        self._create_floor("price", lowest_price=99.0, categ_id=line.id)
        order = self._create_quotation(90.0)
        self.assertEqual(self._get_below(order), [])
        self.product.categ_id = line
        self.assertEqual(self._get_below(order), [90.0])
        self.product.categ_id = self.category
        self.assertEqual(self._get_below(order), [])
        self.category.parent_id = line
        self.assertEqual(self._get_below(order), [90.0])

    # What is compared

    def test_a_lower_unit_price_is_a_discount_too(self):
        self._create_floor("discount", largest_discount=10.0)
        self.assertEqual(self._get_below(self._create_quotation(90.0)), [])
        self.assertEqual(self._get_below(self._create_quotation(89.0)), [89.0])
        dear = self._create_quotation()
        dear.order_line = [self._line(120.0, discount=20)]
        self.assertEqual(self._get_below(dear), [96.0])

    def test_a_variant_that_costs_more_has_more_to_lose(self):
        """A sales price of 100.00 and 20.00 for the variant, 10 % off: 108.00."""
        for create_variant in ("always", "no_variant"):
            attribute = self.env["product.attribute"].create(
                {
                    "name": f"Test Size {create_variant}",
                    "create_variant": create_variant,
                    "value_ids": [
                        Command.create({"name": name}) for name in ("S", "L")
                    ],
                }
            )
            template = self.env["product.template"].create(
                {
                    "name": f"Test {create_variant}",
                    "list_price": 100.0,
                    "categ_id": self.category.id,
                    "attribute_line_ids": [
                        Command.create(
                            {
                                "attribute_id": attribute.id,
                                "value_ids": [Command.set(attribute.value_ids.ids)],
                            }
                        )
                    ],
                }
            )
            values = template.attribute_line_ids.product_template_value_ids
            self._create_floor(
                "discount", largest_discount=10.0, product_tmpl_id=template.id
            )
            option = {}
            if create_variant == "no_variant":
                option["product_no_variant_attribute_value_ids"] = [
                    Command.set(values[1].ids)
                ]
            order = self._create_quotation()
            order.order_line = [
                self._line(108.0, product=template.product_variant_ids[-1], **option)
            ]
            self.assertEqual(self._get_below(order), [])
            values[1].price_extra = 20.0
            self.assertEqual(self._get_below(order), [])
            order.order_line.price_unit = 107.0
            held = [("id", "=", order.id), ("is_price_held", "=", True)]
            with self.subTest(create_variant=create_variant):
                self.assertEqual(self._get_below(order), [107.0])
                self.assertEqual(self.env["sale.order"].search(held), order)

    def test_sales_prices_are_in_the_currency_of_the_main_company(self):
        """100.00 of the main company are 4,000.00 here: 10 % off are 3,600.00."""
        company = self._create_company(name="Test Abroad")
        company.currency_id = self._enable_currency("TWD")
        main = self.env["res.company"]._get_main_company()
        self.assertNotEqual(company.currency_id, main.currency_id)
        rate = self.env["res.currency.rate"].create(
            {
                "name": "2026-01-01",
                "currency_id": main.currency_id.id,
                "company_id": company.id,
                "rate": 1 / 40,
            }
        )
        self._create_floor(
            "discount", largest_discount=10.0, company_id=company.id, date_from=False
        )
        orders = self.env["sale.order"]
        for price in (3_600.0, 3_599.0):
            order = self._create_quotation(
                price, company_id=company.id, team_id=False, pricelist_id=False
            )
            self.assertEqual(order.currency_id, company.currency_id)
            orders |= order
        self.assertEqual(self._get_below(orders), [3_599.0])
        held = (
            self.env["sale.order"]
            .with_context(allowed_company_ids=company.ids)
            .search([("id", "in", orders.ids), ("is_price_held", "=", True)])
        )
        self.assertEqual(held, orders[1])
        rate.rate = 1 / 50
        self.assertEqual(self._get_below(orders), [3_600.0, 3_599.0])

    def test_a_negative_line_by_hand_is_a_discount_on_the_order(self):
        self._create_floor()
        order = self._create_quotation(100.0)
        order.order_line = [self._line(-20.0, product=self.service)]
        self.assertEqual(self._get_below(order), [80.0])

    def test_what_is_given_away_entirely_is_below_its_floor(self):
        self._create_floor()
        order = self._create_quotation()
        order.order_line = [self._line(100.0, discount=100)]
        self.assertEqual(self._get_below(order), [0.0])

    def test_a_price_that_is_only_offered_is_checked_as_one_unit(self):
        self._create_floor()
        order = self._create_quotation(100.0)
        order.order_line = [self._line(80.0, product_uom_qty=0)]
        self.assertEqual(self._get_below(order), [80.0])

    def test_taxes_in_a_price_that_is_only_offered_do_not_count(self):
        tax = self.env["account.tax"].create(
            {
                "name": "Test 5 % included",
                "amount": 5,
                "price_include_override": "tax_included",
                "company_id": self.company.id,
            }
        )
        self._create_floor("price", lowest_price=90.0)
        order = self._create_quotation(100.0)
        order.order_line = [
            self._line(94.4, product_uom_qty=0, tax_ids=[Command.set(tax.ids)])
        ]
        self.assertEqual(self._get_below(order), [89.9])
        domain = [("id", "=", order.id), ("is_price_held", "=", True)]
        self.assertEqual(self.env["sale.order"].search(domain), order)
        order.order_line[1].price_unit = 94.5
        self.assertEqual(self._get_below(order), [])
        self.assertFalse(self.env["sale.order"].search(domain))

    def test_notes_have_no_price(self):
        self._create_floor("price", lowest_price=90.0)
        order = self._create_quotation(100.0)
        order.order_line = [
            Command.create({"display_type": "line_note", "name": "Note"})
        ]
        self.assertEqual(self._get_below(order), [])

    def test_a_flag_is_no_way_round_the_floor(self):
        self._create_floor("price", lowest_price=90.0)
        for flag in ("is_downpayment", "is_expense"):
            order = self._create_quotation(100.0)
            order.order_line = [self._line(1.0, **{flag: True})]
            with self.subTest(flag=flag):
                self.assertEqual(self._get_below(order), [1.0])
        order = self._create_quotation(100.0)
        order.order_line = [
            Command.create(
                {
                    "name": "Down payment",
                    "is_downpayment": True,
                    "product_uom_qty": 1,
                    "price_unit": -50.0,
                }
            )
        ]
        self.assertEqual(self._get_below(order), [50.0])

    def test_expenses_are_invoiced_again_at_their_own_price(self):
        self._create_floor("price", lowest_price=90.0)
        self.service.expense_policy = "cost"
        order = self._create_quotation(100.0)
        order.action_confirm()
        order.order_line = [self._line(1.0, product=self.service, is_expense=True)]
        order.order_line = [self._line(-50.0, product=self.service, is_expense=True)]
        self.assertEqual(len(order.order_line), 3)

    def test_a_product_without_cost_keeps_to_any_margin(self):
        self.product.standard_price = 0.0
        self._create_floor()
        self.assertEqual(self._get_below(self._create_quotation(1.0)), [])

    def test_half_a_cent_does_not_show(self):
        """A cost of 70.00 and a margin of 30.01 % make a floor of 100.0143."""
        self._create_floor(least_margin=30.01)
        self.assertEqual(self._get_below(self._create_quotation(100.01)), [])
        self.assertEqual(self._get_below(self._create_quotation(100.0)), [100.0])

    def test_sql_finds_what_the_gate_finds(self):
        orders = self.env["sale.order"]
        for number in range(40):
            order = self._create_quotation(
                80.0 + number / 2,
                sales_region_id=number % 2 and self.region_north.id,
            )
            order.order_line = [
                self._line(100.0 - number / 5, product=self.other, product_uom_qty=3)
            ]
            if number % 4 == 0:
                order.order_line = [self._line(-float(number), product=self.service)]
            if number % 3:
                order.action_quotation_sent()
            orders |= order
        orders[5].order_line[0].product_uom_id = self.env.ref("uom.product_uom_dozen")
        self._create_floor(categ_id=self.category.id)
        self._create_floor(
            "discount",
            largest_discount=5.0,
            product_tmpl_id=self.other.product_tmpl_id.id,
            region_id=self.region_world.id,
        )
        held = orders._filter_price_held()
        self.assertTrue(held)
        self.assertTrue(orders - held)
        for is_held, expected in ((True, held), (False, orders - held)):
            domain = [("id", "in", orders.ids), ("is_price_held", "=", is_held)]
            self.assertEqual(set(self.env["sale.order"].search(domain)), set(expected))
