# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

from .selection_common import SelectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSelectionAccess(SelectionCommon):
    """Own scores first, and who sees which applicant."""

    def _read_others(self, user, interview):
        """:return: scorecards, scores and results that the user finds, of others"""
        cards = self.env["sales.interview.scorecard"].with_user(user)
        scores = self.env["sales.interview.score"].with_user(user)
        domain = [("user_id", "!=", user.id)]
        return (
            len(cards.search(domain)),
            len(scores.search([("scorecard_id.user_id", "!=", user.id)])),
            len(self._result(user)),
        )

    def test_nobody_sees_scores_of_others_before_their_own_are_in(self):
        self._set_parts(("interview", 100, True))
        interview = self._plan(self.leader, self.salesperson)
        card = self._score(interview, self.salesperson, 5, 5, 5, 5)
        self.assertEqual(self._read_others(self.leader, interview), (0, 0, 0))
        for name in ("mean", "note", "state"):
            with self.subTest(name), self.assertRaises(AccessError):
                card.with_user(self.leader).read([name])
        with self.assertRaises(AccessError):
            card.score_ids.with_user(self.leader).read(["rating"])
        applicant = self.applicant.with_user(self.leader)
        self.assertEqual(applicant.sales_shown_score, 0)
        self.assertFalse(applicant.sales_has_shown_score)
        self._score(interview, self.leader, 4, 4, 4, 4)
        self.assertEqual(self._read_others(self.leader, interview), (1, 4, 1))
        applicant.invalidate_recordset()
        self.assertEqual(applicant.sales_shown_score, 90)

    def test_drafts_are_their_interviewers_alone(self):
        interview = self._plan(self.leader, self.salesperson)
        self._card(interview, self.salesperson).score_ids[0].rating = "1"
        self._score(interview, self.leader, 4, 4, 4, 4)
        self.assertEqual(self._read_others(self.leader, interview)[:2], (0, 0))
        self.assertEqual(self._read_others(self.recruiter, interview)[:2], (1, 4))

    def test_recruiters_who_interview_wait_as_well(self):
        self._set_parts(("interview", 100, True))
        interview = self._plan(self.leader, self.recruiter)
        self._score(interview, self.leader, 4, 4, 4, 4)
        self.assertEqual(self._read_others(self.recruiter, interview), (0, 0, 0))
        self._score(interview, self.recruiter, 4, 4, 4, 4)
        self.assertEqual(self._read_others(self.recruiter, interview), (1, 4, 1))

    def test_who_waits_does_not_leave_to_look_and_return(self):
        self._set_parts(("interview", 100, True))
        interview = self._plan(self.leader, self.recruiter)
        self._score(interview, self.leader, 4, 4, 4, 4)
        mine = interview.with_user(self.recruiter)
        with self.assertRaisesRegex(UserError, "Others have scored"):
            mine.interviewer_ids -= self.recruiter
        self.env.invalidate_all()
        self.assertEqual(self._read_others(self.recruiter, interview), (0, 0, 0))
        other = new_test_user(
            self.env, "test_recruiter2", "hr_recruitment.group_hr_recruitment_user"
        )
        interview.with_user(other).interviewer_ids -= self.recruiter
        self.assertEqual(interview.interviewer_ids, self.leader)

    def test_nobody_learns_what_applicants_lack_by_asking_for_a_waiver(self):
        applicant = self.applicant.with_user(self.outsider)
        with self.assertRaises(AccessError):
            applicant.action_ask_sales_waiver()

    def test_a_second_round_starts_unbiased(self):
        self._set_parts(("interview", 100, True))
        first = self._plan(self.salesperson)
        self._score(first, self.salesperson, 2, 2, 2, 2)
        second = self._plan(self.leader, name="Second Interview")
        self.assertEqual(self._read_others(self.leader, second), (0, 0, 0))

    def test_it_stays_so_once_the_applicant_is_refused(self):
        self._set_parts(("interview", 100, True))
        interview = self._plan(self.leader, self.salesperson)
        self._score(interview, self.salesperson, 5, 5, 5, 5)
        self.applicant.active = False
        cards = self.env["sales.interview.scorecard"].with_user(self.leader)
        self.assertFalse(cards.search([("user_id", "!=", self.leader.id)]))
        self.assertFalse(self._result(self.leader))

    def test_no_search_or_group_tells_scores(self):
        self._set_parts(("interview", 100, True))
        interview = self._plan(self.leader, self.salesperson)
        self._score(interview, self.salesperson, 5, 5, 5, 5)
        applicants = self.env["hr.applicant"].with_user(self.leader)
        for name in (
            "sales_score",
            "sales_interview_score",
            "sales_scorecard_count",
            "sales_is_scored",
        ):
            with self.subTest(name):
                with self.assertRaises(AccessError):
                    applicants.search([(name, "!=", 0)])
                with self.assertRaises(AccessError):
                    applicants._read_group([], [name])
                with self.assertRaises(AccessError):
                    self.applicant.with_user(self.leader).read([name])
        results = self.env["sales.selection.result"].with_user(self.leader)
        self.assertFalse(results._read_group([], ["score"], ["__count"]))
        interviews = self.env["sales.interview"].with_user(self.leader)
        self.assertFalse(
            interviews.search([("scorecard_ids.score_ids.rating", "=", "5")])
        )

    # ------------------------------------------------------------------
    # Applicants
    # ------------------------------------------------------------------

    def test_leaders_see_only_applicants_whom_they_interview(self):
        applicants = self.env["hr.applicant"]
        with self.assertRaises(AccessError):
            applicants.with_user(self.leader).search([])
        other = self._apply("Ben Ito")
        interview = self._plan(self.leader)
        self._plan(self.salesperson, applicant=other)
        found = applicants.with_user(self.leader).search([])
        self.assertEqual(found, self.applicant)
        self.assertEqual(
            self.env["sales.interview"].with_user(self.leader).search([]), interview
        )
        with self.assertRaises(AccessError):
            other.with_user(self.leader).read(["partner_name"])
        for name in ("sales_screening", "sales_screening_note"):
            with self.assertRaises(AccessError):
                self.applicant.with_user(self.leader).read([name])

    def test_who_does_not_interview_after_all_sees_nobody(self):
        interview = self._plan(self.leader, self.salesperson)
        interview.interviewer_ids -= self.leader
        self.assertNotIn(self.leader, self.applicant.interviewer_ids)
        self.assertEqual(interview.sudo().scorecard_ids.user_id, self.salesperson)
        with self.assertRaises(AccessError):
            self.env["hr.applicant"].with_user(self.leader).search([])

    def test_who_has_scored_stays_an_interviewer(self):
        interview = self._plan(self.leader, self.salesperson)
        self._score(interview, self.leader, 4, 4, 4, 4)
        with self.assertRaisesRegex(UserError, "Test Leader|scored"):
            interview.interviewer_ids -= self.leader
        with self.assertRaisesRegex(UserError, "scored"):
            interview.action_cancel()
        with self.assertRaisesRegex(UserError, "scored"):
            interview.unlink()

    def test_directors_do_not_see_applicants(self):
        self._plan(self.leader)
        for model in ("hr.applicant", "sales.interview", "sales.selection.result"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.director).search([])

    def test_applicants_of_other_companies_are_closed(self):
        self._set_parts(("interview", 100, True))
        interview = self._plan(self.leader)
        self._score(interview, self.leader, 4, 4, 4, 4)
        company = self.env["res.company"].create({"name": "Company B"})
        other = new_test_user(
            self.env,
            "recruiter_b",
            groups="hr_recruitment.group_hr_recruitment_manager,hr.group_hr_manager",
            company_id=company.id,
        )
        check = self.env["sales.background.check"].create(
            {"applicant_id": self.applicant.id}
        )
        for records in (
            self.applicant,
            interview,
            interview.sudo().scorecard_ids,
            interview.sudo().scorecard_ids.score_ids,
            check,
            check.item_ids,
            self.job.sales_criterion_ids,
            self._result(),
        ):
            records = records.with_user(other)
            with self.subTest(records._name):
                self.assertFalse(records.search([("id", "in", records.ids)]))
                with self.assertRaises(AccessError):
                    records.sudo(False).check_access("read")
        with self.assertRaises(AccessError):
            self.env["sales.interview"].with_user(other).create(
                {
                    "name": "Foreign",
                    "applicant_id": self.applicant.id,
                    "date_start": "2026-10-20 09:00:00",
                    "interviewer_ids": other.ids,
                }
            )

    # ------------------------------------------------------------------
    # Meetings
    # ------------------------------------------------------------------

    def test_meetings_are_private_and_move_with_the_interview(self):
        interview = self._plan(self.leader, duration=1.5)
        event = interview.sudo().event_id
        self.assertEqual(event.partner_ids, self.leader.partner_id)
        self.assertEqual(event.privacy, "private")
        self.assertEqual(str(event.stop), "2026-10-20 10:30:00")
        self.env.invalidate_all()
        shown = event.with_user(self.director).read(["name"])[0]["name"]
        self.assertNotIn("Ann", shown)
        interview.date_start = "2026-10-21 09:00:00"
        self.assertEqual(str(event.start), "2026-10-21 09:00:00")
        event.write({"start": "2026-10-22 09:00:00", "stop": "2026-10-22 10:00:00"})
        self.assertEqual(str(interview.date_start), "2026-10-22 09:00:00")
        self.assertEqual(interview.duration, 1)
        interview.action_cancel()
        self.assertFalse(event.exists())
        self.assertEqual(interview.state, "cancelled")
        self.assertFalse(interview.sudo().scorecard_ids)

    def test_interviewers_have_a_todo_until_they_scored(self):
        interview = self._plan(self.leader)
        card = self._card(interview, self.leader)
        self.assertEqual(card.activity_ids.user_id, self.leader)
        self._score(interview, self.leader, 4, 4, 4, 4)
        self.assertFalse(card.activity_ids)
