# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from .adjustment_common import IncentiveAdjustmentCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-02-04 12:00:00")
class TestSalesIncentiveAdjustment(IncentiveAdjustmentCommon):
    # ------------------------------------------------------------------
    # The ledger
    # ------------------------------------------------------------------

    def test_an_approved_adjustment_moves_what_is_payable(self):
        adjustment = self._adjust(200)
        self.assertEqual(adjustment.state, "approved")
        self._compute()
        self.assertEqual(
            self._get_entries(1, self.assignment),
            [("earning", "payable", 100), ("adjustment", "payable", 200)],
        )
        self.assertEqual(self.january.payable, 300)
        self.assertEqual(adjustment.booked_period_id, self.january)

    def test_adjustments_are_earnings(self):
        """Balances are all earned less all paid."""
        self._adjust(-150)
        self._compute()
        entries = self.entries.search([("assignment_id", "=", self.assignment.id)])
        self.assertEqual(sum(entries.mapped("amount")), 100 - 150)
        self.assertEqual(self._get_paid(1, self.assignment), 0, "carried on")

    def test_the_entry_says_whose_decision_it_was_and_why(self):
        self._adjust(200)
        self._compute()
        entry = self.entries.with_user(self.salesperson).search(
            [("kind", "=", "adjustment")]
        )
        self.assertEqual(
            entry.explanation,
            f"Decided by {self.director.name}: Won for a colleague on leave",
        )
        self.assertEqual(entry.document._name, "sales.incentive.adjustment")
        self.assertTrue(entry.is_changed, "after the month was published")

    def test_a_submitted_adjustment_is_not_booked(self):
        self._ask().action_submit()
        self._compute()
        self.assertEqual(self.january.payable, 100)

    def test_a_cancelled_one_disappears_while_the_month_is_provisional(self):
        adjustment = self._adjust()
        self._compute()
        self.assertEqual(self.january.payable, 300)
        adjustment.with_user(self.director).action_cancel()
        self._compute()
        self.assertEqual(self.january.payable, 100)
        self.assertFalse(self.entries.search([("kind", "=", "adjustment")]))

    def test_a_second_computation_changes_nothing(self):
        self._adjust()
        self._compute()
        before = self.entries.search([]).ids
        self.periods._get_following()._compute_entries()
        self.assertEqual(self.entries.search([]).ids, before)

    def test_it_is_booked_in_the_open_month_if_its_own_is_closed_meanwhile(self):
        adjustment = self._ask()
        adjustment.action_submit()
        self._close(self.january)
        self.env.invalidate_all()
        adjustment.with_user(self.director)._validate_tier()
        self._compute()
        self.assertEqual(adjustment.period_id, self.february)
        self.assertEqual(adjustment.booked_period_id, self.february)
        self.assertEqual(self._get_sum(1, "adjustment"), 0)
        self.assertEqual(self._get_sum(2, "adjustment"), 200)

    def test_what_a_closed_month_has_missed_is_booked_in_the_next(self):
        """E.g. if it was approved in the moment of the adjustment."""
        self.january.with_user(self.director).action_approve()
        adjustment = self._ask(period=self.february)
        adjustment.sudo().write({"period_id": self.january.id, "state": "approved"})
        self._compute_all()
        self.assertEqual(self._get_sum(1, "adjustment"), 0)
        self.assertEqual(self._get_sum(2, "adjustment"), 200)
        self.assertEqual(adjustment.booked_period_id, self.february)

    def test_what_is_cancelled_in_the_moment_of_a_lock_is_taken_back_once(self):
        adjustment = self._adjust()
        self._compute()
        self._close(self.january)
        adjustment.sudo().state = "cancelled"
        for _time in range(2):
            self._compute_all()
            self.assertEqual(self._get_sum(1, "adjustment"), 200)
            self.assertEqual(self._get_sum(2, "adjustment"), -200)

    def _compute_all(self):
        self.periods._get_following()._compute_entries()
        self.env.flush_all()

    def test_it_is_booked_once_whatever_is_locked(self):
        self._adjust(period=self.january)
        self._adjust(70, period=self.february)
        self._compute()
        self._close(self.january)
        self._compute_all()
        self.assertEqual(self._get_sum(1, "adjustment"), 200)
        self.assertEqual(self._get_sum(2, "adjustment"), 70)

    def test_a_leaver_gets_an_adjustment(self):
        self.assignment.date_to = date(2026, 1, 31)
        self._adjust(period=self.february)
        for _time in range(2):
            self._compute_all()
            self.assertEqual(self._get_sum(2, "adjustment"), 200)

    # ------------------------------------------------------------------
    # A closed month
    # ------------------------------------------------------------------

    def test_a_closed_month_takes_none(self):
        for close in ("action_approve", "action_lock"):
            getattr(self.january.with_user(self.director), close)()
            with self.assertRaisesRegex(ValidationError, "open month"):
                self._ask()

    def test_a_paid_one_never_changes_and_has_a_counter_adjustment(self):
        adjustment = self._adjust()
        self._compute()
        self._close(self.january)
        director = adjustment.with_user(self.director)
        self.assertFalse(director.can_cancel)
        with self.assertRaisesRegex(UserError, "counter-adjustment"):
            director.action_cancel()
        with self.assertRaises(UserError):
            director.unlink()
        with self.assertRaises(UserError):
            director.amount = 1
        action = adjustment.with_user(self.officer).action_counter()
        form = Form(
            self.env["sales.incentive.adjustment"]
            .with_user(self.officer)
            .with_context(**action["context"])
        )
        counter = form.save()
        self.assertRecordValues(
            counter, [{"amount": -200, "period_id": self.february.id}]
        )

    def test_one_before_the_plan_pays_is_refused(self):
        later = self._start_plan(self.outsider, date_from=date(2026, 2, 1))
        with self.assertRaisesRegex(ValidationError, "does not pay"):
            self._ask(assignment_id=later.id)

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def test_nobody_approves_what_they_have_asked_for(self):
        adjustment = self._ask(user=self.director)
        with (
            self.assertRaisesRegex(UserError, "Nobody can approve"),
            self.env.cr.savepoint(),
        ):
            adjustment.action_submit()
        self.env.invalidate_all(flush=False)
        self._create_user("director", login="second_director")
        adjustment.action_submit()
        with self.assertRaisesRegex(UserError, "asked for this yourself"):
            adjustment._validate_tier()
        self.assertEqual(adjustment.state, "submitted")

    def test_nobody_approves_what_pays_them(self):
        paid = self._start_plan(self.director)
        second = self._create_user("director", login="second_director")
        adjustment = self._ask(assignment_id=paid.id)
        adjustment.action_submit()
        reviewers = adjustment.sudo().review_ids.reviewer_ids
        self.assertEqual(reviewers, second)
        with self.assertRaisesRegex(UserError, "own pay"):
            adjustment.with_user(self.director)._validate_tier()
        with self.assertRaisesRegex(UserError, "own pay"):
            adjustment.with_user(self.director).action_cancel()

    def test_nobody_asks_for_their_own_pay(self):
        paid = self._start_plan(self.officer)
        with self.assertRaisesRegex(UserError, "own pay"):
            self._ask(assignment_id=paid.id)

    def test_the_director_rejects(self):
        adjustment = self._ask()
        adjustment.action_submit()
        self.env.invalidate_all()
        adjustment.with_user(self.director)._rejected_tier()
        self.assertEqual(adjustment.state, "rejected")
        adjustment.with_user(self.director)._validate_tier()
        self.assertEqual(adjustment.state, "rejected")
        with self.assertRaises(UserError):
            adjustment.action_submit()

    def test_without_rule_a_director_approves_and_nobody_else(self):
        self.env["tier.definition"].search(
            [("model", "=", "sales.incentive.adjustment")]
        ).active = False
        adjustment = self._ask()
        adjustment.action_submit()
        with self.assertRaisesRegex(UserError, "Only a sales director"):
            adjustment.action_approve()
        adjustment.with_user(self.director).action_approve()
        self.assertEqual(adjustment.approved_by_id, self.director)

    def test_nobody_passes_over_the_reviewers(self):
        adjustment = self._ask()
        adjustment.action_submit()
        second = self._create_user("director", login="second_director")
        with self.assertRaises(UserError):
            adjustment.with_user(second).action_approve()

    def test_an_officer_does_not_undo_what_the_director_has_approved(self):
        adjustment = self._adjust()
        self.assertFalse(adjustment.can_cancel)
        with self.assertRaisesRegex(UserError, "Only a sales director"):
            adjustment.action_cancel()

    # ------------------------------------------------------------------
    # Bad input and hostile calls
    # ------------------------------------------------------------------

    def test_nonsense_is_refused(self):
        for amount in (float("nan"), float("inf"), 1e30):
            with self.subTest(amount), self.assertRaises(ValidationError):
                self._ask(amount)

    @mute_logger("odoo.sql_db")
    def test_nothing_is_no_adjustment(self):
        for amount in (0, 0.001):
            with self.subTest(amount), self.assertRaises(CheckViolation):
                self._ask(amount).flush_recordset()

    def test_amounts_are_rounded(self):
        adjustment = self._ask(10.006)
        self.env.invalidate_all()
        self.assertEqual(adjustment.amount, 10.01)

    def test_clients_do_not_say_what_becomes_of_it(self):
        decided = {
            "state": "approved",
            "approved_by_id": self.director.id,
            "approved_at": "2026-02-04 12:00:00",
            "submitted_by_id": self.salesperson.id,
        }
        for name, value in decided.items():
            with self.subTest(name), self.assertRaises(AccessError):
                self._ask(**{name: value})
            with self.subTest(name), self.assertRaises(AccessError):
                self._ask().write({name: value})
        defaults = {f"default_{name}": value for name, value in decided.items()}
        adjustments = self.env["sales.incentive.adjustment"].with_user(self.officer)
        adjustment = adjustments.with_context(**defaults).create(
            {
                "assignment_id": self.assignment.id,
                "period_id": self.january.id,
                "amount": 1,
                "reason": "x",
            }
        )
        self.assertEqual(adjustment.state, "draft")
        self.assertFalse(adjustment.approved_by_id or adjustment.submitted_by_id)

    def test_who_may_only_read_does_not_act(self):
        adjustment = self._adjust()
        for user in (self.salesperson, self.finance, self.hr_manager):
            mine = adjustment.with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(AccessError):
                    self._ask(user=user)
                with self.assertRaises(AccessError):
                    mine.amount = 1
                for action in ("action_cancel", "action_submit", "action_approve"):
                    with self.assertRaises(UserError):
                        getattr(mine, action)()
        self.assertEqual(adjustment.state, "approved")

    def test_each_role_sees_its_adjustments(self):
        adjustment = self._adjust()
        draft = self._ask()
        both = adjustment + draft
        for user, seen in (
            (self.officer, both),
            (self.director, both),
            (self.finance, both),
            (self.hr_manager, both),
            (self.salesperson, adjustment),
            (self.colleague, both.browse()),
            (self.leader, both.browse()),
        ):
            found = both.with_user(user).search([])
            self.assertEqual(found, seen.with_user(user), user.login)
        self.company.sales_incentive_show_pay = True
        found = both.with_user(self.leader).search([])
        self.assertEqual(found.ids, adjustment.ids)

    def test_other_companies_neither_see_nor_ask(self):
        self._adjust()
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = new_test_user(
            self.env,
            login="elsewhere",
            groups="sales_efficiency_base.group_sales_director",
            company_id=company.id,
            company_ids=company.ids,
        )
        adjustments = self.env["sales.incentive.adjustment"].with_user(stranger)
        self.assertFalse(adjustments.search([]))
        with self.assertRaises(AccessError):
            self._ask(user=stranger)
        month = self.periods.create({"company_id": company.id, "month": "2026-01-01"})
        with self.assertRaises(UserError):
            self._ask(period=month)

    def test_no_amount_leaves_the_record(self):
        adjustment = self._adjust(4711)
        texts = adjustment.sudo().message_ids.mapped("body")
        texts += adjustment.sudo().message_ids.tracking_value_ids.mapped(
            "new_value_char"
        )
        texts += adjustment.sudo().activity_ids.mapped("summary")
        texts += [adjustment.display_name]
        self.assertFalse([text for text in texts if "4711" in (text or "")])
        self.assertFalse([text for text in texts if "4,711" in (text or "")])
