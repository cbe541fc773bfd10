# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import SalesEfficiencyCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestSalesAction(SalesEfficiencyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.actions = cls.env["sales.action"]

    def _create_action(self, user=None, owner=None, **values):
        return self.actions.with_user(user or self.leader).create(
            {
                "name": "Visit the largest customer",
                "user_id": (owner or self.salesperson).id,
                "date_deadline": date(2026, 7, 24),
                "company_id": self.company.id,
                **values,
            }
        )

    def test_the_owner_has_a_to_do_until_it_is_done(self):
        item = self._create_action()
        self.assertRecordValues(
            item.activity_ids,
            [
                {
                    "user_id": self.salesperson.id,
                    "date_deadline": date(2026, 7, 24),
                    "summary": "Visit the largest customer",
                }
            ],
        )
        item.with_user(self.salesperson).write({"result": "Order promised"})
        item.with_user(self.salesperson).action_done()
        self.assertEqual(item.date_done, date(2026, 7, 16))
        self.assertFalse(item.activity_ids)
        item.action_reopen()
        self.assertFalse(item.date_done)
        self.assertEqual(item.activity_ids.user_id, self.salesperson)

    def test_ticking_off_the_to_do_does_the_item(self):
        item = self._create_action()
        activity = item.activity_ids.with_user(self.salesperson)
        activity.action_feedback("They order in August")
        self.assertRecordValues(
            item,
            [
                {
                    "state": "done",
                    "result": "They order in August",
                    "date_done": date(2026, 7, 16),
                }
            ],
        )

    def test_the_to_do_follows_owner_and_due_date(self):
        item = self._create_action()
        item.write({"user_id": self.colleague.id, "date_deadline": date(2026, 8, 3)})
        self.assertRecordValues(
            item.activity_ids,
            [{"user_id": self.colleague.id, "date_deadline": date(2026, 8, 3)}],
        )
        item.action_cancel()
        self.assertFalse(item.activity_ids)

    def test_each_role_sees_its_own_items(self):
        mine = self._create_action()
        other = self._create_action(user=self.director, owner=self.outsider)
        for user, seen in (
            (self.salesperson, mine),
            (self.leader, mine),
            (self.outsider, other),
            (self.director, mine + other),
        ):
            found = self.actions.with_user(user).search([])
            self.assertEqual(found & (mine + other), seen, user.name)
        with self.assertRaises(AccessError):
            mine.with_user(self.outsider).action_done()

    def test_only_who_may_do_it_is_offered_to(self):
        item = self._create_action()
        for user, expected in ((self.salesperson, True), (self.leader, True)):
            self.assertEqual(item.with_user(user).can_edit, expected)

    def test_a_to_do_is_not_taken_to_an_item_of_others(self):
        own = self._create_action(user=self.salesperson)
        other = self._create_action(user=self.outsider, owner=self.outsider)
        activity = own.activity_ids.with_user(self.salesperson)
        with self.assertRaises(AccessError):
            activity.write({"res_id": other.id})
        self.assertEqual(other.state, "open")
