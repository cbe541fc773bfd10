# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .common import SalesIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesIncentiveVersion(SalesIncentiveCommon):
    """Terms are approved in tiers, and never change afterwards."""

    # Approval

    def test_director_and_hr_manager_approve_what_the_officer_submits(self):
        version = self.version.with_user(self.officer)
        version.action_submit()
        self.assertEqual(self.version.state, "submitted")
        self.assertEqual(self.version.submitted_by_id, self.officer)
        self.assertEqual(
            self.version.review_ids.sorted("sequence").reviewer_ids,
            self.director + self.hr_manager,
        )
        self.version.with_user(self.director)._validate_tier()
        self.assertEqual(self.version.state, "submitted")
        self.env.invalidate_all()
        self.version.with_user(self.hr_manager)._validate_tier()
        self.assertEqual(self.version.state, "approved")
        self.assertTrue(self.version.approved_at)

    def test_an_approver_has_a_to_do(self):
        self.version.with_user(self.officer).action_submit()
        self.env.cr.precommit.run()
        self.assertEqual(self.version.activity_ids.user_id, self.director)

    def test_the_officer_does_not_approve(self):
        version = self.version.with_user(self.officer)
        version.action_submit()
        version._validate_tier()
        self.assertEqual(self.version.state, "submitted")
        with self.assertRaisesRegex(UserError, "Only a sales director"):
            version.action_approve()

    def test_nobody_approves_a_version_that_pays_them(self):
        deputy = self._create_user("director", login="deputy")
        self._assign(self.director)
        self.version.with_user(self.officer).action_submit()
        review = self.version.review_ids.sorted("sequence")[0]
        self.assertEqual(review.reviewer_ids, deputy)
        with self.assertRaisesRegex(UserError, "pays you"):
            self.version.with_user(self.director)._validate_tier()

    def test_who_is_assigned_later_does_not_approve_either(self):
        self.version.with_user(self.officer).action_submit()
        self._assign(self.director)
        with self.assertRaisesRegex(UserError, "pays you"):
            self.version.with_user(self.director)._validate_tier()

    def test_who_left_before_the_terms_begin_approves_them(self):
        self._assign(
            self.director, date_from=date(2025, 1, 1), date_to=date(2025, 12, 31)
        )
        self._approve()
        self.assertEqual(self.version.state, "approved")

    def test_terms_that_pay_all_who_could_approve_them_are_not_submitted(self):
        self._assign(self.director)
        with self.assertRaisesRegex(UserError, "Nobody can approve"):
            self.version.with_user(self.officer).action_submit()

    def test_without_rules_of_approval_another_director_approves(self):
        self.env["tier.definition"].search(
            [("model", "=", "sales.incentive.version")]
        ).active = False
        self.version.with_user(self.director).action_submit()
        deputy = self._create_user("director", login="deputy")
        with self.assertRaisesRegex(UserError, "requested this yourself"):
            self.version.with_user(self.director).action_approve()
        self.version.with_user(deputy).action_approve()
        self.assertEqual(self.version.state, "approved")

    def test_no_director_passes_over_the_rules_of_approval(self):
        self.version.with_user(self.officer).action_submit()
        with self.assertRaises(ValidationError):
            self.version.with_user(self.director).action_approve()

    def test_rejected_terms_go_back_to_draft_to_be_changed(self):
        version = self.version.with_user(self.officer)
        version.action_submit()
        self.version.with_user(self.director)._rejected_tier()
        self.env.invalidate_all()
        version.action_draft()
        self.assertFalse(self.version.review_ids)
        version.note = "Changed"
        version.action_submit()
        self.assertEqual(self.version.state, "submitted")

    def test_terms_without_rules_are_not_submitted(self):
        empty = self.env["sales.incentive.version"].create(
            {"plan_id": self.incentive.id, "date_from": date(2027, 1, 1)}
        )
        with self.assertRaisesRegex(UserError, "no rules yet"):
            empty.with_user(self.officer).action_submit()

    # Unchangeable

    def test_submitted_and_approved_terms_do_not_change_whoever_writes(self):
        self._approve()
        step = self._create_version(
            self.incentive, date(2027, 1, 1), return_step_ids=[(0, 0, {"days": 90})]
        )
        self._approve(step)
        for records, values in (
            (self.version, {"cap_month": 1}),
            (self.version, {"date_from": date(2026, 2, 1)}),
            (self.rule, {"rate": 1}),
            (self.rule.tier_ids[0], {"rate": 1}),
            (step.return_step_ids, {"share": 1}),
        ):
            for user in (self.officer, self.env.user):
                with (
                    self.subTest(records),
                    self.assertRaisesRegex(UserError, "do not change"),
                ):
                    records.with_user(user).sudo().write(values)
            with (
                self.subTest(records),
                self.assertRaisesRegex(UserError, "do not change"),
            ):
                records.unlink()
        with self.assertRaisesRegex(UserError, "do not change"):
            self.rule.copy()
        with self.assertRaisesRegex(UserError, "do not change"):
            self.env["sales.incentive.tier"].create(
                {"rule_id": self.rule.id, "bound": 200_000, "rate": 8}
            )

    def test_nobody_writes_the_status(self):
        for values in ({"state": "approved"}, {"submitted_by_id": self.director.id}):
            with self.subTest(values), self.assertRaises(AccessError):
                self.version.with_user(self.officer).write(values)
        with self.assertRaises(AccessError):
            self.env["sales.incentive.version"].with_user(self.officer).create(
                {
                    "plan_id": self.incentive.id,
                    "date_from": date(2027, 1, 1),
                    "state": "approved",
                }
            )

    def test_a_plan_in_use_is_archived_instead_of_deleted(self):
        self._approve()
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.incentive.with_user(self.officer).unlink()
        self.incentive.with_user(self.officer).active = False
        self.assertFalse(self.incentive.active)

    # Versions

    def test_a_change_is_a_copy_from_a_later_month_on(self):
        self._approve()
        action = self.version.with_user(self.officer).action_new_version()
        copy = self.env["sales.incentive.version"].browse(action["res_id"])
        self.assertRecordValues(
            copy, [{"state": "draft", "date_from": date(2026, 11, 1)}]
        )
        self.assertEqual(copy.rule_ids.tier_ids.mapped("rate"), [5, 6, 7])
        copy.with_user(self.officer).rule_ids.tier_ids[2].rate = 8
        self.assertEqual(self.rule.tier_ids.mapped("rate"), [5, 6, 7])
        self._approve(copy)
        self.assertEqual(self.incentive.version_id, self.version)
        with freeze_time("2026-11-02 12:00:00"):
            self.env.invalidate_all()
            self.assertEqual(self.incentive.version_id, copy)

    def test_a_copied_rule_continues_the_first_one(self):
        self.assertEqual(self.rule.root_id, self.rule.id)
        second = self.incentive.action_new_version()["res_id"]
        second = self.env["sales.incentive.version"].browse(second)
        third = self.incentive.action_new_version()["res_id"]
        third = self.env["sales.incentive.version"].browse(third)
        for copy in second + third:
            self.assertNotEqual(copy.rule_ids, self.rule)
            self.assertEqual(copy.rule_ids.root_id, self.rule.id)
        added = self.rule.copy()
        self.assertEqual(added.root_id, added.id)
        with self.assertRaises(AccessError):
            added.with_user(self.officer).root_id = self.rule.id

    def test_approved_terms_are_replaced_by_those_of_the_same_month(self):
        """A wrong rate of the first month can be corrected."""
        self._approve()
        letter = self._letters()
        letter.with_user(self.salesperson).action_accept()
        correction = self.version.copy({"date_from": self.version.date_from})
        correction.rule_ids.tier_ids[0].rate = 6
        self._approve(correction)
        self.assertEqual(self.version.state, "replaced")
        self.assertEqual(self.incentive.version_id, correction)
        self.assertEqual(letter.state, "replaced")
        self.assertEqual((self._letters() - letter).state, "open")

    def test_a_plan_has_one_version_in_preparation_for_a_month(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._create_version(self.incentive)

    def test_a_version_begins_on_the_first_day_of_a_month(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._create_version(self.incentive, date(2026, 3, 2))

    def test_a_new_version_begins_next_month(self):
        form = Form(self.env["sales.incentive.version"].with_user(self.officer))
        self.assertEqual(form.date_from, date(2026, 11, 1))

    def test_returns_count_for_days_or_by_steps(self):
        with self.assertRaisesRegex(ValidationError, "or by steps"):
            self.version.write(
                {"return_days": 90, "return_step_ids": [(0, 0, {"days": 90})]}
            )

    def test_days_of_two_steps_may_change_places(self):
        self.version.return_step_ids = [
            (0, 0, {"days": 90, "share": 100}),
            (0, 0, {"days": 180, "share": 50}),
        ]
        first, second = self.version.return_step_ids
        self.version.return_step_ids = [
            (1, first.id, {"days": 180}),
            (1, second.id, {"days": 90}),
        ]
        self.env.flush_all()
        self.assertEqual((first.days, second.days), (180, 90))
