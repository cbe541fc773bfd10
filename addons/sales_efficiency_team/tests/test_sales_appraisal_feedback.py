# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, datetime

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .feedback_common import SalesFeedbackCommon
from .rating_common import SalesRatingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestSalesAppraisalFeedback(SalesFeedbackCommon):
    """From the talk to the reply (policy 4.3.3)."""

    # ------------------------------------------------------------------
    # Talks
    # ------------------------------------------------------------------

    def test_superiors_have_a_to_do_to_tell_each_person(self):
        self.assertEqual(
            len(self.cycle.appraisal_ids.talk_ids), len(self.cycle.appraisal_ids)
        )
        self.assertRecordValues(
            self.talk,
            [
                {
                    "holder_id": self.leader.id,
                    "deadline": date(2026, 10, 29),
                    "state": "open",
                }
            ],
        )
        to_do = self._get_to_dos(self.talk, self.leader)
        self.assertEqual(to_do.date_deadline, date(2026, 10, 29))
        self.assertIn(self.salesperson.name, to_do.summary)

    def test_the_days_to_tell_are_a_setting(self):
        self.company.sales_tell_days = 5
        cycle = self._bring_to(self._create_cycle(date(2026, 4, 1)), "told")
        self.assertEqual(
            set(cycle.appraisal_ids.talk_ids.mapped("deadline")), {date(2026, 10, 20)}
        )

    def test_without_a_leader_the_next_above_tells(self):
        self.team_department.user_id = False
        self.employee.parent_id = False
        cycle = self._bring_to(self._create_cycle(date(2026, 4, 1)), "told")
        talk = self._get_appraisal(cycle).talk_ids
        self.assertEqual(talk.holder_id, self.director)

    def test_a_superior_who_has_left_tells_nobody(self):
        cycle = self._bring_to(self._create_cycle(date(2026, 4, 1)), "calibration")
        self.leader.active = False
        cycle.action_tell()
        self.assertEqual(self._get_appraisal(cycle).talk_ids.holder_id, self.director)

    def test_a_talk_that_is_overdue_is_shown(self):
        self.assertFalse(self.talk.is_late)
        with freeze_time("2026-10-30 12:00:00"):
            self.env.invalidate_all()
            talks = self.env["sales.appraisal.talk"].with_user(self.leader)
            late = talks.search([("is_late", "=", True)])
            self.assertIn(self.talk, late)
            self.assertTrue(self.talk.is_late)
            self.assertEqual(self.cycle.late_count, len(self.cycle.appraisal_ids))

    def test_the_meeting_says_nothing_about_the_result(self):
        with Form(self.talk.with_user(self.leader)) as form:
            form.date = datetime(2026, 10, 20, 8)
            form.duration = 0.5
        event = self.talk.event_id
        self.assertEqual(self.talk.state, "planned")
        self.assertRecordValues(
            event,
            [
                {
                    "start": datetime(2026, 10, 20, 8),
                    "stop": datetime(2026, 10, 20, 8, 30),
                    "privacy": "private",
                    "user_id": self.leader.id,
                    "res_id": 0,
                }
            ],
        )
        self.assertEqual(event.partner_ids, (self.leader + self.salesperson).partner_id)
        shown = str(event.with_user(self.salesperson).read()[0])
        self.assertNotIn("80.0", shown)

    def test_moving_the_meeting_moves_the_talk(self):
        self.talk.with_user(self.leader).date = datetime(2026, 10, 20, 8)
        self.talk.event_id.write(
            {
                "start": datetime(2026, 10, 21, 9),
                "stop": datetime(2026, 10, 21, 10),
            }
        )
        self.assertEqual(self.talk.date, datetime(2026, 10, 21, 9))
        self.talk.with_user(self.leader).date = False
        self.assertFalse(self.talk.event_id)
        self.assertEqual(self.talk.state, "open")

    def test_gaps_are_the_kpis_that_were_not_attained(self):
        kpi = self.appraisal.kpi_ids
        self.assertEqual(self.talk.gap_ids, kpi)
        self.assertFalse(self.talk.strength_ids)

    def test_nothing_left_where_less_is_better_is_no_gap(self):
        days = self._create_metric("days", higher_is_better=False)
        self._create_template("Quick", [self._prepare_kpi(days, 100, 50)])
        with self._measured({days: 0.0}):
            cycle = self._bring_to(self._create_cycle(date(2026, 4, 1)), "told")
        talk = self._get_appraisal(cycle).talk_ids
        self.assertFalse(talk.gap_ids)
        self.assertEqual(talk.strength_ids.score, 120)

    def test_the_talk_goes_to_another_superior(self):
        self.talk.with_user(self.hr_user).holder_id = self.director
        self.assertFalse(self._get_to_dos(self.talk, self.leader))
        self.assertTrue(self._get_to_dos(self.talk, self.director))
        for user in (self.colleague, self.salesperson):
            with (
                self.subTest(user.login),
                self.assertRaisesRegex(UserError, "does not see"),
            ):
                self.talk.with_user(self.hr_user).holder_id = user
        with self.assertRaisesRegex(AccessError, "Somebody else"):
            self.talk.with_user(self.leader).holder_id = self.director

    # ------------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------------

    def test_the_leader_tells_in_the_form_of_the_talk(self):
        with Form(self.talk.with_user(self.leader)) as form:
            form.strengths = "New customers"
            form.improvements = "Larger orders"
        self.talk.with_user(self.leader).action_tell()
        self.assertRecordValues(
            self.appraisal,
            [
                {
                    "state": "told",
                    "told_by_id": self.leader.id,
                    "reply_deadline": date(2026, 10, 29),
                }
            ],
        )
        self.assertEqual(self.talk.state, "held")
        self.assertFalse(self._get_to_dos(self.talk, self.leader))
        to_do = self._get_to_dos(self.talk, self.salesperson)
        self.assertEqual(to_do.date_deadline, date(2026, 10, 29))

    def test_telling_from_the_appraisal_holds_the_talk_as_well(self):
        self._tell()
        self.assertEqual(self.talk.state, "held")

    def test_both_write_until_the_reply(self):
        mine = self._tell()
        talk = self.talk.with_user(self.salesperson)
        self.talk.with_user(self.leader).superior_note = "We meet monthly."
        with Form(talk) as form:
            form.person_note = "I need a better list of leads."
        mine.action_acknowledge()
        for user, name in (
            (self.salesperson, "person_note"),
            (self.leader, "superior_note"),
        ):
            with (
                self.subTest(user.login),
                self.assertRaisesRegex(UserError, "has replied"),
            ):
                self.talk.with_user(user)[name] = "Later"

    def test_nobody_writes_for_the_other(self):
        self._tell()
        for user, name in (
            (self.salesperson, "superior_note"),
            (self.salesperson, "strengths"),
            (self.leader, "person_note"),
        ):
            with (
                self.subTest(user.login, name=name),
                self.assertRaisesRegex(AccessError, "Somebody else"),
            ):
                self.talk.with_user(user)[name] = "Forged"
        with self.assertRaises(AccessError):
            self.talk.with_user(self.colleague).person_note = "Forged"

    def test_what_the_calendar_shows_does_not_change_after_the_talk(self):
        self._tell()
        with self.assertRaisesRegex(UserError, "has been held"):
            self.talk.with_user(self.leader).date = datetime(2026, 10, 20, 8)

    # ------------------------------------------------------------------
    # Replies
    # ------------------------------------------------------------------

    def test_the_person_agrees(self):
        mine = self._tell()
        self.assertTrue(mine.can_reply)
        mine.action_acknowledge()
        self.assertEqual(mine.reply, "acknowledged")
        self.assertFalse(self._get_to_dos(self.talk, self.salesperson))
        with self.assertRaisesRegex(UserError, "replied already"):
            mine.action_acknowledge()

    def test_only_the_person_agrees(self):
        self._tell()
        for user in (self.leader, self.director, self.hr_user):
            with (
                self.subTest(user.login),
                self.assertRaisesRegex(AccessError, "Only the person"),
            ):
                self.appraisal.with_user(user).action_acknowledge()

    def test_who_does_not_reply_in_time_is_noted(self):
        mine = self._tell()
        self._run("ir_cron_appraisal_replies")
        self.assertFalse(mine.reply)
        with freeze_time("2026-10-30 12:00:00"):
            self._run("ir_cron_appraisal_replies")
            self._run("ir_cron_appraisal_replies")
            self.assertEqual(mine.reply, "silent")
            self.assertFalse(self._get_to_dos(self.talk, self.salesperson))
            mine.action_acknowledge()
        self.assertEqual(mine.reply, "acknowledged")

    def test_a_closed_appraisal_can_still_be_answered(self):
        self.cycle.appraisal_ids.action_tell()
        self.cycle.action_close()
        mine = self.appraisal.with_user(self.salesperson)
        mine.action_acknowledge()
        self.env.flush_all()
        self.assertRecordValues(mine, [{"state": "closed", "reply": "acknowledged"}])

    def test_a_correction_has_a_talk_of_its_own(self):
        self.cycle.appraisal_ids.action_tell()
        self.cycle.action_close()
        first = self.appraisal
        first.with_user(self.salesperson).action_acknowledge()
        second = first.with_user(self.director)._correct("Missing order").sudo()
        self.assertRecordValues(
            second.talk_ids,
            [{"holder_id": self.leader.id, "deadline": date(2026, 10, 29)}],
        )
        self.assertFalse(second.reply)
        second.talk_ids.with_user(self.leader).action_tell()
        self.assertEqual(second.state, "closed")
        with self.assertRaisesRegex(UserError, "Reply to the new one|replied already"):
            first.with_user(self.salesperson).action_acknowledge()
        second.with_user(self.salesperson).action_acknowledge()
        self.assertEqual(second.reply, "acknowledged")

    # ------------------------------------------------------------------
    # Excellence
    # ------------------------------------------------------------------

    def test_the_excellent_are_nominated_for_honours(self):
        self._sell_in_quarter(990, self.outsider, date(2026, 5, 4))
        self._sell_in_quarter(700, self.salesperson, date(2026, 5, 4))
        cycle = self._bring_to(self._create_cycle(date(2026, 4, 1)), "told")
        best = self._get_appraisal(cycle, self.outsider)
        director = cycle.with_user(self.director)
        self.assertTrue(best.is_excellent)
        with self.assertRaisesRegex(UserError, "told yet"):
            director.action_nominate()
        cycle.appraisal_ids.action_tell()
        self.assertEqual(director.excellent_count, 1)
        action = director.action_nominate()
        honour = self.env["sales.honour"].browse(action["res_id"])
        self.assertRecordValues(
            honour, [{"state": "elected", "date_from": date(2026, 4, 1)}]
        )
        winners = honour.nominee_ids.filtered("is_winner")
        self.assertEqual(winners.user_id, self.outsider)
        other = honour.nominee_ids.filtered(lambda n: n.user_id == self.salesperson)
        self.assertIn("not excellent", other.reason)
        self.assertEqual(director.action_nominate()["res_id"], honour.id, "once")

    def test_excellence_is_also_a_score_line(self):
        self.assertFalse(self.appraisal.is_excellent)
        self.company.sales_honour_score = 80
        self.env.invalidate_all()
        self.assertTrue(self.appraisal.is_excellent)

    def test_leaders_nominate_nobody(self):
        self._tell()
        with self.assertRaises(AccessError):
            self.cycle.with_user(self.leader).action_nominate()

    # ------------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_days_and_lines_of_the_settings_are_in_range(self):
        for name, value in (
            ("sales_tell_days", 0),
            ("sales_reply_days", 400),
            ("sales_standard_score", -1),
        ):
            with (
                self.subTest(name),
                self.assertRaises(IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.company[name] = value
                self.env.flush_all()


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestTemplateOfRunningRound(SalesRatingCommon):
    """A template that changes while people rate."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cycle.action_start_rating()
        cls.rating = cls._get_ratings("peer")[0]

    def _take_over(self):
        self.cycle.with_user(self.director).action_take_templates()
        self.env.invalidate_all()

    def test_a_new_criterion_is_asked_and_marks_stay(self):
        self._give(self.rating, "4", "5")
        criteria = self.template.criterion_ids
        criteria[0].weight = 40
        criteria[1].copy({"name": "Speed", "weight": 20})
        self._take_over()
        self.assertEqual(
            [(line.name, line.mark) for line in self.rating.line_ids],
            [("Reliability", "4"), ("Advice", "5"), ("Speed", False)],
        )

    def test_who_has_answered_is_asked_again_for_what_is_new(self):
        self._give(self.rating, "4", "5")
        criteria = self.template.criterion_ids
        criteria[0].weight = 40
        criteria[1].copy({"name": "Speed", "weight": 20})
        self._take_over()
        self.assertEqual(self.rating.answer_state, "waiting")
        self.assertEqual(len(self.rating.activity_ids), 1)
        self._give(self.rating, "4", "5", "3")
        self.assertEqual(self.rating.line_ids.mapped("mark"), ["4", "5", "3"])

    def test_other_weights_ask_nobody_again(self):
        self._give(self.rating, "4", "5")
        criteria = self.template.criterion_ids
        criteria[0].weight, criteria[1].weight = 50, 50
        self._take_over()
        self.assertEqual(self.rating.answer_state, "answered")
        self.assertFalse(self.rating.activity_ids)

    def test_a_removed_criterion_keeps_the_marks_of_the_others(self):
        self._give(self.rating, "4", "5")
        criteria = self.template.criterion_ids
        self.template.criterion_ids = [
            (1, criteria[0].id, {"weight": 100}),
            (2, criteria[1].id),
        ]
        self._take_over()
        marks = {line.name: line.mark for line in self.rating.line_ids}
        self.assertEqual(marks.get("Reliability"), "4")
        self.assertNotIn(False, marks, "what nobody asks any more is not shown")

    def test_the_raters_of_a_new_part_are_asked(self):
        part = self.template.part_ids.filtered(lambda part: part.kind == "peer")
        first = self.template.part_ids.filtered(lambda part: part.kind == "superior")
        first.weight += part.weight
        part.unlink()
        cycle = self.cycle.copy({"date_from": date(2026, 4, 1)})
        cycle.action_start_rating()
        appraisal = cycle.appraisal_ids.filtered(
            lambda a: a.user_id == self.salesperson
        )
        self.assertFalse(self._get_ratings("peer", appraisal))
        first.weight -= 30
        self.template.part_ids = [(0, 0, {"kind": "peer", "weight": 30})]
        cycle.action_take_templates()
        self.assertEqual(len(self._get_ratings("peer", appraisal)), 4)
