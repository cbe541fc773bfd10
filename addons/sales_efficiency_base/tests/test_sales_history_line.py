# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from pathlib import Path

from odoo.modules.migration import load_script
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestSalesHistoryLine(SalesEfficiencyCommon):
    def _import(self, **cells):
        """Import a line as a director.

        :return: the line, or the messages of the import screen
        """
        lines = self.env["sales.history.line"].with_user(self.director)
        names = {"date": "2025-01-15", "amount": "12500", **cells}
        result = lines.load(list(names), [list(names.values())])
        return lines.browse(result["ids"] or []), result["messages"]

    def test_empty_cells_take_what_is_proposed(self):
        line, _messages = self._import(
            product_id=self.product.name, categ_id="", recorded_as="", company_id=""
        )
        self.assertRecordValues(
            line,
            [
                {
                    "categ_id": self.category.id,
                    "recorded_as": "sale",
                    "company_id": self.company.id,
                }
            ],
        )

    def test_regions_and_channels_are_found_by_code_and_by_full_name(self):
        self.region_north.code = "TN"
        self.channel_shop.code = "TS"
        for region, channel in (
            ("TN", "TS"),
            ("Test World / Test North", "Test Direct / Test Shop"),
        ):
            with self.subTest(region=region):
                line, _messages = self._import(region_id=region, channel_id=channel)
                self.assertEqual(line.region_id, self.region_north)
                self.assertEqual(line.channel_id, self.channel_shop)

    def test_unknown_names_are_reported(self):
        line, messages = self._import(partner_id="Nobody of this name")
        self.assertFalse(line)
        self.assertIn("Nobody of this name", messages[0]["message"])

    def test_lines_of_one_reference_and_customer_are_one_order(self):
        orders = self.env.ref("sales_efficiency_base.sales_metric_order_count")
        year = Period(date(2025, 1, 1), date(2025, 12, 31))
        scope = Scope(self.company.id)

        def count():
            self.env["sales.mart"]._refresh()
            return orders._evaluate([scope], [year])[orders.id, scope, year] - before

        before = 0
        before = count()
        north, south = self.customer_north.id, self.customer_south.id
        lines = self.env["sales.history.line"].create(
            [
                {"date": "2025-03-01", "amount": 10, "name": name, "partner_id": who}
                for name, who in (
                    ("SO1", north),
                    ("SO1", north),
                    ("SO1", south),
                    (False, north),
                    (False, north),
                    ("SO2", False),
                )
            ]
        )
        self.assertEqual(count(), 5)
        more = lines[0].copy()
        self.assertEqual(count(), 5)
        lines[0].name = "SO2"
        self.assertEqual(count(), 6)
        lines[5].partner_id = north
        self.assertEqual(count(), 5)
        lines[1].unlink()
        self.assertEqual(count(), 5)
        more.unlink()
        self.assertEqual(count(), 4)
        self.assertFalse(self.env["sales.mart"]._reconcile())

    def test_a_past_sale_follows_customer_and_salesperson_as_an_order_does(self):
        line, messages = self._import(
            partner_id=self.customer_north.name,
            user_id=self.salesperson.name,
            region_id="",
            team_id="",
        )
        self.assertFalse(messages)
        proposed = {
            "region_id": self.region_north.id,
            "team_id": self.team_field.id,
            "channel_id": self.channel_agent.id,
        }
        self.assertRecordValues(line, [proposed])
        self.customer_north.state_id = self.state_s
        self.customer_north.sales_channel_id = self.channel_shop
        self.team_field.member_ids -= self.salesperson
        self.team_other.member_ids += self.salesperson
        self.env.flush_all()
        self.assertRecordValues(line, [proposed])

    def test_what_an_import_says_is_kept(self):
        line, _messages = self._import(
            partner_id=self.customer_north.name,
            user_id=self.salesperson.name,
            region_id="Test World / Test South",
            team_id="Test Other",
        )
        self.assertEqual(line.region_id, self.region_south)
        self.assertEqual(line.team_id, self.team_other)

    def test_whoever_is_in_no_team_gets_none(self):
        stranger = self._create_user("salesperson", login="stranger")
        line, _messages = self._import(user_id=stranger.name)
        self.assertFalse(line.team_id)

    def test_a_margin_of_0_is_known_only_if_somebody_says_so(self):
        for cells, known in (
            ({}, False),
            ({"margin": ""}, False),
            ({"margin": "0"}, False),
            ({"margin": "4000"}, True),
            ({"margin": "0", "is_margin_known": "1"}, True),
        ):
            with self.subTest(cells=cells):
                line, _messages = self._import(**cells)
                self.assertEqual(line.is_margin_known, known)
                self.env["sales.mart"]._refresh()
                fact = self.env["sales.fact"].search(
                    [("source", "=", "history"), ("line_id", "=", line.id)]
                )
                self.assertEqual(fact.margin_base, 12500 if known else 0)

    def test_an_upgrade_gives_past_sales_what_new_ones_have(self):
        line, kept = self.env["sales.history.line"].create(
            [
                {
                    "date": "2025-01-15",
                    "amount": 1,
                    "partner_id": self.customer_north.id,
                    "user_id": self.salesperson.id,
                    "region_id": region.id,
                }
                for region in (self.env["sales.region"], self.region_south)
            ]
        )
        line.write({"region_id": False, "team_id": False, "channel_id": False})
        path = Path(__file__).parents[1] / "migrations/19.0.1.1.0/post-history.py"
        load_script(str(path), "post_history").migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(line.region_id, self.region_north)
        self.assertEqual(line.team_id, self.team_field)
        self.assertEqual(line.channel_id, self.channel_agent)
        self.assertEqual(kept.region_id, self.region_south)
