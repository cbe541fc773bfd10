# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from ..engine import DERIVED, SUMMED
from .common import SalesTargetCommon

TODAY = date(2026, 6, 16)
MAY = Period.month(date(2026, 5, 1))
JUNE = Period.month(TODAY)
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TO_DATE = YEAR.until(TODAY)
FEBRUARY_TO_APRIL = Period(date(2026, 2, 1), date(2026, 4, 30))
JULY_TO_AUGUST = Period(date(2026, 7, 1), date(2026, 8, 31))
APRIL_TO_DATE = Period(date(2026, 4, 1), TODAY)
PERIODS = (MAY, QUARTER, YEAR, TO_DATE, FEBRUARY_TO_APRIL, JULY_TO_AUGUST)


@freeze_time("2026-06-16 12:00:00")
@tagged("post_install", "-at_install")
class TestResults(SalesTargetCommon):
    """Targets and attainment are returned for scopes × metrics × periods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.results = cls.env["sales.target.result"]
        cls.company.resource_calendar_id.tz = "UTC"
        cls.lost = cls.env.ref("sales_efficiency_base.sales_metric_lost")
        cls.own = cls._create_target(user_id=cls.salesperson.id, amount=120_000)
        cls._create_target(
            user_id=cls.salesperson.id, metric_id=cls.margin_rate.id, amount=30
        )
        cls._create_target(user_id=cls.salesperson.id, metric_id=cls.lost.id, amount=24)
        for team, amount in ((cls.team_field, 12_000), (cls.team_other, 24_000)):
            place = {"user_id": cls.colleague.id, "team_id": team.id}
            cls._create_target(**place, amount=amount)
            cls._create_target(**place, metric_id=cls.margin_rate.id, amount=30)
        cls.scope = cls._scope(cls.salesperson)
        mine = {"user_id": cls.salesperson.id}
        cls._create_history(
            (date(2025, 2, 1), 20_000, mine),
            *(
                (date(2026, number + 1, 9), amount, mine)
                for number, amount in enumerate((8000, 12000, 10000, 5000, 15000, 4000))
            ),
        )

    @classmethod
    def _scope(cls, user):
        return Scope(cls.company.id, user_id=user.id)

    def _start(self, is_measured=True):
        self.plan.target_ids.gap_reason = "Test"
        self.plan.action_submit()
        self.plan.action_start()
        self.plan.date_started = self.plan.date_from
        if is_measured:
            self._measure()

    def _measure(self):
        self.env["sales.mart"]._refresh()
        self.results._refresh(self.plan.target_ids)

    def _ask(self, period, scope=None, metric=None, **options):
        scope, metric = scope or self.scope, metric or self.ordered
        found = self.results.ask([scope], metric, [period], **options)
        return found[metric.id, scope, period]

    def _assert_is(self, row, **figures):
        for name, figure in figures.items():
            if isinstance(figure, float):
                self.assertAlmostEqual(row[name], figure, 2, name)
            else:
                self.assertEqual(row[name], figure, name)

    # Worked cases

    def test_a_month_a_quarter_the_year_and_the_year_to_date(self):
        self._start()
        self._assert_is(
            self._ask(MAY),
            amount=10_000,
            actual=15_000,
            attainment=150,
            status="reached",
            targets=self.own,
        )
        # (30,000 − 20,000) ÷ 20,000
        self._assert_is(
            self._ask(QUARTER), amount=30_000, actual=30_000, attainment=100, growth=50
        )
        # 11 of the 22 working days of June are over: 5 × 10,000 + 5,000
        self._assert_is(
            self._ask(TO_DATE),
            amount=60_000,
            actual=54_000,
            attainment=90,
            expected=55_000,
            pace=98.18,
            deviation=-1000,
            status="behind",
        )
        # 54,000 + 54 ÷ 55 × 65,000
        self._assert_is(
            self._ask(YEAR), amount=120_000, attainment=45, projected=117_818.18
        )

    def test_a_range_of_months_is_added_up_from_them(self):
        self._start()
        self._assert_is(
            self._ask(FEBRUARY_TO_APRIL),
            amount=30_000,
            actual=27_000,
            expected=30_000,
            attainment=90,
            growth=35,
            is_stored=True,
        )

    def test_months_up_to_today_are_measured_up_to_today(self):
        self._start()
        self._assert_is(
            self._ask(APRIL_TO_DATE),
            amount=30_000,
            actual=24_000,
            expected=25_000,
            attainment=80,
            is_stored=False,
        )

    def test_none_of_what_should_be_little_is_reached(self):
        self._start()
        self._assert_is(
            self._ask(TO_DATE, metric=self.lost),
            amount=12,
            actual=0,
            attainment=None,
            status="reached",
        )

    def test_a_rate_of_months_is_measured_not_added_up(self):
        self._start()
        row = self._ask(FEBRUARY_TO_APRIL, metric=self.margin_rate)
        self._assert_is(row, amount=30, expected=30, is_stored=False)

    # What counts

    def test_what_is_measured_at_once_is_what_will_be_stored(self):
        self._start(is_measured=False)
        metrics = self.ordered | self.lost | self.margin_rate
        found = [dict(self.results.ask([self.scope], metrics, PERIODS))]
        self._measure()
        found.append(dict(self.results.ask([self.scope], metrics, PERIODS)))
        for key, row in found[0].items():
            stored = found[1][key]
            self.assertFalse(row["is_stored"], key)
            for name in {*SUMMED, *DERIVED} - {"moved"}:
                one, other = row[name], stored[name]
                if isinstance(one, float) and other is not None:
                    self.assertAlmostEqual(one, other, 6, (name, key))
                else:
                    self.assertEqual(one, other, (name, key))

    def test_only_running_and_closed_plans_count(self):
        self.assertIsNone(self._ask(YEAR))
        self._start()
        self.assertEqual(self._ask(YEAR)["amount"], 120_000)
        self.plan.action_close()
        self.assertEqual(self._ask(YEAR)["amount"], 120_000)

    def test_another_scope_or_metric_has_no_value(self):
        self._start()
        narrower = Scope(
            self.company.id, user_id=self.salesperson.id, categ_id=self.category.id
        )
        both = Scope(self.company.id, user_id=(self.salesperson + self.leader).ids)
        for scope in (narrower, both, self._scope(self.leader)):
            self.assertIsNone(self._ask(YEAR, scope=scope), scope)
        product = Scope(self.company.id, product_id=1)
        self.assertIsNone(self._ask(YEAR, scope=product))
        self.assertIsNone(self._ask(YEAR, metric=self.quantity))

    def test_a_period_that_is_not_made_of_planned_months_has_no_value(self):
        self._start()
        for period in (
            Period(date(2026, 1, 2), date(2026, 1, 31)),
            Period(date(2026, 1, 1), date(2026, 1, 30)),
            Period(date(2025, 12, 1), date(2026, 1, 31)),
        ):
            self.assertIsNone(self._ask(period), period)

    def test_targets_of_one_person_in_several_teams_add_up(self):
        self._start()
        self.assertEqual(self._ask(YEAR, self._scope(self.colleague))["amount"], 36_000)
        team = Scope(
            self.company.id, user_id=self.colleague.id, team_id=self.team_field.id
        )
        self.assertEqual(self._ask(YEAR, team)["amount"], 12_000)

    def test_several_targets_of_a_rate_are_refused_by_name(self):
        self._start()
        colleague = self._scope(self.colleague)
        found = self.results.ask([self.scope, colleague], self.margin_rate, [YEAR])
        self.assertEqual(found[self.margin_rate.id, self.scope, YEAR]["amount"], 30)
        with self.assertRaisesRegex(UserError, f"{self.team_field.name}.*, Test Coll"):
            found.get((self.margin_rate.id, colleague, YEAR))

    def test_what_lies_inside_another_target_is_not_counted_twice(self):
        self._create_target(
            parent_id=self.own.id,
            user_id=self.salesperson.id,
            team_id=self.team_field.id,
            amount=60_000,
        )
        self._start()
        self.assertEqual(self._ask(YEAR)["amount"], 120_000)

    def test_ranges_go_over_several_plans(self):
        following = self.plan.copy({"date_from": date(2027, 1, 1)})
        self._create_target(
            plan_id=following.id, user_id=self.salesperson.id, amount=240_000
        )
        winter = Period(date(2026, 12, 1), date(2027, 2, 28))
        self._start()
        self.assertIsNone(self._ask(winter))
        following.target_ids.gap_reason = "Test"
        following.action_submit()
        following.action_start()
        self.assertEqual(self._ask(winter)["amount"], 10_000 + 2 * 20_000)

    def test_nobody_is_answered_what_they_may_not_see(self):
        self._start()
        for user, amount in ((self.salesperson, 120_000), (self.outsider, None)):
            found = self.results.with_user(user).ask([self.scope], self.ordered, [YEAR])
            row = found[self.ordered.id, self.scope, YEAR]
            self.assertEqual(row and row["amount"], amount)

    # As of

    def test_results_are_told_as_of_the_closing_and_as_of_now(self):
        self._start()
        two_months = Period(MAY.start, JUNE.end)
        self.assertIsNone(self._ask(JUNE, as_of="closing"))
        with freeze_time("2026-07-05 12:00:00"):
            self._measure()
            self._create_history(
                (date(2026, 6, 30), 1000, {"user_id": self.salesperson.id})
            )
            self._measure()
            for period, before, now in (
                (JUNE, 4000, 5000),
                (two_months, 19_000, 20_000),
            ):
                closing = self._ask(period, as_of="closing")
                share = before * 100 / (10_000 * len(period.months()))
                self._assert_is(
                    closing, actual=before, attainment=share, as_of="closing"
                )
                present = self._ask(period)
                self._assert_is(present, actual=now, closed_actual=before, as_of="now")
                self.assertEqual(present["moved"], 1000)
            for as_of, before in (("closing", 4000), ("now", 5000)):
                values = self._ask_by_name(JUNE, as_of)
                self.assertEqual(values.as_of, as_of)
                self.assertEqual(values["ordered_amount", self.scope, JUNE], before)
        for ask in (self._ask, self._ask_by_name):
            with self.assertRaises(ValueError):
                ask(JUNE, as_of="yesterday")

    def _ask_by_name(self, period, as_of):
        metrics = self.env["sales.metric"]
        return metrics.ask(["ordered_amount"], [self.scope], [period], as_of)

    def test_results_say_when_they_were_measured(self):
        self._start()
        self.assertEqual(self._ask(YEAR)["measured_at"], self.plan.measured_at)

    # By name, and as metrics

    def test_promises_are_asked_by_name_as_metrics_are(self):
        self._start()
        names = ["ordered_amount", "target_of(ordered_amount)"]
        names += ["expected_of(ordered_amount)", "attainment_of(ordered_amount)"]
        metrics = self.env["sales.metric"]
        values = metrics.ask(names, [self.scope], [MAY, TO_DATE])
        self.assertEqual(
            [values[name, self.scope, MAY] for name in names],
            [15_000, 10_000, 10_000, 150],
        )
        self.assertEqual(
            [values[name, self.scope, TO_DATE] for name in names],
            [54_000, 60_000, 55_000, 90],
        )
        for unknown in ("nothing", "target_of(nothing)", "luck_of(ordered_amount)"):
            with self.assertRaisesRegex(ValueError, "nothing|luck_of"):
                metrics.ask([unknown], [self.scope], [MAY])

    def test_a_ratio_is_made_of_a_promise(self):
        self._start()
        target = self._promise("target")
        share = self.env["sales.metric"].create(
            {
                "name": "Share of the Target",
                "kind": "ratio",
                "numerator_id": self.ordered.id,
                "denominator_id": target.id,
                "unit": "percent",
            }
        )
        attainment = self._promise("attainment", unit="percent")
        values = (share | attainment)._evaluate([self.scope], [MAY, QUARTER])
        for metric in (share, attainment):
            self.assertEqual(values.column(metric.id), [150, 100])

    def test_a_promise_is_not_made_of_itself(self):
        target = self._promise("target")
        with self.assertRaisesRegex(UserError, "depend on itself"):
            target.base_id = target

    def _promise(self, figure, unit="currency"):
        return self.env["sales.metric"].create(
            {
                "name": f"{figure} of Ordered Amount",
                "kind": "method",
                "method_model": "sales.metric",
                "method_name": f"_measure_{figure}_of",
                "method_formula": "As planned",
                "base_id": self.ordered.id,
                "unit": unit,
            }
        )

    # Batches

    def test_the_number_of_queries_is_not_that_of_scopes(self):
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(200)]
        )
        self.env["sales.target"].create(
            [
                {
                    "plan_id": self.plan.id,
                    "metric_id": metric.id,
                    "partner_id": customer.id,
                    "amount": 1200,
                }
                for customer in customers
                for metric in (self.ordered, self.quantity)
            ]
        )
        scopes = [Scope(self.company.id, partner_id=c.id) for c in customers]
        self._start()
        metrics = self.ordered | self.quantity
        for periods, count in ((PERIODS, 5), ([*PERIODS, APRIL_TO_DATE], 20)):
            self.results.ask(scopes[:1], metrics, periods)  # fills the caches
            for some in (scopes[:1], scopes):
                self.env.invalidate_all()
                with self.assertQueryCount(count):
                    found = self.results.ask(some, metrics, periods)
                self.assertTrue(all(found.values()))
