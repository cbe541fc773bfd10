# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from datetime import date
from inspect import getmodule

from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period

from ..engine.findings import Window
from .finding_common import FindingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesFinding(FindingCommon):
    def test_examples(self):
        self.assertFalse(doctest.testmod(getmodule(Window)).failed)

    # ------------------------------------------------------------------
    # Problems
    # ------------------------------------------------------------------

    def test_two_months_behind_target_are_slow(self):
        """100 expected a month: 85 and 88 lack 27, 9 % of the company's gap."""
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        finding = self._find_slow()
        self.assertRecordValues(
            finding,
            [
                {
                    "region_id": self.region_north.id,
                    "categ_id": self.category.id,
                    "channel_id": False,
                    "basis": "target",
                    "kind": "problem",
                    "actual": 173,
                    "expected": 200,
                    "money": 27,
                    "company_gap": 300,
                    "date_from": date(2026, 8, 1),
                    "date_to": date(2026, 9, 30),
                }
            ],
        )
        self.assertAlmostEqual(finding.deviation, -13.5)
        self.assertIn("13.5 % behind target", finding.explanation)
        self.assertIn("Test North", finding.display_name)

    def test_one_month_within_ten_percent_is_not_slow(self):
        self._sell(self.region_north, 85, 95)
        self._promise(of_company=180 + 300)
        self.assertFalse(self._find_slow())

    def test_a_small_part_of_the_gap_is_not_slow(self):
        """27 of 700 is less than 5 %."""
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 700)
        self.assertFalse(self._find_slow())

    def test_any_gap_counts_where_the_company_has_none(self):
        self._sell(self.region_north, 85, 88)
        self._sell(self.region_south, 5000, 5000)
        self._promise(of_company=300)
        self.assertEqual(self._find_slow().region_id, self.region_north)

    def test_ten_percent_less_is_slow(self):
        self._sell(self.region_north, 90, 90)
        self._promise(of_company=200)
        self.assertEqual(self._find_slow().money, 20)

    def test_a_month_without_sales_is_slow(self):
        self._sell(self.region_north, 85, 0)
        self._promise(of_company=300)
        self.assertEqual(self._find_slow().actual, 85)

    def test_a_target_without_any_sales_is_slow(self):
        self._promise(of_company=300)
        self.assertEqual(self._find_slow().money, 200)

    def test_the_month_that_runs_is_left_out(self):
        self._sell(self.region_north, 85, 88)
        self._promise(of_company=173 + 300)
        self._create_history(
            (
                date(2026, 10, 2),
                9000,
                {"region_id": self.region_north.id, "categ_id": self.category.id},
            )
        )
        self.assertEqual(self._find_slow().actual, 173)

    def test_without_target_last_year_and_growth_of_the_company_are_expected(self):
        """The company grew by 20 %: 120 are expected of North."""
        for region, before, now in (
            (self.region_north, 100, 80),
            (self.region_south, 100, 160),
        ):
            self._sell(region, before, before, year=2025)
            self._sell(region, now, now)
        slow = self._find_slow()
        self.assertRecordValues(
            slow,
            [
                {
                    "region_id": self.region_north.id,
                    "basis": "last_year",
                    "expected": 240,
                    "actual": 160,
                    "last_year": 200,
                    "money": 80,
                    "company_gap": 0,
                }
            ],
        )
        self.assertIn("behind last year and growth", slow.explanation)

    def test_what_is_new_has_no_expectation(self):
        self._sell(self.region_south, 100, 100, year=2025)
        self._sell(self.region_south, 100, 100)
        self._sell(self.region_north, 10, 10)
        self.assertFalse(self._find())

    def test_a_negative_last_year_expects_nothing(self):
        self._sell(self.region_south, 200, 200, year=2025)
        self._sell(self.region_south, 200, 200)
        self._sell(self.region_north, -50, -50, year=2025)
        self._sell(self.region_north, -90, -90)
        self.assertFalse(self._find_slow())

    def test_of_places_within_each_other_the_one_that_explains_it_is_listed(self):
        """The line is slow in North, and so in World, for North alone."""
        other = self.env["product.category"].create(
            {"name": "Test Part", "parent_id": self.category.id}
        )
        self._sell(self.region_north, 100, 100, year=2025, categ_id=other.id)
        self._sell(self.region_south, 100, 100, year=2025)
        self._sell(self.region_north, 50, 50, categ_id=other.id)
        self._sell(self.region_south, 120, 120)
        # The company fell by 15 %: 85 a month are expected.
        slow = self._find_slow()
        self.assertEqual(slow.region_id, self.region_north)
        self.assertEqual(slow.categ_id, other)

    def test_channels_and_customer_classes_are_places(self):
        chain, shop = self.env["sales.customer.class"].create(
            [{"name": "Test Chain"}, {"name": "Test Shop"}]
        )
        self.customer_north.sales_class_id = chain
        self.customer_south.sales_class_id = shop
        for partner, channel, now in (
            (self.customer_north, self.channel_agent, 50),
            (self.customer_south, self.channel_shop, 150),
        ):
            values = {"partner_id": partner.id, "channel_id": channel.id}
            nowhere = self.env["sales.region"]
            self._sell(nowhere, 100, 100, year=2025, categ_id=False, **values)
            self._sell(nowhere, now, now, categ_id=False, **values)
        slow = self._find_slow()
        self.assertIn(self.channel_agent, slow.channel_id)
        self.assertEqual(slow.class_id, chain)
        self.assertEqual(set(slow.mapped("money")), {100})

    # ------------------------------------------------------------------
    # Openings
    # ------------------------------------------------------------------

    def test_fifteen_points_more_than_the_company_is_an_opening(self):
        for now, expected in ((139, 0), (145, 1)):
            with self.subTest(now=now):
                self.env["sales.history.line"].search([]).unlink()
                self._sell(self.region_north, 100, 100, year=2025)
                self._sell(self.region_south, 100, 100, year=2025)
                self._sell(self.region_north, now, now)
                self._sell(self.region_south, 115, 115)
                growth = self._find().filtered(lambda one: one.cause == "growth")
                self.assertEqual(len(growth), expected)
        self.assertAlmostEqual(growth.growth, 45)
        self.assertAlmostEqual(growth.company_growth, 30)
        self.assertAlmostEqual(growth.money, 290 - 260)
        self.assertEqual(
            (growth.kind, growth.region_id), ("opening", self.region_north)
        )

    def test_a_share_of_wallet_below_that_of_most_peers_is_an_opening(self):
        """Of a potential of 1,000 each: 100, 400, 500 and 600."""
        classes = self.env["sales.customer.class"].create(
            [{"name": f"Test Class {number}"} for number in range(4)]
        )
        for class_, bought in zip(classes, (100, 400, 500, 600), strict=True):
            partner = self.env["res.partner"].create(
                {"name": class_.name, "is_company": True, "sales_class_id": class_.id}
            )
            self.env["sales.customer.file"].create(
                {"partner_id": partner.id, "potential_amount": 1000}
            )
            self._create_history((date(2026, 3, 5), bought, {"partner_id": partner.id}))
        finding = self._find()
        self.assertEqual((finding.cause, finding.class_id), ("wallet", classes[0]))
        self.assertAlmostEqual(finding.share, 10)
        self.assertAlmostEqual(finding.peer_share, 45)
        # 35 % of 1,000 in a year
        self.assertAlmostEqual(finding.money, 350 / 6, 2)
        self.assertEqual(finding.basis, "peers")

    def test_three_peers_have_no_quartile(self):
        classes = self.env["sales.customer.class"].create(
            [{"name": f"Test Class {number}"} for number in range(3)]
        )
        for class_ in classes:
            partner = self.env["res.partner"].create(
                {"name": class_.name, "sales_class_id": class_.id}
            )
            self.env["sales.customer.file"].create(
                {"partner_id": partner.id, "potential_amount": 10 * class_.id}
            )
        self.assertFalse(self._find())

    def test_the_share_of_wallet_is_that_of_the_metric(self):
        """Four regions below a wider one, one of them with a part of its own."""
        regions = self.env["sales.region"].create(
            [
                {"name": f"Test Region {number}", "parent_id": self.region_world.id}
                for number in range(4)
            ]
        )
        part = self.env["sales.region"].create(
            {"name": "Test Part", "parent_id": regions[0].id}
        )
        for region, bought in zip(
            regions | part, (100, 400, 500, 600, 80), strict=True
        ):
            partner = self.env["res.partner"].create(
                {"name": region.name, "sales_region_id": region.id}
            )
            self.env["sales.customer.file"].create(
                {"partner_id": partner.id, "potential_amount": 1000}
            )
            self._create_history((date(2026, 3, 5), bought, {"partner_id": partner.id}))
            # invoices do not count
            self._create_history(
                (
                    date(2026, 3, 5),
                    9999,
                    {"partner_id": partner.id, "recorded_as": "invoice"},
                )
            )
        finding = self._find()
        self.assertEqual((finding.cause, finding.region_id), ("wallet", regions[0]))
        metric = self.env.ref("sales_efficiency_analytics.sales_metric_share_of_wallet")
        self.assertEqual(finding.metric_id, metric)
        # 180 of the 2,000 of the region and its part
        self.assertAlmostEqual(finding.share, 9)
        scope = finding._get_scope()
        year = Period(date(2025, 10, 1), finding.date_to)
        values = metric._evaluate([scope], [year])
        self.assertAlmostEqual(finding.share, values[metric.id, scope, year])
        figures = self.env["sales.fact"].search(finding.action_open_figures()["domain"])
        self.assertEqual(sum(figures.mapped("amount")), 180)
