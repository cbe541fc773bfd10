# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .feedback_common import SalesFeedbackCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalObjection(SalesFeedbackCommon):
    """A person objects, the next superior decides (policy 4.3.3)."""

    def test_the_next_superior_is_asked(self):
        objection = self._object()
        self.assertRecordValues(
            objection,
            [
                {
                    "state": "open",
                    "judge_id": self.director.id,
                    "deadline": date(2026, 10, 29),
                    "user_id": self.salesperson.id,
                }
            ],
        )
        self.assertTrue(self._get_to_dos(objection, self.director))
        self.assertEqual(self.appraisal.reply, "objected")
        self.assertFalse(self._get_to_dos(self.talk, self.salesperson))

    def test_the_person_objects_in_the_dialog(self):
        mine = self._tell()
        form = Form.from_action(self.env(user=self.salesperson), mine.action_object())
        form.reason = "A customer was taken from me"
        objection = form.save()
        self.assertEqual(objection.appraisal_id, self.appraisal)

    def test_overruled_the_appraisal_stays(self):
        objection = self._object()
        mine = objection.with_user(self.director)
        with self.assertRaisesRegex(UserError, "answer first"):
            mine.action_overrule()
        mine.answer = "The customer asked for it."
        mine.action_overrule()
        self.assertRecordValues(
            objection, [{"state": "overruled", "decided_by_id": self.director.id}]
        )
        self.assertEqual(self.appraisal.state, "told")
        own = objection.with_user(self.salesperson)
        self.assertEqual(own.answer, "The customer asked for it.")
        self.assertTrue(self._get_to_dos(objection, self.salesperson))
        self.assertFalse(self._get_to_dos(objection, self.director))

    def test_upheld_a_new_version_follows(self):
        objection = self._object()
        self._sell_in_quarter(150)
        mine = objection.with_user(self.director)
        mine.answer = "The order belongs to the quarter."
        wizard = Form.from_action(self.env(user=self.director), mine.action_uphold())
        self.assertEqual(wizard.reason, "The order belongs to the quarter.")
        wizard.save().action_correct()
        second = self._get_appraisal(self.cycle)
        self.assertRecordValues(
            second, [{"version": 2, "score": 95, "corrects_id": self.appraisal.id}]
        )
        self.assertRecordValues(
            objection, [{"state": "upheld", "correction_id": second.id}]
        )
        self.assertEqual(self.appraisal.state, "closed")
        self.assertFalse(self._get_to_dos(objection, self.director))
        with self.assertRaisesRegex(UserError, "Tell these people first"):
            others = self.cycle.appraisal_ids - self.appraisal - second
            others.action_tell()
            self.cycle.action_close()
        second.with_user(self.leader).action_tell()
        second.with_user(self.salesperson).action_acknowledge()
        self.cycle.action_close()
        self.assertEqual(second.state, "closed")

    def test_a_decision_to_correct_waits_for_the_correction(self):
        objection = self._object()
        mine = objection.with_user(self.director)
        mine.answer = "You are right."
        mine.action_uphold()  # and the dialog is closed
        self.assertTrue(self._get_to_dos(objection, self.director))
        self.env.invalidate_all()
        self.assertTrue(mine.can_correct)
        Form.from_action(self.env(user=self.director), mine.action_correct())

    def test_the_next_superior_can_be_a_leader_who_then_corrects(self):
        head = self._create_user("leader", "head")
        self.team_department.parent_id = self.env["crm.team"].create(
            {"name": "Test Division", "user_id": head.id}
        )
        objection = self._object()
        self.assertEqual(objection.judge_id, head)
        self.env.invalidate_all()
        mine = objection.with_user(head)
        mine.answer = "You are right."
        wizard = Form.from_action(self.env(user=head), mine.action_uphold())
        wizard.save().action_correct()
        self.assertEqual(self._get_appraisal(self.cycle).version, 2)

    # ------------------------------------------------------------------
    # Nobody decides on their own
    # ------------------------------------------------------------------

    def test_who_has_told_does_not_decide(self):
        objection = self._object()
        for user in (self.leader, self.salesperson, self.colleague):
            with self.subTest(user.login), self.assertRaises(AccessError):
                mine = objection.with_user(user)
                mine.write({"answer": "No"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                objection.with_user(user).action_overrule()

    def test_where_nobody_is_above_hr_managers_decide(self):
        mine = self._tell(user=self.director)
        objection = self.env["sales.appraisal.objection"].with_user(mine.env.user)
        objection = objection.create({"appraisal_id": mine.id, "reason": "No"}).sudo()
        self.assertEqual(objection.judge_id, self.hr_manager)
        with self.assertRaises(AccessError):
            objection.with_user(self.director).answer = "No"
        with self.assertRaises(AccessError):
            objection.with_user(self.hr_user).answer = "No"
        self.env.invalidate_all()
        decided = objection.with_user(self.hr_manager)
        decided.answer = "Stays."
        decided.action_overrule()
        self.assertEqual(objection.state, "overruled")

    def test_who_has_changed_the_grade_does_not_decide(self):
        cycle = self._bring_to(self._create_cycle(date(2026, 4, 1)), "calibration")
        appraisal = self._get_appraisal(cycle)
        grade = self.env.ref("sales_efficiency_team.sales_appraisal_grade_b")
        appraisal.with_user(self.director).write(
            {"grade_id": grade.id, "grade_reason": "Windfall"}
        )
        cycle.action_tell()
        objection = self._object(appraisal)
        self.assertEqual(objection.judge_id, self.hr_manager)

    # ------------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------------

    def test_only_the_person_objects(self):
        self._tell()
        objections = self.env["sales.appraisal.objection"]
        for user in (self.leader, self.colleague, self.director, self.hr_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                objections.with_user(user).create(
                    {"appraisal_id": self.appraisal.id, "reason": "For them"}
                )

    def test_nobody_objects_before_they_are_told(self):
        objections = self.env["sales.appraisal.objection"].with_user(self.salesperson)
        with self.assertRaises(AccessError):
            objections.create({"appraisal_id": self.appraisal.id, "reason": "Early"})

    def test_nobody_objects_too_late_or_after_agreeing(self):
        mine = self._tell()
        with (
            freeze_time("2026-10-30 12:00:00"),
            self.assertRaisesRegex(UserError, "until 2026-10-29"),
        ):
            mine.action_object()
        mine.action_acknowledge()
        with self.assertRaisesRegex(UserError, "replied already"):
            mine.action_object()

    @mute_logger("odoo.sql_db")
    def test_there_is_one_objection(self):
        objection = self._object()
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            objection.copy()

    def test_what_was_said_does_not_change(self):
        objection = self._object()
        mine = objection.with_user(self.director)
        with self.assertRaises(AccessError):
            mine.reason = "Other"
        with self.assertRaises(AccessError):
            mine.state = "upheld"
        mine.answer = "Stays."
        mine.action_overrule()
        with self.assertRaisesRegex(UserError, "is no longer"):
            mine.answer = "Other"
        with self.assertRaisesRegex(UserError, "is no longer"):
            mine.action_uphold()
