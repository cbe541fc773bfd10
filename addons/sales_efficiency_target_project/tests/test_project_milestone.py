# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestProjectMilestone(SalesTargetCommon):
    """Milestones of major projects (policy 2.1.2). Today is 15 May 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time("2026-05-15"))
        cls.project, cls.other = cls.env["project.project"].create(
            [{"name": name, "user_id": cls.leader.id} for name in ("Metro", "Port")]
        )
        cls.target = cls._create_target(project_id=cls.project.id, amount=1200)
        cls.plan.target_ids.write({"gap_reason": "Reserve"})
        cls.survey = cls._create_milestone("Survey", "2026-06-01")
        cls.contract = cls._create_milestone(
            "Contract", "2026-08-01", sales_user_id=cls.salesperson.id
        )

    @classmethod
    def _create_milestone(cls, name, deadline, **values):
        return cls.env["project.milestone"].create(
            {
                "name": name,
                "project_id": cls.project.id,
                "deadline": deadline,
                **values,
            }
        )

    def _warn(self, day="2026-05-15"):
        """:return: the activities created by the daily check of a day"""
        before = self._activities()
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref(
                "sales_efficiency_target_project.ir_cron_milestones"
            ).method_direct_trigger()
        return self._activities() - before

    def _activities(self):
        return self.env["mail.activity"].search(
            [("res_model", "=", "project.milestone")]
        )

    def test_the_deadlines_at_the_start_of_the_plan_are_kept(self):
        self.survey.deadline = date(2026, 6, 10)
        self.assertFalse(self.survey.sales_original_deadline)
        self._start()
        self.assertEqual(self.survey.sales_original_deadline, date(2026, 6, 10))
        self.survey.deadline = date(2026, 6, 20)
        self.assertEqual(self.survey.sales_original_deadline, date(2026, 6, 10))
        self.assertEqual(self.survey.sales_delay, 10)
        self.assertEqual(self.survey.sales_status, "slipped")
        self.survey.deadline = date(2026, 6, 5)
        self.assertEqual((self.survey.sales_delay, self.survey.sales_status),
                         (0, "planned"))  # fmt: skip
        late = self._create_milestone("Handover", "2026-12-01")
        self.assertEqual(late.sales_original_deadline, date(2026, 12, 1))

    def test_milestones_of_other_projects_have_no_original_deadline(self):
        self._start()
        milestone = self._create_milestone(
            "Quay", "2026-07-01", project_id=self.other.id
        )
        self.assertFalse(milestone.sales_original_deadline)
        milestone.deadline = date(2026, 4, 1)
        self.assertFalse(self._warn())

    def test_an_overdue_milestone_warns_once(self):
        self._start()
        self.assertFalse(self._warn())
        warned = self._warn("2026-06-02")
        self.assertEqual(warned.res_id, self.survey.id)
        self.assertEqual(
            warned.user_id, self.leader, "who is responsible for the target"
        )
        self.assertIn("overdue", warned.summary)
        self.assertFalse(self._warn("2026-06-02"))
        self.assertFalse(self._warn("2026-06-03"))
        self.survey.deadline = date(2026, 6, 10)
        self.assertIn("slips", self._warn("2026-06-04").summary)
        self.assertIn("overdue", self._warn("2026-06-11").summary)
        self.assertFalse(self._warn("2026-06-12"))

    def test_a_slipping_milestone_warns_its_responsible_once_for_each_deadline(self):
        self._start()
        self.contract.deadline = date(2026, 9, 1)
        warned = self._warn()
        self.assertEqual(warned.user_id, self.salesperson)
        self.assertIn("08/01/2026", warned.note)
        self.assertFalse(self._warn())
        self.contract.deadline = date(2026, 9, 15)
        self.assertEqual(len(self._warn()), 1)
        self.contract.deadline = date(2026, 7, 15)
        self.assertFalse(self._warn())

    def test_who_is_gone_is_not_warned(self):
        self._start()
        self.contract.deadline = date(2026, 9, 1)
        self.salesperson.active = False
        self.assertEqual(self._warn().user_id, self.leader)

    def test_where_nobody_responsible_is_left_the_director_is_warned(self):
        self._start()
        self.contract.deadline = date(2026, 9, 1)
        (self.salesperson + self.leader).active = False
        self.assertEqual(self._warn().user_id, self.director)

    def test_a_reached_milestone_is_quiet_and_closes_its_warning(self):
        self._start()
        self.assertTrue(self._warn("2026-06-02"))
        self.survey.is_reached = True
        self.assertFalse(self._activities())
        self.contract.is_reached = True
        self.assertFalse(self._warn("2026-12-31"))

    def test_a_plan_that_does_not_run_warns_nobody(self):
        self.survey.deadline = date(2026, 1, 1)
        self.assertFalse(self._warn())

    def test_many_milestones_take_as_many_queries_as_few(self):
        self._start()

        def count_queries(number):
            for place in range(number):
                self._create_milestone(f"{number}.{place}", "2026-05-01")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["project.milestone"]._cron_warn_sales()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        count_queries(1)
        few = count_queries(2)
        self.assertLessEqual(count_queries(30), few + 2)

    def test_progress_is_the_weight_of_what_is_reached(self):
        self.contract.is_reached = True
        self.assertEqual(self.project.sales_progress, 50)
        self.survey.sales_weight = 30
        self.contract.sales_weight = 70
        self.assertEqual(self.project.sales_progress, 70)
        self.assertEqual(self.project.sales_next_milestone_id, self.survey)
        with freeze_time("2026-06-02"):
            self.env.invalidate_all()
            self.assertEqual(self.project.sales_milestone_overdue_count, 1)

    def test_weights_total_100_or_are_empty(self):
        self.survey.sales_weight = 30
        with self.assertRaisesRegex(UserError, "weigh 30.00 % together"):
            self.plan.action_submit()
        with self.assertRaisesRegex(ValidationError, "weigh 101.00 % together"):
            self.contract.sales_weight = 71
        self.contract.sales_weight = 70
        self.plan.action_submit()
        self.assertEqual(self.plan.state, "submitted")

    @mute_logger("odoo.sql_db")
    def test_negative_figures_are_refused(self):
        for name in ("sales_weight", "sales_value"):
            with self.assertRaises(CheckViolation), self.cr.savepoint():
                self.survey[name] = -1
                self.env.flush_all()
            self.env.invalidate_all(flush=False)

    def test_what_a_milestone_is_to_sell_is_shown_to_sales_and_projects_alone(self):
        self.survey.sales_value = 500
        groups = ("project.group_project_user", "base.group_user")
        of_project, employee = (
            new_test_user(self.env, login=name, groups=group)
            for name, group in zip(("of_project", "employee"), groups, strict=True)
        )
        milestone = self.survey.with_user(employee)
        self.assertNotIn("sales_value", milestone.fields_get())
        with self.assertRaises(AccessError):
            milestone.read(["sales_value"])
        self.assertNotIn("sales_value", milestone.get_view(view_type="form")["arch"])
        for user in (of_project, self.salesperson):
            milestone = self.survey.with_user(user)
            [values] = milestone.read(["sales_value"])
            self.assertEqual(values["sales_value"], 500)
        with Form(self.survey.with_user(of_project)) as form:
            form.sales_value = 700
        self.assertEqual(self.survey.sales_value, 700)

    def test_the_board_shows_target_actual_and_milestones(self):
        self._start()
        self.contract.is_reached = True
        self._create_milestone("Permit", "2026-05-01")
        order = self._create_order(project_id=self.project.id, price=300)
        order.action_confirm()
        self.env["sales.mart"]._refresh()
        results = self.env["sales.target.result"]
        results._refresh(self.target)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target_project.sales_target_result_action_project"
        )
        domain = [
            ("project_id", "!=", False),
            ("period", "=", "year"),
            ("plan_id.state", "=", "running"),
        ]
        self.assertEqual(action["domain"], str(domain))
        # The project manager, without access to the Project app
        board = results.with_user(self.leader).search(domain)
        self.assertRecordValues(
            board,
            [
                {
                    "project_id": self.project.id,
                    "responsible_id": self.leader.id,
                    "amount": 1200,
                    "actual": 300,
                    "attainment": 25,
                    "milestone_count": 3,
                    "milestone_reached_count": 1,
                    "milestone_overdue_count": 1,
                }
            ],
        )
        self.assertEqual(board.next_milestone_id.name, "Permit")
        project = self.project.with_user(self.director)
        self.assertEqual(
            (project.sales_target_amount, project.sales_attainment), (1200, 25)
        )

    def test_a_leader_changes_the_milestones_of_the_own_projects_only(self):
        milestones = self.env["project.milestone"].with_user(self.leader)
        mine = milestones.create({"name": "Pilot", "project_id": self.project.id})
        mine.sales_weight = 10
        foreign = self._create_milestone("Quay", False, project_id=self.other.id)
        for change in (
            lambda: milestones.create({"name": "No", "project_id": self.other.id}),
            lambda: foreign.with_user(self.leader).write({"name": "No"}),
            lambda: foreign.with_user(self.leader).unlink(),
            lambda: mine.write({"project_id": self.other.id}),
        ):
            with self.assertRaisesRegex(AccessError, "have no sales target for"):
                change()

    def test_a_target_of_ones_own_draft_gives_no_right_to_milestones(self):
        foreign = self._create_milestone("Quay", False, project_id=self.other.id)
        parent = self._create_target(team_id=self.team_field.id)
        self.env["sales.target"].with_user(self.leader).create(
            {
                "plan_id": self.plan.id,
                "metric_id": parent.metric_id.id,
                "parent_id": parent.id,
                "team_id": self.team_field.id,
                "project_id": self.other.id,
            }
        )
        with self.assertRaisesRegex(AccessError, "have no sales target for"):
            foreign.with_user(self.leader).name = "Mine"
        foreign.with_user(self.director).name = "Planned"

    def test_who_is_responsible_reports_a_milestone_as_reached(self):
        self.contract.with_user(self.salesperson).action_sales_reach()
        self.assertTrue(self.contract.is_reached)
        with (
            mute_logger("odoo.addons.base.models.ir_model"),
            self.assertRaises(AccessError),
        ):
            self.survey.with_user(self.salesperson).action_sales_reach()
