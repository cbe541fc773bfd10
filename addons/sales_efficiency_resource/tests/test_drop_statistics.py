# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import math
from importlib import import_module
from random import Random

from odoo.tests import BaseCase, tagged

from ..engine.buying_drop import find_line, get_mid_p, is_testable, judge

SEED = 20260501


def draw_poisson(rng, mean):
    """Multiply uniform numbers until they fall below exp(−mean) (D. Knuth)."""
    limit, product, number = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        number += 1
    return number


def draw_customers(count=2_000):
    """Customers whose rates are gamma with shape 3 and mean 24 a year.

    :return: list of partner id, earlier orders, recent orders, amount, is watchable
    """
    rng = Random(SEED)
    customers = []
    for partner_id in range(count):
        rate = rng.gammavariate(3, 8)
        earlier, recent = draw_poisson(rng, rate), draw_poisson(rng, rate * 90 / 365)
        if earlier + recent:
            customers.append([partner_id, earlier, recent, 100.0, True])
    return customers


def get_share(customers):
    recent = sum(row[2] for row in customers)
    return recent / sum(row[1] + row[2] for row in customers)


@tagged("post_install", "-at_install")
class TestDropStatistics(BaseCase):
    """The test alone, without a database."""

    def test_the_examples_in_the_texts(self):
        engine = "odoo.addons.sales_efficiency_resource.engine"
        for module in (
            "buying_drop.drop_statistics",
            "customer_retention",
            "scorecard_points",
        ):
            results = doctest.testmod(import_module(f"{engine}.{module}"))
            self.assertGreater(results.attempted, 0)
            self.assertEqual(results.failed, 0, module)

    def test_the_probability_of_few_orders(self):
        for earlier, recent, share, probability in (
            (16, 0, 0.25, 0.00501),
            (15, 1, 0.25, 0.03675),
            (16, 0, 0.15, 0.03713),
        ):
            found = get_mid_p(earlier + recent, recent, share)
            self.assertAlmostEqual(found, probability, 5)

    def test_it_is_that_of_exact_fractions(self):
        for orders, share in ((1, 0.3), (12, 0.25), (40, 0.9), (400, 0.02)):
            for recent in range(orders + 1):
                terms = [
                    math.comb(orders, k) * share**k * (1 - share) ** (orders - k)
                    for k in range(recent + 1)
                ]
                exact = sum(terms) - terms[-1] / 2
                self.assertAlmostEqual(get_mid_p(orders, recent, share), exact, 12)

    def test_who_orders_too_seldom_is_not_tested(self):
        self.assertFalse(is_testable(10, 0.25))
        self.assertTrue(is_testable(11, 0.25))
        # (1 − p0)ⁿ = 5 %, of which floats make a bit more
        self.assertTrue(is_testable(1, 0.95))
        self.assertTrue(is_testable(2, 1 - math.sqrt(0.05)))

    def test_alerts_share_what_may_be_false(self):
        for probabilities, count in (
            ((0.03, 0.09, 0.11, 0.20, 0.60), 3),
            ((0.04, 0.05, 0.06, 0.07, 0.30), 4),
            ((0.20,), 1),
            ((0.2001,), 0),
            ((0.10, 0.20), 2),
        ):
            line = find_line(probabilities)
            self.assertEqual(sum(p <= line for p in probabilities), count)

    def test_the_line_is_drawn_over_all_tested(self):
        """Of few customers 15 % is significant, yet not watched; of many it is not."""
        late = [1, 8, 1, 900.0, True]
        [finding] = judge([late], 0.3)
        self.assertEqual((finding.is_tested, finding.state), (True, "alert"))
        self.assertGreater(finding.probability, 0.05)
        steady = [[number, 14, 6, 100.0, True] for number in range(2, 20)]
        finding = judge([late, *steady], 0.3)[0]
        self.assertEqual(finding.state, "none")

    def test_a_slight_drop_is_watched_at_most(self):
        """30 % below is enough, and 29 % is not."""
        for recent, state in ((70, "alert"), (71, "watched")):
            # Expected: 100 of 400
            finding = judge([[1, 400 - recent, recent, 100.0, True]], 0.25)[0]
            self.assertEqual(finding.expected, 100)
            self.assertEqual(finding.state, state)

    def test_money_at_risk(self):
        gone = judge([[1, 16, 0, 32_000.0, True]], 0.25)[0]
        self.assertEqual((gone.expected, gone.average, gone.at_risk), (4, 2000, 8000))
        more = judge([[1, 8, 8, 1_600.0, True]], 0.25)[0]
        self.assertEqual(more.at_risk, 0)
        returned = judge([[1, 16, 0, -1_600.0, True]], 0.25)[0]
        self.assertEqual(returned.at_risk, 0)

    def test_of_steady_customers_hardly_any_alarms(self):
        customers = draw_customers()
        findings = judge(customers, get_share(customers))
        alerts = sum(finding.state == "alert" for finding in findings)
        self.assertGreater(sum(finding.is_tested for finding in findings), 1_000)
        self.assertLessEqual(alerts, 0.005 * len(customers))

    def test_a_rule_of_thumb_alarms_for_every_fifth(self):
        """Silence of 1.5 times the mean interval is what add-ons warn about."""
        rng = Random(SEED)
        silences = [rng.expovariate(1) for _customer in range(2_000)]
        share = sum(silence > 1.5 for silence in silences) / len(silences)
        self.assertAlmostEqual(share, 0.22, 1)

    def test_of_those_who_stopped_most_are_found(self):
        customers = draw_customers()
        stopped = {row[0] for row in Random(SEED).sample(customers, 100)}
        for row in customers:
            if row[0] in stopped:
                row[2] = 0
        customers = [row for row in customers if row[1] + row[2]]
        findings = judge(customers, get_share(customers))
        alerts = {f.partner_id for f in findings if f.state == "alert"}
        frequent = {row[0] for row in customers if row[1] >= 20} & stopped
        self.assertGreater(len(frequent), 40)
        self.assertGreaterEqual(len(alerts & frequent) / len(frequent), 0.70)
        self.assertLessEqual(len(alerts - stopped) / len(alerts), 0.25)
