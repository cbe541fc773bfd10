# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..engine import career_progress
from .career_common import CareerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesCareerPath(CareerCommon):
    """What each level asks for, and what people still lack for it."""

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------

    def test_the_examples_of_the_engine_are_true(self):
        self.assertFalse(doctest.testmod(career_progress).failed)

    def test_a_level_that_asks_for_nothing_is_open_to_all(self):
        standing = self._standing()
        self.assertRecordValues(
            standing,
            [
                {
                    "level_id": self.low.id,
                    "next_level_id": self.middle.id,
                    "since": date(2020, 1, 1),
                    "months": 81,
                    "is_ready": True,
                    "share": 100,
                }
            ],
        )

    def test_months_count_from_the_day_in_the_job(self):
        self.middle.months = 24
        self.employee.create_version({"date_version": "2024-11-01"})
        self.assertTrue(self._standing().is_ready, "a new version of the same job")
        job = self.env["hr.job"].create({"name": "Other", "company_id": False})
        self.employee.version_ids.sorted("date_version")[0].job_id = job
        self.assertEqual(self._missing(), ["Months in the level: 23 of 24"])
        with freeze_time("2026-10-31 12:00:00"):
            self.assertTrue(self._standing().is_ready, "24 whole months")

    def test_who_joined_last_week_has_no_month_yet(self):
        self.middle.write({"months": 1, "attainment": 90})
        self.employee.version_id.date_version = "2026-10-08"
        self.assertEqual(
            self._missing(),
            [
                "Months in the level: 0 of 1",
                "Average attainment, Ordered Amount: – of 90.0 %",
            ],
        )

    def _sell(self, *amounts, user=None, month=7):
        """Sell in consecutive months, with targets of 100,000."""
        user = user or self.salesperson
        target = self._create_target(
            parent_id=self.root.id, user_id=user.id, amount=1_200_000
        )
        target.month_ids.amount = 100_000
        self._start()
        self._create_history(
            *(
                (date(2026, month + number, 10), amount, {"user_id": user.id})
                for number, amount in enumerate(amounts)
            )
        )
        self._refresh()

    def test_the_average_attainment_is_that_of_the_latest_months(self):
        self.middle.write({"attainment": 90, "attainment_months": 3})
        self._sell(80_000, 90_000, 99_000)
        # 269,000 of 300,000; September to July
        self.assertEqual(
            self._missing(), ["Average attainment, Ordered Amount: 89.7 % of 90.0 %"]
        )
        self.middle.attainment_months = 2
        self.assertTrue(self._standing().is_ready, "189,000 of 200,000")

    def test_months_in_the_former_job_do_not_count(self):
        self.middle.write({"attainment": 90, "attainment_months": 3})
        self._sell(10_000, 95_000, 95_000)
        self.assertFalse(self._standing().is_ready)
        first = self.employee.version_id
        self.employee.create_version({"date_version": "2026-08-01"})
        first.job_id = self.job_leader
        self.assertTrue(self._standing().is_ready)

    def test_a_change_of_team_leaves_the_attainment_as_it_was(self):
        self.middle.write({"attainment": 90, "attainment_months": 3})
        self._sell(95_000, 95_000, 95_000)
        self.team_field.crm_team_member_ids.filtered(
            lambda member: member.user_id == self.salesperson
        ).crm_team_id = self.team_other
        self.assertTrue(self._standing(viewer=self.director).is_ready)

    def test_the_grade_is_that_of_the_latest_appraisal_told(self):
        best, good = self.env["sales.appraisal.grade"].create(
            [
                {"name": name, "lowest": lowest, "company_id": self.company.id}
                for name, lowest in (("Best", 91), ("Good", 81))
            ]
        )
        self.middle.grade_id = best
        self.assertEqual(self._missing(), ["Grade of the last appraisal: – of Best"])
        self._grade(self.salesperson, best, "2026-06-30")
        self.assertTrue(self._standing().is_ready)
        untold = self._grade(self.salesperson, good, told_at=False)
        self.assertTrue(self._standing().is_ready, "nobody was told of the new one")
        untold.told_at = "2026-10-14 09:00:00"
        self.assertEqual(self._missing(), ["Grade of the last appraisal: Good of Best"])

    def test_skills_are_those_of_the_next_job(self):
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Test Selling",
                "skill_ids": [Command.create({"name": "Test Leading"})],
                "skill_level_ids": [
                    Command.create({"name": f"Test {level}", "level_progress": level})
                    for level in (30, 60)
                ],
            }
        )
        skill, (some, much) = skill_type.skill_ids, skill_type.skill_level_ids
        values = {"skill_type_id": skill_type.id, "skill_id": skill.id}
        self.job_senior.job_skill_ids = [
            Command.create(values | {"skill_level_id": much.id})
        ]
        self.assertEqual(self.middle.job_skill_ids.skill_id, skill)
        self.employee.current_employee_skill_ids = [
            Command.create(values | {"skill_level_id": some.id})
        ]
        self.assertEqual(self._missing(), ["Test Leading: Test 30 of Test 60"])
        self.peer.current_employee_skill_ids = [
            Command.create(values | {"skill_level_id": much.id})
        ]
        self.assertTrue(self._standing(self.colleague).is_ready)
        self.middle.asks_skills = False
        self.assertTrue(self._standing().is_ready)

    def test_courses_are_passed_and_still_valid(self):
        self.course.validity_months = 12
        self.middle.course_ids = self.course
        self.assertEqual(self._missing(), ["Pass the course Negotiating"])
        self._hold("2025-10-10", self.employee)
        self.assertFalse(self._standing().is_ready, "it has run out")
        session = self._create_session("2026-10-10")
        self._enter(session, self.employee)
        session.action_mark_all_attended()
        self.assertFalse(self._standing().is_ready, "the results are not recorded")
        session.action_record_results()
        self.assertTrue(self._standing().is_ready)

    def test_what_is_met_is_shown_beside_what_is_not(self):
        self.middle.write({"months": 24, "course_ids": self.course.ids})
        standing = self._standing()
        self.assertEqual(standing.share, 50)
        self.assertIn("fa-check", standing.conditions)
        self.assertIn("fa-times", standing.conditions)

    # ------------------------------------------------------------------
    # Paths
    # ------------------------------------------------------------------

    def test_a_person_can_be_on_several_paths(self):
        manager = self.env["hr.job"].create(
            {"name": "Key Account Manager", "company_id": self.company.id}
        )
        self.env["sales.career.path"].create(
            {
                "name": "Key Accounts",
                "company_id": self.company.id,
                "level_ids": [
                    Command.create({"job_id": job.id, "sequence": sequence})
                    for sequence, job in enumerate((self.job, manager))
                ],
            }
        )
        self.assertEqual(self._standing().next_job_id, self.job_senior + manager)
        self.path.active = False
        self.assertEqual(self._standing().next_job_id, manager)

    def test_nothing_leads_on_from_the_top(self):
        self.employee.job_id = self.job_leader
        self.assertFalse(self._standing())
        self.employee.job_id = self.job_senior
        self.assertEqual(self._standing().next_level_id, self.high)

    def test_levels_are_entered_in_the_form(self):
        path = self.env["sales.career.path"].with_user(self.director)
        with Form(path) as form:
            form.name = "Key Accounts"
            with form.level_ids.new() as level:
                level.job_id = self.job.with_user(self.director)
            with form.level_ids.new() as level:
                level.job_id = self.job_senior.with_user(self.director)
                level.months = 24
                level.attainment = 95
        path = form.save()
        self.assertEqual(
            path.level_names, "Sales Representative → Senior Representative"
        )
        self.assertEqual(path.level_ids[1].metric_id, self.ordered)

    def test_nonsense_is_refused(self):
        with (
            self.assertRaisesRegex(ValidationError, "of which metric"),
            self.cr.savepoint(),
        ):
            self.middle.write({"attainment": 90, "metric_id": False})
        for values in (
            {"months": -1},
            {"attainment": 1001},
            {"attainment_months": 0},
            {"job_id": self.job.id},
        ):
            with (
                self.subTest(values),
                self.assertRaises(IntegrityError),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.middle.write(values)

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def _see(self, user):
        self.env.invalidate_all()
        return self.standings.with_user(user).search([]).sudo().user_id

    def test_people_see_their_own_and_leaders_their_people(self):
        ours = self.salesperson + self.colleague + self.outsider
        self.assertEqual(self._see(self.salesperson), self.salesperson)
        self.assertEqual(self._see(self.leader), self.salesperson + self.colleague)
        for user in self.director + self.hr_user:
            self.assertEqual(self._see(user) & ours, ours)

    def test_the_leader_finds_who_qualifies(self):
        self.middle.course_ids = self.course
        self._hold("2026-10-10", self.peer + self.outside)
        ready = self.standings.with_user(self.leader).search([("is_ready", "=", True)])
        self.assertEqual(ready.user_id, self.colleague)
        lacking = self.standings.with_user(self.leader).search(
            [("is_ready", "=", False)]
        )
        self.assertEqual(lacking.user_id, self.salesperson)

    def test_my_development_reads_what_is_missing(self):
        self.middle.course_ids = self.course
        paths = self.env["sales.career.path"]
        people = (self.employee + self.peer + self.outside).sudo()
        for user, seen in (
            (self.salesperson, self.employee),
            (self.leader, self.employee + self.peer),
            (self.hr_user, people),
        ):
            found = paths.with_user(user)._get_missing(people)
            self.assertEqual(set(found), set(seen.ids))
        [mine] = found[self.employee.id]
        self.assertEqual(mine["missing"], ["Pass the course Negotiating"])
        self.assertEqual(mine["next_level"], "Senior Representative")
        self.assertEqual(mine["conditions"][0]["course_id"], self.course.id)
        self.assertFalse(mine["is_ready"])

    def test_who_left_is_on_no_path(self):
        self.employee.action_archive()
        self.assertFalse(self._standing())

    def test_only_directors_and_hr_define_paths(self):
        for user in self.salesperson + self.leader:
            for records in (self.path, self.path.level_ids):
                with self.assertRaises(AccessError):
                    records.with_user(user).write({"sequence": 3})
        self.path.with_user(self.hr_user).sequence = 3

    def test_the_list_takes_as_many_queries_for_many_as_for_few(self):
        self.middle.write(
            {"months": 12, "attainment": 90, "course_ids": self.course.ids}
        )
        self._sell(95_000, 95_000, 95_000)
        members = self.team_field.crm_team_member_ids

        def read():
            self.env.invalidate_all()
            rows = self.standings.with_user(self.leader).search([])
            rows.mapped("missing")
            rows.search([("is_ready", "=", True)])

        read()  # fills the caches of the registry
        before = self.env.cr.sql_log_count
        read()
        few = self.env.cr.sql_log_count - before
        for user in self.outsider + self.director:
            members.create({"crm_team_id": self.team_field.id, "user_id": user.id})
        self.head.job_id = self.job
        self.env.flush_all()
        with self.assertQueryCount(few):
            read()
