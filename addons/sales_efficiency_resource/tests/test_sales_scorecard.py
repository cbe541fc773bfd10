# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from psycopg2.errors import UniqueViolation

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import SQL, mute_logger

from .score_common import (
    COVERAGE,
    JUNE,
    OVERDUE,
    RATING,
    SEPTEMBER,
    TODAY,
    ScoreCommon,
)


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesScorecard(ScoreCommon):
    """What a score is made of."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scorecard = cls._create_scorecard()
        # 850,000 in the quarter; 5 % more in 12 months than in those before
        cls._sold(
            ("2026-08-10", 850_000, cls.agent),
            ("2026-02-10", 200_000, cls.agent),
            ("2025-03-10", 1_000_000, cls.agent),
        )
        cls._give(cls.agent, coverage=75, rating=4.2, paid=90)

    def test_the_worked_case(self):
        result = self._result(self._score(self.scorecard), self.agent)
        self.assertEqual(result.line_ids.mapped("value"), [850_000, 5, 75, 4.2, 90])
        self.assertEqual(result.line_ids.mapped("points"), [85, 50, 75, 60, 75])
        self.assertEqual((result.total, result.counted_text), (73.0, "5 of 5"))
        self.assertEqual(result.scored_level_id.name, "Silver")

    def test_the_scorecard_is_printed_in_the_language_of_the_member(self):
        self._give(self.agent, rating=None)
        result = self._result(self._score(self.scorecard), self.agent)
        self.env["res.lang"]._activate_lang("zh_TW")
        self.assertEqual(result._get_report_language(), self.env.lang or "en_US")
        self.agent.partner_id.lang = "zh_TW"
        self.assertEqual(result._get_report_language(), "zh_TW")
        self.agent.partner_id.lang = "en_US"
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "sales_efficiency_resource.sales_scorecard_report", result.ids
        )
        for text in ("Q3 2026", "75.29", "4 of 5", "No value", "47.06"):
            self.assertIn(text, html.decode())

    def test_without_a_value_the_others_weigh_more(self):
        self._give(self.agent, rating=None)
        result = self._result(self._score(self.scorecard), self.agent)
        self.assertEqual((result.total, result.counted_text), (75.29, "4 of 5"))
        self.assertEqual(result.known_weight, 85)
        self.assertEqual(result.scored_level_id.name, "Gold")
        self.assertEqual(result.line_ids[0].share, 47.06)
        self.assertEqual(result.line_ids[3].share, 0)

    def test_feedback_is_measured_once_ratings_name_the_member(self):
        rating = self.env.ref("sales_efficiency_base.sales_metric_rating")
        scorecard = self._create_scorecard(
            [self._criterion(rating, 100, 3, 5, group="feedback")]
        )
        run = self._score(scorecard)
        self.assertFalse(self._result(run, self.agent).line_ids.has_value)
        self._rate(5, 4, 4, 5, 3)
        run._score()
        line = self._result(run, self.agent).line_ids
        self.assertEqual((line.value, line.points), (4.2, 60))
        self.assertFalse(self._result(run, self.agent_b).line_ids.has_value)

    def _rate(self, *scores):
        """Insert ratings of the member as the source of an add-on would."""
        self.env["sales.fact"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH fact AS (
                    INSERT INTO sales_fact (source, event, date, company_id,
                           channel_member_id, score, res_id, line_id, match_id,
                           credit_id)
                    SELECT 'answer', 'rated', '2026-08-20', %(company)s, %(member)s,
                           score, number, 0, 0, 0
                      FROM unnest(%(scores)s::numeric[]) WITH ORDINALITY
                           AS answer (score, number)
                 RETURNING *
                ) %(add)s
                """,
                company=self.company.id,
                member=self.agent.id,
                scores=list(scores),
                add=self.env["sales.fact.cell"]._add(SQL("fact")),
            )
        )
        self.env["sales.fact.total"]._sum_anew()

    def test_without_a_value_it_counts_0_by_choice(self):
        self._give(self.agent, rating=None)
        self.scorecard.missing = "zero"
        result = self._result(self._score(self.scorecard), self.agent)
        self.assertEqual((result.total, result.counted_text), (64.0, "4 of 5"))
        self.assertEqual(result.line_ids[3].share, 15)

    def test_less_is_better_with_a_floor_above_the_goal(self):
        scorecard = self._create_scorecard(
            [self._criterion(self.metrics[OVERDUE], 100, 30, 0)]
        )
        self._give(self.agent, overdue=12)
        self._give(self.agent_b, overdue=45)
        run = self._score(scorecard)
        self.assertEqual(self._result(run, self.agent).total, 60)
        self.assertEqual(self._result(run, self.agent_b).total, 0)
        self.assertFalse(self._result(run, self.agent_c).is_scored)

    def test_a_level_rises_only_if_most_of_the_weight_has_a_value(self):
        scorecard = self._create_scorecard(self._by_given(79, 21))
        self._give(self.agent, coverage=90, rating=None)
        result = self._result(self._score(scorecard), self.agent)
        self.assertEqual((result.total, result.known_weight), (90, 79))
        self.assertFalse(result.scored_level_id)
        self.assertTrue(result.is_kept)
        self._give(self.agent, rating=0)
        result = self._result(self._score_again(scorecard), self.agent)
        self.assertEqual(result.scored_level_id.name, "Silver")
        self.assertFalse(result.is_kept)

    def _score_again(self, scorecard):
        self.env.invalidate_all()
        return scorecard.with_user(self.director)._score_period(
            scorecard._get_last_period()
        )

    def test_equal_totals_share_a_rank(self):
        scorecard = self._create_scorecard(self._by_given(100))
        for member, value in (
            (self.agent, 50),
            (self.agent_b, 80),
            (self.agent_c, 50),
        ):
            self._give(member, coverage=value)
        run = self._score(scorecard)
        self.assertEqual(
            [(r.rank, r.total) for r in run.result_ids], [(1, 80), (2, 50), (2, 50)]
        )
        self.assertEqual(run.result_ids[0].rank_text, "1 of 3")

    def test_the_median_does_not_tell_what_another_has(self):
        scorecard = self._create_scorecard(
            [self._criterion(self.sales, 100, 0, 1_000_000)]
        )
        agents = [self.agent, self.agent_b, self.agent_c]
        agents += [self._create_member(self.colleague) for _number in range(2)]
        self._sold(
            *(
                ("2026-09-10", amount, agent)
                for agent, amount in zip(
                    agents[1:], (612_345, 900_000, 100_000, 1), strict=True
                )
            )
        )
        run = self._score(scorecard)
        line = run.result_ids.line_ids[0]
        self.assertEqual(
            (line.has_median, line.median, run.result_ids[0].median), (True, 60, 60)
        )

    def test_four_have_no_median(self):
        scorecard = self._create_scorecard(self._by_given(100))
        members = self.agent + self.agent_b + self.agent_c
        for member in members + self._create_member(self.colleague):
            self._give(member, coverage=50)
        run = self._score(scorecard)
        self.assertEqual(run.result_ids.mapped("has_median"), [False] * 4)

    def test_points_are_rounded_in_the_total_only(self):
        scorecard = self._create_scorecard(
            [
                self._criterion(self.metrics[COVERAGE], 50, 0, 100),
                self._criterion(self.metrics[RATING], 50, 0, 100),
            ]
        )
        # 74.9926 on average; of 74.99 and 75.00, it would be 75.00.
        self._give(self.agent, coverage=74.9851, rating=75.0001)
        result = self._result(self._score(scorecard), self.agent)
        self.assertEqual(result.line_ids.mapped("points"), [74.99, 75.0])
        self.assertEqual((result.total, result.scored_level_id.name), (74.99, "Silver"))

    def test_counting_0_gives_0_without_any_value(self):
        scorecard = self._create_scorecard(self._by_given(100), missing="zero")
        result = self._result(self._score(scorecard), self.agent_b)
        self.assertEqual(
            (result.is_scored, result.total, result.counted_text), (True, 0, "0 of 1")
        )

    def test_the_trend_is_to_the_last_score_in_force(self):
        scorecard = self._create_scorecard(self._by_given(100))
        self._give(self.agent, coverage=40)
        former = self._result(
            self._put_in_force(self._score(scorecard, JUNE)), self.agent
        )
        self._give(self.agent, coverage=65.5)
        run = self._score(scorecard)
        result = self._result(run, self.agent)
        self.assertEqual((result.trend, result.former_total), (25.5, 40))
        self.assertEqual(result.former_level_id.name, "Bronze")
        self.assertEqual((result.move, result.level_id.name), ("up", "Bronze"))
        self.assertFalse(former.has_next)
        self._put_in_force(run)
        self.assertEqual((former.has_next, former.next_total), (True, 65.5))

    def test_periods_end_with_the_period_that_is_scored(self):
        self.company.write({"fiscalyear_last_month": "3", "fiscalyear_last_day": 31})
        scorecard = self._create_scorecard(
            [
                self._criterion(self.sales, 40, 0, 1, period="quarter"),
                self._criterion(self.sales, 30, 0, 1, period="to_date"),
                self._criterion(self.sales, 30, 0, 1, period="year"),
            ],
            rhythm="month",
        )
        result = self._result(self._score(scorecard, date(2026, 8, 31)), self.agent)
        self.assertEqual(
            [(str(line.date_from), str(line.date_to)) for line in result.line_ids],
            [
                ("2026-07-01", "2026-08-31"),
                ("2026-04-01", "2026-08-31"),
                ("2025-09-01", "2026-08-31"),
            ],
        )

    def test_twelve_months_to_the_end_of_february_in_a_leap_year(self):
        criterion = self.scorecard.criterion_ids[1]
        period = criterion._get_period(date(2024, 2, 29))
        self.assertEqual(str(period.start), "2023-03-01")
        # One year later, that 29 February belongs to the 12 months before.
        period = criterion._get_period(date(2025, 2, 28))
        self.assertEqual(str(period.start), "2024-03-01")

    def test_channels_include_their_sub_channels(self):
        self._sold(
            ("2026-08-01", 300, {"channel_id": self.channel_direct.id}),
            ("2026-08-02", 200, {"channel_id": self.channel_shop.id}),
        )
        scorecard = self._create_scorecard(
            [self._criterion(self.sales, 100, 0, 1000)],
            subject="channel",
            channel_ids=[Command.set((self.channel_direct + self.channel_shop).ids)],
        )
        run = self._score(scorecard)
        totals = {r.channel_id: r.total for r in run.result_ids}
        self.assertEqual(totals, {self.channel_direct: 50, self.channel_shop: 20})

    def test_values_are_those_of_the_company_in_its_currency(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        company = self.env["res.company"].create(
            {"name": "Elsewhere", "currency_id": euro.id}
        )
        member = self._create_member(
            self.salesperson.browse(), company_id=company.id, user_id=False
        )
        self._sold(("2026-08-10", 700, member), company=company)
        scorecard = self._create_scorecard(
            [self._criterion(self.sales, 100, 0, 1000)],
            company_id=company.id,
            channel_ids=False,
            user_id=self.env.user.id,
        )
        run = self._score(scorecard, user=self.env.user)
        self.assertEqual(run.result_ids.member_id, member)
        line = run.result_ids.line_ids
        self.assertEqual((line.value, line.currency_id), (700, euro))
        self.assertIn("€", line._format("value"))
        # None of it in the other company
        self.assertNotIn(member, self._score(self.scorecard).result_ids.member_id)

    def test_the_number_of_queries_does_not_depend_on_the_members(self):
        run = self._score(self.scorecard, user=self.env.user)
        few = self._count_queries(run)
        for _number in range(20):
            self._create_member(self.salesperson)
        self.assertEqual(self._count_queries(run), few)
        self.assertEqual(run.result_count, 23)

    def _count_queries(self, run):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        run.action_score()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestSalesScorecardInput(ScoreCommon):
    """Bad input: a clear message, and nothing saved."""

    def _refuses(self, text, error=ValidationError):
        return self.assertRaisesRegex(error, text)

    def test_floor_and_goal_differ(self):
        with self._refuses("Ordered Amount has the same floor and goal"):
            self._create_scorecard([self._criterion(self.sales, 100, 5, 5)])

    def test_the_goal_is_on_the_better_side(self):
        with self._refuses("Less is better for Overdue"):
            self._create_scorecard([self._criterion(self.metrics[OVERDUE], 100, 0, 30)])
        with self._refuses("More is better for Ordered Amount"):
            self._create_scorecard([self._criterion(self.sales, 100, 9, 0)])

    def test_weights_are_100_together(self):
        with self._refuses("add up to 99.50"):
            self._create_scorecard(self._by_given(50, 49.5))

    def test_weights_are_still_100_when_all_is_saved(self):
        scorecard = self._create_scorecard(self._by_given(50, 50))
        scorecard.criterion_ids[0].weight = 40
        with self._refuses("add up to 90.00"):
            self.env.cr.precommit.run()

    def test_weights_can_change_one_after_the_other(self):
        scorecard = self._create_scorecard(self._by_given(50, 50))
        with Form(scorecard) as form:
            for number, weight in enumerate((30, 70)):
                with form.criterion_ids.edit(number) as line:
                    line.weight = weight
        self.env.cr.precommit.run()
        self.assertEqual(scorecard.criterion_ids.mapped("weight"), [30, 70])

    def test_a_period_is_over_before_it_is_scored(self):
        scorecard = self._create_scorecard()
        with self._refuses("Q4 2026 is not over yet", UserError):
            self._score(scorecard, date(2026, 10, 1))

    def test_there_is_something_to_score(self):
        scorecard = self._create_scorecard(
            channel_ids=[Command.set(self.channel_shop.ids)]
        )
        with self._refuses("has nothing to score", UserError):
            self._score(scorecard)

    def test_what_has_scores_is_not_deleted(self):
        scorecard = self._create_scorecard(self._by_given(100))
        self._give(self.agent, coverage=80)
        run = self._put_in_force(self._score(scorecard))
        with self._refuses("archive it instead", UserError):
            scorecard.unlink()
        with self._refuses("Gold has been given", UserError):
            scorecard.level_ids[0].unlink()
        with self._refuses("so it is kept", UserError):
            run.unlink()
        with self._refuses("Agents has been used"):
            scorecard.rhythm = "month"

    def test_a_level_that_somebody_had_is_not_deleted(self):
        scorecard = self._create_scorecard(self._by_given(100))
        self._give(self.agent, coverage=80)
        self._put_in_force(self._score(scorecard, JUNE))
        self._give(self.agent, coverage=65)
        self._put_in_force(self._score(scorecard))
        # Only the level before names it.
        june = scorecard.run_ids.filtered(lambda run: run.date_to == JUNE)
        june.result_ids.write({"level_id": False, "scored_level_id": False})
        with self._refuses("Gold has been given", UserError):
            scorecard.level_ids[0].unlink()

    def test_a_director_is_responsible(self):
        with self._refuses("scores are for the sales directors"):
            self._create_scorecard(user_id=self.leader.id)

    def test_holding_back_has_a_reason(self):
        scorecard = self._create_scorecard(self._by_given(100))
        self._give(self.agent, coverage=80)
        result = self._result(self._score(scorecard), self.agent)
        with self._refuses("Give a reason", UserError):
            result.with_user(self.director).is_held = True

    def test_a_rule_names_a_criterion_of_its_scorecard(self):
        scorecard = self._create_scorecard(self._by_given(100))
        other = self._create_scorecard(self._by_given(100))
        values = {"scorecard_id": scorecard.id, "name": "Talk", "kind": "points"}
        with self._refuses("Which criterion of Agents is it"):
            self.env["sales.scorecard.rule"].create(
                {**values, "criterion_id": other.criterion_ids.id}
            )

    def test_a_period_is_scored_in_one_open_run(self):
        scorecard = self._create_scorecard(self._by_given(100))
        self._score(scorecard)
        message = "This period is being scored already. Open that run."
        constraint = type(self.env["sales.scorecard.run"])._one_open
        self.assertEqual(constraint.get_error_message(scorecard.run_ids), message)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._score(scorecard, SEPTEMBER)
