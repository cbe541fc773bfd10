# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, fields, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY, choose_name

NEWCOMER = "Nora Tsai 蔡詠晴"
# Days since the newcomer has started
DAYS = 24
# Topic of a course of the demo company, days after the start
COURSES = (("culture", 14), ("product", 45), ("sales", 90))


class SalesOnboardingDemo(models.AbstractModel):
    """Welcomes a newcomer: one course is passed, one task is late."""

    _name = "sales.onboarding.demo"
    _description = "Onboarding Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True, no_mail_to_attendees=True)
        if demo.env["sales.onboarding"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        courses = demo._define()
        start = fields.Date.today() - timedelta(days=DAYS)
        onboarding = demo._hire(start)
        demo._hold(courses[0], onboarding.employee_id, start + timedelta(days=10))
        tasks = onboarding.sudo().step_ids.activity_id.sorted("date_deadline")
        tasks[:1].action_feedback()
        onboarding.sudo()._follow()

    def _define(self):
        """What newcomers learn first"""
        courses = self.env["sales.training.course"]
        job = self._get_job()
        for topic, days in COURSES:
            course = courses.search([("topic", "=", topic)], limit=1)
            self.env["sales.onboarding.course"].create(
                {"job_id": job.id, "course_id": course.id, "days": days}
            )
            courses |= course
        return courses

    def _hire(self, start):
        name = choose_name(self.env, NEWCOMER)
        company, kevin = self.env.company, self._get("user_kevin_demo")
        person = self.env.ref("sales_efficiency_base.group_sales_person")
        user = (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": name,
                    "login": "nora",
                    "password": "nora",
                    "email": "nora@example.com",
                    "tz": "Asia/Taipei",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [
                        Command.set([self.env.ref("base.group_user").id, person.id])
                    ],
                }
            )
        )
        employee = self.env["hr.employee"].create(
            {
                "name": name,
                "user_id": user.id,
                "company_id": company.id,
                "department_id": self._get("department_north_demo").id,
                "job_id": self._get_job().id,
                "parent_id": kevin.employee_id.id,
                "date_version": start,
                "contract_date_start": start,
            }
        )
        self.env["crm.team.member"].create(
            {
                "user_id": user.id,
                "crm_team_id": self._get("team_north_demo").id,
                "sales_start_date": start,
            }
        )
        helen = self.env.ref("sales_efficiency_incentive.user_helen_demo")
        onboardings = self.env["sales.onboarding"].with_user(helen)
        return onboardings._start(employee.with_user(helen), date_start=start)

    def _hold(self, course, employee, day):
        start = course.company_id._get_sales_moment(day, 9)
        helen = self.env.ref("sales_efficiency_incentive.user_helen_demo")
        session = (
            self.env["sales.training.session"]
            .with_user(helen)
            .create(
                {
                    "course_id": course.id,
                    "date_start": start,
                    "date_end": start + timedelta(hours=3),
                    "location": self.env._("Taipei, room 3"),
                    "trainer_id": self._get("user_grace_demo").partner_id.id,
                }
            )
        )
        session.action_open()
        session._take_in(employee)
        session.action_mark_all_attended()
        session.action_record_results()

    def _get_job(self):
        return self._get("job_representative_demo")

    def _get(self, name):
        return self.env.ref(f"sales_efficiency_base.{name}")
