# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest

from psycopg2.errors import CheckViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from ..engine import selection_score
from .selection_common import SelectionCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSelectionScore(SelectionCommon):
    """What applicants score, by the figures of the policy."""

    def test_doctests_of_scores(self):
        self.assertEqual(doctest.testmod(selection_score).failed, 0)

    # ------------------------------------------------------------------
    # Score
    # ------------------------------------------------------------------

    def test_interviewers_count_the_same(self):
        self._set_parts(("interview", 100, True))
        interview = self._plan(self.leader, self.salesperson)
        first = self._score(interview, self.leader, 4, 5, 3, 4)
        second = self._score(interview, self.salesperson, 3, 4, 4, 5)
        self.assertEqual((first.mean, second.mean), (4.10, 3.80))
        self.assertRecordValues(
            self._result(),
            [{"interview_score": 79.00, "score": 79.00, "scorecard_count": 2}],
        )
        self.assertEqual(interview.state, "scored")

    def test_criteria_without_score_drop_out(self):
        interview = self._plan(self.leader)
        self.assertEqual(self._score(interview, self.leader, 5, 0, 4, 3).mean, 4.27)

    def test_parts_that_are_missing_are_weighted_anew(self):
        self._set_parts(
            ("screening", 10, False), ("test", 30, True), ("interview", 60, True)
        )
        interview = self._plan(self.leader, self.salesperson)
        self._score(interview, self.leader, 4, 5, 3, 4)
        self._score(interview, self.salesperson, 3, 4, 4, 5)
        self._take_test(84)
        self.assertRecordValues(self._result(), [{"test_score": 84.00, "score": 80.67}])
        self.applicant.sales_screening = "5"
        self.assertEqual(self._result().score, 82.60)

    def test_a_test_without_a_right_answer_counts_0(self):
        self._set_parts(("screening", 50, False), ("test", 50, True))
        self.applicant.sales_screening = "4"
        self.assertFalse(self._result().is_tested)
        self.assertEqual(self._result().score, 80.00)
        self._take_test(0)
        self.assertTrue(self._result().is_tested)
        self.assertEqual(self._result().score, 40.00)

    def test_the_last_test_counts_and_trials_do_not(self):
        self._set_parts(("test", 100, True))
        self._take_test(40).end_datetime = "2026-10-01 12:00:00"
        self._take_test(70).end_datetime = "2026-10-02 12:00:00"
        self._take_test(99).write(
            {"end_datetime": "2026-10-03 12:00:00", "test_entry": True}
        )
        self.assertEqual(self._result().score, 70.00)

    def test_weights_are_those_of_the_day_of_planning(self):
        interview = self._plan(self.leader)
        first, second = self.job.sales_criterion_ids[:2]
        self.job.sales_criterion_ids = [
            Command.update(first.id, {"weight": 25}),
            Command.update(second.id, {"weight": 40, "name": "Listening"}),
        ]
        card = self._score(interview, self.leader, 4, 5, 3, 4)
        self.assertEqual(card.mean, 4.10)
        self.assertEqual(card.score_ids[1].name, "Communication")

    def test_interviews_for_another_job_do_not_count(self):
        self._set_parts(("interview", 100, True))
        self._score(self._plan(self.leader), self.leader, 5, 5, 5, 5)
        other = self.job.copy({"name": "Other Job"})
        self.applicant.job_id = other
        self.assertFalse(self._result().is_scored)
        self.assertTrue(self.applicant._get_missing_sales_parts()[self.applicant])

    def test_applicants_of_a_job_stand_side_by_side(self):
        self._set_parts(("screening", 100, True))
        others = self._apply("Ben Ito", sales_screening="5") + self._apply("Cy Rao")
        self.applicant.sales_screening = "3"
        action = self.job.with_user(self.recruiter).action_open_sales_selection()
        results = self.env["sales.selection.result"].with_user(self.recruiter)
        results = results.search(action["domain"], order="score desc, id")
        self.assertEqual(results.applicant_id, others[0] + self.applicant + others[1])
        self.assertEqual(results.mapped("score"), [100, 60, 0])
        self.assertEqual(results.mapped("is_scored"), [True, True, False])
        self.assertEqual(results[2].missing_parts, "CV Screening")

    # ------------------------------------------------------------------
    # Weights
    # ------------------------------------------------------------------

    def test_weights_add_up_to_exactly_100(self):
        line = self.job.sales_criterion_ids[0]
        for change in (39.99, 40.01):
            with (
                self.subTest(change),
                self.assertRaisesRegex(
                    ValidationError, "Interview Criteria of Sales Representative"
                ),
            ):
                self.job.sales_criterion_ids = [
                    Command.update(line.id, {"weight": change})
                ]
        with self.assertRaises(ValidationError):
            self._set_parts(("screening", 40, True), ("interview", 59.99, True))

    def test_lines_cannot_be_changed_behind_the_job(self):
        lines = self.job.with_user(self.recruiting_manager).sales_criterion_ids
        with self.assertRaises(ValidationError):
            lines[0].weight = 50
        with self.assertRaises(ValidationError):
            lines[0].unlink()
        with self.assertRaises(ValidationError):
            lines.create({"job_id": self.job.id, "name": "More", "weight": 1})

    def test_weights_can_move_between_lines_of_a_form(self):
        with Form(self.job.with_user(self.recruiting_manager)) as form:
            with form.sales_criterion_ids.edit(0) as line:
                line.weight = 50
            with form.sales_criterion_ids.edit(1) as line:
                line.weight = 15
        self.assertEqual(
            self.job.sales_criterion_ids.mapped("weight"), [50, 15, 15, 20]
        )

    def test_recruiters_do_not_spare_anybody_what_is_required(self):
        self._set_parts(("interview", 100, True))
        part = self.job.with_user(self.recruiter).sales_part_ids
        with self.assertRaises(AccessError):
            part.is_required = False
        with self.assertRaises(AccessError):
            part.unlink()
        copy = self.job.with_user(self.recruiter).copy()
        self.assertTrue(copy.sales_part_ids.is_required)

    def test_a_duplicate_of_a_job_has_its_courses_of_newcomers(self):
        course = self.env["sales.training.course"].create(
            {"name": "Products", "company_id": self.company.id}
        )
        self.job.sales_onboarding_course_ids = [
            Command.create({"course_id": course.id, "days": 14})
        ]
        copy = self.job.with_user(self.recruiter).copy().sudo()
        self.assertRecordValues(
            copy.sales_onboarding_course_ids, [{"course_id": course.id, "days": 14}]
        )

    @mute_logger("odoo.sql_db")
    def test_a_background_check_has_no_weight(self):
        with self.assertRaises(CheckViolation):
            self._set_parts(("interview", 50, True), ("check", 50, True))
        self._set_parts(("check", 0, True))

    def test_a_job_can_start_with_the_ready_selection(self):
        job = self.env["hr.job"].create({"name": "Ready"})
        job.with_user(self.recruiter).action_use_ready_selection()
        self.assertEqual(job.sales_criterion_ids.mapped("weight"), [40, 25, 15, 20])
        self.assertEqual(
            job.sales_part_ids.mapped("kind"),
            ["screening", "test", "interview", "check"],
        )
        self.assertTrue(job.sales_lacks_test)

    # ------------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------------

    def test_ratings_go_from_1_to_5(self):
        card = self._card(self._plan(self.leader), self.leader)
        for rating in ("0", "6", 0.5, 6):
            with (
                self.subTest(rating),
                self.assertRaisesRegex(ValidationError, "Rating"),
            ):
                card.score_ids[0].rating = rating
        self.assertFalse(card.score_ids[0].rating)

    def test_nobody_hands_in_an_empty_scorecard(self):
        card = self._card(self._plan(self.leader), self.leader)
        with self.assertRaisesRegex(UserError, "at least one criterion"):
            card.action_submit()
        self.assertEqual(card.state, "draft")

    def test_only_interviewers_score(self):
        interview = self._plan(self.leader)
        with self.assertRaisesRegex(UserError, "not an interviewer"):
            interview.with_user(self.recruiter).action_score()
        card = self._card(interview, self.leader, viewer=self.recruiter)
        for attempt in (
            lambda: card.write({"note": "Great"}),
            lambda: card.action_submit(),
            lambda: self._card(interview, self.leader)
            .score_ids.with_user(self.recruiter)[0]
            .write({"rating": "5"}),
        ):
            with self.assertRaisesRegex(UserError, "score for themselves"):
                attempt()
        self.assertFalse(any(card.sudo().score_ids.mapped("rating")))
        with self.assertRaises(AccessError):
            card.create({"interview_id": interview.id, "user_id": self.recruiter.id})

    def test_scores_that_are_in_do_not_change(self):
        card = self._score(self._plan(self.leader), self.leader, 4, 5, 3, 4)
        for attempt in (
            lambda: card.score_ids[0].write({"rating": "1"}),
            lambda: card.write({"note": "On second thoughts"}),
            lambda: card.action_submit(),
        ):
            with self.assertRaisesRegex(UserError, "are in"):
                attempt()
        self.assertEqual(card.score_ids[0].rating, "4")

    def test_names_and_weights_of_a_scorecard_are_not_written(self):
        card = self._card(self._plan(self.leader), self.leader)
        for values in ({"weight": 90}, {"name": "Golf"}):
            with self.assertRaises(AccessError):
                card.score_ids[0].write(values)
        with self.assertRaises(AccessError):
            card.state = "submitted"

    def test_an_interview_needs_criteria_and_interviewers(self):
        with self.assertRaisesRegex(UserError, "who interviews Ann Lee"):
            self._plan()
        self.job.sales_criterion_ids = [Command.clear()]
        with self.assertRaisesRegex(UserError, "what interviewers look at"):
            self._plan(self.leader)
