# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command

from .training_common import SalesTrainingCommon


class OnboardingCommon(SalesTrainingCommon):
    """Newcomers in the job pass a course within 14 days, and another one within 60; the
    leader shows them the products in the first week.

    The salesperson starts on 1 October 2026; the tests begin on 15 October.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.later_course = cls._create_course(name="Closing")
        cls.env["sales.onboarding.course"].create(
            [
                {"job_id": cls.job.id, "course_id": course.id, "days": days}
                for course, days in ((cls.course, 14), (cls.later_course, 60))
            ]
        )
        cls.job.sales_onboarding_plan_id = cls._create_plan(
            responsible_type="other", responsible_id=cls.leader.id
        )
        cls.onboardings = cls.env["sales.onboarding"].with_user(cls.hr_user)

    @classmethod
    def _create_plan(cls, **values):
        return cls.env["mail.activity.plan"].create(
            {
                "name": "First Weeks",
                "res_model": "hr.employee",
                "company_id": False,
                "template_ids": [
                    Command.create(
                        {
                            "summary": "Show the products",
                            "activity_type_id": cls.env.ref(
                                "mail.mail_activity_data_todo"
                            ).id,
                            "delay_count": 7,
                            "delay_unit": "days",
                            "delay_from": "after_plan_date",
                            **values,
                        }
                    )
                ],
            }
        )

    @classmethod
    def _start_onboarding(cls, employee=None, **values):
        return cls.onboardings.create(
            {
                "employee_id": (employee or cls.employee).id,
                "date_start": "2026-10-01",
                **values,
            }
        )

    def _follow(self):
        with self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_team.ir_cron_onboarding"
            ).method_direct_trigger()

    def _get_to_dos(self, onboarding, user):
        """:return: summaries of the to-dos that somebody has on an onboarding"""
        self.env.invalidate_all()
        to_dos = onboarding.sudo().activity_ids
        return to_dos.filtered(lambda to_do: to_do.user_id == user).mapped("summary")
