# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import Form

from .common import SalesTeamCommon

CRITERIA = (
    ("Sales ability", 40),
    ("Communication", 25),
    ("Teamwork", 15),
    ("Learning ability", 20),
)


class SelectionCommon(SalesTeamCommon):
    """A job with the ready criteria, an applicant, a recruiter, and a leader and a
    salesperson who interview."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.recruiter = cls._create_login(
            "recruiter", "hr_recruitment.group_hr_recruitment_user"
        )
        cls.recruiting_manager = cls._create_login(
            "recruiting_manager", "hr_recruitment.group_hr_recruitment_manager"
        )
        cls.new, cls.offer, cls.hired = cls.env["hr.recruitment.stage"].create(
            [
                {"name": "Test New", "sequence": -3},
                {"name": "Test Offer", "sequence": 90, "sales_is_offer": True},
                {"name": "Test Hired", "sequence": 91, "hired_stage": True},
            ]
        )
        cls.job.write(
            {
                "sales_team_id": cls.team_field.id,
                "sales_criterion_ids": [
                    Command.create({"name": name, "weight": weight})
                    for name, weight in CRITERIA
                ],
            }
        )
        cls.applicant = cls._apply("Ann Lee")

    @classmethod
    def _apply(cls, name, **values):
        return cls.env["hr.applicant"].create(
            {
                "partner_name": name,
                "job_id": cls.job.id,
                "company_id": cls.company.id,
                "stage_id": cls.new.id,
                **values,
            }
        )

    @classmethod
    def _set_parts(cls, *parts):
        """Parts of the selection: (kind, weight, whether it is required)."""
        cls.job.sales_part_ids = [
            Command.clear(),
            *(
                Command.create(
                    {"kind": kind, "weight": weight, "is_required": is_required}
                )
                for kind, weight, is_required in parts
            ),
        ]

    @classmethod
    def _plan(cls, *users, applicant=None, **values):
        """Plan an interview as the recruiter."""
        return (
            cls.env["sales.interview"]
            .with_user(cls.recruiter)
            .create(
                {
                    "name": "First Interview",
                    "applicant_id": (applicant or cls.applicant).id,
                    "date_start": "2026-10-20 09:00:00",
                    "interviewer_ids": [user.id for user in users],
                    **values,
                }
            )
        )

    @classmethod
    def _card(cls, interview, user, viewer=None):
        cards = interview.sudo().scorecard_ids.filtered(lambda c: c.user_id == user)
        return cards.with_env(cls.env).with_user(viewer or user)

    @classmethod
    def _score(cls, interview, user, *ratings):
        """Score an interview in the form, as its interviewer."""
        card = cls._card(interview, user)
        with Form(card) as form:
            for index, rating in enumerate(ratings):
                with form.score_ids.edit(index) as line:
                    line.rating = str(rating) if rating else False
        card.action_submit()
        return card

    @classmethod
    def _take_test(cls, percent, applicant=None):
        """Complete the written test of the job."""
        if not cls.job.survey_id:
            cls.job.survey_id = cls.env["survey.survey"].create(
                {
                    "title": "Written Test",
                    "survey_type": "recruitment",
                    "scoring_type": "scoring_without_answers",
                }
            )
        answer = cls.env["survey.user_input"].create(
            {
                "survey_id": cls.job.survey_id.id,
                "applicant_id": (applicant or cls.applicant).id,
                "state": "done",
            }
        )
        # What Odoo computes from the answers
        answer.scoring_percentage = percent
        return answer

    def _result(self, user=None, applicant=None):
        results = self.env["sales.selection.result"].with_user(user or self.recruiter)
        results.invalidate_model()
        applicant = applicant or self.applicant
        return results.search([("applicant_id", "=", applicant.id)])
