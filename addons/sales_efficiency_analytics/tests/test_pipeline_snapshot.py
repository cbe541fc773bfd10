# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest

from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Scope

from ..engine import formulas, pipeline_history
from .pipeline_common import NOVEMBER, OCTOBER, SEPTEMBER, PipelineCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestPipelineSnapshot(PipelineCommon):
    """Open opportunities are kept each week (policy 6.1.1)."""

    def test_formulas(self):
        for module in (formulas, pipeline_history):
            self.assertFalse(doctest.testmod(module).failed)

    def test_open_opportunities_are_kept_as_they_are(self):
        lead = self._open(1000, "2026-10-20")
        self._win(self._open(10, "2026-10-20"), "2026-09-01")
        self._lose(self._open(20, "2026-10-20"), "2026-09-01")
        self._open(30, "2026-10-20", type="lead")
        self._take("2026-09-30")
        lead.write({"expected_revenue": 5, "date_deadline": "2026-12-31"})
        self.assertRecordValues(
            self.snapshots.search([]),
            [
                {
                    "week": OCTOBER.start.replace(month=9, day=28),
                    "date": OCTOBER.start.replace(month=9, day=30),
                    "lead_id": lead.id,
                    "user_id": self.salesperson.id,
                    "team_id": self.team_field.id,
                    "company_id": self.company.id,
                    "currency_id": self.company.currency_id.id,
                    "amount": 1000,
                    "probability": 50,
                    "weighted_amount": 500,
                    "date_deadline": OCTOBER.start.replace(day=20),
                    "won_status": "pending",
                }
            ],
        )

    def test_a_week_is_kept_once(self):
        self._open(1000, "2026-10-20")
        self._take("2026-09-28")
        self._open(2000, "2026-10-20")
        for day in ("2026-09-28", "2026-09-30", "2026-10-04"):
            self._take(day)
        self.assertEqual(len(self.snapshots.search([])), 1)
        self._take("2026-10-05")
        self.assertEqual(len(self.snapshots.search([])), 3)

    def test_a_company_without_snapshot_gets_its_own(self):
        self._open(1000, "2026-10-20")
        self._take("2026-09-28")
        other = self.env["res.company"].create({"name": "Other"})
        self._open(7, "2026-10-20", company_id=other.id, user_id=False, team_id=False)
        self._take("2026-09-29")
        kept = self.snapshots.search([])
        self.assertEqual(kept.company_id, self.company + other)
        self.assertEqual(len(kept), 2)

    def test_the_week_is_that_of_the_company(self):
        self._open(1000, "2026-10-20")
        self.company.sales_tz = "Asia/Taipei"
        # Monday there, still Sunday in UTC
        self.env["sales.mart"]._refresh()
        with freeze_time("2026-09-27 20:00:00"):
            self.snapshots._take()
        self.assertEqual(str(self.snapshots.search([]).week), "2026-09-28")

    def test_the_job_takes_it(self):
        self._open(1000, "2026-10-20")
        self.env["sales.mart"]._refresh()
        cron = self.env.ref("sales_efficiency_analytics.ir_cron_pipeline_snapshot")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
            cron.method_direct_trigger()
        self.assertEqual(len(self.snapshots.search([])), 1)

    def test_what_was_promised_stays_when_an_opportunity_is_deleted(self):
        lead = self._open(1000, "2026-10-20")
        number = lead.id
        self._take("2026-09-28")
        lead.unlink()
        kept = self.snapshots.search([])
        self.assertRecordValues(kept, [{"lead_id": False, "res_id": number}])
        self.assertEqual(kept.amount, 1000)
        with self.assertRaisesRegex(UserError, "deleted"):
            kept.with_user(self.director).action_open_lead()

    def test_merged_customers_keep_their_history(self):
        source, kept = self.env["res.partner"].create(
            [{"name": "One"}, {"name": "Two"}]
        )
        self._open(1000, "2026-10-20", partner_id=source.id)
        self._take("2026-09-28")
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((source + kept).ids, kept)
        self.env.invalidate_all()
        self.assertEqual(self.snapshots.search([]).partner_id, kept)

    def test_everybody_sees_the_pipeline_of_their_own_figures(self):
        self._open(1, "2026-10-20")
        self._open(2, "2026-10-20", user=self.colleague)
        self._open(3, "2026-10-20", user=self.outsider, team_id=self.team_other.id)
        self._take("2026-09-28")
        for user, amounts in (
            (self.salesperson, [1]),
            (self.colleague, [2]),
            (self.leader, [2, 1]),
            (self.director, [3, 2, 1]),
        ):
            found = self.snapshots.with_user(user).search([])
            with self.subTest(user.name):
                self.assertEqual(found.mapped("amount"), amounts)

    def test_nobody_writes_history(self):
        self._open(1, "2026-10-20")
        self._take("2026-09-28")
        kept = self.snapshots.search([]).with_user(self.director)
        for call in (
            lambda: kept.write({"amount": 5}),
            kept.unlink,
            lambda: kept.create({"lead_id": kept.lead_id.id}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_an_opportunity_opens_from_its_history(self):
        lead = self._open(1, "2026-10-20")
        self._take("2026-09-28")
        action = self.snapshots.search([]).with_user(self.director).action_open_lead()
        self.assertEqual(action["res_id"], lead.id)


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestPipelineMetrics(PipelineCommon):
    """Slippage, forecast accuracy, coverage and velocity (policy 6.2.2)."""

    def test_slippage_is_what_was_due_and_not_closed(self):
        """Due in October: 100 won, 200 lost, 300 open, 400 put off: 700 of 1,000."""
        won, lost, _open, later = (
            self._open(amount, "2026-10-20") for amount in (100, 200, 300, 400)
        )
        self._open(500, "2026-11-20")
        self._take("2026-09-28")
        self._win(won, "2026-10-31")
        self._lose(lost, "2026-10-10")
        later.date_deadline = "2026-12-31"
        self._win(later, "2026-11-05")
        self.assertEqual(self._ask("slippage"), [70])

    def test_nobody_improves_slippage_by_deleting(self):
        late = self._open(300, "2026-10-20", day="2026-08-04")
        won = self._open(100, "2026-10-20")
        self._take("2026-09-28")
        self._win(won, "2026-10-10")
        self.assertEqual(self._ask("slippage"), [75])
        late.unlink()
        self.assertEqual(self._ask("slippage"), [75])

    def test_merged_opportunities_are_closed_where_they_went(self):
        leads = self._open(100, "2026-10-20") + self._open(300, "2026-10-20")
        self._take("2026-09-28")
        self._take("2026-10-05")
        kept = leads.merge_opportunity()
        self.assertEqual(self.snapshots.search([]).lead_id, kept)
        self.assertEqual(len(self.snapshots.search([])), 4)
        self.assertEqual(self._ask("slippage"), [100])
        self._win(kept, "2026-10-20")
        self.assertEqual(self._ask("slippage"), [0])

    def test_nothing_is_known_before_the_first_snapshot(self):
        self._win(self._open(100, "2026-10-20"), "2026-10-20")
        for code in ("slippage", "forecast_accuracy"):
            self.assertEqual(self._ask(code), [None], code)
        # Taken too late to tell what the month promised
        self._open(100, "2026-10-20")
        self._take("2026-10-05")
        for code in ("slippage", "forecast_accuracy"):
            self.assertEqual(self._ask(code), [None], code)

    def test_of_a_month_that_runs_what_was_due_until_yesterday_counts(self):
        self._open(100, "2026-11-09")
        self._win(self._open(300, "2026-11-05"), "2026-11-06")
        self._open(600, "2026-11-10")
        self.env["sales.mart"]._refresh()
        self._take("2026-10-26")
        self.assertEqual(self._ask("slippage", periods=[NOVEMBER]), [100])
        self.assertEqual(self._ask("forecast_accuracy", periods=[NOVEMBER]), [None])

    def test_accuracy_compares_the_weighted_pipeline_with_what_was_won(self):
        """1,000 at 50 % were to close, 400 came: 100 off, 25 % of 400."""
        won = self._open(100, "2026-10-20")
        self._open(900, "2026-10-31")
        self._open(5000, "2026-11-01")
        self._take("2026-09-28")
        self._win(won, "2026-10-10")
        self._win(self._open(300, "2026-10-30", day="2026-10-15"), "2026-10-30")
        self.assertEqual(self._ask("forecast_accuracy"), [75])

    def test_overlapping_periods_look_at_the_snapshot_of_their_own_start(self):
        lead = self._open(100, "2026-10-20")
        self._take("2026-09-28")
        self._take("2026-10-26")
        self._win(lead, "2026-11-02")
        quarter = OCTOBER.quarter(OCTOBER.start)
        periods = [OCTOBER, NOVEMBER, quarter]
        # In November, the snapshot of 26 October says that it was due before.
        self.assertEqual(self._ask("slippage", periods=periods), [100, None, 0])

    def test_history_is_of_the_people_of_then(self):
        lead = self._open(100, "2026-10-20")
        self._take("2026-09-28")
        lead.write({"user_id": self.outsider.id, "team_id": self.team_other.id})
        scopes = [
            Scope(self.company.id, user_id=self.salesperson.id),
            Scope(self.company.id, user_id=self.outsider.id),
            Scope(self.company.id, team_id=self.team_department.id),
        ]
        self.assertEqual(self._ask("slippage", scopes), [100, None, 100])

    def test_the_number_of_queries_does_not_depend_on_what_is_asked(self):
        for amount in (100, 200):
            self._open(amount, "2026-10-20")
        self._take("2026-09-28")
        self.env["sales.mart"]._refresh()
        people = self.salesperson + self.colleague + self.outsider
        scopes = [Scope(self.company.id, user_id=user.id) for user in people]
        metrics = self.env["sales.metric"].sudo()
        found = metrics._find(["slippage", "forecast_accuracy"])
        metric = metrics.union(*found.values())
        metric._evaluate(scopes, [OCTOBER])
        with self.assertQueryCount(6):
            metric._evaluate(scopes[:1], [OCTOBER])
        with self.assertQueryCount(6):
            metric._evaluate(scopes, [SEPTEMBER, OCTOBER, NOVEMBER])

    def test_coverage_divides_the_pipeline_by_what_is_missing(self):
        """100,000 are to come in November, 40,000 have: 180,000 open cover 3 times."""
        self._start()
        self._create_history(("2026-11-02", 40_000, {"user_id": False}))
        self._open(150_000, "2026-11-20")
        self._open(30_000, "2026-11-10")
        self._open(7000, "2026-11-09")
        self._open(9000, "2026-12-01")
        self._refresh()
        scopes = [
            Scope(self.company.id),
            Scope(self.company.id, user_id=self.salesperson.id),
        ]
        found = self._ask("pipeline_coverage", scopes, [OCTOBER, NOVEMBER])
        self.assertEqual(found, [None, 3, None, None])

    def test_what_is_reached_needs_no_cover(self):
        self._start()
        self._create_history(("2026-11-02", 140_000, {"user_id": False}))
        self._open(150_000, "2026-11-20")
        self._refresh()
        self.assertEqual(self._ask("pipeline_coverage", periods=[NOVEMBER]), [None])

    def test_velocity_is_what_the_pipeline_brings_a_day(self):
        """4 of 8 are open × 25 % won × 10,000 ÷ 20 days = 500 a day."""
        leads = [self._open(10_000, "2026-10-20", day="2026-10-05") for _n in range(8)]
        self._win(leads[0], "2026-10-25")
        for lead in leads[1:4]:
            self._lose(lead, "2026-10-15")
        # One that was open in October still
        self._lose(leads[4], "2026-11-02")
        self.assertEqual(self._ask("velocity"), [500])
        self.assertEqual(self._ask("velocity", periods=[SEPTEMBER]), [None])

    def test_parts_of_ratios_do_not_add_up(self):
        metrics = self.env["sales.metric"]._find(
            ["velocity", "pipeline_coverage", "concentration", "slippage"]
        )
        for code, metric in metrics.items():
            self.assertFalse(metric._is_additive(), code)

    def test_figures_of_snapshots_open_them(self):
        metrics = self.env["sales.metric"].with_user(self.director)
        found = metrics._find(["slippage", "velocity"])
        action = found["slippage"].action_open_facts()
        self.assertEqual(action["res_model"], "sales.pipeline.snapshot")
        self.assertEqual(
            found["velocity"].action_open_facts()["res_model"], "sales.fact"
        )
