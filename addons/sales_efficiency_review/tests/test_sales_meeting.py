# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from freezegun import freeze_time
from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common_meeting import SalesMeetingCommon


@tagged("post_install", "-at_install")
class TestSalesMeeting(SalesMeetingCommon):
    # Calendar

    @freeze_time("2026-07-20 12:00:00")
    def test_a_meeting_is_one_event_with_the_team_and_its_leader(self):
        meeting = self._create_meeting()
        events = self.env["calendar.event"].search(
            [("partner_ids", "in", self.salesperson.partner_id.ids)]
        )
        self.assertEqual(events, meeting.event_id.sudo(False))
        self.assertRecordValues(
            events,
            [
                {
                    "name": meeting.name,
                    "start": datetime(2026, 8, 3, 8),
                    "stop": datetime(2026, 8, 3, 9, 30),
                    "user_id": self.leader.id,
                    "res_model": "sales.meeting",
                    "res_id": meeting.id,
                }
            ],
        )
        people = self.leader + self.salesperson + self.colleague
        self.assertEqual(events.partner_ids, people.partner_id)
        self.assertEqual(meeting.partner_ids, people.partner_id)

    @freeze_time("2026-07-20 12:00:00")
    def test_moving_the_meeting_moves_the_event(self):
        meeting = self._create_meeting()
        event = meeting.event_id
        meeting.write({"date": "2026-08-04 09:00:00", "duration": 2})
        self.assertEqual(
            (event.start, event.stop),
            (datetime(2026, 8, 4, 9), datetime(2026, 8, 4, 11)),
        )
        self.assertEqual(meeting.event_id, event)

    @freeze_time("2026-07-20 12:00:00")
    def test_moving_the_event_moves_the_meeting(self):
        meeting = self._create_meeting()
        guest = self.outsider.partner_id
        event = meeting.event_id.with_user(self.leader)
        event.write(
            {
                "start": "2026-08-10 09:00:00",
                "stop": "2026-08-10 10:00:00",
                "partner_ids": [Command.link(guest.id)],
            }
        )
        self.assertEqual(meeting.date, datetime(2026, 8, 10, 9))
        self.assertEqual(meeting.duration, 1)
        self.assertIn(guest, meeting.partner_ids)
        self.assertEqual(meeting.month, date(2026, 7, 1))

    @freeze_time("2026-07-20 12:00:00")
    def test_cancelling_either_cancels_both_and_it_can_be_planned_again(self):
        meeting = self._create_meeting()
        event = meeting.event_id
        meeting.action_cancel()
        self.assertFalse(event.active)
        meeting.action_plan()
        self.assertTrue(event.active)
        event.with_user(self.leader).action_archive()
        self.assertEqual(meeting.state, "cancelled")
        event.with_user(self.leader).action_unarchive()
        self.assertEqual(meeting.state, "planned")
        event.with_user(self.leader).unlink()
        self.assertEqual(meeting.state, "cancelled")
        self.assertEqual(meeting.date, datetime(2026, 8, 3, 8))
        meeting.action_plan()
        self.assertEqual(meeting.event_id.start, datetime(2026, 8, 3, 8))

    @freeze_time("2026-07-20 12:00:00")
    def test_deleting_a_planned_meeting_leaves_no_event(self):
        meeting = self._create_meeting()
        event = meeting.event_id
        meeting.unlink()
        self.assertFalse(event.exists())

    @freeze_time("2026-07-20 12:00:00")
    def test_who_attends_can_decline_but_neither_move_nor_cancel(self):
        event = self._create_meeting().event_id.with_user(self.salesperson)
        event.attendee_ids.filtered(
            lambda attendee: attendee.partner_id == self.salesperson.partner_id
        ).do_decline()
        for values in (
            {"start": datetime(2026, 8, 10, 9)},
            {"privacy": "public"},
            {"recurrency": True, "rrule_type": "weekly", "count": 3},
        ):
            with self.assertRaisesRegex(AccessError, "Test Leader"):
                event.write(values)
        with self.assertRaisesRegex(AccessError, "Test Leader"):
            event.unlink()

    @freeze_time("2026-07-20 12:00:00")
    def test_events_that_are_no_sales_meetings_are_nobody_else_s_business(self):
        event = self.env["calendar.event"].with_user(self.salesperson)
        event = event.create(
            {
                "name": "Lunch",
                "start": "2026-08-03 12:00:00",
                "stop": "2026-08-03 13:00:00",
            }
        )
        event.start = datetime(2026, 8, 4, 12)
        event.unlink()
        self.assertFalse(event.exists())

    @freeze_time("2026-07-20 12:00:00")
    def test_a_held_meeting_stays_as_it_was_whatever_becomes_of_its_event(self):
        meeting = self._create_meeting("2026-07-20")
        self._hold(meeting)
        meeting.event_id.with_user(self.leader).unlink()
        self.assertRecordValues(
            meeting, [{"state": "held", "date": datetime(2026, 7, 20, 8)}]
        )
        self.assertIn(self.salesperson.partner_id, meeting.partner_ids)

    # Months and teams

    @freeze_time("2026-07-20 12:00:00")
    def test_a_meeting_is_about_the_month_before_or_that_which_ends(self):
        self.assertEqual(self._create_meeting("2026-08-03").month, date(2026, 7, 1))
        self.assertEqual(self._create_meeting("2026-08-28").month, date(2026, 8, 1))

    @freeze_time("2026-07-20 12:00:00")
    def test_a_team_has_one_meeting_about_a_month(self):
        self._create_meeting()
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._create_meeting("2026-08-05")

    @freeze_time("2026-07-20 12:00:00")
    def test_the_form_proposes_team_people_and_month(self):
        form = Form(self.env["sales.meeting"].with_user(self.leader))
        form.date = datetime(2026, 9, 1, 9)
        self.assertEqual(form.team_id, self.team_department)
        self.assertEqual(form.month, date(2026, 8, 1))
        meeting = form.save()
        self.assertEqual(meeting.user_id, self.leader)
        self.assertIn("action items", meeting.agenda)

    @freeze_time("2026-07-20 12:00:00")
    def test_new_people_are_invited_and_those_who_left_no_more(self):
        meeting = self._create_meeting()
        guest = self.env["res.partner"].create({"name": "Guest"})
        meeting.partner_ids += guest
        self.team_field.member_ids -= self.colleague
        self.team_field.member_ids += self.outsider
        self.env["sales.meeting"]._cron_prepare()
        expected = (self.leader + self.salesperson + self.outsider).partner_id + guest
        self.assertEqual(meeting.partner_ids, expected)
        self.assertEqual(meeting.event_id.partner_ids, expected)

    @freeze_time("2026-07-20 12:00:00")
    def test_an_archived_leader_is_replaced(self):
        meeting = self._create_meeting()
        deputy = self._create_user("leader", login="deputy")
        self.leader.active = False
        self.team_department.user_id = deputy
        self.env["sales.meeting"]._cron_prepare()
        self.assertEqual(meeting.user_id, deputy)
        self.assertIn(deputy.partner_id, meeting.partner_ids)
        self.assertNotIn(self.leader.partner_id, meeting.partner_ids)
        meeting.with_user(deputy).minutes = "Held in place of the leader"

    @freeze_time("2026-07-20 12:00:00")
    def test_the_whole_company_meets_by_its_director(self):
        meeting = self._create_meeting(user=self.director, team_id=False)
        people = self.director + self.leader + self.salesperson + self.outsider
        self.assertEqual(
            people.partner_id - meeting.partner_ids, self.env["res.partner"]
        )
        self.assertEqual(meeting.user_id, self.director)

    # Holding

    @freeze_time("2026-07-20 12:00:00")
    def test_a_meeting_to_come_is_not_held(self):
        meeting = self._create_meeting()
        with self.assertRaisesRegex(UserError, "correct its date first"):
            meeting.action_hold()
        self.assertEqual(meeting.state, "planned")

    @freeze_time("2026-08-03 12:00:00")
    def test_what_is_held_is_neither_deleted_nor_cancelled_nor_counted_anew(self):
        meeting = self._create_meeting()
        self._hold(meeting)
        for action in ("unlink", "action_cancel", "action_generate_pack"):
            with self.subTest(action), self.assertRaises(UserError):
                getattr(meeting, action)()

    def test_wrong_values_are_refused(self):
        for values in ({"duration": 0}, {"month": date(2026, 7, 2)}):
            with (
                self.subTest(values),
                self.assertRaises(CheckViolation),
                mute_logger("odoo.sql_db"),
            ):
                self._create_meeting(**values)


