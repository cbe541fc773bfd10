# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.sample_northwind import NorthwindCase

DAY = date(1998, 5, 6)


@tagged("post_install", "-at_install")
class TestSampleNorthwindDrop(NorthwindCase):
    """Real orders of a company that grows fast, on their last day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["sales.customer.drop"]._test(cls.company, DAY)
        cls.drops = cls.env["sales.customer.drop"].search(
            [("company_id", "=", cls.company.id), ("is_latest", "=", True)]
        )

    def test_season_and_growth_are_in_the_share(self):
        self.assertEqual(set(self.drops.mapped("recent_share")), {205 / 640})
        self.assertEqual(len(self.drops.filtered("is_tested")), 34)

    def test_two_customers_are_watched_and_none_is_an_alert(self):
        found = self.drops.filtered(lambda drop: drop.state != "none")
        self.assertEqual(set(found.mapped("state")), {"watched"})
        partners = self.loader.ids["customer"]
        names = {id_: key for key, id_ in partners.items()}
        probabilities = {
            names[drop.partner_id.id]: round(drop.probability, 4) for drop in found
        }
        self.assertEqual(probabilities, {"MEREP": 0.0155, "VICTE": 0.0228})
