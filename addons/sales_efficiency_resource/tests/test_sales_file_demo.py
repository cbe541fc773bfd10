# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase

from ..engine import Duplicates


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestSalesFileDemo(DemoCase):
    """The demo company knows some customers well, and one of them twice."""

    def test_files_are_complete_to_different_degrees(self):
        customers = self.env["res.partner"].search([("is_sales_customer", "=", True)])
        self.assertGreater(len(set(customers.mapped("sales_completeness"))), 4)

    def test_supporters_and_opponents(self):
        stakeholders = self.env["sales.stakeholder"].search([])
        self.assertEqual(
            set(stakeholders.mapped("attitude")), {"-2", "-1", "0", "1", "2"}
        )

    def test_a_leader_finds_the_customer_that_is_there_twice(self):
        kevin = self.env.ref("sales_efficiency_base.user_kevin_demo")
        env = self.env(user=kevin)
        maple = self.env.ref("sales_efficiency_base.customer_maple_leaf_trading_demo")
        # Demo data of other add-ons may bring more.
        [group] = [group for group in Duplicates(env).find() if maple.id in group.ids]
        self.assertEqual(len(group.ids), 2)
