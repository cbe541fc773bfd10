# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period

from ..engine import TrainingNeeds
from .training_common import SalesTrainingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesTrainingPlan(SalesTrainingCommon):
    """What the team Field needs in 2026, its approval and its cost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plans = cls.env["sales.training.plan"].with_user(cls.leader)
        cls.training = cls.plans.create(
            {"team_id": cls.team_field.id, "date_from": "2026-01-01"}
        )

    def _propose(self):
        """:return: dict (user, course) -> reason"""
        self.training.action_propose()
        return {
            (line.user_id, line.course_id): line.reason
            for line in self.training.line_ids
        }

    # ------------------------------------------------------------------
    # Needs
    # ------------------------------------------------------------------

    def test_people_below_the_line_of_a_kpi_need_its_course(self):
        self.course.write({"metric_id": self.ordered.id, "attainment_line": 90})
        sales = []
        for user, amount in ((self.salesperson, 89_000), (self.colleague, 90_000)):
            target = self._create_target(
                parent_id=self.root.id, user_id=user.id, amount=1_200_000
            )
            target.month_ids.amount = 100_000
            sales += [
                (date(2026, month, 10), amount, {"user_id": user.id})
                for month in (7, 8, 9)
            ]
        self._start()
        self._create_history(*sales)
        self._refresh()
        self.assertEqual(self._propose(), {(self.salesperson, self.course): "kpi"})
        self.assertEqual(
            self.training.line_ids.reason_text,
            "Ordered Amount: 89.0 % (Jul 2026 – Sep 2026)",
        )

    def test_a_skill_below_that_of_the_job_is_needed(self):
        skill_type = self.env["hr.skill.type"].create(
            {
                "name": "Test Selling",
                "skill_ids": [Command.create({"name": "Test Negotiating"})],
                "skill_level_ids": [
                    Command.create({"name": f"Test {level}", "level_progress": level})
                    for level in (30, 60, 90)
                ],
            }
        )
        skill, (low, middle, high) = skill_type.skill_ids, skill_type.skill_level_ids
        values = {"skill_type_id": skill_type.id, "skill_id": skill.id}
        self.job.job_skill_ids = [
            Command.create(values | {"skill_level_id": middle.id})
        ]
        self.peer.current_employee_skill_ids = [
            Command.create(values | {"skill_level_id": middle.id})
        ]
        self.course.write({"skill_id": skill.id, "skill_level_id": low.id})
        enough = self._create_course(
            name="Enough", skill_id=skill.id, skill_level_id=middle.id
        )
        self._create_course(name="More", skill_id=skill.id, skill_level_id=high.id)
        self.assertEqual(self._propose(), {(self.salesperson, enough): "skill"})

    def test_a_certificate_that_runs_out_is_needed_again(self):
        self.course.validity_months = 12
        self._hold("2025-11-20", self.employee)
        self._hold("2026-02-20", self.peer)
        self.assertEqual(
            self._propose(), {(self.salesperson, self.course): "certificate"}
        )
        self.assertEqual(self.training.line_ids.date_deadline, date(2026, 11, 20))

    def test_newcomers_need_the_duties_of_their_job_and_so_do_others(self):
        self.course.job_ids = self.job
        members = self.team_field.crm_team_member_ids
        newcomer = members.filtered(lambda m: m.user_id == self.salesperson)
        newcomer.sales_start_date = "2026-09-01"
        self.assertEqual(
            self._propose(),
            {
                (self.salesperson, self.course): "newcomer",
                (self.colleague, self.course): "duty",
            },
        )
        line = self.training.line_ids.filtered(lambda line: line.reason == "newcomer")
        self.assertEqual(line.date_deadline, date(2026, 12, 1))

    def test_who_has_passed_or_has_a_place_is_not_proposed(self):
        self.course.job_ids = self.job
        self._hold("2026-02-20", self.employee)
        self._enter(self.coming, self.peer)
        self.assertEqual(self._propose(), {})

    def test_needs_are_proposed_once(self):
        self.course.job_ids = self.job
        self._propose()
        self.training.line_ids[0].unlink()
        self._propose()
        self.assertEqual(len(self.training.line_ids), 2)

    def test_the_proposal_takes_as_many_queries_for_many_people_as_for_few(self):
        self.course.write({"job_ids": self.job.ids, "metric_id": self.ordered.id})
        members = self.team_field.crm_team_member_ids

        def count():
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            TrainingNeeds(self.training).propose()
            return self.env.cr.sql_log_count - before

        count()  # fills the caches of the registry
        few = count()
        for user in self.outsider + self.director:
            members.create({"crm_team_id": self.team_field.id, "user_id": user.id})
        self._create_course(name="Another", job_ids=self.job.ids)
        self.env.flush_all()
        with self.assertQueryCount(few):
            self.env.invalidate_all()
            TrainingNeeds(self.training).propose()

    # ------------------------------------------------------------------
    # Approval and cost
    # ------------------------------------------------------------------

    def _submit(self):
        self.course.job_ids = self.job
        self.training.action_propose()
        self.training.action_submit()

    def test_the_director_approves_the_plan(self):
        self._submit()
        self.assertEqual(self.training.state, "submitted")
        with self.assertRaises(UserError):
            self.training.action_approve()
        self.training.with_user(self.director)._validate_tier()
        self.assertEqual(self.training.state, "approved")

    def test_what_is_submitted_does_not_change(self):
        self._submit()
        line = self.training.line_ids[0]
        for change in (
            lambda: line.write({"planned_cost": 1}),
            line.unlink,
            lambda: line.copy({"user_id": self.leader.id}),
            lambda: self.training.write({"team_id": self.team_department.id}),
            self.training.unlink,
            self.training.action_propose,
        ):
            with self.assertRaises(UserError):
                change()
        self.training.action_draft()
        line.planned_cost = 1

    def test_an_empty_plan_is_not_submitted(self):
        with self.assertRaisesRegex(UserError, "Enter what Test Field needs"):
            self.training.action_submit()

    def test_a_plan_is_for_a_fiscal_year(self):
        with self.assertRaisesRegex(ValidationError, "starts on 01/01/2027"):
            self.plans.create(
                {"team_id": self.team_field.id, "date_from": "2027-02-01"}
            )

    def test_what_was_spent_stands_beside_what_was_planned(self):
        self._submit()
        self.assertEqual(self.training.planned_cost, 200)
        with freeze_time("2026-10-21 12:00:00"):
            self._hold("2026-10-20", self.employee + self.outside)
        # The course costs 100 for each; the outsider is of another team.
        self.training.invalidate_recordset()
        self.assertEqual(self.training.spent, 100)
        self.assertEqual(self.training.trained_count, 1)
        self.assertEqual(
            {line.user_id: line.progress for line in self.training.line_ids},
            {self.salesperson: "trained", self.colleague: "open"},
        )

    def test_an_approved_plan_proposes_its_cost_as_a_budget(self):
        costs = self.env["sales.planned.cost.mixin"].with_user(self.director)
        year = Period(date(2026, 1, 1), date(2026, 12, 31))

        def find():
            found = costs._get_all_planned_costs(self.company, year)
            return [cost for cost in found if cost["plan"] == self.training]

        self.assertFalse(find())
        self._submit()
        self.env.invalidate_all()
        self.training.with_user(self.director)._validate_tier()
        [cost] = find()
        self.assertEqual(cost["kind"], "training")
        self.assertEqual(sum(cost["months"].values()), 200)
        self.assertEqual(len(cost["months"]), 12)

    def test_a_form_plans_what_somebody_needs(self):
        with (
            Form(self.training) as form,
            form.line_ids.new() as line,
        ):
            line.user_id = self.colleague
            line.course_id = self.course.with_user(self.leader)
        self.assertRecordValues(
            self.training.line_ids,
            [{"reason": "other", "planned_cost": 100, "progress": "open"}],
        )

    # ------------------------------------------------------------------
    # Who sees what
    # ------------------------------------------------------------------

    def test_leaders_plan_for_their_own_teams(self):
        with self.assertRaises(AccessError):
            self.plans.create(
                {"team_id": self.team_other.id, "date_from": "2026-01-01"}
            )
        plan = self.plans.with_user(self.hr_user).create(
            {"team_id": self.team_other.id, "date_from": "2026-01-01"}
        )
        self.assertFalse(self.plans.search([("id", "=", plan.id)]))

    def test_leaders_do_not_plan_for_people_of_others_to_learn_who_was_trained(self):
        values = {"plan_id": self.training.id, "course_id": self.course.id}
        lines = self.env["sales.training.plan.line"].with_user(self.leader)
        with (
            self.assertRaisesRegex(ValidationError, "own team"),
            self.env.cr.savepoint(),
        ):
            lines.create({**values, "user_id": self.outsider.id})
        below = self.env["crm.team"].create(
            {"name": "Below", "parent_id": self.training.team_id.id}
        )
        below.member_ids = self.outsider
        self.assertTrue(lines.create({**values, "user_id": self.outsider.id}))

    def test_salespeople_see_no_plan(self):
        for records in (self.training, self.training.line_ids):
            with self.assertRaises(AccessError):
                records.with_user(self.salesperson).search([])
