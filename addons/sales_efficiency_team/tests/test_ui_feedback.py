# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, freeze_time, tagged

from .feedback_common import SalesFeedbackCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestUiFeedback(SalesFeedbackCommon, HttpCase):
    """Telling, objecting, deciding and improving in the browser."""

    def test_told_objected_decided(self):
        self.start_tour(
            "/odoo/appraisal-talks",
            "sales_feedback_leader_tells",
            login="test_leader",
        )
        self.assertRecordValues(
            self.talk, [{"state": "held", "strengths": "Many new customers"}]
        )
        self.start_tour(
            "/odoo/my-appraisals",
            "sales_feedback_person_objects",
            login="test_salesperson",
        )
        self.assertEqual(self.talk.person_note, "An order of August is missing")
        self.assertEqual(self.appraisal.objection_ids.judge_id, self.director)
        self.start_tour(
            "/odoo/appraisal-objections",
            "sales_feedback_director_decides",
            login="test_director",
        )
        self.assertEqual(self.appraisal.objection_ids.state, "upheld")
        self.assertEqual(self._get_appraisal(self.cycle).version, 2)

    def test_a_person_accepts_the_improvement_plan(self):
        plan = self._offer()
        self.start_tour(
            "/odoo/improvement-plans",
            "sales_feedback_person_accepts_plan",
            login="test_colleague",
        )
        self.assertEqual(plan.state, "running")
