# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import freeze_time, tagged

from .finding_common import FindingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesProductMix(FindingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["product.category"].create({"name": "Test Other Line"})
        cls._sell(cls.region_north, 60, 40, year=2025)
        cls._sell(cls.region_south, 50, 50, year=2025, categ_id=cls.other.id)
        cls._sell(cls.region_north, 30, 30, margin=10, is_margin_known=True)
        cls._sell(cls.region_south, 90, 90, categ_id=cls.other.id)
        cls._find()

    def _get_mix(self, category):
        return self.env["sales.product.mix"].search(
            [("company_id", "=", self.company.id), ("categ_id", "=", category.id)]
        )

    def test_share_growth_and_what_moved(self):
        """The company grew by 20 %, so 120 were expected of each line."""
        line, other = self._get_mix(self.category), self._get_mix(self.other)
        self.assertRecordValues(
            line | other,
            [
                {
                    "month": date(2026, 9, 1),
                    "amount": 60,
                    "last_year": 100,
                    "share": 25,
                    "last_share": 50,
                    "share_change": -25,
                    "growth": -40,
                    "moved": -60,
                    "is_latest": True,
                },
                {
                    "month": date(2026, 9, 1),
                    "amount": 180,
                    "last_year": 100,
                    "share": 75,
                    "last_share": 50,
                    "share_change": 25,
                    "growth": 80,
                    "moved": 60,
                    "is_latest": True,
                },
            ],
        )

    def test_margin(self):
        line = self._get_mix(self.category)
        self.assertEqual((line.margin, line.margin_base), (20, 60))
        self.assertAlmostEqual(line.margin_rate, 100 / 3)
        self.assertIn("Margin 33.3 %", line.summary)

    def test_a_second_search_writes_the_month_anew(self):
        self._find()
        self.assertEqual(len(self._get_mix(self.category)), 1)

    def test_the_next_month_is_added(self):
        self._find(date(2026, 11, 3))
        mix = self._get_mix(self.category)
        self.assertEqual(mix.mapped("is_latest"), [True, False])
        self.assertEqual(mix[0].amount, 30)

    def test_figures_are_those_of_the_line(self):
        line = self._get_mix(self.category).with_user(self.director)
        facts = self.env["sales.fact"].search(line.action_open_figures()["domain"])
        self.assertEqual(facts.mapped("amount"), [30, 30])

    def test_figures_are_those_of_the_metric(self):
        """Invoices and opportunities of the line are other figures."""
        self._sell(self.region_north, 500, 500, recorded_as="invoice")
        line = self._get_mix(self.category).with_user(self.director)
        facts = self.env["sales.fact"].search(line.action_open_figures()["domain"])
        self.assertEqual(sum(facts.mapped("amount")), line.amount)

    def test_what_is_unknown_is_not_told(self):
        new = self.env["product.category"].create({"name": "Test New Line"})
        self._sell(self.region_south, 5, 5, categ_id=new.id)
        self._find()
        summary = self._get_mix(new).summary
        self.assertIn("of sales, 4.0 points against last year.", summary)
        self.assertNotIn("Growth", summary)
        self.assertNotIn("Margin", summary)

    def test_without_sales_last_year_there_is_no_change(self):
        self.env["sales.history.line"].search([("date", "<", "2026-01-01")]).unlink()
        self._refresh()
        self._find()
        summary = self._get_mix(self.category).summary
        self.assertEqual(summary, "25.0 % of sales. Margin 33.3 %.")
