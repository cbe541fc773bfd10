# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .honour_common import TODAY, HonourCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesHonourAccess(HonourCommon):
    """Everybody sees published honours, and nothing of the election before."""

    def _sees(self, record, user):
        self.env.invalidate_all()
        return record.with_user(user).has_access("read")

    def test_everybody_sees_published_winners_only(self):
        honour = self._elect(place_count=1)
        people = (self.salesperson, self.colleague, self.leader)
        for user in people:
            self.assertFalse(self._sees(honour, user))
            self.assertFalse(self._sees(honour.nominee_ids[:1], user))
        self._publish(honour)
        first, *others = honour.nominee_ids
        for user in people:
            with self.subTest(user.login):
                self.assertTrue(self._sees(honour, user))
                self.assertTrue(self._sees(first, user))
                for other in others:
                    self.assertFalse(self._sees(other, user))
                self.env.invalidate_all()
                self.assertEqual(honour.with_user(user).nominee_ids, first)

    def test_figures_of_winners_are_seen_if_so_chosen(self):
        for shown in (False, True):
            honour = self._publish(show_figures=shown)
            winner = honour.nominee_ids[:1].with_user(self.colleague)
            self.env.invalidate_all()
            self.assertEqual("300" in (winner.figure or ""), shown)
            for name in ("value", "rank", "attainment", "reason", "vote_count"):
                with self.assertRaises(AccessError):
                    winner.read([name])

    def test_the_jury_sees_names_and_no_figures(self):
        honour = self._elect(
            jury_ids=self.leader.ids,
            vote_deadline=date(2026, 10, 20),
            shortlist_count=2,
        )
        mine = honour.with_user(self.leader)
        self.env.invalidate_all()
        self.assertEqual(mine.nominee_ids.user_id, self.salesperson + self.colleague)
        self.assertFalse(any(mine.nominee_ids.mapped("place")))
        with self.assertRaises(AccessError):
            mine.nominee_ids.read(["value"])
        self.assertFalse(self._sees(honour, self.colleague))

    def test_directors_do_not_see_why_they_cannot_win(self):
        """It could be a report that they do not know of."""
        self._sold((self.director, self.team_other, 900))
        case = self._open_case(user=self.director, reporter=self.hr_user)
        case.with_user(self.hr_manager).action_hear()
        honour = self._elect()
        own = self._nominee(honour, self.director)
        self.assertFalse(own.is_eligible)
        self.assertFalse(self._sees(own, self.director))
        self.assertTrue(self._sees(own, self.hr_user))

    def test_only_directors_hold_elections(self):
        for user in (self.leader, self.salesperson, self.hr_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["sales.honour"].with_user(user).create({})

    def test_amounts_of_prizes_are_not_for_everybody(self):
        prize = {"kind": "reward", "amount": 500, "description": "Dinner"}
        honour = self._publish(prize_ids=[(0, 0, prize)])
        mine = honour.with_user(self.colleague).prize_ids
        self.env.invalidate_all()
        self.assertEqual(mine.description, "Dinner")
        with self.assertRaises(AccessError):
            mine.read(["amount"])
        with self.assertRaises(AccessError):
            honour.with_user(self.colleague).read(["reward_ids"])

    def test_what_is_written_about_an_election_is_not_for_everybody(self):
        honour = self._elect()
        note = honour.message_post(body="Really?")
        self._publish(honour)
        self.assertFalse(self._sees(note, self.colleague))
        found = [("message_ids.body", "ilike", "Really?")]
        self.assertIn(honour, honour.with_user(self.director).search(found))
        self.assertFalse(honour.with_user(self.colleague).search(found))
        self.assertTrue(self._sees(note, self.hr_user))

    def test_files_of_messages_about_an_election_are_not_for_everybody(self):
        honour = self._publish()
        file = self._attach(honour)
        self.assertTrue(self._sees(file, self.hr_user))
        self.assertFalse(self._sees(file, self.colleague))
        own = [("res_model", "=", honour._name), ("res_id", "=", honour.id)]
        files = self.env["ir.attachment"].with_user(self.colleague)
        for domain in (own, [("id", "=", file.id)], [("name", "=", file.name)]):
            self.assertFalse(files.search(domain))
        self.assertEqual(files.with_user(self.hr_user).search(own), file)

    def _attach(self, record):
        return self.env["ir.attachment"].create(
            {
                "name": "draft.txt",
                "raw": b"words",
                "res_model": record._name,
                "res_id": record.id,
            }
        )
