# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_team.engine import TrainingNeeds

from ..engine import OnlineCourses
from .common import OnlineCourseCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestOnlineCourses(OnlineCourseCommon):
    """Who completes an eLearning course has passed the training that it counts as."""

    # ------------------------------------------------------------------
    # Passing
    # ------------------------------------------------------------------

    def test_who_completes_it_has_passed(self):
        self._complete(self.salesperson)
        self.assertRecordValues(
            self._get_online(),
            [
                {
                    "session_id": False,
                    "company_id": self.company.id,
                    "user_id": self.salesperson.id,
                    "team_id": self.team_field.id,
                    "job_id": self.job.id,
                    "date": date(2026, 10, 15),
                    "state": "attended",
                    "hours": 1.5,
                    "cost": 0,
                    "passed": True,
                    "valid_until": False,
                }
            ],
        )
        self.assertEqual(self.course.online_count, 1)

    def test_half_of_the_lessons_are_not_enough(self):
        self.env["slide.slide"].create(
            {
                "name": "Second Lesson",
                "channel_id": self.channel.id,
                "slide_category": "article",
                "is_published": True,
            }
        )
        self.channel._action_add_members(self.salesperson.partner_id)
        self.channel.slide_ids[0].with_user(self.salesperson).action_mark_completed()
        self.assertFalse(self._get_online())

    def test_an_eleven_month_old_pass_is_not_noted_twice(self):
        self.course.validity_months = 12
        self._complete(self.salesperson)
        member = self.env["slide.channel.partner"].search(
            [("partner_id", "=", self.salesperson.partner_id.id)]
        )
        with freeze_time("2027-09-15 12:00:00"):
            self.assertFalse(OnlineCourses(member).note())
        with freeze_time("2027-10-16 12:00:00"):
            again = OnlineCourses(member).note()
        self.assertEqual(again.employee_id, self.employee)
        self.assertEqual(len(self._get_online()), 2)

    def test_contents_added_later_take_nothing_back(self):
        self._complete(self.salesperson)
        lesson = self.channel.slide_ids[0]
        lesson.copy({"channel_id": self.channel.id, "is_published": True})
        self.channel._remove_membership(self.salesperson.partner_id.ids)
        self.assertTrue(self._get_online().passed)

    def test_what_was_completed_before_counts_when_the_course_is_linked(self):
        channel = self._create_channel("Products Online")
        self._complete(self.salesperson, channel)
        with freeze_time("2026-11-20 12:00:00"):
            course = self._create_course(name="Products")
            course.with_user(self.hr_user).slide_channel_id = channel
        online = self._get_online(course=course)
        self.assertEqual(online.date, date(2026, 10, 15), "the day of the completion")
        self.assertTrue(online.passed)

    def test_who_is_not_employed_passes_nothing(self):
        before = self.env["sales.training.attendance"].search_count([])
        self._complete(self.hr_user)
        self.assertEqual(self.env["sales.training.attendance"].search_count([]), before)

    def test_companies_have_courses_of_their_own(self):
        other = self._create_company()
        course = self._create_course(
            name="Elsewhere", company_id=other.id, slide_channel_id=self.channel.id
        )
        self._complete(self.salesperson)
        self.assertTrue(self._get_online())
        self.assertFalse(self._get_online(course=course))

    # ------------------------------------------------------------------
    # Tests
    # ------------------------------------------------------------------

    def test_the_certification_is_the_test(self):
        self._create_certification()
        self.course.write({"has_test": True, "pass_mark": 60})
        self._complete(self.salesperson)
        self.assertFalse(self._get_online(), "not certified yet")
        self._take_test(self.salesperson, 3)
        self.assertRecordValues(
            self._get_online(), [{"score": 75, "is_tested": True, "passed": True}]
        )

    def test_who_fails_the_certification_has_not_passed(self):
        self._create_certification()
        self._complete(self.salesperson)
        self._take_test(self.salesperson, 2)
        self.assertFalse(self._get_online())

    def test_a_test_needs_a_certification_that_requires_enough(self):
        with self.assertRaisesRegex(ValidationError, "has no certification"):
            self.course.has_test = True
        self._create_certification(least=50)
        with self.assertRaisesRegex(ValidationError, "passed with 50"):
            self.course.write({"has_test": True, "pass_mark": 60})
        self.course.write({"has_test": True, "pass_mark": 50})

    def test_a_pass_mark_that_is_raised_later_is_not_reached(self):
        self._create_certification()
        self.course.write({"has_test": True, "pass_mark": 60})
        self.channel.slide_ids.survey_id.scoring_success_min = 50
        self._complete(self.salesperson)
        self._take_test(self.salesperson, 2)
        self.assertRecordValues(self._get_online(), [{"score": 50, "passed": False}])

    # ------------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------------

    def test_skill_and_resume_are_those_of_a_session(self):
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Selling",
                "skill_ids": [(0, 0, {"name": "Negotiating"})],
                "skill_level_ids": [
                    (0, 0, {"name": "Good", "level_progress": 50}),
                    (0, 0, {"name": "Expert", "level_progress": 100}),
                ],
            }
        )
        level = skill_type.skill_level_ids.filtered(lambda lev: lev.name == "Good")
        self.course.write(
            {
                "skill_id": skill_type.skill_ids.id,
                "skill_level_id": level.id,
                "validity_months": 24,
            }
        )
        self._complete(self.salesperson)
        self.assertEqual(self.employee.current_employee_skill_ids.skill_level_id, level)
        [line] = self.employee.resume_line_ids.filtered("channel_id")
        self.assertEqual(line.channel_id, self.channel)
        self.assertEqual(line.date_end, date(2028, 10, 15))
        self.assertEqual(self._get_online().resume_line_id, line)

    def test_it_counts_for_duties_and_training_hours(self):
        self.course.job_ids = self.job
        plan = self.env["sales.training.plan"].create(
            {"team_id": self.team_field.id, "date_from": "2026-01-01"}
        )
        self.assertEqual(self._find_duties(plan), {self.salesperson, self.colleague})
        self._complete(self.salesperson)
        self.assertEqual(self._find_duties(plan), {self.colleague})
        scope = Scope(self.company.id, user_id=self.salesperson.id)
        period = Period.month(date(2026, 10, 1))
        found = self.env["sales.metric"].ask(["training_hours"], [scope], [period])
        self.assertEqual(found["training_hours", scope, period], 1.5)

    def _find_duties(self, plan):
        """:return: set of the users who still have to pass the course"""
        needs = TrainingNeeds(plan).propose()
        return {need.user for need in needs if need.course == self.course}

    # ------------------------------------------------------------------
    # Who may do what
    # ------------------------------------------------------------------

    def test_people_rate_what_they_have_learnt_online(self):
        self._complete(self.salesperson)
        own = self._get_online().with_user(self.salesperson)
        own.rating = "5"
        self.assertEqual(own.rating_value, 5)
        with self.assertRaises(AccessError):
            own.score = 100

    def test_results_are_those_of_elearning(self):
        self._complete(self.salesperson)
        online = self._get_online().with_user(self.hr_user)
        with self.assertRaisesRegex(UserError, "passed online"):
            online.score = 100
        with self.assertRaisesRegex(UserError, "passed online"):
            online.action_be_absent()

    @mute_logger("odoo.sql_db")
    def test_nobody_passes_online_by_hand(self):
        values = {
            "employee_id": self.employee.id,
            "online_course_id": self.course.id,
            "state": "attended",
        }
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.attendances.create(values)
        with self.assertRaises(CheckViolation), self.cr.savepoint():
            self.attendances.create({"employee_id": self.employee.id})

    def test_colleagues_do_not_see_who_passed_online(self):
        self._complete(self.salesperson)
        online = self._get_online()
        for user, sees in (
            (self.salesperson, True),
            (self.colleague, False),
            (self.leader, True),
            (self.director, True),
            (self.hr_user, True),
        ):
            with self.subTest(user.name):
                self.assertEqual(online.with_user(user).has_access("read"), sees)

    def test_the_course_opens_elearning(self):
        action = self.course.with_user(self.salesperson).action_open_elearning()
        self.assertIn("/slides/", action["url"])
        self.channel.is_published = False
        with self.assertRaises(AccessError):
            self.course.with_user(self.salesperson).action_open_elearning()

    # ------------------------------------------------------------------
    # Speed
    # ------------------------------------------------------------------

    def test_many_people_take_as_many_queries_as_one(self):
        users = self.salesperson + self.colleague + self.outsider
        channel = self._create_channel("Products Online")
        for user in users:
            self._complete(user, channel)
        members = self.env["slide.channel.partner"].search(
            [("channel_id", "=", channel.id), ("partner_id.user_ids", "in", users.ids)]
        )
        self.assertEqual(len(members), 3)
        self._create_course(name="Products", slide_channel_id=channel.id)
        counts = []
        for some in (members[:1], members[:1], members):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.assertFalse(OnlineCourses(some).note(), "noted when it was linked")
            counts.append(self.cr.sql_log_count - before)
        self.assertEqual(*counts[1:])  # The first one fills the caches.
