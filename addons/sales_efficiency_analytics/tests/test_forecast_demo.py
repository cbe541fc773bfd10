# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestForecastDemo(DemoCase):
    """The demo company has been forecast before."""

    def test_some_forecasts_can_be_judged(self):
        forecasts = self.env["sales.forecast"].search(
            [("company_id", "=", self.company.id)]
        )
        known = forecasts.filtered("known_count")
        self.assertTrue(known)
        self.assertTrue(forecasts - known)
        self.assertTrue(all(known.mapped("error_so_far")))

    def test_a_leader_sees_those_of_the_team(self):
        leader = self.env.ref("sales_efficiency_base.user_kevin_demo")
        seen = self.env["sales.forecast"].with_user(leader).search([])
        self.assertTrue(seen)
        self.assertEqual(seen.sudo().team_id.user_id, leader)
