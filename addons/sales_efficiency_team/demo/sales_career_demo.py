# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import Command, api, fields, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY


class SalesCareerDemo(models.AbstractModel):
    """Shows people of the demo company where they can get: two paths, a promotion that
    waits for approval, and career talks that were held, are to come or overdue."""

    _name = "sales.career.demo"
    _description = "Career Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True, no_mail_to_attendees=True)
        if demo.env["sales.career.path"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        senior = demo._create_job(demo.env._("Senior Sales Representative"))
        manager = demo._create_job(demo.env._("Key Account Manager"))
        demo._load_paths(senior, manager)
        demo._propose(senior)
        demo._hold_talk(senior)
        demo._plan_talks()
        demo._miss_talk()

    def _create_job(self, name):
        return self.env["hr.job"].create(
            {
                "name": name,
                "company_id": self.env.company.id,
                "department_id": self._get("department_sales_demo").id,
            }
        )

    def _load_paths(self, senior, manager):
        person, leader, director = (
            self._get(f"job_{name}_demo")
            for name in ("representative", "leader", "director")
        )
        grades = self.env["sales.appraisal.grade"]._find_grades(self.env.company)
        best, good = (grades[:1], grades[1:2])
        self._create_path(
            self.env._("Leading a Team"),
            self.env._("For those who make others successful."),
            (person, 0, 0, None, ()),
            (senior, 24, 90, good, ("sales",)),
            (leader, 24, 95, best, ("relation",)),
            (director, 48, 100, best, ()),
        )
        self._create_path(
            self.env._("Key Accounts"),
            self.env._("For those who know few customers, and these best."),
            (person, 0, 0, None, ()),
            (manager, 36, 90, good, ("relation", "industry")),
        )

    def _create_path(self, name, description, *levels):
        courses = self.env["sales.training.course"]
        return self.env["sales.career.path"].create(
            {
                "name": name,
                "description": description,
                "company_id": self.env.company.id,
                "level_ids": [
                    Command.create(
                        {
                            "sequence": 10 * number,
                            "job_id": job.id,
                            "months": months,
                            "attainment": attainment,
                            "grade_id": grade.id if grade else False,
                            "course_ids": courses.search([("topic", "in", topics)]).ids,
                        }
                    )
                    for number, (job, months, attainment, grade, topics) in enumerate(
                        levels
                    )
                ],
            }
        )

    def _propose(self, senior):
        """A leader proposes a promotion; HR and the director still have to approve."""
        move = (
            self.env["sales.career.move"]
            .with_user(self._get("user_david_demo"))
            .create(
                {
                    "user_id": self._get("user_cindy_demo").id,
                    "company_id": self.env.company.id,
                    "kind": "promotion",
                    "job_id": senior.id,
                    "reason": self.env._(
                        "Reaches her target year after year, and coaches the newcomers."
                    ),
                }
            )
        )
        move.action_submit()

    def _hold_talk(self, senior):
        """One talk was held in spring or autumn: a goal is reached, one is not."""
        level = self.env["sales.career.level"].search(
            [("job_id", "=", senior.id)], limit=1
        )
        day = fields.Date.today() - timedelta(days=120)
        amy = self._get("user_amy_demo")
        talk = self._create_talk(
            "kevin",
            amy,
            date_due=day,
            date_start=self.env.company._get_sales_moment(day, 10),
            level_id=level.id,
            summary=self.env._(
                "Amy takes over two larger customers, and learns to"
                " lead the newcomers' visits."
            ),
        )
        talk.with_user(amy).wishes = self.env._("Larger customers, and some leading.")
        goals = self.env["sales.action"].with_user(self._get("user_kevin_demo"))
        done, _open = goals.create(
            [
                {
                    "name": name,
                    "user_id": amy.id,
                    "company_id": self.env.company.id,
                    "career_talk_id": talk.id,
                    "date_deadline": day + timedelta(days=days),
                }
                for name, days in (
                    (self.env._("Join the course on key accounts"), 60),
                    (self.env._("Lead three joint visits with newcomers"), 180),
                )
            ]
        )
        talk.action_hold()
        done.with_user(amy).action_done()

    def _plan_talks(self):
        day = fields.Date.today() + timedelta(days=6)
        while day.weekday() > 4:
            day += timedelta(days=1)
        self._create_talk(
            "kevin",
            self._get("user_jason_demo"),
            date_due=day,
            date_start=self.env.company._get_sales_moment(day, 14),
        )
        self._create_talk(
            "linda",
            self._get("user_tony_demo"),
            date_due=fields.Date.today() + timedelta(days=20),
        )

    def _miss_talk(self):
        """A talk is overdue: whoever is above the leader has learned of it."""
        talk = self._create_talk(
            "david",
            self._get("user_yuki_demo"),
            date_due=fields.Date.today() - timedelta(days=12),
        )
        talk.with_env(self.env)._escalate()

    def _create_talk(self, leader, user, **values):
        talks = self.env["sales.career.talk"].with_user(
            self._get(f"user_{leader}_demo")
        )
        return talks.create(
            {"user_id": user.id, "company_id": self.env.company.id, **values}
        )

    def _get(self, name):
        return self.env.ref(f"sales_efficiency_base.{name}")
