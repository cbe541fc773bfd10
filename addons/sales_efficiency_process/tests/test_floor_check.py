# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from datetime import date

from odoo.tests import BaseCase, tagged

from ..engine.price import FloorCheck, FloorIndex, coverage, spreading
from ..engine.price.floor_index import Floor
from ..engine.price.line_values import LineValues, OrderValues

DOZEN, UNIT = 2, 1
ALL = ("all", 0)


@tagged("-at_install", "post_install")
class TestFloorCheck(BaseCase):
    """The comparison itself, without a database (policy 3.3.1)."""

    order = OrderValues(1, 1, 1.0, 1.0, 0.01, None, None, date(2026, 10, 15))

    def _get_checks(self, floors, *lines, order=None):
        index = FloorIndex(floors, {5: (5, 4)}, {}, {}, {UNIT: 1.0, DOZEN: 12.0})
        return list(FloorCheck(index).check(order or self.order, lines))

    def _floor(self, basis, value, place=ALL, **values):
        ends = {"date_from": None, "date_to": None, "is_limited": False}
        floor = Floor(1, basis, value, None, None, **ends)
        return place, floor._replace(**values)

    def _line(self, amount, **values):
        line = LineValues(
            line_id=1,
            product_id=1,
            template_id=10,
            categ_id=5,
            quantity=1.0,
            uom_id=UNIT,
            product_uom_id=UNIT,
            price_unit=amount,
            discount=0.0,
            amount=amount,
            unit_cost=0.0,
            list_price=0.0,
            extra_price=0.0,
            is_shared=True,
            is_reward=False,
            is_checked=True,
        )
        return line._replace(**values)

    def test_the_examples_in_the_code_are_true(self):
        for module in (coverage, spreading):
            with self.subTest(module.__name__):
                result = doctest.testmod(module)
                self.assertTrue(result.attempted)
                self.assertFalse(result.failed)

    def test_a_dozen_in_another_currency(self):
        floors = [self._floor("margin", 20.0)]
        euro = self.order._replace(rate=0.92)
        for amount, is_below in ((938.40, True), (966.00, False)):
            line = self._line(amount, uom_id=DOZEN, price_unit=1104.0, unit_cost=840.0)
            [check] = self._get_checks(floors, line, order=euro)
            with self.subTest(amount=amount):
                self.assertEqual(check.is_below, is_below)
                self.assertAlmostEqual(check.floor_amount / 12 / 0.92, 87.5)
        self.assertAlmostEqual(line.amount / 12 / 0.92, 87.5)

    def test_a_free_product_of_a_reward_is_a_discount_on_all(self):
        """Nine at 100.00 and one for nothing are ten at 90.00."""
        lines = (
            self._line(900.0, quantity=9.0, price_unit=100.0, list_price=100.0),
            self._line(
                0.0, price_unit=100.0, discount=100.0, list_price=100.0, is_reward=True
            ),
        )
        for largest, is_below in ((10.0, False), (9.9, True)):
            checks = self._get_checks([self._floor("discount", largest)], *lines)
            with self.subTest(largest=largest):
                self.assertEqual([check.amount for check in checks], [810.0, 90.0])
                self.assertEqual({check.is_below for check in checks}, {is_below})

    def test_an_amount_that_rounds_to_nothing_is_no_way_round_a_discount(self):
        """99.99 % off 49.00 are 0.00, as are 0.4 units at 0.01."""
        floors = [self._floor("discount", 10.0)]
        for values, least in (
            ({"price_unit": 49.0, "discount": 99.99}, 44.1),
            ({"price_unit": 0.01, "quantity": 0.4}, 17.64),
        ):
            line = self._line(0.0, list_price=49.0, **values)
            [check] = self._get_checks(floors, line)
            with self.subTest(values=values):
                self.assertTrue(check.is_below)
                self.assertAlmostEqual(check.floor_amount, least)

    def test_what_is_taken_off_may_be_more_than_there_is(self):
        checks = self._get_checks(
            [self._floor("price", 1.0)], self._line(100.0), self._line(-150.0)
        )
        self.assertEqual([check.amount for check in checks], [-50.0])
        self.assertEqual(checks[0].shortfall, 100.0)

    def test_a_negative_price_of_goods_gives_them_away(self):
        floors = [self._floor("margin", 20.0)]
        goods = {"is_goods": True, "unit_cost": 70.0, "quantity": 10.0}
        for line in (
            self._line(-0.1, **{**goods, "price_unit": -0.01}),
            self._line(-0.1, **{**goods, "price_unit": 100.0, "discount": 100.01}),
            self._line(-0.1, **{**goods, "price_unit": -0.01, "is_reward": True}),
        ):
            for others in ((), (self._line(500.0, line_id=2),)):
                checks = self._get_checks(floors, line, *others)
                below = [check for check in checks if check.is_below]
                with self.subTest(line=line, others=others):
                    self.assertEqual([check.amount for check in below], [-0.1])
                    self.assertEqual(
                        [check.amount for check in checks if not check.is_below],
                        [other.amount for other in others],
                    )
        [check] = self._get_checks(
            floors,
            self._line(100.0, unit_cost=70.0),
            self._line(-20.0, unit_cost=60.0),  # a service
        )
        self.assertEqual(check.amount, 80.0)

    def test_a_negative_price_of_what_has_its_own_floor_gives_it_away(self):
        line = self._line(-0.01)
        for place, count in ((("template", 10), 1), (("category", 4), 1), (ALL, 0)):
            checks = self._get_checks([self._floor("price", 50.0, place)], line)
            with self.subTest(place=place):
                self.assertEqual(len(checks), count)

    def test_a_service_with_more_than_its_price_off_is_given_away(self):
        line = self._line(-0.01, price_unit=100.0, discount=100.01, unit_cost=60.0)
        [check] = self._get_checks([self._floor("margin", 20.0)], line)
        self.assertTrue(check.is_below)

    def test_goods_without_a_floor_or_a_cost_may_be_a_discount(self):
        lines = self._line(100.0), self._line(-20.0, is_goods=True, product_id=2)
        for floor in (
            self._floor("margin", 20.0),
            self._floor("price", 10.0, ("product", 1)),
        ):
            [check] = self._get_checks([floor], *lines)
            self.assertEqual(check.amount, 80.0)

    def test_goods_that_are_offered_for_nothing_are_below_their_floor(self):
        goods = {"is_goods": True, "unit_cost": 70.0, "quantity": 0.0}
        for price, discount in ((0.0, 0.0), (-5.0, 0.0), (100.0, 100.0)):
            line = self._line(
                price * (1 - discount / 100),
                **{**goods, "price_unit": price, "discount": discount},
            )
            [check] = self._get_checks([self._floor("margin", 20.0)], line)
            with self.subTest(price=price):
                self.assertTrue(check.is_below and check.is_offered)

    def test_what_rounds_to_nothing_is_a_discount_too(self):
        for price, discount, quantity, list_price in (
            (0.0000004, 0.0, 10_000.0, 100.0),
            (0.004, 0.0, 1.0, 100.0),
            (30.0, 99.99, 1.0, 30.0),
        ):
            line = self._line(
                0.0,
                price_unit=price,
                discount=discount,
                quantity=quantity,
                list_price=list_price,
            )
            [check] = self._get_checks([self._floor("discount", 20.0)], line)
            with self.subTest(price=price):
                self.assertTrue(check.is_below)
                self.assertAlmostEqual(check.floor_amount, 0.8 * list_price * quantity)

    def test_another_tax_is_no_way_round_the_largest_discount(self):
        """100.00 with 5 % included are 95.24, or 100.00 if the product knows no tax."""
        floors = [self._floor("discount", 20.0)]
        line = self._line(76.19, price_unit=80.0, list_price=100.0)
        for untaxed, floor in ((None, 76.19), (1 / 1.05, 76.19), (1.0, 80.0)):
            [check] = self._get_checks(floors, line._replace(untaxed=untaxed))
            with self.subTest(untaxed=untaxed):
                self.assertAlmostEqual(check.floor_amount, floor, 2)
                self.assertEqual(check.is_below, floor == 80.0)
        self.assertTrue(line.has_taxes_included)
        self.assertFalse(self._line(80.0).has_taxes_included)

    def test_parts_add_up_to_the_whole(self):
        amounts = [33.33] * 7 + [0.01]
        left = spreading.spread(amounts, 50.0, 0.01)
        self.assertAlmostEqual(sum(left), sum(amounts) - 50.0)

    def test_a_product_line_above_counts_where_there_is_none_below(self):
        floors = [
            self._floor("price", 10.0),
            self._floor("price", 20.0, ("category", 4)),
        ]
        [check] = self._get_checks(floors, self._line(15.0))
        self.assertEqual(check.floor_amount, 20.0)
        [check] = self._get_checks(floors, self._line(15.0, categ_id=None))
        self.assertEqual(check.floor_amount, 10.0)

    def test_an_unknown_unit_counts_as_the_unit_of_the_product(self):
        [check] = self._get_checks(
            [self._floor("price", 10.0)], self._line(15.0, uom_id=None)
        )
        self.assertFalse(check.is_below)
