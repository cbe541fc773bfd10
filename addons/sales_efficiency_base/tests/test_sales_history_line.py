# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
class TestSalesHistoryLine(SalesEfficiencyCommon):
    def _import(self, **cells):
        """Import a line as a director.

        :return: the line, or what the import screen complains about
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
