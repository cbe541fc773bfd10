# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_analytics.engine.child_process import (
    ChildProcess,
)
from odoo.addons.sales_efficiency_analytics.engine.decision import DecisionFigures
from odoo.addons.sales_efficiency_base.tools import Scope

from .decision_common import JULY, JUNE, OCTOBER, RUN_APART, DecisionCommon


@tagged("post_install", "-at_install")
class TestSalesDecisionEffect(DecisionCommon):
    """What a decision has brought, measured in the background (policy 6.3.1)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._sell_in_regions()

    # ------------------------------------------------------------------
    # Comparable scopes
    # ------------------------------------------------------------------

    @freeze_time(JUNE)
    def test_what_ran_alike_and_is_not_affected_is_proposed(self):
        decision = self._create_decision(compared="")
        decision.action_propose_compared()
        self.assertEqual(
            set(decision.compared_ids.region_id.mapped("name")),
            {f"Test Region {name}" for name in "CDEFGH"},
        )
        self.assertEqual(set(decision.compared_ids.mapped("likeness")), {1})
        decision.action_propose_compared()
        self.assertEqual(len(decision.compared_ids), 6, "none comes twice")

    @freeze_time(JUNE)
    def test_what_ran_against_it_is_not_proposed(self):
        against = self.env["sales.region"].create(
            {"name": "Test Against", "parent_id": self.eight.id}
        )
        self._create_history(
            *(
                (
                    date(2026, month, 5),
                    400 if month % 3 else 100,
                    {"region_id": against.id},
                )
                for month in range(1, 6)
            ),
            *(
                (
                    date(2025, month, 5),
                    400 if month % 3 else 100,
                    {"region_id": against.id},
                )
                for month in range(7, 13)
            ),
        )
        decision = self._create_decision(compared="")
        decision.action_propose_compared()
        self.assertNotIn(against, decision.compared_ids.region_id)
        decision.compared_ids = [
            (0, 0, {"role": "compared", "region_id": against.id}),
        ]
        decision.action_propose_compared()
        line = decision.compared_ids.filtered(lambda line: line.region_id == against)
        self.assertLess(line.likeness, 0, "chosen by hand, and it is told")

    @freeze_time(JUNE)
    def test_too_few_months_propose_nothing(self):
        decision = self._create_decision(compared="", metric_id=self.quantity.id)
        with self.assertRaisesRegex(UserError, "0 full months"):
            decision.action_propose_compared()

    @freeze_time(JUNE)
    def test_a_leader_compares_only_people_they_lead(self):
        self._create_history(
            *(
                (
                    date(2026, month, 5),
                    10 * month,
                    {"user_id": user.id, "team_id": False},
                )
                for user in (self.salesperson, self.colleague, self.outsider)
                for month in range(1, 6)
            ),
            *(
                (
                    date(2025, month, 5),
                    10 * month,
                    {"user_id": user.id, "team_id": False},
                )
                for user in (self.salesperson, self.colleague, self.outsider)
                for month in range(7, 13)
            ),
        )
        values = {
            "team_id": False,
            "dimension": "user_id",
            "scope_ids": [(0, 0, {"user_id": self.salesperson.id})],
        }
        decision = self._create_decision(user=self.leader, **values)
        decision.action_propose_compared()
        self.assertEqual(decision.compared_ids.user_id, self.colleague)
        decision = self._create_decision(**values)
        decision.action_propose_compared()
        self.assertEqual(decision.compared_ids.user_id, self.colleague + self.outsider)

    # ------------------------------------------------------------------
    # Measurement
    # ------------------------------------------------------------------

    def test_two_of_eight_regions_in_words(self):
        decision = self._create_decision(cost=0)
        self._measure(decision)
        self.assertEqual(decision.state, "measured")
        self.assertEqual((decision.verdict, decision.check), ("helped", "passed"))
        self.assertRecordValues(
            decision.effect_id,
            [
                {
                    "version": 1,
                    "affected_count": 2,
                    "compared_count": 6,
                    "value_before": 110,
                    "value_after": 140.5,
                    "change": 30.5,
                    "compared_change": 5,
                    "effect": 25.5,
                    "effect_total": 51,
                    "date": date(2026, 10, 2),
                }
            ],
        )
        self.assertAlmostEqual(decision.effect_percent, 22.17, 2)
        self.assertAlmostEqual(decision.effect_low, 19.59, 2)
        self.assertAlmostEqual(decision.effect_high, 31.41, 2)
        self.assertEqual(decision.headline, "It helped.")
        for text in ("22.17", "19.59", "31.41", "3.6 % of all 28 ways", "ran alike"):
            self.assertIn(text, decision.explanation)
        self.assertIn("It helped.", "".join(decision.message_ids.mapped("body")))
        self.assertEqual(decision.activity_ids.user_id, self.director)

    def test_it_is_measured_in_a_process_of_its_own(self):
        decision = self._create_decision()
        with patch.object(ChildProcess, "run", RUN_APART):
            self._measure(decision)
        self.assertEqual((decision.effect, decision.verdict), (25.5, "helped"))

    def test_its_months_are_kept_for_a_graph(self):
        decision = self._create_decision()
        self._measure(decision)
        points = decision.effect_id.point_ids
        self.assertEqual(len(points), 2 * 15)
        july = points.filtered(lambda point: point.month == date(2025, 7, 1))
        self.assertEqual(
            {point.side: round(point.value, 2) for point in july},
            {"affected": 33, "compared": 29},
        )
        self.assertEqual(len(points.filtered("is_after")), 6)

    def test_the_owner_concludes_and_closes(self):
        decision = self._create_decision()
        self._measure(decision)
        decision.conclusion = "Keep it"
        decision.action_close()
        self.assertEqual(decision.state, "closed")
        self.assertFalse(decision.activity_ids)

    def test_nobody_looks_before_the_end(self):
        decision = self._create_decision()
        with self.assertRaisesRegex(UserError, "no longer Running"):
            decision.action_measure()
        self._submit(decision)
        with freeze_time(JULY):
            self._run_job()
            with self.assertRaisesRegex(UserError, "runs until 09/30/2026"):
                decision.action_measure()
            self._run_job()
        self.assertFalse(decision.effect_id)

    def test_measured_again_only_what_has_changed_is_a_version(self):
        decision = self._create_decision()
        self._measure(decision)
        with freeze_time("2026-10-20 12:00"):
            decision.action_measure()
            self.assertTrue(decision.is_queued)
            self._run_job()
            self.assertFalse(decision.is_queued)
            self.assertEqual(len(decision.effect_ids), 1)
            self.assertEqual(decision.date_measured, date(2026, 10, 20))
            self._create_history(
                ("2026-09-10", 100, {"region_id": self.regions["C"].id})
            )
            decision.action_measure()
            self._run_job()
        self.assertEqual(decision.effect_ids.mapped("version"), [2, 1])
        self.assertEqual(decision.effect_id.version, 2)
        self.assertLess(decision.effect, 25.5)
        self.assertEqual(decision.state, "measured")

    def test_before_and_after_alone_prove_nothing(self):
        decision = self._create_decision(compared="")
        self._measure(decision)
        self.assertEqual((decision.verdict, decision.change), ("unknown", 30.5))
        self.assertFalse(decision.has_effect)
        self.assertIn("Nothing comparable", decision.explanation)

    def test_a_decision_on_the_company_is_told_before_and_after(self):
        decision = self._create_decision(
            dimension=False, scope_ids=[], region_id=self.eight.id
        )
        self._measure(decision)
        self.assertEqual((decision.value_before, decision.value_after), (800, 891))
        self.assertEqual(decision.verdict, "unknown")

    def test_too_few_are_said_to_be_too_few(self):
        decision = self._create_decision(compared="CDE")
        self._measure(decision)
        self.assertEqual(decision.verdict, "unknown")
        self.assertIn("only 10 ways", decision.explanation)

    def test_a_common_scope_narrows_both_sides(self):
        decision = self._create_decision(team_id=self.team_field.id)
        self._measure(decision)
        self.assertEqual((decision.value_before, decision.value_after), (0, 0))

    def test_a_late_decision_says_so(self):
        decision = self._create_decision()
        with freeze_time("2026-08-20 12:00"):
            decision.action_submit()
            self.assertEqual(decision.state, "running")
        with freeze_time(OCTOBER):
            self._run_job()
        self.assertIn("after it had started", decision.explanation)

    def test_the_return_on_what_it_cost(self):
        """Of 51 more, half is margin: 25.50 against a cost of 10."""
        lines = self.env["sales.history.line"].search(
            [("region_id", "child_of", self.eight.id)]
        )
        for line in lines:
            line.margin = line.amount / 2
        self.env["sales.mart"]._refresh()
        self.company.sales_decision_limit = 10
        decision = self._create_decision(cost=10)
        self._measure(decision)
        self.assertAlmostEqual(decision.margin, 25.5)
        self.assertAlmostEqual(decision.roi, 155)
        self.assertIn("a return of 155.0 %", decision.explanation)

    def test_the_cost_goes_no_further_than_the_decision(self):
        campaign = self.env["utm.campaign"].create({"title": "Test Fair"})
        asked = []

        def ask(_metrics, codes, scopes, periods):
            asked.extend(scopes)
            return {
                (code, scope, period): 7.0
                for code in codes
                for scope in scopes
                for period in periods
            }

        decision = self._create_decision(
            team_id=self.team_field.id, campaign_made_id=campaign.id
        )
        owned = decision.with_user(self.director)
        with patch.object(type(self.env["sales.metric"]), "ask", ask):
            self.assertEqual(DecisionFigures(owned).get_cost(), (7.0, True))
        self.assertEqual(
            asked[0].dimensions,
            Scope(
                self.company.id,
                team_id=self.team_field.id,
                campaign_id=campaign.id,
            ).dimensions,
        )

    def test_the_verdict_is_in_the_language_of_the_reader(self):
        decision = self._create_decision()
        self._measure(decision)
        self.env["res.lang"]._activate_lang("fr_FR")
        french = decision.with_context(lang="fr_FR")
        self.assertIn("22,17", french.explanation)

    def test_a_page_is_printed(self):
        decision = self._create_decision()
        self._measure(decision)
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "sales_efficiency_analytics.sales_decision_report", decision.ids
        )
        self.assertIn("It helped.", html.decode())
