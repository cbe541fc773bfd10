# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from fractions import Fraction
from random import Random

from odoo.tests import TransactionCase, tagged

from ..tools import Item, branches, decompose, variance


@tagged("post_install", "-at_install")
class TestVariance(TransactionCase):
    def test_examples_of_the_documentation_are_true(self):
        for module in (branches, variance):
            results = doctest.testmod(module)
            self.assertTrue(results.attempted)
            self.assertFalse(results.failed)

    def test_ninety_at_nine_instead_of_a_hundred_at_ten(self):
        [parts] = decompose({"all": Item(1000, 100, 810, 90)}).values()
        self.assertEqual((parts.volume, parts.mix, parts.price), (-100, 0, -90))

    def test_the_mix_moves_to_what_costs_less(self):
        # 10 at 100 and 10 at 50 become 5 and 15: equal quantity, at the same prices
        parts = decompose({"a": Item(1000, 10, 500, 5), "b": Item(500, 10, 750, 15)})
        self.assertEqual(sum(part.mix for part in parts.values()), -250)
        self.assertFalse(any(part.volume or part.price for part in parts.values()))

    def test_what_cannot_be_compared_is_said_to_be_so(self):
        parts = decompose(
            {
                "kept": Item(100, 10, 120, 10),
                "new": Item(0, 0, 70, 7),
                "gone": Item(80, 8, 0, 0),
                "only returned": Item(30, 3, -10, -1),
                "without quantity": Item(20, 0, 25, 0),
                "given away": Item(0, 5, 0, 5),
            }
        )
        self.assertEqual(parts["kept"].price, 20)
        self.assertEqual(parts["new"].new, 70)
        self.assertEqual(parts["gone"].discontinued, -80)
        self.assertEqual(parts["only returned"].other, -40)
        self.assertEqual(parts["without quantity"].other, 5)
        self.assertFalse(any(parts["given away"]))
        for key, part in parts.items():
            self.assertLessEqual(sum(map(bool, part)), 1, key)

    def test_parts_add_up_to_the_cent_whatever_is_sold(self):
        rng = Random("price, volume, mix")
        cents = Fraction(1, 100)
        for _ in range(300):
            items = {
                number: Item(
                    *(
                        rng.choice([0, round(rng.uniform(-50, 9e6), digits)])
                        for digits in (2, 3, 2, 3)
                    )
                )
                for number in range(rng.randint(1, 30))
            }
            parts = decompose(items)
            self.assertEqual(list(parts), list(items))
            for number, item in items.items():
                difference = Fraction(str(item.amount)) - Fraction(
                    str(item.amount_before)
                )
                total = sum(Fraction(str(part)) for part in parts[number])
                self.assertEqual(total, difference)
                self.assertTrue(
                    all(
                        (Fraction(str(p)) / cents).denominator == 1
                        for p in parts[number]
                    )
                )

    def test_volume_and_mix_are_those_of_the_totals(self):
        """The effects of the items add up to the formulas for the totals."""
        rng = Random("totals")
        for _ in range(100):
            items = {
                number: Item(
                    round(rng.uniform(1, 1000), 2),
                    rng.randint(1, 100),
                    round(rng.uniform(1, 1000), 2),
                    rng.randint(1, 100),
                )
                for number in range(20)
            }
            parts = decompose(items).values()
            rows = items.values()
            before = sum(item.quantity_before for item in rows)
            now = sum(item.quantity for item in rows)
            average = sum(item.amount_before for item in rows) / before
            at_old_prices = sum(
                item.quantity * item.amount_before / item.quantity_before
                for item in rows
            )
            actual = sum(item.amount for item in rows)
            for name, expected in (
                ("volume", (now - before) * average),
                ("mix", at_old_prices - now * average),
                ("price", actual - at_old_prices),
            ):
                total = sum(getattr(part, name) for part in parts)
                # each of the 20 items is rounded to the cent
                self.assertAlmostEqual(total, expected, delta=0.2)

    def test_money_without_cents_is_split_without_cents(self):
        parts = decompose({"a": Item(1000, 3, 1100, 4), "b": Item(500, 3, 400, 2)}, 1.0)
        for part in parts.values():
            self.assertTrue(all(value.is_integer() for value in part))
        self.assertEqual(sum(sum(part) for part in parts.values()), 0)
