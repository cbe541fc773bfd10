# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .selection_common import SelectionCommon


@tagged("post_install", "-at_install")
class TestUiSelection(SelectionCommon, HttpCase):
    """From the interview to the contract, in the browser."""

    def test_a_leader_scores_and_hr_hires(self):
        self._set_parts(("interview", 100, True))
        interview = self._plan(self.leader)
        self.start_tour(
            "/odoo/action-sales_efficiency_team.sales_interview_scorecard_action",
            "sales_selection_leader_scores",
            login="test_leader",
            timeout=180,
        )
        self.assertRecordValues(
            self._card(interview, self.leader),
            [{"state": "submitted", "mean": 4.10, "note": "Listens well."}],
        )
        self.assertEqual(interview.state, "scored")
        # So few stages that the status bar shows all of them.
        stages = self.env["hr.recruitment.stage"].search([])
        stages -= self.new + self.offer + self.hired
        stages.job_ids = self.job.copy({"name": "Elsewhere"})
        self._create_login(
            "hirer", "hr.group_hr_user,hr_recruitment.group_hr_recruitment_user"
        )
        self.start_tour(
            "/odoo/action-sales_efficiency_team.sales_selection_result_action",
            "sales_selection_hr_hires",
            login="test_hirer",
            timeout=180,
        )
        self.assertEqual(self.applicant.employee_id.job_id, self.job)
        self.assertTrue(self.applicant.date_closed)
