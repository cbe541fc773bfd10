# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .training_common import SalesTrainingCommon

LATER = "2026-10-21 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesTraining(SalesTrainingCommon):
    """Places, waiting line, attendance, results and who sees what."""

    def _states(self, session=None):
        session = session or self.coming
        rows = session.sudo().attendance_ids.sorted("id")
        return {row.employee_id: row.state for row in rows}

    def _ask(self, user, session=None):
        (session or self.coming).with_user(user).action_ask_place()

    # ------------------------------------------------------------------
    # Places
    # ------------------------------------------------------------------

    def test_hr_plans_a_session_from_its_course(self):
        with Form(self.sessions) as form:
            form.course_id = self.course.with_user(self.hr_user)
            form.date_start = "2026-11-02 09:00:00"
        session = form.record
        self.assertRecordValues(
            session,
            [
                {
                    "hours": 4,
                    "places": 2,
                    "cost": 200,
                    "state": "planned",
                    "date": date(2026, 11, 2),
                    "free_count": 2,
                }
            ],
        )

    def test_who_comes_when_all_places_are_taken_waits(self):
        for user in (self.salesperson, self.colleague, self.outsider):
            self._ask(user)
        self.assertEqual(
            self._states(),
            {self.employee: "booked", self.peer: "booked", self.outside: "waiting"},
        )
        self.assertEqual(self.coming.free_count, 0)

    def test_who_gives_up_a_place_lets_the_first_in_line_move_up(self):
        self._enter(self.coming, self.employee + self.peer + self.outside)
        self._ask(self.leader)
        self.coming.with_user(self.salesperson).action_give_up_place()
        self.assertEqual(
            self._states(),
            {
                self.employee: "cancelled",
                self.peer: "booked",
                self.outside: "booked",
                self.superior: "waiting",
            },
        )

    def test_who_comes_again_is_the_last_in_line(self):
        self._enter(self.coming, self.employee + self.peer + self.outside)
        own = self.coming.with_user(self.salesperson)
        own.action_give_up_place()
        with freeze_time("2026-10-15 13:00:00"):
            own.action_ask_place()
        self.assertEqual(self._states()[self.employee], "waiting")

    def test_more_places_are_given_to_those_who_wait(self):
        self._enter(self.coming, self.people)
        self.coming.places = 3
        self.assertEqual(set(self._states().values()), {"booked"})

    def test_fewer_places_than_are_taken_are_refused(self):
        self._enter(self.coming, self.employee + self.peer)
        with self.assertRaisesRegex(ValidationError, "2 people have a place"):
            self.coming.places = 1

    def test_nobody_is_entered_twice(self):
        self._ask(self.salesperson)
        with self.assertRaisesRegex(UserError, "already in Negotiating"):
            self._ask(self.salesperson)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._enter(self.coming, self.employee)

    def test_places_are_asked_for_in_open_sessions_to_come(self):
        planned = self._create_session("2026-11-20", state="planned")
        with self.assertRaises(AccessError):
            self._ask(self.salesperson, planned)
        with freeze_time(LATER), self.assertRaisesRegex(UserError, "has begun"):
            self._ask(self.salesperson)
        self.coming.action_cancel()
        with self.assertRaisesRegex(UserError, "no longer Open"):
            self._ask(self.salesperson)
        with self.assertRaisesRegex(UserError, "is Cancelled"):
            self._enter(self.coming, self.employee)

    def test_without_an_employee_there_is_no_place(self):
        stranger = self._create_user("salesperson", login="stranger")
        with self.assertRaisesRegex(UserError, "no employee record"):
            self._ask(stranger)
        self.assertFalse(self.coming.with_user(stranger).can_ask)

    def test_a_session_that_is_cancelled_tells_who_was_to_come(self):
        self._enter(self.coming, self.employee)
        self.coming.action_cancel()
        self.assertEqual(self._states(), {self.employee: "cancelled"})
        message = self.env["mail.message"].search(
            [("model", "=", "sales.training.session"), ("res_id", "=", self.coming.id)]
        )
        self.assertEqual(message.notified_partner_ids, self.salesperson.partner_id)
        self.assertFalse(self.coming.event_id.active)

    # ------------------------------------------------------------------
    # Calendar
    # ------------------------------------------------------------------

    def test_those_with_a_place_have_the_session_in_their_calendar(self):
        self._enter(self.coming, self.people)
        event = self.coming.event_id
        partners = (self.salesperson + self.colleague).partner_id
        self.assertEqual(event.partner_ids, partners)
        self.assertEqual(event.privacy, "private")
        self.coming.with_user(self.salesperson).action_give_up_place()
        partners = (self.outsider + self.colleague).partner_id
        self.assertEqual(event.partner_ids, partners)

    def test_a_session_that_moves_moves_in_the_calendar(self):
        self._enter(self.coming, self.employee)
        self.coming.write(
            {"date_start": "2026-10-22 13:00:00", "date_end": "2026-10-22 17:00:00"}
        )
        self.assertEqual(str(self.coming.event_id.start), "2026-10-22 13:00:00")

    # ------------------------------------------------------------------
    # Results
    # ------------------------------------------------------------------

    def test_results_are_recorded_after_the_session_when_complete(self):
        self.course.write({"has_test": True, "pass_mark": 60})
        rows = self._enter(self.coming, self.employee + self.peer)
        with self.assertRaisesRegex(UserError, "still to come"):
            self.coming.action_record_results()
        with freeze_time(LATER):
            with self.assertRaisesRegex(UserError, "whether they attended"):
                self.coming.action_record_results()
            self.coming.action_mark_all_attended()
            rows[1].action_be_absent()
            with self.assertRaisesRegex(UserError, "test results of: Test Salesperson"):
                self.coming.action_record_results()
            rows[0].score = 59.9
            self.coming.action_record_results()
        self.assertRecordValues(
            rows,
            [
                {"state": "attended", "passed": False, "hours": 4},
                {"state": "absent", "passed": False, "hours": 0},
            ],
        )
        self.assertFalse(self.employee.resume_line_ids)

    def test_a_result_of_zero_is_a_result(self):
        self.course.write({"has_test": True, "pass_mark": 0})
        row = self._enter(self.coming, self.employee)
        with freeze_time(LATER):
            self.coming.action_mark_all_attended()
            row.is_tested = True
            self.coming.action_record_results()
        self.assertTrue(row.passed)

    def test_test_results_lie_between_0_and_100(self):
        row = self._enter(self.coming, self.employee)
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            row.score = 101
            row.flush_recordset()

    def test_who_passes_has_course_and_skill_on_the_profile(self):
        skill_type = self._create_skill_type()
        skill, level = skill_type.skill_ids, skill_type.skill_level_ids[-1]
        self.course.write(
            {
                "skill_id": skill.id,
                "skill_level_id": level.id,
                "validity_months": 24,
                "has_test": True,
                "pass_mark": 60,
            }
        )
        with freeze_time(LATER):
            session = self._hold("2026-10-20", self.employee, score=60)
        line = self.employee.resume_line_ids
        self.assertRecordValues(
            line,
            [
                {
                    "name": "Negotiating",
                    "date_start": date(2026, 10, 20),
                    "date_end": date(2028, 10, 20),
                    "duration": 4,
                    "line_type_id": self.env.ref("hr_skills.resume_type_training").id,
                }
            ],
        )
        self.assertRecordValues(
            self.employee.employee_skill_ids,
            [
                {
                    "skill_id": skill.id,
                    "skill_level_id": level.id,
                    "valid_to": date(2028, 10, 20),
                }
            ],
        )
        self.assertEqual(session.attendance_ids.valid_until, date(2028, 10, 20))

    def test_a_course_does_not_lower_what_somebody_knows(self):
        skill_type = self._create_skill_type()
        skill, (low, high) = skill_type.skill_ids, skill_type.skill_level_ids
        self.employee.current_employee_skill_ids = [
            Command.create(
                {
                    "skill_type_id": skill_type.id,
                    "skill_id": skill.id,
                    "skill_level_id": high.id,
                    "valid_from": "2026-01-01",
                }
            )
        ]
        self.course.write({"skill_id": skill.id, "skill_level_id": low.id})
        with freeze_time(LATER):
            self._hold("2026-10-20", self.employee)
        self.assertEqual(self.employee.current_employee_skill_ids.skill_level_id, high)

    def test_a_reopened_session_takes_back_what_it_entered(self):
        skill_type = self._create_skill_type()
        skill, (low, high) = skill_type.skill_ids, skill_type.skill_level_ids
        self.employee.current_employee_skill_ids = [
            Command.create(
                {
                    "skill_type_id": skill_type.id,
                    "skill_id": skill.id,
                    "skill_level_id": low.id,
                    "valid_from": "2026-01-01",
                }
            )
        ]
        self.course.write({"skill_id": skill.id, "skill_level_id": high.id})
        with freeze_time(LATER):
            session = self._hold("2026-10-20", self.employee)
            self.assertEqual(
                self.employee.current_employee_skill_ids.skill_level_id, high
            )
            with self.assertRaisesRegex(UserError, "Reopen it"):
                session.attendance_ids.score = 10
            session.action_reopen()
            session.attendance_ids.action_be_absent()
            session.action_record_results()
        self.employee.invalidate_recordset()
        self.assertFalse(self.employee.resume_line_ids)
        self.assertEqual(self.employee.current_employee_skill_ids.skill_level_id, low)

    def _create_skill_type(self):
        return self.env["hr.skill.type"].create(
            {
                "name": "Test Selling",
                "skill_ids": [Command.create({"name": "Test Negotiating"})],
                "skill_level_ids": [
                    Command.create({"name": "Test Low", "level_progress": 30}),
                    Command.create({"name": "Test High", "level_progress": 80}),
                ],
            }
        )

    def test_a_skill_needs_one_of_its_levels(self):
        mine, other = self._create_skill_type(), self._create_skill_type()
        with self.assertRaisesRegex(ValidationError, "enter both"):
            self.course.skill_id = mine.skill_ids
        with self.assertRaisesRegex(ValidationError, "is no level of"):
            self.course.write(
                {
                    "skill_id": mine.skill_ids.id,
                    "skill_level_id": other.skill_level_ids[0].id,
                }
            )

    def test_participants_rate_the_session_from_1_to_5(self):
        with freeze_time(LATER):
            session = self._hold("2026-10-20", self.people)
        own = session.attendance_ids.with_user(self.salesperson).search(
            [("user_id", "=", self.salesperson.id)]
        )
        for nonsense in ("0", "6"):
            with self.assertRaises(ValidationError):
                own.rating = nonsense
        own.rating = "4"
        self.assertFalse(session.rating, "a mean of one tells who gave it")
        for row in session.attendance_ids - own:
            row.with_user(row.user_id).rating = "1"
        session.invalidate_recordset(["rating"])
        self.assertEqual(session.rating, 2.0)

    def test_only_who_attended_rates(self):
        self._ask(self.salesperson)
        own = self.coming.attendance_ids.with_user(self.salesperson)
        with self.assertRaisesRegex(UserError, "rated by those who attended"):
            own.rating = "5"

    # ------------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------------

    def test_the_cost_is_divided_among_those_with_a_place(self):
        self.coming.write({"places": 3, "cost": 100})
        rows = self._enter(self.coming, self.people + self.superior)
        self.assertEqual(rows.mapped("cost"), [33.34, 33.33, 33.33, 0])
        rows[0].action_cancel()
        self.assertEqual(sum(rows.mapped("cost")), 100)

    def test_training_hours_count_for_person_and_team_of_that_day(self):
        with freeze_time(LATER):
            self._hold("2026-10-20", self.employee + self.outside)
        self.env["crm.team.member"].search(
            [("user_id", "=", self.salesperson.id)]
        ).crm_team_id = self.team_other
        self.assertEqual(self._measure(user_id=self.salesperson.id), [0, 4])
        self.assertEqual(self._measure(team_id=self.team_field.id), [0, 4])
        self.assertEqual(self._measure(), [0, 8])

    def _measure(self, **places):
        metric = self.env.ref("sales_efficiency_team.sales_metric_training_hours")
        scope = Scope(self.company.id, **places)
        periods = [Period.month(date(2026, month, 1)) for month in (9, 10)]
        values = metric._evaluate([scope], periods)
        return [values[metric.id, scope, period] for period in periods]

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def test_people_see_their_own_trainings_and_leaders_those_of_their_people(self):
        self._enter(self.coming, self.people)
        rows = self.coming.attendance_ids
        for user, people in (
            (self.salesperson, self.employee),
            (self.leader, self.employee + self.peer),
            (self.director, self.people),
            (self.hr_user, self.people),
        ):
            found = rows.with_user(user).search([("session_id", "=", self.coming.id)])
            self.assertEqual(found.sudo().employee_id, people, user.name)
        own = rows.filtered(lambda row: row.employee_id == self.employee)
        with self.assertRaises(AccessError):
            own.with_user(self.colleague).read(["name"])

    def test_people_change_nothing_of_their_results(self):
        self._ask(self.salesperson)
        own = self.coming.attendance_ids.with_user(self.salesperson)
        for values in ({"score": 100}, {"is_tested": True}, {"state": "attended"}):
            with self.subTest(values), self.assertRaises(AccessError):
                own.write(values)
        for action in ("action_attend", "action_cancel", "action_return"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(own, action)()
        for user in (self.salesperson, self.leader, self.director):
            for action in ("action_open", "action_cancel", "action_record_results"):
                with self.subTest(action), self.assertRaises(AccessError):
                    getattr(self.coming.with_user(user), action)()

    def test_nobody_enters_others_by_asking_for_a_place(self):
        with self.assertRaises(AccessError):
            self.attendances.with_user(self.salesperson).create(
                {"session_id": self.coming.id, "employee_id": self.peer.id}
            )
        self._ask(self.salesperson)
        with self.assertRaisesRegex(UserError, "no place"):
            self.coming.with_user(self.colleague).action_give_up_place()

    def test_leaders_do_not_write_what_their_people_think(self):
        with freeze_time(LATER):
            session = self._hold("2026-10-20", self.employee)
        with self.assertRaises(AccessError):
            session.attendance_ids.with_user(self.leader).rating = "5"

    def test_nobody_writes_what_others_think(self):
        with freeze_time(LATER):
            session = self._hold("2026-10-20", self.employee)
        row = session.attendance_ids
        for user in (self.hr_user, self.hr_manager):
            for name, value in (("rating", "1"), ("comment", "Forged")):
                with (
                    self.subTest(user.login, field=name),
                    self.assertRaisesRegex(AccessError, "Only participants say"),
                ):
                    row.with_user(user)[name] = value
        with self.assertRaisesRegex(AccessError, "Only participants say"):
            self.coming.with_user(self.hr_user).attendance_ids = [
                Command.create({"employee_id": self.peer.id, "rating": "5"})
            ]
        row.with_user(self.salesperson).write({"rating": "4", "comment": "Helpful"})
        self.assertEqual((row.rating, row.comment), ("4", "Helpful"))

    def test_salespeople_do_not_see_what_trainings_cost(self):
        self._ask(self.salesperson)
        own = self.coming.attendance_ids.with_user(self.salesperson)
        for records, name in (
            (self.course, "cost_per_person"),
            (self.coming, "cost"),
            (own, "cost"),
        ):
            mine = records.with_user(self.salesperson)
            with self.subTest(name), self.assertRaises(AccessError):
                mine.read([name])
            with self.subTest(name), self.assertRaises(AccessError):
                mine._read_group([], [], [f"{name}:sum"])
            self.assertEqual(len(records.with_user(self.leader).read([name])), 1)

    def test_another_company_sees_nothing(self):
        company = self.env["res.company"].create({"name": "Test Company B"})
        other = self._create_user("director", login="director_b")
        other.write({"company_ids": company.ids, "company_id": company.id})
        for records in (self.course, self.coming):
            with self.subTest(records._name), self.assertRaises(AccessError):
                records.with_user(other).read(["display_name"])
