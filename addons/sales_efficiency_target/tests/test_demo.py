# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestDemo(DemoCase):
    """The plans of the demo company; dates are relative to its running plan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        plans = cls.env["sales.target.plan"].search(
            [("company_id", "=", cls.company.id), ("purpose", "=", "sales")]
        )
        cls.running = plans.filtered(lambda plan: plan.state == "running")
        cls.draft = plans.filtered(lambda plan: plan.state == "draft")

    def test_one_year_runs_and_the_next_is_planned(self):
        self.assertEqual((len(self.running), len(self.draft)), (1, 1))
        self.assertGreater(self.draft.date_from, self.running.date_to)
        self.assertEqual(len(self.running.target_ids), len(self.draft.target_ids))

    def test_everybody_has_a_target_whose_months_add_up(self):
        people = self.running.target_ids.filtered("user_id")
        self.assertEqual(len(people.user_id), 11)
        for target in self.running.target_ids.filtered("is_additive"):
            months = sum(target.month_ids.mapped("amount"))
            self.assertAlmostEqual(months, target.amount, places=2)

    def test_some_are_behind_and_some_have_reached_it(self):
        self.env["sales.mart"]._refresh()
        self.env["sales.target.result"]._refresh(self.running.target_ids)
        results = self.env["sales.target.result"].search(
            [
                ("plan_id", "=", self.running.id),
                ("period", "=", "to_date"),
                ("user_id", "!=", False),
            ]
        )
        self.assertLessEqual({"reached", "behind"}, set(results.mapped("status")))

    def test_the_next_year_waits_for_commitments_and_a_gap(self):
        committed = self.draft.target_ids.filtered("committed_date")
        self.assertEqual(len(committed), 4)
        self.assertEqual(self.draft.open_gap_count, 1)

    def test_an_adjustment_is_approved_and_one_waits(self):
        requests = self.env["sales.target.adjustment"].search(
            [("plan_id", "=", self.running.id)]
        )
        if not requests:
            self.skipTest("The demo data was made in the last month of the year")
        self.assertEqual(set(requests.mapped("state")), {"approved", "requested"})
        approved = requests.filtered(lambda request: request.state == "approved")
        self.assertTrue(approved.target_id.is_adjusted)

    def test_some_warnings_wait_and_some_are_answered_or_over(self):
        alerts = self.env["sales.alert"].search(
            [("plan_id", "=", self.running.id), ("create_uid", "=", False)]
        )
        if not {"open", "closed"}.issubset(alerts.mapped("state")):
            self.skipTest("The demo data was made in the first weeks of the year")
        answered = alerts.filtered("answered_at")
        self.assertTrue(answered.filtered("cause").action_ids)
        closed = alerts.filtered(lambda alert: alert.state == "closed")
        self.assertEqual(set(closed.action_ids.mapped("state")), {"done"})
        waiting = alerts.filtered(lambda alert: alert.state == "open")
        self.assertTrue(waiting.activity_ids)

    def test_gaps_are_put_down_to_causes(self):
        causes = self.running.target_ids.cause_ids
        if not causes:
            self.skipTest("The demo data was made in the first days of the year")
        self.assertGreaterEqual(len(set(causes.mapped("cause"))), 3)
        self.assertTrue(all(causes.mapped("analysis")))
        self.assertGreater(len(causes.create_uid), 1, "found by their leaders")

    def test_what_actions_have_brought_about_is_measured(self):
        items = self.env["sales.action"].search([("effect_date", "!=", False)])
        self.assertTrue(items.filtered("is_effect_known"))
