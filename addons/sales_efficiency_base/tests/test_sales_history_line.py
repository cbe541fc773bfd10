# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged

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
