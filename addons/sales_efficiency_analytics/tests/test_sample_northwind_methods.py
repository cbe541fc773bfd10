# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import ROUND_HALF_UP, Decimal

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.sample_common import (
    get_sample_folder,
    read_rows,
)

from ..engine.methods import correlation, descriptive, regression, trend
from .method_common import MethodCase, to_data

CENT = Decimal("0.01")


@tagged("post_install", "-at_install")
class TestSampleNorthwindMethods(MethodCase):
    """830 real orders; figures of them were computed elsewhere.

    Lines are rounded to the cent, as those of orders are.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = get_sample_folder("northwind")
        orders = {}
        for row in read_rows(folder / "order_details.csv"):
            order = orders.setdefault(row["order_id"], [Decimal(0), 0, 0])
            net = Decimal(row["unit_price"]) * int(row["quantity"])
            net *= 1 - Decimal(row["discount"])
            order[0] += net.quantize(CENT, ROUND_HALF_UP)
            order[1] += 1
            order[2] += int(row["quantity"])
        columns = zip(*orders.values(), strict=True)
        cls.net, cls.lines, cls.quantity = ([float(v) for v in one] for one in columns)
        cls.labels = list(orders)
        cls.orders = {row["order_id"]: row for row in read_rows(folder / "orders.csv")}

    def add_up(self, key):
        """Return the net amount by a property of orders."""
        sums = {}
        for label, net in zip(self.labels, self.net, strict=True):
            sums.setdefault(key(self.orders[label]), []).append(net)
        return {name: sum(sums[name]) for name in sorted(sums)}

    def test_description(self):
        found = descriptive.run(to_data(self.labels, net=self.net), {}).columns["net"]
        self.assertEqual(found.n, 830)
        self.assertAlmostEqual(found.mean, 1525.0522, 4)
        self.assertAlmostEqual(found.median, 943.25)
        self.assertAlmostEqual(found.sd, 1845.1787, 4)
        self.assertAlmostEqual(found.quartile_1, 456.69, 2)
        self.assertAlmostEqual(found.quartile_3, 1882.2)

    def test_correlation(self):
        data = to_data(self.labels, net=self.net, quantity=self.quantity)
        [pair] = correlation.run(data, {}).pairs
        self.assertAlmostEqual(pair.pearson, 0.675529, 6)
        self.assertAlmostEqual(pair.low, 0.636750, 6)
        self.assertAlmostEqual(pair.high, 0.710898, 6)
        self.assertAlmostEqual(pair.spearman, 0.841089, 6)

    def test_regression(self):
        data = to_data(
            self.labels, net=self.net, lines=self.lines, quantity=self.quantity
        )
        found = regression.run(data, {})
        intercept, lines, quantity = found.coefficients
        self.assertAlmostEqual(intercept.value, 63.2415, 4)
        self.assertAlmostEqual(lines.value, -33.0341, 4)
        self.assertAlmostEqual(quantity.value, 25.0305, 4)
        self.assertAlmostEqual(found.r2, 0.456739, 6)
        self.assertAlmostEqual(lines.vif, 1.4155, 4)
        self.assertAlmostEqual(lines.p, 0.4355, 4)

    def test_customers(self):
        sums = self.add_up(lambda order: order["customer_id"])
        data = to_data(list(sums), net=list(sums.values()))
        found = descriptive.run(data, {}).columns["net"]
        self.assertEqual(found.n, 89)
        self.assertEqual(found.concentration.rows_to_threshold, 34)
        self.assertAlmostEqual(found.gini, 0.575454, 6)

    def test_trend(self):
        """May 1998 is unfinished: who asks leaves it out."""
        sums = self.add_up(lambda order: order["order_date"][:7])
        del sums["1998-05"]
        found = trend.run(to_data(list(sums), net=list(sums.values())), {})
        self.assertEqual((found.n, found.first, found.last), (22, "1996-07", "1998-04"))
        self.assertAlmostEqual(found.ols.slope, 3456.33, 2)
        self.assertAlmostEqual(found.theil_sen.slope, 3217.94, 2)
        self.assertAlmostEqual(found.kendall, 0.688312, 6)
        self.assertEqual(found.no_indices, "too_short")
