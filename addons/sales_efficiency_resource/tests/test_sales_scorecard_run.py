# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from .score_common import JUNE, TODAY, ScoreCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesScorecardRun(ScoreCommon):
    """Levels are approved, figures corrected, and actions proposed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scorecard = cls._create_scorecard(cls._by_given(100))
        for member, value in ((cls.agent, 80), (cls.agent_b, 65), (cls.agent_c, 10)):
            cls._give(member, coverage=value)

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def test_levels_are_in_force_once_another_director_approves(self):
        run = self._score(self.scorecard)
        self.assertEqual((run.state, run.move_count), ("draft", 3))
        run.action_submit()
        result = self._result(run, self.agent)
        self.assertEqual(run.state, "submitted")
        self.assertFalse(result.level_id)
        self.assertIn(self.other_director, run.review_ids.reviewer_ids)
        self.assertFalse(run._get_own_tiers(False), "not one's own request")
        self.env.invalidate_all()
        run.with_user(self.other_director)._validate_tier()
        self.assertEqual((run.state, result.state), ("done", "done"))
        self.assertEqual(result.level_id.name, "Gold")
        member = self.agent.with_user(self.salesperson)
        self.assertEqual(
            (member.scorecard_total, member.scorecard_level_id.name), (80, "Gold")
        )

    def test_scores_wait_in_the_cockpit_of_directors_until_in_force(self):
        def waits_for(user):
            cockpit = self.env["sales.cockpit"].with_user(user)
            panel = cockpit.get_data()["panels"].get("approvals", {"rows": []})
            return (run._name, run.id) in {(r["model"], r["id"]) for r in panel["rows"]}

        run = self._score(self.scorecard)
        self.assertTrue(waits_for(self.director))
        self.assertFalse(waits_for(self.leader))
        run.action_submit()
        self.env.invalidate_all()
        self.assertFalse(waits_for(self.director), "not one's own request")
        self.assertTrue(waits_for(self.other_director))
        run.with_user(self.other_director)._validate_tier()
        self.env.invalidate_all()
        self.assertFalse(waits_for(self.other_director))

    def test_nobody_approves_past_the_reviewers(self):
        run = self._score(self.scorecard)
        run.action_submit()
        bypassing = run.with_user(self.other_director).with_context(
            skip_validation_check=True
        )
        with self.assertRaisesRegex(UserError, "waits for its reviewers"):
            bypassing.action_approve()

    def test_without_a_rule_a_director_approves(self):
        self.env["tier.definition"].search(
            [("model", "=", "sales.scorecard.run")]
        ).active = False
        run = self._score(self.scorecard)
        run.action_submit()
        with self.assertRaisesRegex(UserError, "requested this yourself"):
            run.action_approve()
        run.with_user(self.other_director).action_approve()
        self.assertEqual(run.state, "done")

    def test_without_a_change_of_level_nobody_has_to_approve(self):
        self._put_in_force(self._score(self.scorecard, JUNE))
        run = self._score(self.scorecard)
        self.assertEqual(run.move_count, 0)
        run.action_submit()
        self.assertEqual(run.state, "done")
        self.assertEqual(self._result(run, self.agent).level_id.name, "Gold")

    def test_what_is_held_back_stays_as_it_was(self):
        self._put_in_force(self._score(self.scorecard, JUNE))
        self._give(self.agent, coverage=20)
        run = self._score(self.scorecard)
        result = self._result(run, self.agent).with_user(self.director)
        self.assertEqual(result.move, "down")
        result.write({"is_held": True, "hold_reason": "Flood in the warehouse"})
        self.assertEqual(run.move_count, 0)
        run.action_submit()
        self.assertEqual(result.level_id.name, "Gold")
        with self.assertRaisesRegex(UserError, "was sent to approval"):
            result.hold_reason = "Something else"

    def test_rejected_levels_are_not_given(self):
        run = self._score(self.scorecard)
        run.action_submit()
        self.env.invalidate_all()
        run.with_user(self.other_director)._rejected_tier()
        self.assertEqual(run.state, "rejected")
        self.assertFalse(self._result(run, self.agent).level_id)
        run.action_reset()
        self.assertEqual(run.state, "draft")
        self._put_in_force(run)
        self.assertEqual(run.state, "done")

    def test_levels_of_two_open_periods_are_given_one_after_the_other(self):
        june = self._score(self.scorecard, JUNE)
        run = self._score(self.scorecard)
        self._put_in_force(june)
        # Gold has been given since: no change of level would be one.
        with self.assertRaisesRegex(UserError, "Measure again"):
            run.action_submit()
        run.action_score()
        result = self._result(run, self.agent)
        self.assertEqual((result.former_level_id.name, result.move), ("Gold", False))
        self.assertTrue(result.has_trend)

    def test_what_awaits_approval_is_checked_against_levels_given_since(self):
        june = self._score(self.scorecard, JUNE)
        run = self._score(self.scorecard)
        run.action_submit()
        self._put_in_force(june)
        with self.assertRaisesRegex(UserError, "take it back first"):
            run.with_user(self.other_director)._validate_tier()
        run.action_reset()
        run.action_score()
        self.assertEqual(run.move_count, 0)

    def test_changed_levels_are_measured_again(self):
        run = self._score(self.scorecard)
        self.scorecard.level_ids[0].threshold = 85
        with self.assertRaisesRegex(UserError, "Measure again"):
            run.action_submit()
        run.action_score()
        run.action_submit()
        self.assertEqual(self._result(run, self.agent).scored_level_id.name, "Silver")

    def test_what_is_held_back_stays_so_when_measured_again(self):
        self._put_in_force(self._score(self.scorecard, JUNE))
        self._give(self.agent, coverage=20)
        run = self._score(self.scorecard)
        self._result(run, self.agent).with_user(self.director).write(
            {"is_held": True, "hold_reason": "Flood in the warehouse"}
        )
        run.action_score()
        result = self._result(run, self.agent)
        self.assertEqual(
            (result.is_held, result.hold_reason), (True, "Flood in the warehouse")
        )
        self.assertIn(f"Still held back: {result.name}", run.message_ids[0].body)
        self._put_in_force(run)
        correction = self._score(self.scorecard)
        self.assertTrue(self._result(correction, self.agent).is_held)
        self._give(self.agent, coverage=90)
        correction.action_score()
        self.assertFalse(self._result(correction, self.agent).is_held)
        self.assertIn("Nothing is held back", correction.message_ids[0].body)

    def test_what_was_rejected_is_measured_again(self):
        run = self._score(self.scorecard)
        run.action_submit()
        self.env.invalidate_all()
        run.with_user(self.other_director)._rejected_tier()
        self.env.invalidate_all()
        other = self._put_in_force(self._score(self.scorecard))
        self._give(self.agent, coverage=20)
        run.action_reset()
        self.assertEqual(run.corrects_id, other)
        self.assertEqual(self._result(run, self.agent).total, 20)
        self._put_in_force(run)
        self.assertEqual((other.state, run.state), ("replaced", "done"))

    # ------------------------------------------------------------------
    # Corrections
    # ------------------------------------------------------------------

    def test_a_later_score_follows_the_corrected_one(self):
        june = self._put_in_force(self._score(self.scorecard, JUNE))
        self._give(self.agent, coverage=90)
        run = self._put_in_force(self._score(self.scorecard))
        result = self._result(run, self.agent)
        self.assertEqual((result.former_id.run_id, result.trend), (june, 10))
        self._give(self.agent, coverage=76)
        correction = self._put_in_force(self._score(self.scorecard, JUNE))
        self.assertEqual(
            (result.former_id.run_id, result.former_total, result.trend),
            (correction, 76, 14),
        )
        corrected = self._result(correction, self.agent)
        self.assertEqual((corrected.has_next, corrected.next_total), (True, 90))

    def test_a_newcomer_is_not_corrected(self):
        self._put_in_force(self._score(self.scorecard))
        newcomer = self._create_member(self.salesperson)
        self._give(newcomer, coverage=50)
        self._give(self.agent, coverage=70)
        correction = self._score(self.scorecard)
        self.assertEqual(correction.corrected_count, 1)
        self.assertIn("1 of 4 results differ", correction.correction)

    def test_a_refund_after_scoring_is_said_by_the_new_run(self):
        scorecard = self._create_scorecard([self._criterion(self.sales, 100, 0, 1000)])
        self._sold(("2026-08-10", 800, self.agent), ("2026-08-10", 500, self.agent_b))
        run = self._put_in_force(self._score(scorecard))
        self._sold(("2026-08-20", -200, self.agent))
        correction = self._score(scorecard)
        self.assertEqual(correction.corrects_id, run)
        self.assertIn("1 of 3 results differ", correction.correction)
        result = self._result(correction, self.agent)
        self.assertEqual((result.total, result.corrected_total), (60, 80))
        self.assertEqual(result.is_corrected, True)
        self.assertFalse(self._result(correction, self.agent_b).is_corrected)
        self.assertEqual(run.state, "done", "until the correction is approved")
        self._put_in_force(correction)
        self.assertEqual((run.state, correction.state), ("replaced", "done"))
        self.assertEqual(self._result(correction, self.agent).level_id.name, "Silver")

    def test_what_was_agreed_moves_to_the_correction(self):
        self._add_rule()
        run = self._put_in_force(self._score(self.scorecard))
        run.action_agree()
        item = run.result_ids.action_ids
        self._give(self.agent_c, coverage=20)
        correction = self._put_in_force(self._score(self.scorecard))
        self.assertEqual(item.scorecard_result_id.run_id, correction)
        correction.action_agree()
        self.assertEqual(correction.result_ids.action_ids, item)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def _add_rule(self, **values):
        self.scorecard.write(
            {
                "rule_ids": [
                    Command.create(
                        {
                            "name": "Agree on a plan",
                            "kind": "total",
                            "limit": 50,
                            "days": 10,
                            **values,
                        }
                    )
                ]
            }
        )
        return self.scorecard.rule_ids

    def test_a_low_total_proposes_an_action_with_its_deadline(self):
        self._add_rule()
        run = self._put_in_force(self._score(self.scorecard))
        self.assertEqual(run.proposal_count, 1)
        run.action_agree()
        item = run.result_ids.action_ids
        self.assertRecordValues(
            item,
            [
                {
                    "name": f"{self.agent_c.display_name}: Agree on a plan",
                    "user_id": self.outsider.id,
                    "date_deadline": date(2026, 10, 25),
                    "score_then": 10,
                }
            ],
        )
        self.assertEqual(item.activity_ids.user_id, self.outsider)
        self.env.invalidate_all()
        self.assertEqual(run.proposal_count, 0)
        run.action_agree()
        self.assertEqual(len(run.result_ids.action_ids), 1)

    def test_the_next_score_stands_beside_the_action(self):
        self._add_rule()
        run = self._put_in_force(self._score(self.scorecard, JUNE))
        run.action_agree()
        item = run.result_ids.action_ids
        self.assertFalse(item.has_score_next)
        self._give(self.agent_c, coverage=45)
        self._put_in_force(self._score(self.scorecard))
        self.assertEqual((item.score_then, item.score_next), (10, 45))
        owner = item.with_user(self.outsider)
        self.assertEqual((owner.score_then, owner.score_next), (10, 45))
        hidden = item.with_user(self.salesperson)
        item.user_id = self.salesperson
        self.assertEqual((hidden.score_then, hidden.has_score_next), (0, False))

    def test_a_fall_and_few_points_propose_actions(self):
        self._add_rule(name="Fall", kind="fall", limit=20)
        self._add_rule(
            name="Points",
            kind="points",
            limit=70,
            criterion_id=self.scorecard.criterion_ids.id,
        )
        self._put_in_force(self._score(self.scorecard, JUNE))
        self._give(self.agent, coverage=60)
        run = self._score(self.scorecard)
        proposed = {
            r.member_id: sorted(r.rule_ids.mapped("name")) for r in run.result_ids
        }
        self.assertEqual(
            proposed,
            {
                self.agent: ["Fall", "Points"],
                self.agent_b: ["Points"],
                self.agent_c: ["Points"],
            },
        )

    # ------------------------------------------------------------------
    # By itself
    # ------------------------------------------------------------------

    def test_the_cron_scores_each_period_once(self):
        self.env["sales.scorecard"].search(
            [("id", "!=", self.scorecard.id)]
        ).is_automatic = False
        with self.enter_registry_test_mode():
            cron = self.env.ref("sales_efficiency_resource.ir_cron_scorecard")
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        run = self.scorecard.run_ids
        self.assertEqual((len(run), str(run.date_to)), (1, "2026-09-30"))
        self.assertEqual((run.state, run.result_count), ("draft", 3))
        self.assertEqual(run.activity_ids.user_id, self.director)
        run.with_user(self.director).action_submit()
        self.assertFalse(
            run.activity_ids.filtered(lambda to_do: to_do.user_id == self.director)
        )

    def test_a_scorecard_that_fails_does_not_stop_the_others(self):
        broken = self._create_scorecard(self._by_given(100), sequence=1)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sales_scorecard_criterion SET weight = 90 WHERE scorecard_id = %s",
            [broken.id],
        )
        self.env.invalidate_all()
        self.env["sales.scorecard"].search(
            [("id", "not in", (self.scorecard + broken).ids)]
        ).is_automatic = False
        with self.enter_registry_test_mode():
            cron = self.env.ref("sales_efficiency_resource.ir_cron_scorecard")
            for _time in range(2):
                cron.method_direct_trigger()
        self.assertEqual(len(self.scorecard.run_ids), 1)
        self.assertFalse(broken.run_ids)
        to_do = broken.activity_ids
        self.assertEqual((len(to_do), to_do.user_id), (1, self.director))
        self.assertIn("add up to 90.00", to_do.note)
        broken.criterion_ids.weight = 100
        broken._score_by_itself()
        self.assertFalse(broken.activity_ids)

    def test_a_director_checks_instead_of_one_who_has_left(self):
        self.director.active = False
        self.scorecard._score_by_itself()
        to_do = self.scorecard.run_ids.activity_ids
        self.assertIn(to_do.user_id, self.company._get_sales_directors())

    def test_scoring_again_opens_the_open_run(self):
        run = self._score(self.scorecard)
        self._give(self.agent, coverage=5)
        action = self.scorecard.with_user(self.director).action_score()
        self.assertEqual(action["res_id"], run.id)
        self.assertEqual(self._result(run, self.agent).total, 5)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesScorecardAccess(ScoreCommon):
    """Salespeople see the scores of their members, leaders those of the team."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scorecard = cls._create_scorecard(cls._by_given(100))
        for member, value in ((cls.agent, 80), (cls.agent_b, 65), (cls.agent_c, 10)):
            cls._give(member, coverage=value)
        cls.run_ = cls._score(cls.scorecard)

    def _see(self, user):
        results = self.env["sales.scorecard.result"].with_user(user)
        lines = self.env["sales.scorecard.line"].with_user(user)
        domain = [("scorecard_id", "=", self.scorecard.id)]
        found = results.search(domain)
        self.assertEqual(
            lines.search(
                [("result_id.scorecard_id", "=", self.scorecard.id)]
            ).result_id,
            found,
        )
        return found.member_id

    def test_until_it_is_in_force_only_directors_see_it(self):
        for user in (self.salesperson, self.leader):
            self.assertFalse(self._see(user))
        self.assertEqual(len(self._see(self.director)), 3)

    def test_each_sees_their_own(self):
        self._put_in_force(self.run_)
        self.assertEqual(self._see(self.salesperson), self.agent)
        self.assertEqual(self._see(self.leader), self.agent + self.agent_b)
        self.assertEqual(len(self._see(self.director)), 3)

    def test_who_takes_a_member_over_sees_its_scores(self):
        self._put_in_force(self.run_)
        self.agent.user_id = self.outsider
        self.assertFalse(self._see(self.salesperson))
        self.assertEqual(self._see(self.outsider), self.agent + self.agent_c)

    def test_merged_members_keep_their_scores(self):
        results = self.env["sales.scorecard.result"]
        newcomer = self._create_member(self.salesperson)
        results._merge_members(self.agent, newcomer)
        self.assertEqual(self._result(self.run_, newcomer).total, 80)
        results._merge_members(self.agent_b, newcomer)
        self.assertEqual(self._result(self.run_, self.agent_b).total, 65)

    def test_nobody_writes_a_score(self):
        result = self._result(self.run_, self.agent)
        for field, value in (("total", 99), ("level_id", False), ("state", "done")):
            with self.assertRaisesRegex(UserError, "cannot be edited"):
                result.with_user(self.director).write({field: value})
