# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import ExitStack
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period

from .market_common import NOON, YEAR, MarketCommon

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestSalesMarketSize(MarketCommon):
    """How large the market is, and what of it is ours (policy 3.1.1)."""

    # Market share

    def test_1200000_of_12000000_are_10_percent(self):
        self._size(12_000_000)
        self._sell_history(1_200_000)
        self.assertEqual(self._ask("market_share"), 10)

    def test_45_of_a_market_of_360_are_12_5_percent(self):
        self._size(360, region_id=self.region_north.id)
        self._sell_history(45, region_id=self.region_north.id)
        share = self._ask("market_share", region_id=self.region_north.id)
        self.assertEqual(share, 12.5)

    def test_an_unknown_market_has_no_share(self):
        self._sell_history(1_200_000, region_id=self.region_north.id)
        self.assertIsNone(self._ask("market_share"))
        self._size(360, region_id=self.region_north.id)
        self.assertIsNone(self._ask("market_share", region_id=self.region_south.id))
        self.assertIsNone(self._ask("market_share", YEAR.previous_year()))
        self.assertIsNone(self._ask("market_share", user_id=self.salesperson.id))

    def test_regions_and_lines_add_up_from_below(self):
        line = self.env["product.category"].create(
            {"name": "Test Part", "parent_id": self.category.id}
        )
        for region, part, amount in (
            (self.region_north, self.category, 300),
            (self.region_south, line, 100),
        ):
            self._size(amount, region_id=region.id, categ_id=part.id)
        for amount, dimensions in (
            (400, {}),
            (400, {"region_id": self.region_world.id}),
            (300, {"region_id": self.region_north.id}),
            (400, {"categ_id": self.category.id}),
            (100, {"categ_id": line.id}),
            (100, {"categ_id": line.id, "region_id": self.region_world.id}),
            (0, {"categ_id": line.id, "region_id": self.region_north.id}),
        ):
            with self.subTest(**dimensions):
                self.assertEqual(self._ask("market_size", **dimensions), amount)

    def test_a_market_is_spread_over_its_months(self):
        self._size(12_000_000)
        self._sell_history(100_000, date="2026-03-10")
        self.assertEqual(self._ask("market_size", MARCH), 1_000_000)
        self.assertEqual(self._ask("market_share", MARCH), 10)

    def test_parts_add_up_to_the_cent(self):
        for amount, first, last, parts in (
            (100, "2026-01-01", "2026-03-31", [33.33, 33.34, 33.33]),
            # Half of April, all of May
            (90, "2026-04-16", "2026-05-31", [30, 60]),
            (0.02, "2026-06-01", "2026-08-31", [0.01, 0, 0.01]),
            (7, "2026-09-09", "2026-09-09", [7]),
        ):
            size = self._size(amount, date_from=first, date_to=last)
            facts = self._facts(size)
            with self.subTest(amount=amount):
                self.assertEqual(
                    [round(fact.amount, 2) for fact in facts], [*map(float, parts)]
                )
                self.assertEqual(facts[0].date, size.date_from)
        self.assertEqual(
            self._facts(size).mapped("event"), ["market_size"], "the event"
        )

    def test_figures_follow_a_change(self):
        size = self._size(1200)
        self.assertEqual(self._ask("market_size"), 1200)
        size.write({"amount": 600, "region_id": self.region_north.id})
        self.assertEqual(self._ask("market_size"), 600)
        self.assertEqual(self._ask("market_size", region_id=self.region_south.id), 0)
        size.unlink()
        self.assertEqual(self._ask("market_size"), 0)

    # Overlaps

    def _refuse(self, message="overlaps with"):
        """Expect a message, and that nothing is left of what was tried."""
        stack = ExitStack()
        stack.enter_context(self.assertRaisesRegex(ValidationError, message))
        stack.enter_context(self.env.cr.savepoint())
        return stack

    def _assert_overlap(self, **values):
        with self._refuse():
            self._size(1, **values)

    def test_sizes_that_lie_in_each_other_are_refused(self):
        line = self.env["product.category"].create(
            {"name": "Test Part", "parent_id": self.category.id}
        )
        self._size(100, region_id=self.region_north.id, categ_id=line.id)
        for values in (
            {"region_id": self.region_north.id, "categ_id": line.id},
            {"region_id": self.region_world.id, "categ_id": line.id},
            {"region_id": self.region_north.id, "categ_id": self.category.id},
            {"region_id": self.region_world.id, "categ_id": self.category.id},
            {"region_id": self.region_north.id},
            {"categ_id": line.id},
            {},
            {"date_from": "2026-12-31", "date_to": "2027-12-31"},
        ):
            with self.subTest(**values):
                self._assert_overlap(**values)

    def test_sizes_beside_each_other_are_fine(self):
        other = self.env["product.category"].create({"name": "Test Other Line"})
        company = self.env["res.company"].create({"name": "Other"})
        self._size(100, region_id=self.region_north.id, categ_id=self.category.id)
        self._size(100, region_id=self.region_south.id, categ_id=self.category.id)
        self._size(100, region_id=self.region_world.id, categ_id=other.id)
        self._size(100, date_from="2027-01-01", date_to="2027-12-31")
        self._size(100, company_id=company.id)

    def test_a_longer_period_is_refused_too(self):
        first = self._size(100, date_to="2026-06-30")
        self._size(100, date_from="2026-07-01")
        with self._refuse():
            first.date_to = date(2026, 7, 1)

    def test_places_do_not_move_into_a_market_that_is_counted(self):
        regions = self.env["sales.region"]
        island = regions.create({"name": "Test Island"})
        land = regions.create({"name": "Test Land"})
        for region in island | land:
            self._size(100, region_id=region.id)
        with self._refuse():
            island.parent_id = land
        line = self.env["product.category"].create({"name": "Test Other Line"})
        north = {"region_id": self.region_south.id}
        self._size(100, categ_id=line.id, **north)
        self._size(100, categ_id=self.category.id, **north)
        with self._refuse():
            line.parent_id = self.category

    def test_two_sizes_in_one_request_are_compared_too(self):
        values = {
            "company_id": self.company.id,
            "date_from": "2026-01-01",
            "date_to": "2026-12-31",
            "amount": 5,
        }
        with self._refuse():
            self.env["sales.market.size"].create([values, values])

    # Bad input

    def test_nonsense_is_refused(self):
        for values in (
            {"amount": 0},
            {"amount": -1},
            {"date_from": "2026-05-02", "date_to": "2026-05-01"},
        ):
            with (
                self.subTest(**values),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.env.cr.savepoint(),
            ):
                self._size(values.pop("amount", 1), **values)
        with self._refuse("ten years"):
            self._size(1, date_to="2036-12-31")

    def test_regions_never_form_a_circle(self):
        with self.assertRaises(ValidationError):
            self.region_world.parent_id = self.region_north

    # Who

    def test_directors_enter_what_all_who_sell_read(self):
        form = Form(self.env["sales.market.size"].with_user(self.director))
        form.region_id = self.region_north
        form.amount = 5_000
        size = form.save()
        self.assertEqual(
            (size.date_from, size.date_to), (date(2026, 1, 1), date(2026, 12, 31))
        )
        self.assertEqual(size.with_user(self.salesperson).amount, 5_000)
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                size.with_user(user).amount = 1
