# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import fields
from odoo.tests import HttpCase, tagged

from .common import SalesTargetCommon

PLAN = "/odoo/action-sales_efficiency_target.sales_target_plan_action/new"
MINE = "/odoo/action-sales_efficiency_target.sales_target_my_action"


@tagged("post_install", "-at_install")
class TestUiTarget(SalesTargetCommon, HttpCase):
    """Each role plans, commits and adjusts in the browser, for the coming year."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan.target_ids.unlink()
        cls.plan.date_from = date(fields.Date.today().year + 1, 1, 1)
        cls.team_field.user_id = cls.leader

    def _create_team(self):
        """Create a team target with targets of its two members."""
        self.team = self._create_target(team_id=self.team_field.id, amount=240_000)
        self.mine, self.other = (
            self._create_target(
                parent_id=self.team.id,
                team_id=self.team_field.id,
                user_id=user.id,
                amount=120_000,
            )
            for user in (self.salesperson, self.colleague)
        )

    def _open(self, record, tour, login):
        self.start_tour(f"/odoo/{record._name}/{record.id}", tour, login=login)

    def test_director_plans_breaks_down_and_submits(self):
        self.plan.unlink()
        ours = self.team_department + self.team_field + self.team_other
        (self.env["crm.team"].search([]) - ours).active = False
        self.start_tour(PLAN, "sales_target_plan_a_year", login="test_director")
        plan = self.env["sales.target.plan"].search([], order="id desc", limit=1)
        self.assertEqual((plan.state, plan.base_percent), ("running", 70))
        root = plan.target_ids.filtered(lambda target: not target.parent_id)
        self.assertEqual((root.amount, root.gap), (1_000_000, -100_000))
        self.assertAlmostEqual(sum(root.month_ids.mapped("amount")), 1_000_000)
        self.assertEqual(
            {target.team_id: target.amount for target in root.child_ids},
            {self.team_department: 600_000, self.team_other: 300_000},
        )

    def test_salesperson_commits_and_leader_reconciles(self):
        self._create_team()
        self.start_tour(MINE, "sales_target_commit", login="test_salesperson")
        self.assertEqual(self.mine.committed_amount, 110_000)
        self.assertEqual(self.mine.amount, 120_000)
        self._open(self.team, "sales_target_reconcile", "test_leader")
        self.assertEqual(self.mine.amount, 112_000)
        self.assertEqual(self.team.gap, 0)

    def test_salesperson_asks_for_an_adjustment_leader_and_director_approve(self):
        self._create_team()
        self.plan.action_submit()
        self.plan.action_start()
        self._open(self.mine, "sales_target_adjustment_request", "test_salesperson")
        request = self.mine.adjustment_ids
        self._open(request, "sales_target_adjustment_superior", "test_leader")
        self.assertEqual(self.mine.amount, 120_000)
        self._open(request, "sales_target_adjustment_director", "test_director")
        self.assertEqual(self.mine.amount, 104_000)
        self.assertEqual(self.team.amount, 224_000)
