# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestDemo(DemoCase):
    """The demo company has agreed on three plans, and one change waits."""

    def test_three_plans_have_approved_terms_and_people(self):
        # Plans of other add-ons follow.
        plans = self.env["sales.incentive.plan"].search([], order="id", limit=3)
        self.assertEqual(len(plans), 3)
        self.assertTrue(all(plan.version_id for plan in plans))
        self.assertEqual(sum(plans.mapped("assignment_count")), 11)
        self.assertTrue(plans.assignment_ids.filtered("draw_amount"))

    def test_a_change_waits_for_the_director(self):
        version = self.env["sales.incentive.version"].search(
            [("state", "=", "submitted")]
        )
        self.assertEqual(len(version), 1)
        grace = self.env.ref("sales_efficiency_base.user_grace_demo")
        self.assertIn(grace, version.reviewer_ids)

    def test_a_year_is_paid_and_the_months_after_it_are_published(self):
        months = self.env["sales.incentive.period"].search([]).sorted("month")
        *paid, waiting, published, running = months
        self.assertEqual({month.state for month in paid}, {"paid"})
        self.assertEqual(len(paid), 12)
        # Team pays an award with the one that waits.
        self.assertIn(waiting.state, ("published", "paid"))
        self.assertEqual((published.state, running.state), ("published", "open"))
        entries = self.env["sales.incentive.entry"]
        kinds = set(entries.search([("period_id", "=", waiting.id)]).mapped("kind"))
        self.assertIn("true_up", kinds)
        self.assertTrue(entries.search_count([("kind", "=", "draw")]))
        paid = months.filtered(lambda month: month.state == "paid")
        [[left]] = entries._read_group(
            [("period_id", "in", paid.ids), ("balance", "=", "payable")],
            [],
            ["amount:sum"],
        )
        self.assertEqual(left, 0)
        self.assertTrue(all(paid.mapped("is_accrued")))

    def test_a_dinner_was_held_and_a_trip_waits(self):
        rewards = self.env["sales.incentive.reward"].search([], order="date")
        self.assertEqual(rewards.mapped("state"), ["held", "submitted"])
        self.assertGreater(rewards[0].remaining, 0)

    def test_some_letters_are_not_accepted_yet(self):
        letters = self.env["sales.incentive.acceptance"].search([])
        states = set(letters.mapped("state"))
        self.assertEqual(states, {"open", "accepted"})
        undecided = letters.filtered(lambda letter: letter.state == "open").user_id
        self.assertEqual(set(undecided.mapped("login")), {"emily", "eric"})

    def test_a_published_month_is_disputed_and_adjusted(self):
        disputes = self.env["sales.incentive.dispute"].search([])
        self.assertEqual(set(disputes.mapped("state")), {"open"})
        self.assertIn("missing", disputes.mapped("kind"))
        self.assertEqual(disputes.period_id.state, "published")
        olivia = self.env.ref("sales_efficiency_incentive.user_olivia_demo")
        self.assertEqual(disputes.activity_ids.user_id, olivia)
        adjustment = self.env["sales.incentive.adjustment"].search([])
        self.assertEqual(adjustment.mapped("state"), ["submitted"])
