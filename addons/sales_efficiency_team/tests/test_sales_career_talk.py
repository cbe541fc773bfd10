# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .career_common import CareerCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesCareerTalk(CareerCommon):
    """Once a year people and superiors talk, and agree on goals."""

    def _plan_talk(self, user=None, **values):
        return self.talks.create(
            {
                "user_id": (user or self.salesperson).id,
                "company_id": self.company.id,
                "date_due": "2026-11-30",
                **values,
            }
        )

    def _get_to_dos(self, talk):
        self.env.invalidate_all()
        return [(a.user_id, a.summary) for a in talk.sudo().activity_ids]

    def _agree(self, talk, user=None, **values):
        return (
            self.env["sales.action"]
            .with_user(user or self.leader)
            .create(
                {
                    "name": "Lead three visits",
                    "user_id": talk.user_id.id,
                    "company_id": self.company.id,
                    "career_talk_id": talk.id,
                    **values,
                }
            )
        )

    # ------------------------------------------------------------------
    # From the date to the goals
    # ------------------------------------------------------------------

    def test_the_superior_is_asked_for_a_date_and_the_person_to_prepare(self):
        talk = self._plan_talk()
        self.assertEqual((talk.state, talk.superior_id), ("to_plan", self.leader))
        self.assertEqual(
            self._get_to_dos(talk),
            [(self.leader, "Plan the career talk with Test Salesperson")],
        )
        talk.date_start = "2026-10-20 09:00:00"
        self.assertEqual(talk.state, "planned")
        [(user, summary)] = self._get_to_dos(talk)
        self.assertEqual(user, self.salesperson)
        self.assertIn("Prepare your career talk", summary)
        event = talk.sudo().event_id
        self.assertEqual(event.privacy, "private")
        self.assertEqual(event.partner_ids, (self.salesperson + self.leader).partner_id)
        event.write({"start": "2026-10-21 09:00:00", "stop": "2026-10-21 10:30:00"})
        self.assertRecordValues(
            talk, [{"date_start": datetime(2026, 10, 21, 9), "duration": 1.5}]
        )

    def test_it_closes_with_what_was_agreed_and_goals(self):
        talk = self._plan_talk(date_start="2026-10-14 09:00:00")
        with self.assertRaisesRegex(UserError, "at least one goal"):
            talk.action_hold()
        talk.summary = "Learns to lead"
        goal = self._agree(talk)
        talk.action_hold()
        self.assertEqual(talk.state, "held")
        self.assertFalse(self._get_to_dos(talk))
        with self.assertRaisesRegex(UserError, "Only its goals"):
            talk.summary = "Something else"
        goal.with_user(self.salesperson).action_done()
        self.assertRecordValues(talk, [{"goal_count": 1, "goals_done_count": 1}])
        self.assertEqual(talk.goal_names, "✓ Lead three visits")
        with self.assertRaisesRegex(UserError, "kept"):
            talk.unlink()

    def test_a_talk_to_come_was_not_held_yet(self):
        talk = self._plan_talk(date_start="2026-10-20 09:00:00", summary="Fine")
        self._agree(talk)
        with self.assertRaisesRegex(UserError, "when the talk was held"):
            talk.action_hold()

    def test_people_write_their_wishes_and_goals_and_no_more(self):
        talk = self._plan_talk().with_user(self.salesperson)
        with Form(talk) as form:
            form.wishes = "Lead a team"
            with form.goal_ids.new() as goal:
                goal.name = "Read about leading"
        self.assertEqual(talk.wishes, "Lead a team")
        self.assertEqual(talk.goal_ids.user_id, self.salesperson)
        for values in ({"summary": "All fine"}, {"superior_id": self.colleague.id}):
            with self.assertRaisesRegex(AccessError, "Your superior enters"):
                talk.write(values)
        for action in (talk.action_hold, talk.action_cancel):
            with self.assertRaisesRegex(AccessError, "Your superior closes"):
                action()
        with self.assertRaises(AccessError):
            talk.unlink()

    def test_it_shows_what_the_next_level_asks_for(self):
        self.middle.course_ids = self.course
        talk = self._plan_talk()
        self.env.invalidate_all()
        self.assertIn("Negotiating", talk.conditions)
        # Nobody is looked up by a form that is not saved, nor after the talk.
        new = self.talks.new({"user_id": self.outsider.id})
        self.assertFalse(new.conditions)
        talk.action_cancel()
        self.assertFalse(talk.conditions)

    def test_nobody_plans_their_own_talk(self):
        with self.assertRaisesRegex(UserError, "Your superior plans"):
            self._plan_talk(self.leader)
        talk = self._plan_talk()
        with self.assertRaisesRegex(UserError, "Nobody holds their own"):
            talk.superior_id = self.salesperson

    def test_one_talk_at_a_time(self):
        self._plan_talk()
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self._plan_talk()

    def test_a_cancelled_talk_leaves_the_calendar(self):
        talk = self._plan_talk(date_start="2026-10-20 09:00:00")
        talk.action_cancel()
        self.assertEqual(talk.state, "cancelled")
        self.assertFalse(talk.sudo().event_id)
        self.assertFalse(self._get_to_dos(talk))
        with self.assertRaisesRegex(UserError, "closed already"):
            talk.action_cancel()
        self._plan_talk()

    def test_a_talk_takes_some_time(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            self._plan_talk(duration=0)

    # ------------------------------------------------------------------
    # Every year
    # ------------------------------------------------------------------

    def _get_talks(self, user=None):
        return self.env["sales.career.talk"].search(
            [("user_id", "=", (user or self.salesperson).id)]
        )

    def test_superiors_are_asked_once_a_year(self):
        held = self._plan_talk(date_start="2025-11-10 09:00:00", summary="Fine")
        self._agree(held)
        held.action_hold()
        self.employee.version_id.contract_date_start = "2020-01-01"
        for _time in range(2):
            self._run("ir_cron_career_talks")
        talk = self._get_talks() - held
        self.assertRecordValues(
            talk, [{"state": "to_plan", "date_due": date(2026, 11, 14)}]
        )
        self.assertEqual(self._get_to_dos(talk)[0][0], self.leader)

    def test_who_had_a_talk_lately_or_has_just_joined_is_not_asked(self):
        held = self._plan_talk(date_start="2026-03-10 09:00:00", summary="Fine")
        self._agree(held)
        held.action_hold()
        self.peer.version_id.date_version = "2026-10-08"
        self._run("ir_cron_career_talks")
        self.assertEqual(self._get_talks(), held)
        self.assertFalse(self._get_talks(self.colleague))
        self.assertTrue(self._get_talks(self.outsider))

    def test_companies_without_career_paths_are_left_in_peace(self):
        self.env["sales.career.path"].search([]).active = False
        self._run("ir_cron_career_talks")
        self.assertFalse(self._get_talks())

    def test_the_talk_of_a_leaver_is_dropped(self):
        talk = self._plan_talk()
        self.salesperson.active = False
        self._run("ir_cron_career_talks")
        self.assertEqual(talk.state, "cancelled")

    def test_the_talk_goes_to_the_new_superior(self):
        talk = self._plan_talk().sudo()
        self._run("ir_cron_career_talks")
        self.assertEqual(talk.superior_id, self.leader)
        self.team_department.user_id = self.director
        self.employee.parent_id = self.head
        self._run("ir_cron_career_talks")
        self.assertEqual(talk.superior_id, self.director)
        self.assertEqual(self._get_to_dos(talk)[0][0], self.director)

    def test_without_a_leader_the_next_above_holds_it(self):
        self.team_department.user_id = self.director
        self.assertEqual(
            self.talks.with_user(self.hr_user)
            .create({"user_id": self.salesperson.id, "company_id": self.company.id})
            .superior_id,
            self.director,
        )

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def _see(self, user):
        self.env.invalidate_all()
        return self.env["sales.career.talk"].with_user(user).search([])

    def test_the_person_the_superior_directors_and_hr_see_a_talk(self):
        talk = self._plan_talk()
        for user in self.salesperson + self.leader + self.director + self.hr_user:
            self.assertEqual(self._see(user), talk)
        for user in self.colleague + self.outsider:
            self.assertFalse(self._see(user))

    def test_leaders_plan_talks_with_their_own_people(self):
        with self.assertRaises(AccessError):
            self._plan_talk(self.outsider, superior_id=self.leader.id)

    def test_hr_reads_the_goals_in_words(self):
        talk = self._plan_talk()
        self._agree(talk)
        self.env.invalidate_all()
        talk = talk.with_user(self.hr_user)
        self.assertEqual(talk.goal_names, "· Lead three visits")
        with self.assertRaises(AccessError):
            talk.read(["goal_ids"])
        with Form(talk) as form:
            form.location = "Room 3"
