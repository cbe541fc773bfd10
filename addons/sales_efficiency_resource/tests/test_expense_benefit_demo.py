# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestExpenseBenefitDemo(DemoCase):
    """The demo company runs fairs and advertises."""

    def _get_figures(self, sales_type):
        campaigns = self.env["utm.campaign"].search(
            [("sales_type", "=", sales_type), ("company_id", "=", self.env.company.id)]
        )
        return campaigns.filtered("sales_cost")

    def test_a_fair_returns_more_than_it_cost(self):
        fairs = self._get_figures("fair")
        self.assertTrue(fairs)
        self.assertTrue(all(fair.sales_order_count for fair in fairs))

    def test_an_advertisement_has_cost_and_no_sales(self):
        advertisement = self._get_figures("advertisement")
        self.assertFalse(advertisement.sales_amount)

    def test_leads_are_attributed(self):
        fairs = self._get_figures("fair")
        self.assertTrue(all(fair.sales_lead_count for fair in fairs))
        self.assertTrue(any(fair.sales_won_count for fair in fairs))

    def test_a_fair_is_to_come(self):
        today = self.env.company._get_sales_today()
        fairs = self.env["utm.campaign"].search([("sales_date_from", ">", today)])
        self.assertTrue(fairs.filtered("sales_committed"))