@tagged("post_install", "-at_install")
class TestSalesMeetingAccess(SalesMeetingCommon):
    """Attendees may read; the leader of the team and superiors may write."""

    def test_nobody_gets_at_the_event_of_others_by_a_meeting(self):
        event = self.env["calendar.event"].create(
            {
                "name": "Private",
                "start": "2026-08-03 08:00:00",
                "stop": "2026-08-03 09:00:00",
                "user_id": self.outsider.id,
                "privacy": "private",
            }
        )
        meeting = self._create_meeting()
        with self.assertRaises(AccessError):
            meeting.event_id = event
        values = {"date": "2026-09-03 08:00:00"}
        with self.assertRaises(AccessError):
            meeting.create({**values, "event_id": event.id})
        meeting = meeting.with_context(default_event_id=event.id).create(values)
        self.assertNotIn(meeting.event_id, (event, event.browse()))
        meeting.unlink()
        self.assertTrue(event.exists())

    @freeze_time("2026-08-03 12:00:00")
    def test_attendees_read_of_the_pack_what_is_about_themselves(self):
        self._start()
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        self.assertIn(self.colleague_target, meeting.line_ids.target_id)
        meeting.invalidate_recordset()
        lines = meeting.with_user(self.salesperson).line_ids
        self.assertTrue(lines.target_id)
        self.assertEqual(lines.user_id, self.salesperson)

    @freeze_time("2026-08-03 12:00:00")
    def test_a_leader_reads_of_the_company_s_pack_what_is_about_the_own_team(self):
        self._create_target(team_id=self.team_other.id, amount=100)
        self._start()
        meeting = self._create_meeting(
            user=self.director,
            team_id=False,
            partner_ids=[Command.set(self.leader.partner_id.ids)],
        )
        meeting.action_generate_pack()
        self.assertEqual(meeting.line_ids.target_id, self.plan.target_ids)
        meeting.invalidate_recordset()
        lines = meeting.with_user(self.leader).line_ids
        team = self.team_target + self.person_target + self.colleague_target
        self.assertEqual(lines.target_id, team + self.line_target)

    @freeze_time("2026-08-03 12:00:00")
    def test_attendees_may_read_the_pack_of_the_team_and_others_nothing(self):
        self.company.sales_meeting_share_pack = True
        self._start()
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        own = meeting.with_user(self.salesperson)
        own.invalidate_recordset()
        self.assertIn(self.colleague_target, own.line_ids.sudo().target_id)
        self.assertEqual(
            own.person_line_ids.mapped("name"), ["Test Salesperson", "Test Colleague"]
        )
        with self.assertRaises(AccessError):
            own.minutes = "Mine"
        other = self.env["sales.meeting"].with_user(self.outsider)
        self.assertFalse(other.search([("id", "=", meeting.id)]))
        lines = self.env["sales.meeting.line"].with_user(self.outsider)
        self.assertFalse(lines.search([("meeting_id", "=", meeting.id)]))

    @freeze_time("2026-08-03 12:00:00")
    def test_a_document_of_somebody_else_is_not_opened_from_the_pack(self):
        self.company.sales_meeting_share_pack = True
        self._start()
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        lines = meeting.with_user(self.salesperson).person_line_ids
        mine, others = lines
        self.assertEqual(mine.action_open_document()["res_id"], self.person_target.id)
        with self.assertRaisesRegex(AccessError, "Test Colleague"):
            others.action_open_document()

    def test_on_a_phone_the_pack_shows_figures_too(self):
        """Odoo shows cards there, by default of names alone."""
        arch = self.env["sales.meeting.line"].get_view(view_type="kanban")["arch"]
        for name in ("actual", "amount", "attainment", "solution", "date_deadline"):
            self.assertIn(f'name="{name}"', arch)

    @freeze_time("2026-08-03 12:00:00")
    def test_a_line_leads_to_the_gap_of_the_month_of_the_meeting(self):
        self.company.sales_meeting_share_pack = True
        self._start()
        meeting = self._create_meeting()
        meeting.action_generate_pack()
        mine, others = meeting.with_user(self.salesperson).person_line_ids
        action = mine.action_open_gap_analysis()
        self.assertRecordValues(
            self._open_gap(action),
            [
                {
                    "target_id": self.person_target.id,
                    "period": "month",
                    "date_from": date(2026, 7, 1),
                }
            ],
        )
        with self.assertRaisesRegex(AccessError, "Test Colleague"):
            others.action_open_gap_analysis()

    @freeze_time("2026-08-03 12:00:00")
    def test_leaders_hold_meetings_of_their_own_teams_only(self):
        stranger = self._create_user("leader", login="stranger")
        self.team_other.user_id = stranger
        for team in (self.team_department, self.env["crm.team"]):
            with self.subTest(team.name), self.assertRaises(AccessError):
                self._create_meeting(user=stranger, team_id=team.id)
        meeting = self._create_meeting()
        meeting.partner_ids += stranger.partner_id
        guest = meeting.with_user(stranger)
        self.assertEqual(guest.name, meeting.name)
        self.assertTrue(meeting.can_edit)
        self.assertFalse(guest.can_edit)
        with self.assertRaises(AccessError):
            guest.action_generate_pack()
        with self.assertRaises(AccessError):
            self._agree(guest)

    @freeze_time("2026-08-03 12:00:00")
    def test_nobody_hands_a_meeting_to_a_team_that_is_not_theirs(self):
        meeting = self._create_meeting()
        with self.assertRaises(AccessError):
            meeting.write({"team_id": self.team_other.id, "user_id": self.leader.id})

    def test_the_director_holds_any_meeting(self):
        meeting = self._create_meeting().with_user(self.director)
        self._hold(meeting)
        meeting.decisions = "Grow"
        self.assertEqual(meeting.state, "held")

    @freeze_time("2026-08-03 12:00:00")
    def test_meetings_of_another_company_are_out_of_sight(self):
        other = self._create_company(name="Other Company")
        director = self._create_user("director", login="elsewhere")
        director.write(
            {"company_ids": [Command.set(other.ids)], "company_id": other.id}
        )
        meeting = self._create_meeting(user=self.director, team_id=False)
        self.assertNotIn(director.partner_id, meeting.partner_ids)
        elsewhere = self._create_meeting(user=director, team_id=False)
        self.assertEqual(elsewhere.company_id, other)
        self.assertNotIn(self.salesperson.partner_id, elsewhere.partner_ids)
        self.assertNotIn(
            meeting, self.env["sales.meeting"].with_user(director).search([])
        )

    @freeze_time("2026-08-03 12:00:00")
    def test_attendees_read_what_was_agreed_and_owners_do_it(self):
        meeting = self._create_meeting()
        action = self._agree(meeting)
        self.assertIn(action, meeting.with_user(self.colleague).action_ids)
        action.with_user(self.salesperson).action_done()
        self.assertEqual(action.state, "done")
        with self.assertRaises(AccessError):
            action.with_user(self.colleague).name = "Something else"
        own = action.with_user(self.salesperson).copy({"meeting_id": False})
        with self.assertRaises(AccessError):
            own.meeting_id = meeting

    def test_owners_do_not_take_back_what_was_agreed(self):
        meeting = self._create_meeting()
        action = self._agree(meeting)
        own = action.with_user(self.salesperson)
        with self.assertRaises(AccessError):
            own.meeting_id = False
        with self.assertRaises(AccessError):
            own.unlink()
        own.copy({"meeting_id": False}).unlink()
        action.with_user(self.leader).unlink()
        self.assertFalse(action.exists())
