# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .conduct_common import TODAY, ConductCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesConductRule(ConductCommon):
    """Rules that everybody reads and confirms, version by version."""

    def _confirmation(self, user, version=None):
        return self.env["sales.conduct.confirmation"].search(
            [
                ("user_id", "=", user.id),
                ("version_id", "=", (version or self.rules).id),
            ]
        )

    def _new_version(self):
        action = self.rules.with_user(self.director).action_new_version()
        return self.env["sales.conduct.version"].browse(action["res_id"])

    def test_everybody_who_sells_is_asked_once(self):
        for user in self.salesperson + self.leader + self.director:
            self.assertEqual(len(self._confirmation(user)), 1)
        self.assertFalse(self._confirmation(self.hr_user))
        self.env["sales.conduct.version"]._cron_ask()
        self.assertEqual(len(self._confirmation(self.salesperson)), 1)

    def test_newcomers_are_asked_by_the_job(self):
        newcomer = self._create_user("salesperson", login="newcomer")
        self.env["sales.conduct.version"]._cron_ask()
        confirmation = self._confirmation(newcomer)
        self.assertEqual(confirmation.activity_ids.user_id, newcomer)

    def test_confirming_does_the_to_do(self):
        mine = self._confirmation(self.salesperson).with_user(self.salesperson)
        self.assertEqual(mine.activity_ids.user_id, self.salesperson)
        mine.action_confirm()
        self.assertTrue(mine.confirmed_at)
        self.assertFalse(mine.activity_ids)
        self.assertEqual(self.rules.with_user(self.director).confirmed_count, 1)

    def test_nobody_confirms_for_others(self):
        theirs = self._confirmation(self.salesperson)
        with self.assertRaises(UserError):
            theirs.with_user(self.director).action_confirm()
        with self.assertRaises(AccessError):
            theirs.with_user(self.colleague).action_confirm()
        mine = theirs.with_user(self.salesperson)
        with self.assertRaises(AccessError):
            mine.confirmed_at = "2026-01-01"

    def test_a_new_version_is_confirmed_anew(self):
        self._confirmation(self.salesperson).with_user(
            self.salesperson
        ).action_confirm()
        unread = self._confirmation(self.colleague)
        draft = self._new_version()
        self.assertEqual(draft.number, self.rules.number + 1)
        self.assertEqual(draft.rule_ids.mapped("name"), ["Gifts", "Lies to customers"])
        draft.with_user(self.director).action_publish()
        self.assertEqual(self.rules.state, "superseded")
        self.assertFalse(unread.exists())
        self.assertTrue(self._confirmation(self.salesperson).confirmed_at)
        again = self._confirmation(self.salesperson, draft)
        self.assertFalse(again.confirmed_at)
        self.assertTrue(again.activity_ids)

    def test_there_is_one_draft_at_a_time(self):
        self.assertEqual(self._new_version(), self._new_version())

    def test_superseded_rules_are_not_confirmed(self):
        old = self._confirmation(self.salesperson)
        old.with_user(self.salesperson).action_confirm()
        self._new_version().with_user(self.director).action_publish()
        with self.assertRaisesRegex(UserError, "not in force"):
            old.with_user(self.salesperson).action_confirm()

    def test_published_rules_do_not_change(self):
        rules = self.rules.with_user(self.director)
        for write in (
            lambda: rules.write({"note": "New"}),
            lambda: rules.write({"rule_ids": [Command.create({"name": "More"})]}),
            lambda: rules.rule_ids[0].write({"points": 50}),
            lambda: rules.rule_ids[0].unlink(),
            rules.unlink,
        ):
            with self.assertRaisesRegex(UserError, "do not change"):
                write()

    def test_rules_without_a_rule_are_not_published(self):
        empty = self.env["sales.conduct.version"].with_user(self.director).create({})
        with self.assertRaisesRegex(UserError, "at least one rule"):
            empty.action_publish()

    def test_a_director_writes_rules_in_the_form(self):
        draft = self._new_version().with_user(self.director)
        with Form(draft) as form, form.rule_ids.new() as rule:
            rule.name = "Private deals"
            rule.severity = "serious"
            rule.points = 10
        self.assertEqual(len(draft.rule_ids), 3)

    def test_salespeople_read_rules_in_force_but_no_drafts(self):
        rules = self.env["sales.conduct.rule"].with_user(self.salesperson)
        draft = self._new_version()
        self.assertIn(self.gifts.id, rules.search([]).ids)
        self.assertFalse(rules.search([("version_id", "=", draft.id)]))
        with self.assertRaises(AccessError):
            self.gifts.with_user(self.salesperson).points = 0

    def test_senseless_rules_are_refused(self):
        draft = self._new_version()
        for values in (
            {"points": 101},
            {"points": -1},
            {"lapse_months": 0},
            {"hold_months": -1},
            {"holds_pay": True, "hold_months": 0},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
            ):
                draft.rule_ids[0].write(values)
                self.env.flush_all()
