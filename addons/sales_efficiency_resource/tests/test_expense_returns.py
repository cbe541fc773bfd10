# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest

from odoo.tests import BaseCase, tagged

from odoo.addons.sales_efficiency_base.tools import get_roas, get_roi

from ..engine.expense import Marginal, campaign_figures, returns


@tagged("post_install", "-at_install")
class TestExpenseReturns(BaseCase):
    """What spending returns, without a database."""

    def test_examples_of_the_formulas(self):
        for module in (returns, campaign_figures):
            results = doctest.testmod(module)
            self.assertTrue(results.attempted)
            self.assertFalse(results.failed, module.__name__)

    def test_cost_20000_margin_50000_sales_200000(self):
        self.assertEqual(get_roi(50_000, 20_000), 150)
        self.assertEqual(get_roas(200_000, 20_000), 10)

    def test_without_cost_there_is_no_value(self):
        self.assertIsNone(get_roi(50_000, 0))
        self.assertIsNone(get_roas(200_000, 0))

    def test_spending_100000_to_120000_margin_1000000_to_1030000(self):
        moved = Marginal(100_000, 120_000, 1_000_000, 1_030_000)
        self.assertEqual(moved.value, 1.5)

    def test_exactly_a_tenth_counts_and_less_does_not(self):
        self.assertIsNone(Marginal(100, 110, 5, 6).reason)
        self.assertIsNone(Marginal(33.3, 36.63, 5, 6).reason)
        self.assertIsNone(Marginal(100, 90, 5, 6).reason)
        self.assertEqual(Marginal(100, 109.99, 5, 6).reason, "little")
        self.assertIsNone(Marginal(100, 109.99, 5, 6).value)
