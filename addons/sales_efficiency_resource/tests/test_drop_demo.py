# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestDropDemo(DemoCase):
    """Some customers of the demo company buy less than before."""

    def test_customers_are_watched_and_alerts(self):
        drops = self.env["sales.customer.drop"].search(
            [("is_latest", "=", True), ("state", "!=", "none")]
        )
        self.assertEqual(set(drops.mapped("state")), {"watched", "alert"})
        self.assertGreaterEqual(len(drops), 4)
        self.assertTrue(all(drop.amount_at_risk > 0 for drop in drops))

    def test_a_salesperson_has_answered_one(self):
        alerts = self.env["sales.alert"].search([("rule_id.kind", "=", "drop")])
        self.assertGreaterEqual(len(alerts), 3)
        answered = alerts.filtered(lambda alert: alert.state == "answered")
        jason = self.env.ref("sales_efficiency_base.user_jason_demo")
        self.assertEqual(answered.responsible_id, jason)
        self.assertTrue(answered.action_ids)
        amy = self.env.ref("sales_efficiency_base.user_amy_demo")
        own = alerts.filtered(lambda alert: alert.responsible_id == amy)
        self.assertIn(amy, own.activity_ids.user_id)
