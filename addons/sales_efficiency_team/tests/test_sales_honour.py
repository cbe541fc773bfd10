# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import CheckViolation, UniqueViolation

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .honour_common import TODAY, HonourCommon


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesHonour(HonourCommon):
    """Elected by figures or by a jury, approved, made known."""

    # ------------------------------------------------------------------
    # Ranking
    # ------------------------------------------------------------------

    def test_a_director_holds_an_election_in_the_form(self):
        form = Form(self.env["sales.honour"].with_user(self.director))
        self.assertEqual(form.date, date(2026, 9, 30))
        form.metric_id = self.ordered
        self.assertEqual(form.name, "Salesperson of the Month, September 2026")
        form.rhythm = "quarter"
        self.assertEqual(
            (form.date_from, form.date_to), (date(2026, 7, 1), date(2026, 9, 30))
        )
        honour = form.save()
        honour.action_nominate()
        self.assertEqual(honour.state, "elected")
        self.assertEqual(
            self._places(honour),
            {"Test Salesperson": 1, "Test Colleague": 2, "Test Outsider": 3},
        )

    def test_equals_share_the_place(self):
        self._sold((self.colleague, self.team_field, 100))
        honour = self._elect(place_count=1)
        self.assertEqual(
            self._places(honour), {"Test Salesperson": 1, "Test Colleague": 1}
        )

    def test_nobody_is_honoured_for_nothing(self):
        honour = self._elect(place_count=100)
        self.assertNotIn(self.leader, honour.nominee_ids.user_id)

    def test_where_less_is_better_the_least_wins(self):
        self.ordered.higher_is_better = False
        self.assertEqual(self._places(self._elect(place_count=1)), {"Test Outsider": 1})

    def test_teams_are_elected_by_their_figures_without_those_above(self):
        honour = self._elect(kind="team")
        self.assertEqual(self._places(honour), {"Test Field": 1, "Test Other": 2})

    def test_the_members_of_a_team_are_those_of_that_time(self):
        """Past sales stay, whoever joined later was not there."""
        self.team_field.member_ids = self.salesperson + self.leader
        later = self.team_field.crm_team_member_ids.filtered(
            lambda m: m.user_id == self.leader
        )
        self.env.cr.execute(
            "UPDATE crm_team_member SET create_date = '2026-10-01' WHERE id = %s",
            [later.id],
        )
        self.env.invalidate_all()
        first = self._elect(kind="team").nominee_ids[0]
        self.assertEqual(first.member_ids, self.salesperson + self.colleague)
        self.colleague.name = "Married"
        self.assertIn("Test Colleague", first.member_names)

    def test_a_period_is_over_before_its_election(self):
        with self.assertRaisesRegex(UserError, "not over yet"):
            self._elect(date=date(2026, 10, 1))

    def test_an_election_without_anybody_is_refused(self):
        with self.assertRaisesRegex(UserError, "Nobody meets"):
            self._elect(date=date(2025, 1, 1))

    def test_senseless_terms_are_refused(self):
        for values in (
            {"place_count": 0},
            {"min_attainment": -1},
            {"min_months": -1},
            {"shortlist_count": 0},
        ):
            with (
                self.subTest(values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
            ):
                self._create_honour(**values)
        with self.assertRaisesRegex(ValidationError, "until when"):
            self._create_honour(jury_ids=self.leader.ids)
        with self.assertRaisesRegex(ValidationError, "amount of the prize"):
            self._create_honour(
                prize_ids=[Command.create({"kind": "bonus", "description": "x"})]
            )

    # ------------------------------------------------------------------
    # Conditions
    # ------------------------------------------------------------------

    def test_the_target_must_be_attained_far_enough(self):
        self._create_target(
            parent_id=self.root.id, user_id=self.salesperson.id, amount=12_000
        )
        self._create_target(
            parent_id=self.root.id, user_id=self.colleague.id, amount=1_200
        )
        self._start()
        self._refresh()
        honour = self._elect(min_attainment=100)
        self.assertEqual(self._places(honour), {"Test Colleague": 1})
        first = self._nominee(honour, self.salesperson)
        self.assertEqual((first.attainment, first.place), (30, 0))
        self.assertIn("not attained", first.reason)

    def test_newcomers_wait(self):
        member = self.salesperson.crm_team_member_ids
        member.sales_start_date = date(2026, 7, 1)
        self.assertEqual(len(self._places(self._elect(min_months=0))), 3)
        members = (self.colleague + self.outsider).crm_team_member_ids
        members.sales_start_date = date(2026, 5, 31)
        honour = self._elect(min_months=3)
        self.assertEqual(self._nominee(honour, self.salesperson).months, 3)
        honour = self._elect(min_months=4)
        self.assertNotIn("Test Salesperson", self._places(honour))

    def test_late_actions_and_unread_rules_are_open(self):
        self.env["sales.action"].create(
            {
                "name": "Call",
                "user_id": self.salesperson.id,
                "date_deadline": date(2026, 10, 14),
                "company_id": self.company.id,
            }
        )
        unread = self.rules.confirmation_ids.filtered(
            lambda c: c.user_id == self.colleague
        )
        unread.confirmed_at = False
        self.assertEqual(self._places(self._elect()), {"Test Outsider": 1})
        self.assertEqual(len(self._places(self._elect(nothing_open=False))), 3)

    def test_an_open_case_is_open_but_not_named(self):
        case = self._open_case(reporter=self.hr_user)
        # A report that nobody has looked at stops nobody.
        self.assertIn("Test Salesperson", self._places(self._elect()))
        case.with_user(self.leader).action_hear()
        honour = self._elect()
        self.assertNotIn("Test Salesperson", self._places(honour))
        reason = self._nominee(honour, self.salesperson).reason
        self.assertEqual(reason, "Something is still open.")

    def test_a_rule_holds_honours_back_for_a_while(self):
        self._convict(reporter=self.hr_user, rule=self.gifts)
        self.assertIn("Test Salesperson", self._places(self._elect()))
        self._convict(reporter=self.hr_user)
        self.assertNotIn("Test Salesperson", self._places(self._elect()))
        with freeze_time("2027-01-16 12:00:00"):
            self.assertIn("Test Salesperson", self._places(self._elect()))

    # ------------------------------------------------------------------
    # Jury
    # ------------------------------------------------------------------

    def _open_vote(self, **values):
        return self._elect(
            jury_ids=[Command.set((self.leader + self.director).ids)],
            vote_deadline=date(2026, 10, 20),
            shortlist_count=2,
            **values,
        )

    def _vote(self, honour, juror, user):
        self.env.invalidate_all()
        self._nominee(honour, user).with_user(juror).action_vote()

    def test_the_jury_chooses_among_the_first(self):
        honour = self._open_vote()
        self.assertEqual(honour.state, "voting")
        to_dos = honour.activity_ids.filtered(lambda a: a.user_id == self.leader)
        self.assertEqual(to_dos.date_deadline, date(2026, 10, 20))
        with self.assertRaises(AccessError):
            self._vote(honour, self.leader, self.outsider)
        self._vote(honour, self.leader, self.colleague)
        with self.assertRaisesRegex(UserError, "Not everybody has voted"):
            honour.action_count()
        self._vote(honour, self.director, self.colleague)
        honour.action_count()
        self.assertEqual(self._places(honour), {"Test Colleague": 1})

    def test_equal_votes_share_the_place(self):
        honour = self._open_vote()
        self._vote(honour, self.leader, self.colleague)
        self._vote(honour, self.director, self.salesperson)
        self.env["sales.honour"]._cron_count()
        self.assertEqual(honour.state, "elected")
        self.assertEqual(
            self._places(honour), {"Test Salesperson": 1, "Test Colleague": 1}
        )

    def test_each_juror_votes_once(self):
        honour = self._open_vote()
        self._vote(honour, self.leader, self.colleague)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._vote(honour, self.leader, self.salesperson)

    def test_late_votes_and_votes_of_others_do_not_count(self):
        honour = self._open_vote()
        with (
            freeze_time("2026-10-21 12:00:00"),
            self.assertRaisesRegex(UserError, "until"),
        ):
            self._vote(honour, self.leader, self.colleague)
        with self.assertRaises(AccessError):
            self._vote(honour, self.outsider, self.colleague)
        self._vote(honour, self.director, self.colleague)
        with freeze_time("2026-10-21 12:00:00"):
            honour.action_count()
        with self.assertRaisesRegex(UserError, "no longer"):
            honour._vote(self._nominee(honour, self.colleague))

    def test_without_votes_the_figures_decide(self):
        honour = self._open_vote(place_count=1)
        with freeze_time("2026-10-21 12:00:00"):
            self.env["sales.honour"]._cron_count()
        self.assertEqual(self._places(honour), {"Test Salesperson": 1})

    def test_who_is_nominated_is_not_in_the_jury(self):
        with self.assertRaisesRegex(UserError, "off the jury"):
            self._elect(jury_ids=self.colleague.ids, vote_deadline=date(2026, 10, 20))

    def test_nobody_votes_for_the_own_team(self):
        honour = self._elect(
            kind="team",
            jury_ids=self.salesperson.ids,
            vote_deadline=date(2026, 10, 20),
        )
        field = honour.nominee_ids.filtered(lambda n: n.team_id == self.team_field)
        with self.assertRaisesRegex(UserError, "for themselves"):
            field.with_user(self.salesperson).action_vote()
        (honour.nominee_ids - field).with_user(self.salesperson).action_vote()

    def test_votes_are_secret_until_they_are_counted(self):
        honour = self._open_vote()
        self._vote(honour, self.leader, self.colleague)
        votes = self.env["sales.honour.vote"]
        self.env.invalidate_all()
        self.assertFalse(votes.with_user(self.director).search([]))
        self.assertEqual(honour.voted_count, 1)
        self.assertFalse(any(honour.nominee_ids.mapped("vote_count")))
        self.assertEqual(len(votes.with_user(self.leader).search([])), 1)
        self._vote(honour, self.director, self.colleague)
        honour.action_count()
        self.env.invalidate_all()
        self.assertEqual(len(votes.with_user(self.director).search([])), 2)
        self.assertEqual(len(votes.with_user(self.leader).search([])), 1)

    def test_an_election_with_votes_is_not_begun_anew(self):
        honour = self._open_vote()
        honour.action_reset()
        self.assertEqual(honour.state, "draft")
        self.assertFalse(honour.nominee_ids)
        honour.action_nominate()
        self._vote(honour, self.leader, self.colleague)
        with self.assertRaisesRegex(UserError, "The jury has voted"):
            honour.action_reset()
        honour.action_cancel()
        self.assertEqual(honour.state, "cancelled")

    # ------------------------------------------------------------------
    # Approving and publishing
    # ------------------------------------------------------------------

    def test_what_is_approved_is_made_known(self):
        channel = self.env["discuss.channel"].create({"name": "sales"})
        honour = self._elect(channel_id=channel.id, citation="Well done")
        honour.action_submit()
        self.assertEqual(honour.review_ids.reviewer_ids, self.hr_manager)
        self.assertFalse(channel.message_ids.filtered(lambda m: "Well" in m.body))
        self.env.invalidate_all()
        honour.with_user(self.hr_manager)._validate_tier()
        self.env.invalidate_all()
        self.assertEqual(honour.state, "published")
        badge = self.env["gamification.badge.user"].search(
            [("badge_id", "=", honour.badge_id.id), ("comment", "=", honour.name)]
        )
        self.assertEqual(badge.user_id, self.salesperson)
        self.assertEqual(badge.employee_id, self.employee)
        post = channel.message_ids.filtered(lambda m: "Well done" in m.body)
        self.assertIn("Test Salesperson", post.body)

    def test_all_members_of_the_best_team_get_the_badge(self):
        honour = self._publish(kind="team")
        badges = self.env["gamification.badge.user"].search(
            [("badge_id", "=", honour.badge_id.id), ("comment", "=", honour.name)]
        )
        self.assertEqual(badges.user_id, self.salesperson + self.colleague)

    def test_nobody_approves_their_own_honour(self):
        self.env["tier.definition"].search(
            [("model", "=", "sales.honour")]
        ).active = False
        self._sold((self.director, self.team_other, 500))
        honour = self._elect()
        honour.action_submit()
        with self.assertRaisesRegex(UserError, "honoured yourself"):
            honour.action_approve()

    def test_what_is_not_approved_is_elected_still(self):
        honour = self._elect()
        honour.action_submit()
        self.env.invalidate_all()
        honour.with_user(self.hr_manager)._rejected_tier()
        self.env.invalidate_all()
        self.assertEqual(honour.state, "elected")
        honour.citation = "Better"
        self._publish(honour)
        self.assertEqual(honour.state, "published")

    def test_terms_do_not_change_once_nominated(self):
        honour = self._elect()
        with self.assertRaisesRegex(UserError, "do not change any more"):
            honour.place_count = 1
        self._publish(honour)
        for change in (
            lambda: honour.write({"citation": "Other"}),
            honour.action_cancel,
            honour.action_submit,
            honour.unlink,
        ):
            with self.assertRaises(UserError):
                change()

    def test_states_and_winners_are_not_written(self):
        honour = self._elect()
        with self.assertRaises(AccessError):
            honour.state = "published"
        with self.assertRaises(AccessError):
            honour.nominee_ids[:1].place = 9
        with self.assertRaises(AccessError):
            self.env["sales.honour.vote"].with_user(self.director).create({})

    # ------------------------------------------------------------------
    # Prizes
    # ------------------------------------------------------------------

    def test_the_reward_of_a_team_names_its_members_of_that_time(self):
        prize = {"kind": "reward", "amount": 500, "description": "Dinner"}
        honour = self._publish(kind="team", prize_ids=[Command.create(prize)])
        reward = honour.reward_ids
        self.assertRecordValues(
            reward,
            [
                {
                    "team_id": self.team_field.id,
                    "budget": 500,
                    "state": "planned",
                    "user_id": self.director.id,
                }
            ],
        )
        self.assertEqual(reward.participant_ids, self.salesperson + self.colleague)

    def test_a_course_without_choice_is_a_to_do_and_a_promotion_is_drafted(self):
        prizes = [
            {"kind": "course", "description": "Negotiation", "place": 1},
            {"kind": "move", "description": "Senior", "place": 2},
        ]
        honour = self._publish(prize_ids=[Command.create(prize) for prize in prizes])
        to_dos = honour.activity_ids.filtered(lambda a: a.user_id == self.director)
        self.assertEqual(
            to_dos.mapped("summary"), ["Prize of Test Salesperson: Negotiation"]
        )
        move = self.env["sales.career.move"].search(
            [("user_id", "=", self.colleague.id)]
        )
        self.assertRecordValues(
            move,
            [
                {
                    "kind": "promotion",
                    "state": "draft",
                    "reason": f"Senior, prize of {honour.name}",
                }
            ],
        )
        self.assertEqual(move.activity_ids.user_id, self.director)

    def test_a_course_takes_the_winner_into_its_next_session(self):
        course = self.env["sales.training.course"].create(
            {"name": "Negotiating", "company_id": self.company.id}
        )
        later, session = self.env["sales.training.session"].create(
            [
                {"course_id": course.id, "date_start": f"2026-{day} 09:00:00"}
                for day in ("12-01", "11-02")
            ]
        )
        (later + session).action_open()
        prize = {
            "kind": "course",
            "description": "Negotiating",
            "course_id": course.id,
        }
        honour = self._publish(prize_ids=[Command.create(prize)])
        winner = self.salesperson.employee_ids
        self.assertEqual(session.attendance_ids.employee_id, winner)
        self.assertFalse(later.attendance_ids)
        to_dos = honour.activity_ids.filtered(lambda a: a.user_id == self.director)
        self.assertFalse(to_dos)

    def test_a_course_without_session_is_a_to_do_that_names_the_members(self):
        course = self.env["sales.training.course"].create(
            {"name": "Negotiating", "company_id": self.company.id}
        )
        prize = {"kind": "course", "description": "Trip", "course_id": course.id}
        honour = self._publish(kind="team", prize_ids=[Command.create(prize)])
        to_do = honour.activity_ids.filtered(lambda a: a.user_id == self.director)
        for member in (self.salesperson, self.colleague):
            self.assertIn(member.name, to_do.summary)

    def test_a_bonus_is_not_hidden_in_a_confidential_plan(self):
        plan = self.env["sales.incentive.plan"].create(
            {
                "name": "Awards",
                "company_id": self.company.id,
                "is_confidential": True,
            }
        )
        self.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": self.salesperson.id,
                "date_from": date(2026, 1, 1),
            }
        )
        prize = {"amount": 100, "description": "Bonus"}
        honour = self._publish(prize_ids=[Command.create(prize)])
        self.assertFalse(honour.adjustment_ids)

    def test_a_bonus_is_an_adjustment_or_a_to_do(self):
        plan = self.env["sales.incentive.plan"].create(
            {"name": "Commission", "company_id": self.company.id}
        )
        rule = {"name": "Commission", "metric_id": self.ordered.id, "rate": 10}
        version = self.env["sales.incentive.version"].create(
            {
                "plan_id": plan.id,
                "date_from": date(2026, 1, 1),
                "rule_ids": [Command.create(rule)],
            }
        )
        assignment = self.env["sales.incentive.assignment"].create(
            {
                "plan_id": plan.id,
                "user_id": self.salesperson.id,
                "date_from": date(2026, 1, 1),
            }
        )
        self.env["tier.definition"].search(
            [("model", "=", version._name)]
        ).active = False
        version._set_state("submitted")
        version._approve()
        self.env["sales.incentive.period"]._follow()
        prizes = [
            {"amount": 100, "description": "Bonus", "place": place} for place in (1, 2)
        ]
        honour = self._publish(prize_ids=[Command.create(prize) for prize in prizes])
        self.assertRecordValues(
            honour.adjustment_ids,
            [
                {
                    "assignment_id": assignment.id,
                    "amount": 100,
                    "state": "draft",
                    "reason": f"Prize: {honour.name}",
                }
            ],
        )
        to_do = honour.activity_ids.filtered(lambda a: a.user_id == self.director)
        self.assertEqual(to_do.summary, "No plan pays the bonus of Test Colleague")

    # ------------------------------------------------------------------
    # Certificate
    # ------------------------------------------------------------------

    def test_the_certificate_has_a_page_in_each_language(self):
        self.env["res.lang"]._activate_lang("zh_TW")
        honour = self._publish(citation="Never gives up")
        winner = honour.nominee_ids[:1].with_user(self.salesperson)
        html, kind = (
            self.env["ir.actions.report"]
            .with_user(self.salesperson)
            ._render_qweb_html(
                "sales_efficiency_team.sales_honour_certificate_pages", winner.ids
            )
        )
        self.assertEqual(kind, "html")
        text = html.decode()
        self.assertEqual(text.count("o_sales_report"), 2)
        for word in (
            "Test Salesperson",
            "Never gives up",
            "September 2026",
            "2026年9月",
        ):
            self.assertIn(word, text)

    # ------------------------------------------------------------------
    # Speed
    # ------------------------------------------------------------------

    def _count_queries(self, run):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _add_people(self, number, start):
        users = self.env["res.users"]
        for index in range(number):
            users |= self._create_user("salesperson", login=f"many{start + index}")
        self._sold(*((user, self.team_other, 50) for user in users))
        self.rules.confirmation_ids.confirmed_at = "2026-10-01"

    def test_ranking_takes_as_many_queries_for_many_people(self):
        self._elect()
        few = self._count_queries(self._elect)
        self._add_people(20, 0)
        self._elect()
        many = self._count_queries(self._elect)
        self.assertLessEqual(many, few + 2)

    def test_the_hall_of_fame_takes_as_many_queries_for_many_people(self):
        specification = {
            "place": {},
            "kind": {},
            "name": {},
            "honour_id": {"fields": {"display_name": {}}},
            "figure": {},
            "member_names": {},
            "user_id": {"fields": {"display_name": {}}},
        }

        def open_hall():
            hall = self.env["sales.honour.nominee"].with_user(self.salesperson)
            found = hall.web_search_read([("is_winner", "=", True)], specification)
            return found["length"]

        self._publish()
        open_hall()
        few = self._count_queries(open_hall)
        self._add_people(20, 30)
        self._publish(place_count=100)
        open_hall()
        self.assertEqual(open_hall(), 26)
        self.assertEqual(self._count_queries(open_hall), few)
