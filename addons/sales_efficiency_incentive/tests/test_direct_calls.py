# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from .common import SalesIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestDirectCalls(SalesIncentiveCommon):
    """What a client sends beside the forms."""

    def _with_defaults(self, model, **defaults):
        """:return: the model as officer, with defaults of the client and of the user"""
        for name, value in defaults.items():
            self.env["ir.default"].with_user(self.officer).set(
                model, name, value, user_id=True
            )
        context = {f"default_{name}": value for name, value in defaults.items()}
        return self.env[model].with_user(self.officer).with_context(**context)

    def test_no_default_says_what_becomes_of_a_version(self):
        versions = self._with_defaults(
            "sales.incentive.version",
            state="approved",
            submitted_by_id=self.director.id,
            approved_at="2026-10-15 12:00:00",
        )
        version = versions.create(
            {"plan_id": self.incentive.id, "date_from": date(2027, 1, 1)}
        )
        self.assertRecordValues(
            version,
            [{"state": "draft", "submitted_by_id": False, "approved_at": False}],
        )

    def test_no_default_lets_a_rule_continue_another(self):
        rules = self._with_defaults("sales.incentive.rule", root_id=self.rule.id)
        rule = rules.create(
            {
                "version_id": self.version.id,
                "name": "New",
                "metric_id": self.invoiced.id,
                "rate": 1,
            }
        )
        self.assertEqual(rule.root_id, rule.id)

    def test_no_reviewer_is_passed_over_by_writing_reviews(self):
        self.version.with_user(self.officer).action_submit()
        for user in (self.officer, self.director):
            with self.assertRaises(AccessError):
                self.version.review_ids.with_user(user).write({"status": "approved"})
            with self.assertRaises(AccessError):
                self.version.with_user(user).write({"validation_status": "validated"})

    def test_a_version_does_not_take_rules_of_another(self):
        other = self._create_version(self.incentive, date(2027, 1, 1))
        with self.assertRaises(AccessError):
            self.version.with_user(self.officer).rule_ids = [
                Command.link(other.rule_ids.id)
            ]

    def test_approved_terms_do_not_change_by_commands_of_their_plan(self):
        self._approve()
        for command in (
            Command.update(self.version.id, {"cap_month": 1}),
            Command.delete(self.version.id),
        ):
            with self.assertRaises(UserError):
                self.incentive.with_user(self.officer).version_ids = [command]
        for command in (
            Command.update(self.rule.id, {"rate": 1}),
            Command.delete(self.rule.id),
            Command.create({"name": "More", "metric_id": self.invoiced.id}),
        ):
            with self.assertRaises(UserError):
                self.version.with_user(self.officer).rule_ids = [command]

    def test_who_may_only_read_does_not_act(self):
        self._approve()
        for user in (self.salesperson, self.leader, self.hr_manager, self.finance):
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self.version.with_user(user).action_new_version()
                with self.assertRaises(AccessError):
                    self.incentive.with_user(user).name = "Mine"
        draft = self._create_version(self.incentive, date(2027, 1, 1))
        for user in (self.hr_manager, self.finance):
            with self.subTest(user.login), self.assertRaises(AccessError):
                draft.with_user(user).action_submit()

    def test_a_page_that_was_open_too_long_decides_nothing(self):
        version = self._approve()
        for act in (version.action_submit, version.action_draft):
            with self.assertRaises(UserError):
                act()
