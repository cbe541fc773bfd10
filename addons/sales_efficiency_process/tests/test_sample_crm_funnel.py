# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.sample_common import SampleCase
from odoo.addons.sales_efficiency_base.tools import Scope

from ..engine.funnel import Funnel


@tagged("post_install", "-at_install")
class TestSampleCrmFunnel(SampleCase):
    """The funnel of a public data set as of the end of 2017 (section F)."""

    data_set = "crm_sales_opportunities"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        funnel = Funnel(cls.env, Scope(cls.company.id), as_of=date(2017, 12, 31))
        cls.prospecting, cls.engaging, cls.won = cls.steps = funnel.get_steps()

    def test_how_many_reached_each_stage(self):
        self.assertEqual([step.reached for step in self.steps], [8800, 8300, 4238])

    def test_conversion_from_step_to_step_and_in_all(self):
        figures = (
            self.engaging.compare(self.prospecting),
            self.won.compare(self.engaging),
            self.won.compare(self.prospecting),
        )
        self.assertEqual(
            [round(figure, 4) for figure in figures], [94.3182, 51.0602, 48.1591]
        )

    def test_how_long_closed_deals_stayed(self):
        step = self.engaging
        self.assertEqual(round(step.mean_days, 4), 47.9854)
        self.assertEqual(step.median_days, 45)
        self.assertEqual(round(step.mean_days_won, 4), 51.7820)
        self.assertEqual(round(step.mean_days_lost, 4), 41.4792)
        self.assertEqual(step.done, 4238 + 2473)

    def test_how_many_still_wait(self):
        self.assertEqual(self.engaging.waiting, 1589)
        self.assertEqual(round(self.engaging.waiting_days, 4), 198.8162)
        self.assertEqual(self.prospecting.waiting, 500)

    def test_nobody_knows_how_long_prospecting_took(self):
        self.assertEqual(self.prospecting.done, 0)
        self.assertIsNone(self.prospecting.mean_days)

    def test_loading_again_changes_no_stay(self):
        def count():
            return self.env["sales.stage.history"].search_count(
                [("lead_id.company_id", "=", self.company.id)]
            )

        before = count()
        self.load_data(self.env)
        self.assertEqual(count(), before)
