# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .decision_common import JULY, JUNE, OCTOBER, DecisionCommon


@tagged("post_install", "-at_install")
class TestSalesDecision(DecisionCommon):
    """What was decided, and what it was to bring (policy 6.3.1)."""

    # ------------------------------------------------------------------
    # Drafts
    # ------------------------------------------------------------------

    @freeze_time(JUNE)
    def test_a_director_decides_by_a_form(self):
        form = Form(self.decisions.with_user(self.director))
        form.name = "Free delivery"
        form.expected_percent = 10
        self.assertEqual(form.date_start, date(2026, 7, 1))
        self.assertEqual(form.date_end, date(2026, 9, 30))
        form.dimension = "region_id"
        for name in "AB":
            with form.affected_ids.new() as line:
                line.region_id = self.regions[name]
        decision = form.save()
        self.assertEqual(decision.responsible_id, self.director)
        self.assertEqual(
            decision.hypothesis,
            "Ordered Amount of Test Eight / Test Region A and Test Eight / Test Region"
            " B: +10.0 % by 09/30/2026",
        )
        decision.action_submit()
        self.assertEqual(decision.state, "approved")
        self.assertEqual(decision.date_frozen, date(2026, 6, 15))

    @freeze_time(JUNE)
    def test_what_is_decided_on_the_company_has_no_others(self):
        decision = self._create_decision(dimension=False, scope_ids=[])
        self.assertIn(self.company.name, decision.hypothesis)
        decision.action_submit()
        self.assertEqual(decision.state, "approved")

    @mute_logger("odoo.sql_db")
    def test_dates_and_cost_make_sense(self):
        decision = self._create_decision()
        for values in ({"date_end": "2026-06-30"}, {"cost": -1}):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                decision.write(values)

    def test_more_is_expected_where_more_is_better(self):
        cycle = self.env.ref("sales_efficiency_base.sales_metric_sales_cycle")
        for metric, wrong, right in ((self.ordered, 0, 5), (cycle, 5, -5)):
            decision = self._create_decision(
                metric_id=metric.id, expected_percent=wrong
            )
            with self.assertRaisesRegex(UserError, metric.name):
                self._submit(decision)
            decision.expected_percent = right
            self._submit(decision)
            self.assertEqual(decision.state, "approved")

    def test_what_has_ended_cannot_be_decided(self):
        decision = self._create_decision()
        with freeze_time(OCTOBER), self.assertRaisesRegex(UserError, "known already"):
            decision.action_submit()
        self.assertEqual(decision.state, "draft")

    def test_it_affects_something(self):
        decision = self._create_decision(scope_ids=[])
        with self.assertRaisesRegex(UserError, "Choose which ones"):
            self._submit(decision)

    def test_a_region_is_affected_or_compared_with(self):
        decision = self._create_decision()
        for values, reason in (
            ({"compared_ids": self._prepare_lines("compared", "A")}, "twice"),
            ({"compared_ids": [self._compare(region_id=self.eight)]}, "contains"),
            ({"compared_ids": [self._compare(team_id=self.team_field)]}, "exactly one"),
            ({"dimension": "team_id"}, "exactly one"),
            ({"region_id": self.eight.id}, "choose those affected"),
        ):
            with (
                self.assertRaisesRegex(ValidationError, reason),
                self.env.cr.savepoint(),
            ):
                decision.write(values)

    def test_a_copy_is_a_draft_of_days_to_come(self):
        decision = self._create_decision()
        self._submit(decision)
        with freeze_time(OCTOBER):
            copy = decision.copy()
        self.assertEqual((copy.state, copy.name), ("draft", "Test Decision (copy)"))
        self.assertEqual(copy.date_start, date(2026, 11, 1))
        self.assertEqual(len(copy.scope_ids), 8)
        self.assertFalse(copy.date_frozen)

    # ------------------------------------------------------------------
    # Frozen
    # ------------------------------------------------------------------

    def test_what_it_is_judged_by_is_frozen(self):
        decision = self._create_decision()
        self._submit(decision)
        line = decision.affected_ids[0]
        for values in (
            {"date_start": "2026-08-01"},
            {"date_end": "2026-12-31"},
            {"metric_id": self.quantity.id},
            {"expected_percent": 1},
            {"cost": 1},
            {"region_id": self.eight.id},
            {"affected_ids": [Command.delete(line.id)]},
            {"compared_ids": self._prepare_lines("compared", "A")},
        ):
            with self.assertRaisesRegex(UserError, "cannot change any more"):
                decision.write(values)
        with self.assertRaisesRegex(UserError, "cannot change any more"):
            line.region_id = self.eight
        with self.assertRaisesRegex(UserError, "cannot change any more"):
            line.unlink()
        with self.assertRaisesRegex(UserError, "cannot change any more"):
            line.create(
                {
                    "decision_id": decision.id,
                    "role": "compared",
                    "region_id": self.region_north.id,
                }
            )
        with self.assertRaisesRegex(UserError, "cannot change any more"):
            decision.action_propose_compared()
        decision.conclusion = "Others may still be written."

    def test_only_until_it_starts_it_goes_back_to_draft(self):
        decision = self._create_decision()
        self._submit(decision)
        decision.action_draft()
        decision.cost = 0
        self._submit(decision)
        with freeze_time(JULY):
            self._run_job()
            self.assertEqual(decision.state, "running")
            with self.assertRaisesRegex(UserError, "no longer"):
                decision.action_draft()

    def test_no_call_sets_what_the_program_sets(self):
        decision = self._create_decision()
        for values in (
            {"state": "measured"},
            {"is_queued": True},
            {"date_frozen": "2020-01-01"},
            {"verdict": "helped"},
            {"problem": "x"},
        ):
            with self.assertRaises(AccessError):
                decision.write(values)
        with self.assertRaises(AccessError):
            decision.affected_ids[0].likeness = 1
        new = self.decisions.with_user(self.director).with_context(
            default_state="measured", default_is_queued=True
        )
        self.assertEqual(new.default_get(["state"]).get("state"), "draft")
        with self.assertRaises(AccessError):
            self.env["sales.decision.effect"].with_user(self.director).create(
                {"decision_id": decision.id}
            )

    def test_only_drafts_are_deleted(self):
        decision = self._create_decision()
        self._submit(decision)
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            decision.unlink()
        decision.action_cancel()
        self.assertEqual(decision.state, "cancelled")
        decision.unlink()

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def test_a_costly_decision_waits_for_another_director(self):
        other = self._create_user("director", login="second_director")
        self.company.sales_decision_limit = 500
        decision = self._create_decision(cost=501)
        self.assertTrue(decision.is_above_limit)
        found = self.decisions.search([("is_above_limit", "=", True)])
        self.assertIn(decision, found)
        self._submit(decision)
        self.assertEqual(decision.state, "submitted")
        with freeze_time(JUNE):
            decision._validate_tier()
            self.assertEqual(decision.state, "submitted", "not their own")
            with self.assertRaisesRegex(UserError, "waits for its reviewers"):
                decision.with_user(other).action_approve()
            self.env.invalidate_all()
            decision.with_user(other)._validate_tier()
        self.assertEqual(decision.state, "approved")

    def test_what_costs_no_more_than_the_limit_is_decided_at_once(self):
        self.company.sales_decision_limit = 500
        decision = self._create_decision(cost=500)
        self._submit(decision)
        self.assertEqual(decision.state, "approved")
        self.assertFalse(decision.review_ids)

    def test_a_refused_decision_is_changed_and_sent_again(self):
        decision = self._create_decision(
            user=self.leader, cost=1, team_id=self.team_department.id
        )
        self._submit(decision)
        with freeze_time(JUNE):
            decision.with_user(self.director)._rejected_tier()
        self.assertEqual(decision.state, "refused")
        decision.action_draft()
        self.assertFalse(decision.review_ids)
        decision.cost = 0
        self._submit(decision)
        self.assertEqual(decision.state, "approved")

    def test_without_a_rule_a_director_approves(self):
        self.env["tier.definition"].search(
            [("model", "=", "sales.decision")]
        ).active = False
        decision = self._create_decision(
            user=self.leader, cost=1, team_id=self.team_department.id
        )
        self._submit(decision)
        self.assertEqual(decision.state, "submitted")
        with freeze_time(JUNE):
            with self.assertRaisesRegex(UserError, "Only a sales director"):
                decision.action_approve()
            decision.with_user(self.director).action_approve()
        self.assertEqual(decision.state, "approved")

    def test_nothing_is_approved_after_its_end(self):
        decision = self._create_decision(
            user=self.leader, cost=1, team_id=self.team_department.id
        )
        self._submit(decision)
        with freeze_time(OCTOBER), self.assertRaisesRegex(UserError, "known already"):
            decision.with_user(self.director)._validate_tier()

    # ------------------------------------------------------------------
    # What is made of it
    # ------------------------------------------------------------------

    def _make(self, **values):
        decision = self._create_decision(**values)
        self._submit(decision)
        with freeze_time(JUNE):
            return decision, decision.action_make()

    def test_a_campaign_is_drafted_once(self):
        decision, action = self._make(kind="campaign")
        campaign = decision.campaign_made_id
        self.assertEqual(action["res_id"], campaign.id)
        self.assertRecordValues(
            campaign,
            [
                {
                    "title": "Test Decision",
                    "sales_date_from": date(2026, 7, 1),
                    "sales_date_to": date(2026, 9, 30),
                }
            ],
        )
        self.assertEqual(decision.made_name, campaign.display_name)
        self.assertEqual(decision.action_open_made()["res_id"], campaign.id)
        with self.assertRaisesRegex(UserError, "only once"):
            decision.action_make()

    def test_an_adjustment_is_drafted_for_the_target_of_its_scope(self):
        target = self._create_target(region_id=self.regions["A"].id, amount=1_000)
        self._start()
        decision, _action = self._make(kind="target")
        self.assertEqual(decision.adjustment_id.target_id, target)
        self.assertIn("Test Decision", decision.adjustment_id.reason)

    def test_without_a_target_there_is_nothing_to_adjust(self):
        with self.assertRaisesRegex(UserError, "No running plan has a target"):
            self._make(kind="target")

    def test_money_moves_where_budgets_run(self):
        with self.assertRaisesRegex(UserError, "No budget plan runs"):
            self._make(kind="budget")
        self.env["sales.target.plan"].create(
            {
                "company_id": self.company.id,
                "date_from": "2026-01-01",
                "user_id": self.director.id,
                "purpose": "budget",
            }
        ).sudo().state = "running"
        decision, _action = self._make(kind="budget")
        self.assertEqual(decision.budget_move_id.state, "draft")

    def test_nothing_is_made_of_a_draft_or_for_other_kinds(self):
        decision = self._create_decision(kind="campaign")
        self.assertFalse(decision.can_make)
        with self.assertRaises(UserError):
            decision.action_make()
        other = self._create_decision(kind="other")
        self._submit(other)
        self.assertFalse(other.can_make)

    def test_promotions_need_their_app(self):
        decision = self._create_decision(kind="promotion")
        self._submit(decision)
        self.assertEqual(decision.can_make, "loyalty.program" in self.env)
        self.assertFalse(decision.made_name)
