# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from random import Random

from odoo.tests import TransactionCase, tagged

from ..tools import allocate, allocation, arrays, bars, places, weights


@tagged("post_install", "-at_install")
class TestAllocation(TransactionCase):
    def test_examples_of_the_documentation_are_true(self):
        for module in (allocation, arrays, bars, places, weights):
            results = doctest.testmod(module)
            self.assertTrue(results.attempted)
            self.assertFalse(results.failed)

    def test_parts_add_up_and_stay_near_their_share(self):
        rng = Random("allocation")
        for _ in range(500):
            step = rng.choice([0.01, 0.001, 1, 1000])
            total = round(rng.uniform(0, 1e7) / step) * step
            weights = [rng.choice([0, rng.random(), 5]) for _ in range(12)]
            parts = allocate(total, weights, step)
            self.assertAlmostEqual(sum(parts), total, places=6)
            for part, weight in zip(parts, weights, strict=True):
                if sum(weights):
                    share = total * weight / sum(weights)
                    self.assertLessEqual(abs(part - share), step * 1.000001)

    def test_a_larger_weight_never_gets_less(self):
        self.assertEqual(allocate(10, [3, 2, 2], 1), [4, 3, 3])
        self.assertEqual(allocate(0.02, [1, 1, 1], 0.01), [0.01, 0.01, 0])

    def test_a_negative_weight_is_refused(self):
        with self.assertRaisesRegex(ValueError, "cannot be negative"):
            allocate(1, [1, -1])
