# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestCareerDemo(DemoCase):
    """The demo company welcomes a newcomer, and shows people where they can get."""

    def test_a_newcomer_is_half_way_and_late(self):
        onboarding = self.env["sales.onboarding"].search([])
        self.assertEqual(onboarding.state, "running")
        self.assertEqual((onboarding.done_count, onboarding.step_count), (2, 6))
        self.assertEqual(onboarding.overdue_count, 2)
        kevin = self.env.ref("sales_efficiency_base.user_kevin_demo")
        self.assertIn(kevin, onboarding.activity_ids.user_id)

    def test_two_paths_with_people_on_them(self):
        standings = self.env["sales.career.standing"].search([])
        self.assertEqual(len(standings.path_id), 2)
        self.assertGreater(len(standings), 8)
        self.assertTrue(all(standings.mapped("conditions")))

    def test_a_promotion_waits_for_hr(self):
        move = self.env["sales.career.move"].search([])
        helen = self.env.ref("sales_efficiency_incentive.user_helen_demo")
        self.assertEqual(move.state, "submitted")
        self.assertIn(helen, move.reviewer_ids)

    def test_talks_in_all_states(self):
        talks = self.env["sales.career.talk"].search([])
        self.assertEqual(set(talks.mapped("state")), {"to_plan", "planned", "held"})
        late = talks.filtered("escalated_on")
        grace = self.env.ref("sales_efficiency_base.user_grace_demo")
        self.assertIn(grace, late.activity_ids.user_id)
        held = talks.filtered("is_held")
        self.assertEqual((held.goals_done_count, held.goal_count), (1, 2))
