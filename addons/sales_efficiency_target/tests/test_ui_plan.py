# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .test_sales_target_plan_figures import PlanFiguresCommon


@tagged("post_install", "-at_install")
class TestUiPlan(PlanFiguresCommon, HttpCase):
    """The page of a plan in the browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.name = "My Company"

    def _open(self, tour, login):
        self.start_tour(f"/odoo/sales.target.plan/{self.plan.id}", tour, login=login)

    def test_director_edits_the_figures_like_a_sheet(self):
        self._open("sales_plan_figures_edit", "test_director")
        self.assertEqual(self.root.amount, 2_400_000)
        self.assertEqual(self.root.spread, "equal")
        self.assertEqual(self.team.amount, 600)
        self.assertEqual((self.mine.spread, self.other.spread), ("manual", "manual"))

    def test_leader_edits_the_parts_of_the_own_team(self):
        self._open("sales_plan_figures_of_a_leader", "test_leader")
        self.assertEqual(self._amounts(self.mine)[0], 30_000)
        self.assertEqual(self.team.amount, 600_000)

    def test_approver_sees_all_targets_and_changes_read_only(self):
        self.plan.target_ids.gap_reason = "Reserve"
        self.plan.with_user(self.director).action_submit()
        self.plan.action_draft()
        self.mine.amount = 360_000
        approver = self._create_user("director", login="approver")
        self.env["tier.definition"].create(
            {
                "name": "Plan of the year",
                "model_id": self.env["ir.model"]._get_id("sales.target.plan"),
                "review_type": "individual",
                "reviewer_id": approver.id,
                "definition_domain": "[]",
            }
        )
        self.plan.with_user(self.director).action_submit()
        self._open("sales_plan_figures_of_an_approver", approver.login)
        self.assertEqual(self.plan.state, "running")
