# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestAwardDemo(DemoCase):
    """The demo company has paid an award by wages, and one waits."""

    def test_one_award_is_paid_and_one_waits(self):
        awards = self.env["sales.incentive.award"].search([], order="id")
        self.assertRecordValues(
            awards,
            [
                {"state": "approved", "is_confidential": True},
                {"state": "submitted", "is_confidential": False},
            ],
        )
        self.assertEqual(awards.period_id.mapped("state"), ["paid", "open"])
        earned = self.env["sales.incentive.entry"].search(
            [
                ("period_id", "=", awards[0].period_id.id),
                ("rule_id", "=", awards[0].rule_id.id),
            ]
        )
        self.assertGreater(sum(earned.mapped("amount")), 0)
        grace = self.env.ref("sales_efficiency_base.user_grace_demo")
        self.assertIn(grace, awards[1].review_ids.reviewer_ids)
        self.assertTrue(all(awards.line_ids.mapped("assignment_id")))
