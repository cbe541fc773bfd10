# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestAllocationDemo(DemoCase):
    """The director of the demo company compares two scenarios."""

    def test_two_scenarios_were_calculated(self):
        scenarios = self.env["sales.allocation"].search([])
        self.assertEqual(len(scenarios), 2)
        self.assertEqual(
            set(scenarios.mapped("progress")), {"done"}, scenarios.mapped("problem")
        )
        self.assertTrue(all(scenarios.mapped("move_count")))

    def test_more_moves_are_worth_more(self):
        few, many = self.env["sales.allocation"].search([], order="move_count")
        self.assertLess(few.value_new, many.value_new)

    def test_nobody_is_overloaded_any_more(self):
        for scenario in self.env["sales.allocation"].search([]):
            self.assertGreater(scenario.highest_now, 100)
            self.assertLessEqual(scenario.highest_new, 100)

    def test_one_customer_is_locked(self):
        scenarios = self.env["sales.allocation"].search([])
        self.assertTrue(all(scenarios.mapped("pair_ids")))

    def test_people_needed_are_told(self):
        for scenario in self.env["sales.allocation"].search([]):
            self.assertEqual(
                sum(scenario.need_ids.mapped("people_new")), scenario.head_count
            )
