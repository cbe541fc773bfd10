# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from .career_common import CareerCommon
from .feedback_common import SalesFeedbackCommon

ON_DAY, LATE = "2026-10-29 12:00:00", "2026-11-02 12:00:00"


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestAppraisalTalkEscalation(SalesFeedbackCommon):
    """People are to be told until 29 October; the leader tells them, the director is
    above."""

    def _escalate(self, moment=LATE):
        with freeze_time(moment):
            self._run("ir_cron_appraisal_talks_overdue")

    def _get_told(self, user=None):
        to_dos = self._get_to_dos(self.talk, user or self.director)
        return to_dos.mapped("summary")

    def test_whoever_is_above_learns_of_an_overdue_talk_once(self):
        self.talk.deadline = date(2026, 10, 29)
        self._escalate()
        self.assertEqual(
            self._get_told(),
            [
                "Talk overdue: Test Salesperson, Q3 2026, to be held by "
                + self.leader.name
            ],
        )
        self.assertEqual(self.talk.escalated_on, date(2026, 11, 2))
        self._escalate("2026-11-03 12:00:00")
        self.assertEqual(len(self._get_told()), 1)

    def test_a_talk_is_not_overdue_on_its_last_day(self):
        self.talk.deadline = date(2026, 10, 29)
        self._escalate(ON_DAY)
        self.assertFalse(self._get_told())
        self.assertFalse(self.talk.escalated_on)

    def test_nobody_is_told_of_talks_that_were_held(self):
        self.talk.deadline = date(2026, 10, 29)
        self._tell()
        self._escalate()
        self.assertFalse(self._get_told())

    def test_the_to_do_goes_when_the_talk_is_held(self):
        self.talk.deadline = date(2026, 10, 29)
        self._escalate()
        self._tell()
        self.assertFalse(self._get_told())

    def test_without_anybody_above_hr_learns_of_it(self):
        self.talk.deadline = date(2026, 10, 29)
        self.talk.with_user(self.hr_user).holder_id = self.director
        self._escalate()
        self.assertTrue(self._get_told(self.hr_manager))

    def test_the_person_learns_nothing(self):
        self.talk.deadline = date(2026, 10, 29)
        self._escalate()
        self.assertFalse(self._get_told(self.salesperson))


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestCareerTalkEscalation(CareerCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.talk = cls.talks.create(
            {"user_id": cls.salesperson.id, "date_due": date(2026, 10, 29)}
        ).sudo()

    def _escalate(self, moment=LATE):
        with freeze_time(moment):
            self._run("ir_cron_career_talks_overdue")

    def _get_summaries(self):
        people = self.leader + self.salesperson
        found = self.talk.activity_ids.filtered(lambda a: a.user_id not in people)
        return found.mapped("summary")

    def test_whoever_is_above_learns_of_an_overdue_talk_once(self):
        for _ in range(2):
            self._escalate()
            [summary] = self._get_summaries()
        self.assertEqual(
            summary,
            f"Talk overdue: Career talk with {self.salesperson.name}, 2026, to be held"
            f" by {self.leader.name}",
        )

    def test_an_agreed_date_in_the_future_is_enough(self):
        self.talk.with_user(self.leader).date_start = fields.Datetime.to_datetime(
            LATE
        ) + timedelta(days=3)
        self._escalate()
        self.assertFalse(self._get_summaries())

    def test_a_date_that_has_passed_is_not(self):
        self.talk.with_user(self.leader).date_start = "2026-10-20 09:00:00"
        self._escalate()
        self.assertTrue(self._get_summaries())

    def test_a_talk_that_is_cancelled_is_not_overdue(self):
        self.talk.with_user(self.leader).action_cancel()
        self._escalate()
        self.assertFalse(self._get_summaries())
