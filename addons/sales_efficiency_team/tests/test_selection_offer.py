# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from .selection_common import SelectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSelectionOffer(SelectionCommon):
    """No offer and no contract without the required parts, or a waiver."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_parts(
            ("screening", 10, False), ("interview", 90, True), ("check", 0, True)
        )
        # HR that hires recruits as well.
        cls.hirer = cls._create_login(
            "hirer", "hr.group_hr_user,hr_recruitment.group_hr_recruitment_user"
        )

    def _pass_check(self):
        self.applicant.with_user(self.recruiter).action_ask_sales_check()
        check = self.env["sales.background.check"].with_user(self.hr_manager)
        check = check.search([("applicant_id", "=", self.applicant.id)])
        check.write({"consent_date": "2026-10-10", "consent_file": b"eWVz"})
        check.action_start()
        check.item_ids.write({"result": "confirmed", "note": "Seen"})
        check.action_pass()
        return check

    def _complete(self):
        self._score(self._plan(self.leader), self.leader, 4, 4, 4, 4)
        self._pass_check()

    def _ask(self, **values):
        waivers = self.env["sales.selection.waiver"].with_user(self.recruiter)
        action = self.applicant.with_user(self.recruiter).action_ask_sales_waiver()
        with Form(waivers.with_context(**action["context"])) as form:
            form.reason = "Worked here until spring."
        waiver = form.save()
        waiver.write(values)
        return waiver

    # ------------------------------------------------------------------
    # Gates
    # ------------------------------------------------------------------

    def test_no_offer_without_the_required_parts(self):
        applicant = self.applicant.with_user(self.recruiter)
        for stage in self.offer + self.hired:
            with self.subTest(stage.name):
                with self.assertRaises(ValidationError) as refused:
                    applicant.stage_id = stage
                self.assertIn("Interviews and Background Check", str(refused.exception))
        self.assertEqual(applicant.stage_id, self.new)
        self._complete()
        applicant.stage_id = self.offer
        applicant.stage_id = self.hired

    def test_no_way_round_the_gate(self):
        for attempt in (
            lambda: self._apply("Ben Ito", stage_id=self.offer.id),
            lambda: self._apply("Ben Ito", stage_id=self.hired.id),
            lambda: self._apply("Ben Ito", job_id=False, stage_id=self.offer.id).write(
                {"job_id": self.job.id}
            ),
            lambda: self.applicant.with_user(
                self.hirer
            ).create_employee_from_applicant(),
            lambda: self.applicant.write({"employee_id": self.peer.id}),
            lambda: self.env["hr.employee"].create(
                {"name": "Ann Lee", "applicant_ids": self.applicant.ids}
            ),
        ):
            with self.assertRaisesRegex(ValidationError, "neither get an offer"):
                attempt()

    def test_all_who_were_asked_have_to_score(self):
        self._pass_check()
        interview = self._plan(self.leader, self.salesperson)
        self._score(interview, self.leader, 5, 5, 5, 5)
        with self.assertRaisesRegex(ValidationError, "Interviews"):
            self.applicant.stage_id = self.offer
        interview.interviewer_ids -= self.salesperson
        self.applicant.stage_id = self.offer

    def test_jobs_without_selection_are_as_before(self):
        self.job.sales_part_ids = [Command.clear()]
        self.applicant.stage_id = self.hired
        self.assertTrue(self.applicant.date_closed)

    # ------------------------------------------------------------------
    # Waiver
    # ------------------------------------------------------------------

    def test_a_waiver_is_approved_before_it_counts(self):
        waiver = self._ask()
        self.assertEqual(waiver.sudo().part_ids, self.job.sales_part_ids[1:])
        waiver.action_submit()
        with self.assertRaises(ValidationError):
            self.applicant.stage_id = self.offer
        with self.assertRaises(ValidationError):
            self.applicant.with_user(self.hirer).create_employee_from_applicant()
        waiver.with_user(self.director)._validate_tier()
        self.assertRecordValues(
            waiver, [{"state": "approved", "approved_by_id": self.director.id}]
        )
        self.applicant.stage_id = self.offer

    def test_a_rejected_waiver_does_not_count(self):
        waiver = self._ask()
        waiver.action_submit()
        waiver.with_user(self.director)._rejected_tier()
        self.assertEqual(waiver.state, "rejected")
        with self.assertRaises(ValidationError):
            self.applicant.stage_id = self.offer

    def test_a_waiver_covers_what_it_names(self):
        waiver = self._ask(part_ids=self.job.sales_part_ids[2].ids)
        waiver.action_submit()
        self.env.invalidate_all()  # The director decides in another request.
        waiver.with_user(self.director)._validate_tier()
        with self.assertRaisesRegex(ValidationError, "no result of: Interviews\\."):
            self.applicant.stage_id = self.offer

    def test_who_asks_does_not_approve(self):
        waiver = self._ask()
        with self.assertRaises(AccessError):
            waiver.state = "approved"
        waiver.action_submit()
        with self.assertRaises(UserError):
            waiver.action_approve()
        waiver._validate_tier()
        self.assertEqual(waiver.state, "submitted")
        with self.assertRaisesRegex(UserError, "neither changes"):
            waiver.reason = "Another one"
        with self.assertRaisesRegex(UserError, "neither changes"):
            waiver.unlink()

    def test_without_a_rule_a_director_approves(self):
        definitions = self.env["tier.definition"].search(
            [("model", "=", "sales.selection.waiver")]
        )
        definitions.active = False
        waiver = self._ask()
        waiver.action_submit()
        with self.assertRaisesRegex(UserError, "Only a sales director"):
            waiver.action_approve()
        waiver.with_user(self.director).action_approve()
        self.assertEqual(waiver.state, "approved")

    def test_a_waiver_has_a_reason_and_parts_of_the_job(self):
        waivers = self.env["sales.selection.waiver"].with_user(self.recruiter)
        with self.assertRaises(ValidationError):
            waivers.create(
                {
                    "applicant_id": self.applicant.id,
                    "reason": "Why not",
                    "part_ids": self.job.copy().sales_part_ids.ids,
                }
            )
        self._complete()
        with self.assertRaisesRegex(UserError, "No required part"):
            self.applicant.with_user(self.recruiter).action_ask_sales_waiver()

    # ------------------------------------------------------------------
    # Background check
    # ------------------------------------------------------------------

    def test_nothing_is_checked_before_consent(self):
        applicant = self.applicant.with_user(self.recruiter)
        applicant.action_ask_sales_check()
        applicant.action_ask_sales_check()
        check = self.env["sales.background.check"].with_user(self.hr_manager).search([])
        self.assertEqual(len(check), 1)
        self.assertEqual(
            check.item_ids.mapped("kind"),
            ["identity", "education", "employment", "reference"],
        )
        with self.assertRaisesRegex(UserError, "not given consent"):
            check.item_ids[0].result = "confirmed"
        with self.assertRaisesRegex(UserError, "not given consent"):
            check.item_ids = [Command.create({"kind": "reference", "note": "Nice"})]
        with self.assertRaisesRegex(UserError, "without consent"):
            check.action_start()
        with self.assertRaisesRegex(UserError, "no longer In Progress"):
            check.action_pass()
        check.write({"consent_date": "2026-10-16", "consent_file": b"eWVz"})
        with self.assertRaisesRegex(UserError, "later day"):
            check.action_start()

    def test_each_item_has_a_result_and_a_proof(self):
        check = self._pass_check()
        check.action_reopen()
        with self.assertRaisesRegex(UserError, "no longer Consent Missing"):
            check.consent_date = "2026-10-01"
        item = check.item_ids[0]
        item.result = False
        with self.assertRaisesRegex(UserError, "result of: Identity"):
            check.action_pass()
        item.write({"result": "deviates", "note": False})
        with self.assertRaisesRegex(UserError, "proof of Identity"):
            check.action_pass()
        item.note = "Another date of birth"
        with self.assertRaisesRegex(UserError, "as conclusion"):
            check.action_pass()
        check.conclusion = "Typing mistake"
        check.action_pass()
        for attempt in (
            lambda: check.write({"conclusion": "-"}),
            lambda: item.write({"result": "confirmed"}),
            lambda: item.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "closed"):
                attempt()

    def test_a_failed_check_is_missing_like_none(self):
        self._score(self._plan(self.leader), self.leader, 4, 4, 4, 4)
        missing = self._result().missing_parts
        check = self._pass_check()
        check.action_reopen()
        check.conclusion = "Never worked there"
        check.action_fail()
        result = self._result()
        result.invalidate_recordset()
        self.assertEqual(result.missing_parts, missing)
        with self.assertRaisesRegex(ValidationError, "no result of: Background Check"):
            self.applicant.stage_id = self.offer

    def test_checks_are_for_hr_managers_alone(self):
        check = self._pass_check()
        recruiting = self.recruiting_manager
        for user in (
            self.recruiter,
            recruiting,
            self.hr_user,
            self.director,
            self.leader,
        ):
            with self.subTest(user.login):
                for records in (check, check.item_ids):
                    with self.assertRaises(AccessError):
                        records.with_user(user).read([])
                    with self.assertRaises(AccessError):
                        records.with_user(user).search([])
        for user in (self.recruiter, recruiting):
            applicant = self.applicant.with_user(user)
            with self.assertRaises(AccessError):
                applicant.read(["sales_check_ids"])
            with self.assertRaises(AccessError):
                applicant.search([("sales_check_ids.state", "=", "passed")])
            self.assertTrue(applicant.sales_is_check_asked)
            self.assertNotIn("Passed", str(applicant.message_ids.mapped("body")))
        with self.assertRaises(UserError):
            self._plan(self.leader)
            self.applicant.with_user(self.leader).action_ask_sales_check()

    # ------------------------------------------------------------------
    # Hiring
    # ------------------------------------------------------------------

    def test_the_hired_join_the_team_once_they_have_a_user(self):
        self._complete()
        self.applicant.write(
            {"stage_id": self.hired.id, "availability": date(2026, 11, 2)}
        )
        self.applicant.with_user(self.hirer).create_employee_from_applicant()
        employee = self.applicant.employee_id
        self.assertEqual(employee.job_id, self.job)
        self.assertIn("Create the user", employee.activity_ids.summary)
        user = new_test_user(self.env, "ann", company_id=self.company.id)
        employee.with_user(self.hirer).user_id = user
        member = self.team_field.crm_team_member_ids.filtered(
            lambda member: member.user_id == user
        )
        self.assertEqual(member.sales_start_date, date(2026, 11, 2))
        todo = self.env["sales.action"].search([("name", "ilike", user.name)])
        self.assertEqual(todo.user_id, self.leader)
        self.assertEqual(todo.date_deadline, date(2026, 11, 2))
        self.assertIn("0% / 25% / 50% / 100%", todo.name)
        # Only once, whatever HR corrects later
        member.action_archive()
        employee.user_id = False
        employee.user_id = user
        self.assertFalse(member.active)
        self.assertEqual(
            self.env["sales.action"].search_count([("name", "ilike", user.name)]), 1
        )

    def test_nobody_sells_before_being_hired(self):
        self._complete()
        self.applicant.write(
            {"stage_id": self.hired.id, "availability": date(2026, 1, 1)}
        )
        self.applicant.with_user(self.hirer).create_employee_from_applicant()
        user = new_test_user(self.env, "ann", company_id=self.company.id)
        self.applicant.employee_id.user_id = user
        member = self.env["crm.team.member"].search([("user_id", "=", user.id)])
        self.assertEqual(member.sales_start_date, date(2026, 10, 15))

    def test_nobody_is_hired_twice(self):
        self._complete()
        self.applicant.stage_id = self.hired
        self.applicant.with_user(self.hirer).create_employee_from_applicant()
        with self.assertRaisesRegex(UserError, "hired already"):
            self.applicant.with_user(self.hirer).create_employee_from_applicant()

    def _create_plan(self, **values):
        return self.env["mail.activity.plan"].create(
            {
                "name": "First Weeks",
                "res_model": "hr.employee",
                "company_id": False,
                "template_ids": [
                    Command.create(
                        {
                            "summary": "Show the products",
                            "activity_type_id": self.env.ref(
                                "mail.mail_activity_data_todo"
                            ).id,
                            "delay_count": 7,
                            "delay_unit": "days",
                            "delay_from": "after_plan_date",
                            **values,
                        }
                    )
                ],
            }
        )

    def _hire(self):
        self._complete()
        self.applicant.write(
            {"stage_id": self.hired.id, "availability": date(2026, 11, 2)}
        )
        self.applicant.with_user(self.hirer).create_employee_from_applicant()
        return self.applicant.employee_id

    def test_onboarding_starts_by_the_plan_of_the_job(self):
        self.job.sales_onboarding_plan_id = self._create_plan(
            responsible_type="other", responsible_id=self.leader.id
        )
        activity = self._hire().activity_ids.filtered(
            lambda activity: activity.summary == "Show the products"
        )
        self.assertRecordValues(
            activity,
            [{"user_id": self.leader.id, "date_deadline": date(2026, 11, 9)}],
        )

    def test_hiring_starts_courses_and_tasks_of_the_job(self):
        course = self.env["sales.training.course"].create(
            {"name": "Products", "company_id": self.company.id}
        )
        self.env["sales.onboarding.course"].create(
            {"job_id": self.job.id, "course_id": course.id, "days": 30}
        )
        self.job.sales_onboarding_plan_id = self._create_plan(
            responsible_type="other", responsible_id=self.leader.id
        )
        onboarding = self._hire().sales_onboarding_ids
        self.assertRecordValues(
            onboarding,
            [
                {
                    "job_id": self.job.id,
                    "team_id": self.team_field.id,
                    "hr_user_id": self.hirer.id,
                    "date_start": date(2026, 11, 2),
                    "state": "running",
                }
            ],
        )
        self.assertEqual(
            onboarding.step_ids.sorted("date_deadline").mapped("date_deadline"),
            [date(2026, 11, 9), date(2026, 12, 2)],
        )
        # The leader sees it before the newcomer has a user.
        self.assertTrue(onboarding.with_user(self.leader).has_access("read"))

    def test_a_plan_that_cannot_start_does_not_stop_hiring(self):
        self.job.sales_onboarding_plan_id = self._create_plan(responsible_type="coach")
        summaries = self._hire().activity_ids.mapped("summary")
        self.assertIn("Start the onboarding: First Weeks", summaries)
