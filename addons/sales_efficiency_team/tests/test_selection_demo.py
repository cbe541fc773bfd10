# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestSelectionDemo(DemoCase):
    """The demo company has a vacancy with applicants in all stages."""

    def test_applicants_in_all_stages_with_interviews(self):
        job = self.env.ref("sales_efficiency_base.job_representative_demo")
        results = self.env["sales.selection.result"].search([("job_id", "=", job.id)])
        self.assertEqual(set(results.mapped("status")), {"ongoing", "hired", "refused"})
        self.assertEqual(len(results.stage_id), 6)
        carol = results.filtered(lambda result: result.interview_score == 79)
        self.assertEqual(carol.score, 85.40)
        self.assertFalse(carol.missing_parts)

    def test_a_waiver_waits_for_the_director(self):
        waiver = self.env["sales.selection.waiver"].search([])
        grace = self.env.ref("sales_efficiency_base.user_grace_demo")
        self.assertEqual(waiver.state, "submitted")
        self.assertIn(grace, waiver.reviewer_ids)

    def test_leaders_have_something_to_score(self):
        cards = self.env["sales.interview.scorecard"].search(
            [
                (
                    "user_id",
                    "=",
                    self.env.ref("sales_efficiency_base.user_kevin_demo").id,
                ),
                ("state", "=", "draft"),
            ]
        )
        self.assertEqual(len(cards), 2)
