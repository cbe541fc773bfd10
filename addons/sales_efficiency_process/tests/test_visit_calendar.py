# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .visit_common import NOON, VisitCommon


@tagged("post_install", "-at_install")
@freeze_time(NOON)
class TestVisitCalendar(VisitCommon):
    """A planned visit and its event say the same."""

    def test_the_event_has_subject_time_and_place_only(self):
        self.customer_north.write({"street": "1 North Road", "city": "Northville"})
        visit = self._visit(
            contact_ids=self.north_contact.ids,
            result="They are nearly broke",
            goal_ids=[Command.create({"kind": "goal", "name": "Raise the price"})],
        )
        event = visit.event_id
        self.assertRecordValues(
            event,
            [
                {
                    "name": "Visit: Customer North",
                    "start": datetime(2026, 10, 15, 14),
                    "stop": datetime(2026, 10, 15, 15),
                    "user_id": self.salesperson.id,
                    "partner_ids": self.salesperson.partner_id.ids,
                }
            ],
        )
        self.assertIn("1 North Road", event.location)
        self.assertFalse(event.description)
        self.assertFalse(event.opportunity_id)

    def test_time_follows_in_both_directions(self):
        visit = self._visit()
        visit.write({"start": "2026-10-16 09:00:00", "duration": 0.5})
        self.assertRecordValues(
            visit.event_id,
            [
                {
                    "start": datetime(2026, 10, 16, 9),
                    "stop": datetime(2026, 10, 16, 9, 30),
                }
            ],
        )
        visit.event_id.with_user(self.salesperson).write(
            {"start": "2026-10-19 10:00:00", "stop": "2026-10-19 10:50:00"}
        )
        self.assertEqual(visit.start, datetime(2026, 10, 19, 10))
        self.assertEqual(visit.stop, datetime(2026, 10, 19, 10, 50))
        self.assertEqual(visit.date, date(2026, 10, 19))

    def test_an_event_moved_afterwards_does_not_move_the_visit(self):
        visit = self._visit()
        self._check_in(visit)
        visit.event_id.sudo().write(
            {"start": "2026-10-19 10:00:00", "stop": "2026-10-19 11:00:00"}
        )
        self.assertEqual(visit.start, datetime(2026, 10, 15, 14))

    def test_a_cancelled_visit_leaves_the_calendar_and_comes_back(self):
        visit = self._visit()
        event = visit.event_id
        visit.action_cancel()
        self.assertFalse(event.active)
        visit.action_reopen()
        self.assertTrue(event.active)

    def test_a_deleted_event_cancels_the_visit(self):
        visit = self._visit()
        visit.event_id.with_user(self.salesperson).unlink()
        self.assertEqual(visit.state, "cancelled")
        visit.action_reopen()
        self.assertTrue(visit.event_id, "a new event")

    def test_an_archived_event_cancels_the_visit_and_a_restored_one_plans_it(self):
        visit = self._visit()
        event = visit.event_id.with_user(self.salesperson)
        event.action_archive()
        self.assertEqual(visit.state, "cancelled")
        event.action_unarchive()
        self.assertEqual(visit.state, "planned")

    def test_no_context_parts_a_visit_from_its_event(self):
        for method in ("action_archive", "unlink"):
            visit = self._visit()
            event = visit.event_id.with_user(self.salesperson)
            getattr(event.with_context(sales_visit_follows=True), method)()
            with self.subTest(method):
                self.assertEqual(visit.state, "cancelled")

    def test_a_restored_event_takes_up_a_visit_that_had_begun(self):
        visit = self._visit()
        self._check_in(visit)
        visit.action_cancel()
        visit.event_id.with_user(self.salesperson).action_unarchive()
        self.assertEqual(visit.state, "visiting")

    def test_a_colleague_cannot_move_or_delete_the_event(self):
        event = self._visit().event_id.with_user(self.colleague)
        with self.assertRaisesRegex(AccessError, "You can decline"):
            event.start = datetime(2026, 10, 16, 9)
        with self.assertRaisesRegex(AccessError, "You can decline"):
            event.unlink()

    def test_another_salesperson_takes_over_the_event(self):
        visit = self._visit().with_user(self.leader)
        visit.user_id = self.colleague
        self.assertEqual(visit.event_id.user_id, self.colleague)
        self.assertEqual(visit.event_id.partner_ids, self.colleague.partner_id)
        self.assertEqual(visit.team_id, self.team_field)

    def test_a_deleted_visit_takes_its_event_along(self):
        visit = self._visit()
        event = visit.event_id
        visit.with_user(self.director).unlink()
        self.assertFalse(event.exists())
