# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import HttpCase, tagged

from .score_common import ScoreCommon

ACTION = "/odoo/action-sales_efficiency_resource"


@tagged("post_install", "-at_install")
class TestUiScorecard(ScoreCommon, HttpCase):
    """Scoring in the browser: a director, a reviewer, a salesperson, a leader."""

    def test_members_are_scored_approved_and_seen(self):
        scorecard = self._create_scorecard(
            self._by_given(40, 30, 30),
            name="Tour Agents",
            rule_ids=[Command.create({"name": "Agree on a plan", "limit": 50})],
        )
        for member, value in ((self.agent, 80), (self.agent_b, 30), (self.agent_c, 9)):
            self._give(member, coverage=value, rating=value, paid=value)
        self.start_tour(
            f"{ACTION}.sales_scorecard_action",
            "sales_scorecard_director",
            login="test_director",
        )
        run = scorecard.run_ids
        self.assertEqual((run.state, run.move_count), ("submitted", 3))
        self.start_tour(
            f"{ACTION}.sales_scorecard_run_action/{run.id}",
            "sales_scorecard_reviewer",
            login="test_other_director",
        )
        self.env.invalidate_all()
        self.assertEqual((run.state, run.proposal_count), ("done", 0))
        self.assertEqual(len(run.result_ids.action_ids), 2)
        for role in ("salesperson", "leader"):
            self.start_tour(
                f"{ACTION}.sales_scorecard_result_action",
                f"sales_scorecard_{role}",
                login=f"test_{role}",
            )
