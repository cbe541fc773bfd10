# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from .staffing_common import StaffingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-01 12:00:00")
class TestStaffingPlan(StaffingCommon):
    """A plan is approved, opens positions and is reviewed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.job.no_of_recruitment = 0
        cls.staffing.action_propose()
        cls.line = cls.staffing.line_ids

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def test_director_and_hr_manager_approve_in_turn(self):
        self.staffing.action_submit()
        reviews = self.staffing.sudo().review_ids.sorted("sequence")
        reviewers = [review.reviewer_ids for review in reviews]
        self.assertEqual(reviewers, [self.director, self.hr_manager])
        self.staffing.with_user(self.hr_manager)._validate_tier()
        self.assertEqual(self.staffing.state, "submitted")
        self.assertEqual(self.job.no_of_recruitment, 0)
        for user in (self.director, self.hr_manager):
            self.env.invalidate_all()
            self.staffing.with_user(user)._validate_tier()
        self.assertEqual(self.staffing.state, "approved")

    def test_approval_opens_the_positions_and_tells_the_recruiter(self):
        self._approve()
        self.assertEqual(self.job.no_of_recruitment, 4)
        self.assertEqual(self.line.opened_count, 4)
        activity = self.line.sudo().activity_ids
        self.assertEqual(activity.user_id, self.recruiter)
        self.assertEqual(activity.date_deadline, date(2026, 4, 1))
        self.assertIn("Hire 4", activity.summary)
        self.line.with_user(self.recruiter).activity_ids.action_feedback()

    def test_a_recruiter_who_sees_no_positions_is_replaced_by_the_planner(self):
        self.job.sudo().user_id = self.salesperson
        self._approve()
        self.assertEqual(self.line.sudo().activity_ids.user_id, self.hr_user)

    def test_hires_fill_the_positions(self):
        self._approve()
        applicant = self._apply()
        self.assertEqual(applicant.sales_staffing_line_id, self.line)
        self._hire_applicant(applicant)
        self.assertRecordValues(self.line, [{"hired_count": 1, "open_count": 3}])
        self.assertRecordValues(
            self.staffing, [{"hired_count": 1, "open_count": 3, "head_count": 4}]
        )
        self.assertEqual(self.job.no_of_recruitment, 3)
        applicant.active = False
        self.assertEqual(self.line.hired_count, 1)

    def test_a_refused_applicant_fills_nothing(self):
        self._approve()
        applicant = self._apply()
        self._hire_applicant(applicant)
        applicant.refuse_reason_id = self.env["hr.applicant.refuse.reason"].search(
            [], limit=1
        )
        self.env.flush_all()
        self.assertEqual(self.line.hired_count, 0)

    def test_of_several_positions_the_recruiter_chooses(self):
        self.line.copy({"team_id": self.team_other.id, "reason": "Test"})
        self._approve()
        applicant = self._apply()
        self.assertFalse(applicant.sales_staffing_line_id)
        applicant.sales_staffing_line_id = self.line
        self._hire_applicant(applicant)
        self.assertEqual(self.line.hired_count, 1)

    def test_a_revised_plan_opens_and_closes_the_difference(self):
        self._approve()
        self._hire_applicant(self._apply())
        for planned, still_open in ((6, 5), (2, 1)):
            self.staffing.action_revise()
            self.assertEqual(self.staffing.state, "draft")
            self.line.head_count = planned
            self._approve()
            with self.subTest(planned):
                self.assertEqual(self.job.no_of_recruitment, still_open)
                self.assertEqual(self.line.open_count, still_open)

    def test_a_cancelled_plan_closes_what_is_not_filled(self):
        self._approve()
        self._hire_applicant(self._apply())
        self.staffing.action_cancel()
        self.assertEqual(self.job.no_of_recruitment, 0)
        self.assertFalse(self.line.sudo().activity_ids)

    def test_a_rejected_plan_opens_nothing_and_can_be_revised(self):
        self.staffing.action_submit()
        self.staffing.with_user(self.director)._rejected_tier()
        self.assertEqual(self.job.no_of_recruitment, 0)
        self.staffing.action_revise()
        self.assertEqual(self.staffing.state, "draft")
        self._approve()
        self.assertEqual(self.staffing.state, "approved")

    def test_without_rules_a_director_approves(self):
        self.env["tier.definition"].search(
            [("model", "=", self.staffing._name)]
        ).active = False
        self.staffing.action_submit()
        with self.assertRaises(UserError):
            self.staffing.with_user(self.hr_manager).action_approve()
        self.staffing.with_user(self.director).action_approve()
        self.assertEqual(self.staffing.state, "approved")

    def test_a_year_has_one_approved_plan(self):
        self._approve()
        other = self._create_staffing()
        other.action_propose()
        self.staffing = other
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
        ):
            self._approve()

    # ------------------------------------------------------------------
    # What does not change
    # ------------------------------------------------------------------

    def test_a_submitted_plan_does_not_change(self):
        self.staffing.action_submit()
        for change in (
            lambda: self.staffing.write({"attrition": 5}),
            lambda: self.staffing.need_ids.write({"rate": 1}),
            lambda: self.line.write({"head_count": 9}),
            lambda: self.line.unlink(),
            lambda: self.line.copy({"team_id": self.team_other.id}),
            lambda: self.staffing.unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                change()
        with self.assertRaises(AccessError), self.cr.savepoint():
            self.staffing.state = "approved"

    def test_figures_cannot_be_forged(self):
        for records, values in (
            (self.line, {"opened_count": 9}),
            (self.staffing.need_ids, {"measured_rate": 1}),
            (self.staffing.need_ids.month_ids[0], {"target": 1}),
        ):
            with (
                self.subTest(records._name),
                self.assertRaises(AccessError),
                self.cr.savepoint(),
            ):
                records.write(values)

    def test_a_plan_without_positions_or_reasons_is_not_submitted(self):
        self.line.reason = False
        with self.assertRaisesRegex(UserError, "reason"):
            self.staffing.action_submit()
        self.line.unlink()
        with self.assertRaisesRegex(UserError, "no positions"):
            self.staffing.action_submit()

    def test_bad_positions_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "within the year"):
            self.line.date_start = date(2027, 1, 1)
        for values in ({"head_count": -1}, {"monthly_cost": -1}):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.line.write(values)
                self.env.flush_all()

    def test_the_cost_runs_from_the_start_to_the_end_of_the_year(self):
        self.line.monthly_cost = 5000
        self.assertEqual(self.line.planned_cost, 4 * 9 * 5000)
        self.assertEqual(self.staffing.planned_cost, 180_000)

    # ------------------------------------------------------------------
    # Later
    # ------------------------------------------------------------------

    def test_changed_targets_say_what_the_need_would_be_now(self):
        self._approve()
        self.assertEqual(self.staffing.need_now, 4)
        self.assertFalse(self.staffing.need_message)
        self.env.cr.execute(
            "UPDATE sales_target_month SET amount = amount * 1.2 WHERE target_id = %s",
            [self.target.id],
        )
        self.env.invalidate_all()
        self.env["sales.target.result"]._refresh(self.target)
        self.env.invalidate_all()
        self.assertEqual(self.staffing.need, 4)
        self.assertEqual(self.staffing.need_now, 8)  # 4,800,000
        self.assertIn("8 newcomers", self.staffing.need_message)

    def test_newcomers_of_the_plan_who_have_joined_do_not_change_the_need(self):
        self._approve()
        applicant = self._apply()
        self._hire_applicant(applicant)
        newcomer = self._hire(1, sales_start_date=date(2026, 4, 1))
        applicant.sudo().employee_id = newcomer.employee_id
        self.env.invalidate_all()
        self.assertEqual(self.staffing.need_now, 4)

    def test_newcomers_who_are_late_are_needed_in_greater_number(self):
        self._approve()
        with freeze_time("2026-05-10 12:00:00"):
            self.env.invalidate_all()
            self.assertGreater(self.staffing.need_now, 4)

    def test_it_is_reviewed_each_quarter_once(self):
        self._approve()
        self.assertEqual(self.staffing.date_review, date(2026, 4, 1))
        cron = self.env.ref("sales_efficiency_team.ir_cron_staffing_review")
        counts = []
        for day in ("2026-03-31", "2026-04-01", "2026-04-02", "2026-07-15"):
            with freeze_time(f"{day} 12:00:00"), self.enter_registry_test_mode():
                cron.method_direct_trigger()
            todo = self.staffing.sudo().activity_ids.filtered(
                lambda a: "Review" in (a.summary or "")
            )
            counts.append(len(todo))
        self.assertEqual(counts, [0, 1, 1, 2])
        self.assertEqual(todo.user_id, self.hr_user)
        self.assertEqual(self.staffing.date_review, date(2026, 10, 1))

    def test_head_count_stands_beside_the_plan(self):
        self._approve()
        rows = self.env["sales.staffing.report"].with_user(self.director)
        with freeze_time("2026-05-10 12:00:00"):
            months = {
                row.month.month: (row.planned, row.actual, row.difference)
                for row in rows.search([("plan_id", "=", self.staffing.id)])
            }
            [[planned]] = rows._read_group(
                [("plan_id", "=", self.staffing.id)], [], ["planned:sum"]
            )
        self.assertEqual(months[3], (8, 8, 0))
        self.assertEqual(months[5], (12, 8, -4))
        self.assertEqual(months[6][:2], (12, 0))
        self.assertEqual(planned, (3 * 8 + 9 * 12) / 12)
