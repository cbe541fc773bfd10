# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestVisitDemo(DemoCase):
    """The demo company visits its customers."""

    def test_visits_of_each_status(self):
        visits = self.env["sales.visit"].search([])
        self.assertLessEqual(
            {"planned", "reporting", "done"}, set(visits.mapped("state"))
        )

    def test_amy_has_a_day_with_distances_and_a_brief(self):
        amy = self.env.ref("sales_efficiency_base.user_amy_demo")
        visits = self.env["sales.visit"].with_user(amy)
        day = visits.search(
            [("user_id", "=", amy.id), ("state", "=", "planned")], order="start"
        )
        self.assertGreaterEqual(len(day), 3)
        self.assertTrue(any(day.mapped("leg")))
        keys = {section["key"] for section in day[0].brief}
        self.assertLessEqual({"customer", "people", "promises", "visits"}, keys)

    def test_a_leader_sees_who_checked_in_elsewhere(self):
        kevin = self.env.ref("sales_efficiency_base.user_kevin_demo")
        places = self.env["sales.visit.place"].with_user(kevin).search([])
        self.assertIn("outside", places.mapped("state"))

    def test_a_report_is_missing(self):
        visits = self.env["sales.visit"]
        self.assertTrue(visits.search(list(visits._get_missing_domain())))
