# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY

# Constants have no environment: their language is that of whoever asks.
# pylint: disable=prefer-env-translation
_lt = LazyTranslate(__name__)

REPRESENTATIVES = "job_representative_demo"
# Key, name, and values of each course
COURSES = (
    (
        "culture",
        _lt("Who We Are"),
        {"topic": "culture", "hours": 3, "cost_per_person": 500, "places": 20},
    ),
    (
        "product",
        _lt("Our Sensors and Drives"),
        {
            "topic": "product",
            "hours": 7,
            "cost_per_person": 1500,
            "has_test": True,
            "pass_mark": 70,
            "validity_months": 24,
        },
    ),
    (
        "negotiating",
        _lt("Negotiating with Purchasers"),
        {"topic": "sales", "hours": 7, "cost_per_person": 6000, "places": 8},
    ),
    (
        "complaints",
        _lt("From Complaint to Order"),
        {"topic": "service", "hours": 4, "cost_per_person": 3000},
    ),
    (
        "industry",
        _lt("Automation in the Semiconductor Industry"),
        {"topic": "industry", "hours": 4, "cost_per_person": 2000},
    ),
    (
        "accounts",
        _lt("Leading Key Accounts"),
        {"topic": "relation", "hours": 14, "cost_per_person": 9000, "places": 3},
    ),
)
# Course, months from now, people, test results
HELD = (
    ("culture", -7, ("yuki", "vivian", "emily"), ()),
    ("negotiating", -5, ("amy", "tony", "cindy"), ()),
    ("product", -23, ("jason", "tony", "eric"), (88, 74, 91)),
    ("product", -2, ("yuki", "vivian", "emily"), (82, 66, 95)),
)
# Course, days from now, people; more than places wait
COMING = (
    ("complaints", 9, ("amy", "vivian")),
    ("accounts", 20, ("jason", "cindy", "tony", "eric")),
    ("negotiating", 34, ()),
)
RATINGS = "45354"


class SalesTrainingDemo(models.AbstractModel):
    """Trains the people of the demo company: courses of each topic, sessions that were
    held and that are to come, and the plan of a team."""

    _name = "sales.training.demo"
    _description = "Training Demo Data"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True, no_mail_to_attendees=True)
        if demo.env["sales.training.course"].search_count([], limit=1):
            return  # Odoo can load demo data repeatedly
        courses = demo._load_courses()
        for key, months, people, scores in HELD:
            demo._hold(courses[key], months, people, scores)
        for key, days, people in COMING:
            demo._announce(courses[key], days, people)
        demo._load_plans()

    def _load_courses(self):
        courses = {
            key: self._hr("sales.training.course").create(
                {"name": self.env._(name), **values}
            )
            for key, name, values in COURSES
        }
        ordered = self.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        courses["negotiating"].metric_id = ordered
        jobs = self.env.ref(f"sales_efficiency_base.{REPRESENTATIVES}")
        (courses["culture"] + courses["product"]).job_ids = jobs
        return courses

    def _hold(self, course, months, people, scores):
        day = fields.Date.today() + relativedelta(months=months, day=14)
        session = self._create_session(course, day, people)
        session.action_mark_all_attended()
        rows = session.attendance_ids.sorted("id")
        for row, score in zip(rows, scores or (0,) * len(rows), strict=True):
            row.score = score
        session.action_record_results()
        for row, rating in zip(rows, RATINGS, strict=False):
            row.with_user(row.user_id).rating = rating

    def _announce(self, course, days, people):
        day = fields.Date.today() + timedelta(days=days)
        while day.weekday() > 4:
            day += timedelta(days=1)
        self._create_session(course, day, people)

    def _create_session(self, course, day, people):
        start = course.company_id._get_sales_moment(day, 9)
        session = self._hr("sales.training.session").create(
            {
                "course_id": course.id,
                "date_start": start,
                "date_end": start + timedelta(hours=min(course.hours + 1, 9)),
                "location": self.env._("Taipei, room 3"),
                "trainer_id": self._user("grace").partner_id.id,
                "cost": course.cost_per_person * max(len(people), 1),
            }
        )
        session.action_open()
        for login in people:  # One after the other: the last ones wait.
            session._take_in(
                self.env.ref(f"sales_efficiency_base.employee_{login}_demo")
            )
        return session

    def _load_plans(self):
        """The plan of one team is approved, that of another one waits for it."""
        for team, leader in (("north", "kevin"), ("south", "linda")):
            plan = (
                self.env["sales.training.plan"]
                .with_user(self._user(leader))
                .create(
                    {
                        "team_id": self.env.ref(
                            f"sales_efficiency_base.team_{team}_demo"
                        ).id
                    }
                )
            )
            plan.action_propose()
            if plan.line_ids:
                plan.action_submit()
            if plan.state == "submitted" and team == "north":
                self.env.invalidate_all()
                plan.with_user(self._user("grace"))._validate_tier()

    def _hr(self, model):
        helen = self.env.ref("sales_efficiency_incentive.user_helen_demo")
        return self.env[model].with_user(helen)

    def _user(self, login):
        return self.env.ref(f"sales_efficiency_base.user_{login}_demo")
