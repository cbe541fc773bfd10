# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..engine import ImprovementCheck
from .feedback_common import SalesFeedbackCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesImprovementPlan(SalesFeedbackCommon):
    """From the proposal to what follows (policy 4.3.3)."""

    # ------------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------------

    def test_who_is_below_the_standard_is_proposed_a_plan(self):
        course = self.env["sales.training.course"].create(
            {"name": "Closing", "metric_id": self.ordered.id}
        )
        plan = self._propose()
        self.assertRecordValues(
            plan,
            [
                {
                    "state": "draft",
                    "user_id": self.colleague.id,
                    "superior_id": self.leader.id,
                    "coach_id": self.leader.id,
                    "date_from": date(2026, 10, 15),
                    "date_to": date(2027, 1, 14),
                    "course_ids": course.ids,
                }
            ],
        )
        self.assertRecordValues(
            plan.goal_ids,
            [{"metric_id": self.ordered.id, "before": 400, "target": 1000}],
        )
        self.assertTrue(self._get_to_dos(plan, self.leader))

    def test_who_meets_the_standard_is_not(self):
        self._tell()
        self.assertFalse(self.appraisal.improvement_plan_ids)

    def test_the_standard_is_also_a_score_line(self):
        self.company.sales_standard_score = 80.01
        self._tell()
        self.assertTrue(self.appraisal.improvement_plan_ids)

    def test_a_year_gives_a_plan_of_a_quarter(self):
        kpi = self.low.kpi_ids
        self.assertEqual(kpi._prepare_goal(3 / 12)["target"], 250)
        kpi.metric_id = self.margin_rate
        self.assertEqual(kpi._prepare_goal(3 / 12)["target"], 1000, "a rate stays")

    def test_superiors_propose_a_plan_to_anybody_they_lead(self):
        self._tell()
        self.appraisal.with_user(self.leader).action_propose_plan()
        plan = self.appraisal.improvement_plan_ids
        self.assertEqual(plan.goal_ids.target, 1000)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.appraisal.with_user(self.salesperson).action_propose_plan()

    def test_a_correction_takes_back_what_is_needless(self):
        plan = self._propose()
        self.cycle.appraisal_ids.filtered(lambda a: not a.told_at).action_tell()
        self.cycle.action_close()
        self._sell_in_quarter(500, self.colleague)
        second = self.low.with_user(self.director)._correct("Missing orders")
        second.with_user(self.leader).action_tell()
        self.assertEqual(plan.state, "cancelled")
        self.assertFalse(self._get_to_dos(plan, self.leader))

    # ------------------------------------------------------------------
    # Agreeing
    # ------------------------------------------------------------------

    def test_a_director_approves_and_the_person_accepts(self):
        plan = self._propose()
        mine = self.env["sales.improvement.plan"].with_user(self.colleague)
        self.assertFalse(mine.search([]), "nobody sees a mere proposal")
        self._offer(plan)
        self.assertRecordValues(
            plan, [{"state": "offered", "accept_deadline": date(2026, 10, 29)}]
        )
        self.assertEqual(mine.search([]), plan)
        self.assertTrue(self._get_to_dos(plan, self.colleague))
        for user in (self.leader, self.director):
            with (
                self.subTest(user.login),
                self.assertRaisesRegex(AccessError, "Only the person"),
            ):
                plan.with_user(user).action_accept()
        plan.with_user(self.colleague).action_accept()
        self.assertEqual(plan.state, "running")
        self.assertTrue(plan.accepted_at)
        self.assertFalse(self._get_to_dos(plan, self.colleague))

    def test_courses_become_steps_of_the_person(self):
        course = self.env["sales.training.course"].create(
            {"name": "Closing", "metric_id": self.ordered.id}
        )
        plan = self._begin()
        self.assertRecordValues(
            plan.action_ids,
            [
                {
                    "user_id": self.colleague.id,
                    "date_deadline": date(2027, 1, 14),
                    "metric_id": self.ordered.id,
                }
            ],
        )
        self.assertIn(course.name, plan.action_ids.name)

    def test_who_does_not_accept_in_time_is_told_to_the_superior(self):
        plan = self._offer()
        with self.assertRaisesRegex(UserError, "until 2026-10-29"):
            plan.with_user(self.leader).action_start()
        with freeze_time("2026-10-30 12:00:00"):
            self._run("ir_cron_improvement_plans")
            self._run("ir_cron_improvement_plans")
            self.assertEqual(len(self._get_to_dos(plan, self.leader)), 1)
            plan.with_user(self.leader).action_start()
        self.assertRecordValues(plan, [{"state": "running", "accepted_at": False}])

    def test_a_rejected_plan_is_changed(self):
        plan = self._propose()
        plan.with_user(self.leader).action_submit()
        self.env.invalidate_all()
        plan.with_user(self.director)._rejected_tier()
        self.env.invalidate_all()
        self.assertEqual(plan.state, "draft")
        self.assertTrue(self._get_to_dos(plan, self.leader))
        plan.with_user(self.leader).goal_ids.target = 900

    def test_what_is_agreed_does_not_change(self):
        plan = self._begin().with_user(self.leader)
        for values in (
            {"date_to": "2027-03-31"},
            {"goal_ids": [Command.update(plan.goal_ids.id, {"target": 1})]},
            {"decision": "post"},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                plan.write(values)
        with self.assertRaisesRegex(UserError, "stay as they are"):
            plan.goal_ids.target = 1
        with self.assertRaisesRegex(UserError, "stay as they are"):
            plan.goal_ids.unlink()
        with self.assertRaisesRegex(UserError, "cancelled, not deleted"):
            plan.unlink()
        plan.coach_id = self.salesperson

    def test_a_plan_is_made_in_the_form(self):
        form = Form(self.env["sales.improvement.plan"].with_user(self.leader))
        form.user_id = self.salesperson
        self.assertEqual(form.coach_id, self.leader)
        self.assertEqual(form.date_to, date(2027, 1, 14))
        with form.goal_ids.new() as goal:
            goal.metric_id = self.ordered
            goal.target = 500
        with form.action_ids.new() as step:
            step.name = "Call ten customers"
            step.user_id = self.salesperson
        plan = form.save()
        self.assertEqual(plan.action_ids.improvement_plan_id, plan)

    # ------------------------------------------------------------------
    # Checking
    # ------------------------------------------------------------------

    def _end(self, day="2027-01-15 12:00:00"):
        """Run the job on the day after the end."""
        with freeze_time(day):
            self._run("ir_cron_improvement_plans")
            self._run("ir_cron_improvement_plans")

    def test_a_plan_that_is_reached_is_done(self):
        plan = self._begin()
        self._sell_in_quarter(1000, self.colleague, date(2026, 12, 1))
        self._run("ir_cron_improvement_plans")
        self.assertEqual(plan.state, "running", "not before its date")
        self._end()
        self.assertRecordValues(plan, [{"state": "done", "outcome": "reached"}])
        self.assertTrue(self._get_to_dos(plan, self.colleague))

    def test_only_the_days_of_the_plan_count(self):
        plan = self._begin()
        for day in (date(2026, 10, 14), date(2027, 1, 15)):
            self._sell_in_quarter(700, self.colleague, day)
        self._sell_in_quarter(999, self.colleague, date(2027, 1, 14))
        self._end()
        self.assertRecordValues(plan.goal_ids, [{"actual": 999, "is_reached": False}])
        self.assertEqual(plan.state, "checked")
        self.assertEqual(len(self._get_to_dos(plan, self.leader)), 1)

    def test_less_is_reached_where_less_is_better(self):
        days = self._create_metric("days", higher_is_better=False)
        plan = self._create_plan(self.salesperson, (days, 50))
        for value, is_reached in ((50.0, True), (50.01, False), (None, False)):
            with self.subTest(value), self._measured({days: value}):
                ImprovementCheck(plan).measure()
                self.assertEqual(plan.goal_ids.is_reached, is_reached)

    def test_leaders_are_measured_by_their_teams(self):
        plan = self._create_plan(self.leader, (self.ordered, 900))
        plan.goal_ids.measures = "team"
        self._create_history((date(2026, 11, 2), 900, {"team_id": self.team_field.id}))
        ImprovementCheck(plan).measure()
        self.assertRecordValues(plan.goal_ids, [{"actual": 900, "is_reached": True}])

    def test_the_person_measures_how_far_they_are(self):
        plan = self._begin()
        self._sell_in_quarter(250, self.colleague, date(2026, 10, 20))
        plan.with_user(self.colleague).action_measure()
        self.assertEqual(plan.goal_ids.actual, 250)

    def test_the_coach_is_reminded_before_the_end(self):
        plan = self._begin(coach_id=self.salesperson.id)
        with freeze_time("2027-01-06 12:00:00"):
            self._run("ir_cron_improvement_plans")
        self.assertFalse(self._get_to_dos(plan, self.salesperson))
        for day in ("2027-01-07 12:00:00", "2027-01-08 12:00:00"):
            with freeze_time(day):
                self._run("ir_cron_improvement_plans")
        self.assertEqual(len(self._get_to_dos(plan, self.salesperson)), 1)

    # ------------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------------

    def _miss(self):
        plan = self._begin()
        self._end()
        return plan.with_user(self.leader)

    @freeze_time("2027-01-15 12:00:00")
    def _decide(self, plan, decision, **values):
        plan.write({"decision": decision, "decision_reason": "Because", **values})
        return plan.action_decide()

    def test_a_plan_is_extended_once_at_the_same_pace(self):
        plan = self._miss()
        with self.assertRaisesRegex(UserError, "until which day"):
            self._decide(plan, "extend")
        # 46 of 92 days
        self._decide(plan, "extend", extended_to="2027-03-01")
        self.assertRecordValues(
            plan, [{"state": "running", "date_end": date(2027, 3, 1)}]
        )
        self.assertRecordValues(
            plan.goal_ids.sorted("id"),
            [
                {"target": 1000, "is_extension": False, "date_to": date(2027, 1, 14)},
                {"target": 500, "is_extension": True, "date_to": date(2027, 3, 1)},
            ],
        )
        self._sell_in_quarter(499, self.colleague, date(2027, 2, 1))
        self._end("2027-03-02 12:00:00")
        self.assertEqual(plan.state, "checked")
        with self.assertRaisesRegex(UserError, "extended once"):
            self._decide(plan, "extend")
        with self.assertRaisesRegex(UserError, "do not change"):
            plan.extended_to = "2027-06-30"

    def test_an_extension_can_be_reached(self):
        plan = self._miss()
        self._decide(plan, "extend", extended_to="2027-03-01")
        self._sell_in_quarter(500, self.colleague, date(2027, 2, 1))
        self._end("2027-03-02 12:00:00")
        self.assertRecordValues(plan, [{"state": "done", "outcome": "reached"}])

    def test_an_incentive_follows(self):
        plan = self._miss()
        with self.assertRaisesRegex(UserError, "Choose what follows"):
            plan.action_decide()
        self._decide(plan, "incentive")
        self.assertRecordValues(
            plan,
            [
                {
                    "state": "done",
                    "outcome": "incentive",
                    "decided_by_id": self.leader.id,
                }
            ],
        )
        self.assertTrue(self._get_to_dos(plan, self.director), "who gives it")
        self.assertTrue(self._get_to_dos(plan, self.colleague))

    def test_an_incentive_that_there_is_gives_no_to_do(self):
        plan = self._miss()
        pay = self.env["sales.incentive.plan"].create(
            {"name": "Goals", "company_id": self.company.id}
        )
        assignment = self.env["sales.incentive.assignment"].create(
            {"plan_id": pay.id, "user_id": self.colleague.id}
        )
        plan = plan.with_user(self.director)
        self._decide(plan, "incentive", assignment_id=assignment.id)
        self.assertEqual(plan.assignment_id, assignment)
        self.assertFalse(self._get_to_dos(plan, self.director))

    def test_a_change_of_post_follows(self):
        plan = self._miss()
        action = self._decide(plan, "post")
        self.assertRecordValues(plan, [{"state": "done", "outcome": "post"}])
        move = self.env[action["res_model"]].browse(action["res_id"])
        self.assertRecordValues(
            move,
            [
                {
                    "user_id": self.colleague.id,
                    "kind": "post",
                    "reason": plan.decision_reason,
                    "state": "draft",
                    "create_uid": plan.decided_by_id.id,
                }
            ],
        )

    # ------------------------------------------------------------------
    # Steps
    # ------------------------------------------------------------------

    def test_steps_are_measured_by_the_figures_of_the_person(self):
        plan = self._begin()
        step = (
            self.env["sales.action"]
            .with_user(self.leader)
            .create(
                {
                    "name": "Go along",
                    "improvement_plan_id": plan.id,
                    "user_id": self.leader.id,
                    "metric_id": self.ordered.id,
                }
            )
        )
        self.assertEqual(step._get_effect_scope(), plan._get_scope())
        own = self.env["sales.action"].with_user(self.colleague)
        self.assertIn(step, own.search([]), "the person sees the step of the leader")
        added = own.create({"name": "Mine", "improvement_plan_id": plan.id})
        self.assertEqual(added.user_id, self.colleague)

    def test_steps_are_for_those_who_know_of_the_plan(self):
        plan = self._begin()
        steps = self.env["sales.action"].with_user(self.leader)
        with self.assertRaisesRegex(ValidationError, "does not know"):
            steps.create(
                {
                    "name": "Help",
                    "improvement_plan_id": plan.id,
                    "user_id": self.salesperson.id,
                }
            )
        with self.assertRaises(AccessError):
            steps.with_user(self.salesperson).create(
                {"name": "Curious", "improvement_plan_id": plan.id}
            )

    def test_cancelling_a_plan_cancels_its_open_steps(self):
        plan = self._begin()
        step = self.env["sales.action"].create(
            {
                "name": "Call",
                "improvement_plan_id": plan.id,
                "user_id": self.colleague.id,
            }
        )
        plan.with_user(self.leader).action_cancel()
        self.assertEqual(step.state, "cancelled")
        self.assertFalse(step.activity_ids)
        with self.assertRaisesRegex(UserError, "is no longer"):
            plan.with_user(self.leader).action_cancel()

    # ------------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------------

    def test_a_plan_without_goals_is_not_submitted(self):
        plan = self._create_plan(self.salesperson).with_user(self.leader)
        with self.assertRaisesRegex(UserError, "at least one KPI"):
            plan.action_submit()

    @mute_logger("odoo.sql_db")
    def test_what_makes_no_sense_is_refused(self):
        plan = self._create_plan(self.salesperson, (self.ordered, 100))
        again = {"metric_id": self.ordered.id, "target": 5}
        for values in (
            {"date_to": "2026-10-01"},
            {"extended_to": "2026-12-01"},
            {"goal_ids": [Command.update(plan.goal_ids.id, {"target": 0})]},
            {"goal_ids": [Command.create(again)]},
        ):
            with (
                self.subTest(values),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                plan.write(values)
                self.env.flush_all()

    def test_nobody_coaches_themselves(self):
        plan = self._create_plan(self.salesperson)
        with self.assertRaisesRegex(ValidationError, "coaches themselves"):
            plan.coach_id = self.salesperson

    @mute_logger("odoo.sql_db")
    def test_a_person_has_one_open_plan(self):
        self._create_plan(self.salesperson, (self.ordered, 100))
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._create_plan(self.salesperson, (self.ordered, 200))

    def test_leaders_plan_for_their_people_alone(self):
        for user in (self.outsider, self.leader):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["sales.improvement.plan"].with_user(self.leader).create(
                    {"company_id": self.company.id, "user_id": user.id}
                )

    # ------------------------------------------------------------------
    # For others
    # ------------------------------------------------------------------

    def test_my_development_reads_open_plans(self):
        plan = self._offer()
        plans = self.env["sales.improvement.plan"]
        people = (self.colleague + self.salesperson).ids
        [found] = plans.with_user(self.colleague).get_open_plans(people)
        self.assertEqual(found["id"], plan.id)
        self.assertTrue(found["is_mine"] and found["to_accept"])
        self.assertEqual(found["goal_count"], 1)
        self.assertEqual(found["goals"][0]["actual"], "")
        [of_leader] = plans.with_user(self.leader).get_open_plans(people)
        self.assertFalse(of_leader["is_mine"] or of_leader["to_accept"])
        self.assertFalse(plans.with_user(self.salesperson).get_open_plans(people))

    def test_the_number_of_queries_does_not_depend_on_plans(self):
        users = [self._create_user("salesperson", f"plan{i}") for i in range(12)]
        plans = self.env["sales.improvement.plan"].union(
            *(self._create_plan(user, (self.ordered, 100)) for user in users)
        )

        def count(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            ImprovementCheck(some).measure()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count(plans)  # what is kept between requests
        self.assertEqual(count(plans[:2]), count(plans))
