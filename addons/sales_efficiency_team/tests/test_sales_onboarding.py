# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .onboarding_common import OnboardingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesOnboarding(OnboardingCommon):
    """A newcomer is led through courses and tasks, once."""

    def _get_steps(self, onboarding):
        """:return: list of kind, step, deadline, state"""
        self.env.invalidate_all()
        return [
            (step.kind, step.display_name, step.date_deadline, step.state)
            for step in onboarding.step_ids.sorted("date_deadline")
        ]

    # ------------------------------------------------------------------
    # Start
    # ------------------------------------------------------------------

    def test_it_has_the_courses_and_tasks_of_the_job(self):
        onboarding = self._start_onboarding()
        self.assertEqual(
            self._get_steps(onboarding),
            [
                ("task", "Show the products", date(2026, 10, 8), "open"),
                ("course", "Negotiating", date(2026, 10, 15), "open"),
                ("course", "Closing", date(2026, 11, 30), "open"),
            ],
        )
        self.assertRecordValues(
            onboarding,
            [
                {
                    "job_id": self.job.id,
                    "team_id": self.team_field.id,
                    "hr_user_id": self.hr_user.id,
                    "state": "running",
                    "progress": 0,
                    "overdue_count": 1,
                    "date_next": date(2026, 10, 8),
                    "date_end": date(2026, 11, 30),
                }
            ],
        )
        by_kind = {step.display_name: step for step in onboarding.step_ids}
        task = by_kind["Show the products"]
        self.assertEqual(task.responsible_id, self.leader)
        self.assertEqual(by_kind["Closing"].responsible_id, self.salesperson)

    def test_the_button_on_the_employee_starts_it_once(self):
        employee = self.employee.with_user(self.hr_user)
        self.assertTrue(employee.sales_can_start_onboarding)
        first = employee.action_start_sales_onboarding()
        self.assertFalse(employee.sales_can_start_onboarding)
        again = employee.action_start_sales_onboarding()
        self.assertEqual(first["res_id"], again["res_id"])
        self.assertEqual(len(employee.sales_onboarding_ids), 1)
        self.assertEqual(len(self.employee.activity_ids), 1)

    def test_two_who_start_it_by_hand_make_one(self):
        self._start_onboarding()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._start_onboarding()

    def test_a_job_without_anything_for_newcomers_is_named(self):
        self.job.sales_onboarding_plan_id = False
        self.job.sales_onboarding_course_ids.unlink()
        employee = self.employee.with_user(self.hr_user)
        self.assertFalse(employee.sales_can_start_onboarding)
        for attempt in (
            employee.action_start_sales_onboarding,
            self._start_onboarding,
        ):
            with self.assertRaisesRegex(UserError, "Sales Representative"):
                attempt()

    def test_hr_enters_it_in_the_form(self):
        with Form(self.onboardings) as form:
            form.employee_id = self.peer
            form.date_start = "2026-10-12"
        onboarding = form.save()
        self.assertEqual(len(onboarding.step_ids), 3)

    def test_tasks_without_a_coach_are_planned_later(self):
        self.job.sales_onboarding_plan_id = self._create_plan(responsible_type="coach")
        self.employee.coach_id = False
        onboarding = self._start_onboarding()
        self.assertTrue(onboarding.needs_tasks)
        self.assertEqual(len(onboarding.step_ids), 2)
        with self.assertRaisesRegex(UserError, "Enter the coach"):
            onboarding.action_plan_tasks()
        self.employee.coach_id = self.superior
        onboarding.action_plan_tasks()
        self.assertFalse(onboarding.needs_tasks)
        self.assertEqual(len(onboarding.step_ids), 3)
        with self.assertRaisesRegex(UserError, "planned already"):
            onboarding.action_plan_tasks()

    def test_a_later_start_moves_courses_and_tasks(self):
        onboarding = self._start_onboarding()
        onboarding.date_start = "2026-10-08"
        self.assertEqual(
            [
                deadline
                for _kind, _name, deadline, _state in self._get_steps(onboarding)
            ],
            [date(2026, 10, 15), date(2026, 10, 22), date(2026, 12, 7)],
        )

    def test_newcomers_are_welcomed_once_they_have_a_user(self):
        newcomer = self.env["hr.employee"].create(
            {"name": "Ann", "company_id": self.company.id, "job_id": self.job.id}
        )
        onboarding = self._start_onboarding(newcomer)
        user = new_test_user(self.env, "ann", company_id=self.company.id)
        for _time in range(2):
            newcomer.user_id = user
            self.assertEqual(
                self._get_to_dos(onboarding, user), ["Get to know your onboarding"]
            )

    # ------------------------------------------------------------------
    # Progress
    # ------------------------------------------------------------------

    def test_a_course_is_done_once_it_is_passed_and_recorded(self):
        onboarding = self._start_onboarding()
        with freeze_time("2026-10-21 12:00:00"):
            self._hold("2026-10-16", self.employee)
            step = onboarding.step_ids.filtered(lambda s: s.course_id == self.course)
            self.assertRecordValues(
                step, [{"state": "done", "date_done": date(2026, 10, 16)}]
            )
            self.assertAlmostEqual(onboarding.progress, 100 / 3, 1)
            session = self.sessions.search([("date_start", "<", "2026-10-17")])
            session.filtered(lambda s: s.course_id == self.course).action_reopen()
            self.assertEqual(step.state, "open")

    def test_a_failed_test_leaves_the_course_open(self):
        self.course.has_test = True
        onboarding = self._start_onboarding()
        step = onboarding.step_ids.filtered(lambda s: s.course_id == self.course)
        self._hold("2026-10-10", self.employee, score=59)
        self.assertEqual(step.state, "open")
        self._hold("2026-10-12", self.employee, score=60)
        self.assertEqual((step.state, step.date_done), ("done", date(2026, 10, 12)))

    def test_what_was_passed_before_counts_unless_it_has_run_out(self):
        self.course.validity_months = 12
        self._hold("2025-09-20", self.employee)
        self._hold("2026-09-20", self.peer)
        for employee, state in ((self.employee, "open"), (self.peer, "done")):
            onboarding = self._start_onboarding(employee)
            step = onboarding.step_ids.filtered(lambda s: s.course_id == self.course)
            self.assertEqual(step.state, state)

    def test_a_task_is_done_with_its_activity_and_dropped_with_it(self):
        done, dropped = self._start_onboarding(), self._start_onboarding(self.peer)
        self.employee.activity_ids.with_user(self.leader).action_feedback()
        self.assertEqual(
            self._get_steps(done)[0],
            ("task", "Show the products", date(2026, 10, 8), "done"),
        )
        self.peer.activity_ids.unlink()
        self.assertEqual(self._get_steps(dropped)[0][3], "dropped")
        self.assertEqual((done.step_count, dropped.step_count), (3, 2))

    def test_it_is_done_with_its_last_step(self):
        onboarding = self._start_onboarding()
        self.employee.activity_ids.action_feedback()
        self._hold("2026-10-10", self.employee)
        self._hold("2026-10-12", self.employee, self.later_course)
        self.assertRecordValues(
            onboarding, [{"state": "done", "progress": 100, "overdue_count": 0}]
        )

    # ------------------------------------------------------------------
    # What is overdue
    # ------------------------------------------------------------------

    def test_what_is_overdue_is_told_once(self):
        onboarding = self._start_onboarding()
        text = "Overdue in the onboarding of Test Salesperson: Show the products"
        for _day in range(2):
            self._follow()
            for user in self.leader + self.hr_user:
                self.assertEqual(self._get_to_dos(onboarding, user), [text])
        # The task is the leader's, so the newcomer is only welcomed.
        self.assertEqual(len(self._get_to_dos(onboarding, self.salesperson)), 1)
        self._done(onboarding, self.leader)
        self._follow()
        self.assertFalse(self._get_to_dos(onboarding, self.leader))

    def _done(self, onboarding, user):
        to_dos = onboarding.sudo().activity_ids
        to_dos.filtered(lambda to_do: to_do.user_id == user).action_feedback()

    def test_newcomers_are_told_of_their_courses(self):
        onboarding = self._start_onboarding()
        with freeze_time("2026-10-16 12:00:00"):
            self._follow()
        text = (
            "Overdue in the onboarding of Test Salesperson: Show the products and"
            " Negotiating"
        )
        for user in self.leader + self.hr_user + self.salesperson:
            self.assertIn(text, self._get_to_dos(onboarding, user))

    def test_what_was_made_up_for_is_told_no_more(self):
        onboarding = self._start_onboarding()
        self._follow()
        self.employee.activity_ids.action_feedback()
        self._follow()
        self.assertFalse(self._get_to_dos(onboarding, self.leader))

    def test_without_a_leader_the_next_one_above_is_told(self):
        self.team_department.user_id = self.director
        self.leader.active = False
        onboarding = self._start_onboarding()
        self._follow()
        self.assertTrue(self._get_to_dos(onboarding, self.director))

    def test_a_deadline_of_today_is_not_overdue(self):
        onboarding = self._start_onboarding()
        with freeze_time("2026-10-08 23:00:00"):
            self.assertEqual(onboarding.overdue_count, 0)
            steps = self.env["sales.onboarding.step"]
            self.assertFalse(steps.search([("is_overdue", "=", True)]))

    # ------------------------------------------------------------------
    # Leavers and moves
    # ------------------------------------------------------------------

    def test_who_leaves_need_not_learn_any_more(self):
        onboarding = self._start_onboarding()
        self._follow()
        self.employee.action_archive()
        self.assertEqual(onboarding.state, "stopped")
        self.assertFalse(onboarding.sudo().activity_ids)
        self.assertFalse(self.employee.activity_ids)

    def test_who_has_left_is_not_told_about(self):
        onboarding = self._start_onboarding()
        self.employee.departure_date = "2026-10-14"
        self._follow()
        self.assertEqual(onboarding.state, "stopped")
        self.assertFalse(self._get_to_dos(onboarding, self.leader))

    def test_who_comes_back_starts_again(self):
        self._start_onboarding().action_stop()
        again = self._start_onboarding()
        self.assertEqual(again.state, "running")

    def test_a_new_job_has_an_onboarding_of_its_own(self):
        self._start_onboarding()
        other = self.env["hr.job"].create(
            {"name": "Key Account Manager", "company_id": self.company.id}
        )
        self.env["sales.onboarding.course"].create(
            {"job_id": other.id, "course_id": self.course.id}
        )
        self.employee.job_id = other
        first, second = self.employee.sales_onboarding_ids, self._start_onboarding()
        self.assertEqual(first.job_id, self.job)
        self.assertEqual(second.job_id, other)
        self.assertEqual(second.step_ids.course_id, self.course)

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def _see(self, user):
        self.env.invalidate_all()
        seen = self.env["sales.onboarding"].with_user(user).search([])
        steps = self.env["sales.onboarding.step"].with_user(user).search([])
        self.assertEqual(steps.sudo().onboarding_id, seen.sudo())
        return seen.sudo().employee_id

    def test_people_see_their_own_leaders_their_team_and_hr_all(self):
        own = self._start_onboarding()
        outside = self._start_onboarding(self.outside)
        self.assertEqual(self._see(self.salesperson), self.employee)
        self.assertFalse(self._see(self.colleague))
        self.assertEqual(self._see(self.leader), self.employee)
        for user in self.director + self.hr_user:
            self.assertEqual(self._see(user), self.employee | self.outside)
        for records in (own, own.step_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.leader).write({"company_id": self.company.id})
        self.assertTrue(outside)

    def test_leaders_see_newcomers_who_have_no_user_yet(self):
        newcomer = self.env["hr.employee"].create(
            {"name": "Ann", "company_id": self.company.id, "job_id": self.job.id}
        )
        self._start_onboarding(newcomer, team_id=self.team_field.id)
        self.assertEqual(self._see(self.leader), newcomer)
        self.assertFalse(self._see(self.salesperson))

    def test_a_new_leader_sees_it_and_the_former_does_not(self):
        self._start_onboarding()
        self.employee.parent_id = False
        self.team_field.crm_team_member_ids.filtered(
            lambda member: member.user_id == self.salesperson
        ).crm_team_id = self.team_other
        self.team_other.user_id = self.outsider
        self.outsider.group_ids += self.env.ref(
            "sales_efficiency_base.group_sales_leader"
        )
        self.assertFalse(self._see(self.leader))
        self.assertEqual(self._see(self.outsider), self.employee)

    def test_another_company_sees_nothing(self):
        self._start_onboarding()
        company = self.env["res.company"].create({"name": "Company B"})
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="hr.group_hr_user",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        self.assertFalse(self._see(stranger))

    def test_hr_adds_courses_and_drops_them_but_no_tasks(self):
        onboarding = self._start_onboarding()
        other = self._create_course(name="Other")
        with Form(onboarding) as form, form.step_ids.new() as line:
            line.course_id = other
            line.days = 90
        step = onboarding.step_ids.filtered(lambda s: s.course_id == other)
        self.assertEqual(step.date_deadline, date(2026, 12, 30))
        step.unlink()
        task = onboarding.step_ids.filtered(lambda s: s.kind == "task")
        with self.assertRaisesRegex(UserError, "Cancel the activity"):
            task.unlink()
        with self.assertRaisesRegex(UserError, "Choose the course"):
            onboarding.step_ids.create({"onboarding_id": onboarding.id})

    def test_my_development_reads_the_progress_of_people(self):
        onboarding = self._start_onboarding()
        people = self.salesperson + self.colleague
        found = self.env["sales.onboarding"].with_user(self.salesperson)
        found = found._get_progress(people)
        self.assertEqual(set(found), {self.salesperson.id})
        mine = found[self.salesperson.id]
        self.assertEqual(
            (mine["id"], mine["done"], mine["total"], mine["overdue"]),
            (onboarding.id, 0, 3, 1),
        )
        self.assertEqual(mine["steps"][0]["name"], "Show the products")
        self.assertTrue(mine["steps"][0]["is_overdue"])

    def test_the_list_takes_as_many_queries_for_many_as_for_few(self):
        self._start_onboarding()

        def read():
            self.env.invalidate_all()
            users = self.salesperson + self.colleague + self.outsider
            self.env["sales.onboarding"].with_user(self.hr_user)._get_progress(users)

        read()
        before = self.env.cr.sql_log_count
        read()
        few = self.env.cr.sql_log_count - before
        for employee in self.peer + self.outside:
            self._start_onboarding(employee)
        self.env.flush_all()
        with self.assertQueryCount(few):
            read()
