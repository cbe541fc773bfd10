# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase, tagged

from .career_common import CareerCommon


@tagged("post_install", "-at_install")
class TestUiCareer(CareerCommon, HttpCase):
    """Onboarding, career and promotion in the browser."""

    def test_hr_starts_an_onboarding_and_the_newcomer_sees_it(self):
        self.env["sales.onboarding.course"].create(
            {"job_id": self.job.id, "course_id": self.course.id, "days": 14}
        )
        self.start_tour(
            f"/odoo/action-hr.open_view_employee_list_my/{self.employee.id}",
            "sales_onboarding_of_hr",
            login="test_hr_user",
        )
        onboarding = self.employee.sales_onboarding_ids
        self.assertEqual(onboarding.step_ids.course_id, self.course)
        self.start_tour(
            f"/odoo/action-sales_efficiency_team.sales_onboarding_action/{onboarding.id}",
            "sales_onboarding_of_newcomer",
            login="test_salesperson",
        )

    def test_a_salesperson_sees_what_is_missing(self):
        self.middle.write({"months": 12, "course_ids": self.course.ids})
        self.start_tour(
            "/odoo/action-sales_efficiency_team.sales_career_standing_my_action",
            "sales_career_of_salesperson",
            login="test_salesperson",
        )

    def test_a_leader_proposes_a_promotion(self):
        self.middle.months = 12
        self.start_tour(
            "/odoo/action-sales_efficiency_team.sales_career_standing_action",
            "sales_career_of_leader",
            login="test_leader",
        )
        move = self.env["sales.career.move"].search(
            [("user_id", "=", self.salesperson.id)]
        )
        self.assertRecordValues(
            move,
            [
                {
                    "state": "submitted",
                    "job_id": self.job_senior.id,
                    "reason": "The best of the year",
                }
            ],
        )

    def test_a_leader_closes_a_talk(self):
        talk = self.talks.create(
            {
                "user_id": self.salesperson.id,
                "company_id": self.company.id,
                "date_start": fields.Datetime.now() - timedelta(hours=2),
            }
        )
        self.start_tour(
            f"/odoo/action-sales_efficiency_team.sales_career_talk_action/{talk.id}",
            "sales_career_talk_of_leader",
            login="test_leader",
        )
        self.assertRecordValues(
            talk, [{"state": "held", "summary": "Learns to lead", "goal_count": 1}]
        )
