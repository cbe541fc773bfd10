# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestChannelDemo(DemoCase):
    """The demo company builds its channels."""

    def test_there_are_members_in_all_stages(self):
        members = self.env["sales.channel.member"].search([])
        self.assertEqual(len(members.stage_id), 6)
        self.assertTrue(members.activity_ids)

    def test_members_have_brought_orders(self):
        members = self.env["sales.channel.member"].search([("state", "=", "active")])
        self.assertTrue(sum(members.mapped("order_count")))
        self.assertTrue(any(members.mapped("coverage")))

    def test_one_plan_runs_and_one_waits(self):
        plans = self.env["sales.channel.plan"].search([])
        self.assertEqual(set(plans.mapped("state")), {"draft", "submitted", "running"})
        running = plans.filtered(lambda plan: plan.state == "running")
        self.assertGreater(running.coverage, 0)
