# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.tests import tagged
from odoo.tools import SQL

from ..tools import Period, Scope, score_recommendation, score_satisfaction
from .common import SalesEfficiencyCommon

MAY = Period.month(date(2026, 5, 1))


@tagged("post_install", "-at_install")
class TestCustomerAnswers(SalesEfficiencyCommon):
    """Base measures customer answers as soon as an add-on writes their facts."""

    def _answer(self, event, scores, **place):
        """Insert facts as the source of an add-on would."""
        self.env.cr.execute(
            SQL(
                """
                WITH fact AS (
                    INSERT INTO sales_fact (source, event, date, company_id, team_id,
                           score, res_id, line_id, match_id, credit_id)
                    SELECT 'answer', %(event)s, %(day)s, %(company)s, %(team)s, score,
                           COALESCE((SELECT MAX(res_id) FROM sales_fact), 0) + number,
                           0, 0, 0
                      FROM unnest(%(scores)s::numeric[]) WITH ORDINALITY
                           AS answer (score, number)
                 RETURNING *
                ) %(add)s
                """,
                event=event,
                day=date(2026, 5, 9),
                company=self.company.id,
                team=place.get("team_id"),
                scores=list(scores),
                add=self.env["sales.fact.cell"]._add(SQL("fact")),
            )
        )
        self.env["sales.fact.total"]._sum_anew()

    def _value(self, code, period=MAY, **place):
        scope = Scope(self.company.id, **place)
        values = self.env["sales.metric"].ask([code], [scope], [period])
        return values[code, scope, period]

    def test_without_answers_there_is_no_value(self):
        for code in ("csat", "nps", "rating"):
            self.assertIsNone(self._value(code), code)

    def test_csat_is_the_share_of_the_best_two(self):
        self._answer("satisfaction", map(score_satisfaction, [4, 4, 5, 3, 2]))
        self.assertEqual(self._value("csat"), 60)

    def test_nps_of_a_group_is_that_of_its_answers_together(self):
        for team, promoters, detractors in (
            (self.team_field, 9, 1),
            (self.team_other, 1, 1),
        ):
            answers = [9] * promoters + [0] * detractors
            scores = map(score_recommendation, answers)
            self._answer("recommendation", scores, team_id=team.id)
        self.assertEqual(self._value("nps", team_id=self.team_field.id), 80)
        self.assertEqual(self._value("nps", team_id=self.team_other.id), 0)
        both = (self.team_field + self.team_other).ids
        self.assertEqual(self._value("nps", team_id=both), 66.6667)

    def test_nps_of_detractors_alone_is_less_than_nothing(self):
        self._answer("recommendation", map(score_recommendation, [0, 3, 6]))
        self.assertEqual(self._value("nps"), -100)

    def test_a_rating_is_the_mean_of_its_answers(self):
        self._answer("rated", [5, 4, 4, 1])
        self.assertEqual(self._value("rating"), 3.5)
        # Parts of a month are computed from the facts.
        self.assertEqual(self._value("rating", MAY.until(date(2026, 5, 10))), 3.5)
        self.assertIsNone(self._value("rating", Period.month(date(2026, 6, 1))))
