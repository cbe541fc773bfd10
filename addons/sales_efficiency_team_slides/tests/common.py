# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command

from odoo.addons.sales_efficiency_team.tests.training_common import SalesTrainingCommon


class OnlineCourseCommon(SalesTrainingCommon):
    """An eLearning course of one article, which the course on negotiating counts."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls._create_channel("Negotiating Online")
        cls.course.slide_channel_id = cls.channel

    @classmethod
    def _create_channel(cls, name, **values):
        return cls.env["slide.channel"].create(
            {
                "name": name,
                "channel_type": "training",
                "enroll": "public",
                "visibility": "connected",
                "is_published": True,
                "slide_ids": [
                    Command.create(
                        {
                            "name": "Lesson",
                            "slide_category": "article",
                            "is_published": True,
                            "completion_time": 1.5,
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def _create_certification(cls, least=60.0):
        """Add a certification of four questions to the eLearning course.

        :param float least: required score in percent
        """
        survey = cls.env["survey.survey"].create(
            {
                "title": "Negotiating, Certified",
                "access_mode": "public",
                "users_login_required": True,
                "scoring_type": "scoring_with_answers",
                "certification": True,
                "scoring_success_min": least,
                "question_and_page_ids": [
                    Command.create(
                        {
                            "title": f"Question {number}",
                            "question_type": "simple_choice",
                            "suggested_answer_ids": [
                                Command.create({"value": "No"}),
                                Command.create(
                                    {
                                        "value": "Yes",
                                        "is_correct": True,
                                        "answer_score": 1.0,
                                    }
                                ),
                            ],
                        }
                    )
                    for number in range(4)
                ],
            }
        )
        cls.env["slide.slide"].create(
            {
                "name": "Test",
                "channel_id": cls.channel.id,
                "slide_category": "certification",
                "survey_id": survey.id,
                "is_published": True,
            }
        )
        return survey

    @classmethod
    def _complete(cls, user, channel=None):
        """Have a user complete the lessons of an eLearning course."""
        channel = channel or cls.channel
        channel._action_add_members(user.partner_id)
        cls.env.invalidate_all()
        lessons = channel.slide_ids.filtered(
            lambda slide: slide.slide_category == "article"
        )
        lessons.with_user(user).action_mark_completed()
        cls.env.flush_all()

    @classmethod
    def _take_test(cls, user, right):
        """Have a user answer the questions of the certification.

        :param int right: how many of the four are answered right
        """
        test = cls.channel.slide_ids.filtered("survey_id")
        progress = test._action_set_viewed(user.partner_id)
        test.with_user(user)._generate_certification_url()
        attempt = progress.user_input_ids[0]
        for number, question in enumerate(test.survey_id.question_ids):
            wrong, good = question.suggested_answer_ids
            attempt._save_lines(question, (good if number < right else wrong).id)
        attempt._mark_done()
        cls.env.flush_all()

    def _get_online(self, employee=None, course=None):
        return self.env["sales.training.attendance"].search(
            [
                ("employee_id", "=", (employee or self.employee).id),
                ("course_id", "=", (course or self.course).id),
                ("is_online", "=", True),
            ]
        )
