# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestScorecardDemo(DemoCase):
    """The demo company has scored its channels for two quarters."""

    def test_one_quarter_is_in_force_and_a_change_of_level_waits(self):
        runs = self.env["sales.scorecard.run"].search(
            [("scorecard_id.subject", "=", "channel")], order="date_to"
        )
        self.assertEqual(runs.mapped("state"), ["done", "submitted"])
        self.assertTrue(runs[1].move_count)
        grace = self.env.ref("sales_efficiency_base.user_grace_demo")
        self.assertIn(grace, runs[1].review_ids.reviewer_ids)
        results = runs[0].result_ids
        self.assertTrue(all(results.mapped("is_scored")))
        self.assertTrue(all(results.mapped("level_id")))

    def test_actions_stand_beside_the_scores(self):
        items = self.env["sales.action"].search([("scorecard_result_id", "!=", False)])
        self.assertTrue(items)
        self.assertTrue(all(items.mapped("scorecard_rule_id")))
