# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from random import Random

from odoo.tests import BaseCase
from odoo.tools import float_round

from ..tools import round_all


class TestRounding(BaseCase):
    def test_many_values_are_rounded_as_odoo_rounds_one(self):
        random = Random(7)
        values = [0.0, -0.0, 2.675, -2.675, 0.5, 1.5, -2.5, 1.005, 1e-300, 1e9, -1e9]
        for _ in range(5000):
            value = random.uniform(-1, 1) * 10 ** random.randint(-8, 7)
            values += [value, round(value, 3) + 0.0005, random.randint(-999, 999) / 8]
        for digits in range(7):
            expected = [float_round(value, precision_digits=digits) for value in values]
            self.assertEqual(round_all(values, digits), expected, digits)
        self.assertEqual(round_all([None, 1.25], 1), [None, 1.3])
