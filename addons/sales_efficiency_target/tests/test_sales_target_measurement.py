# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged

from ..engine import Measurement
from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetMeasurement(SalesTargetCommon):
    """Results follow the figures, and equal those of a full measurement."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.results = cls.env["sales.target.result"]
        cls.changes = cls.env["sales.target.change"]
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["sales.target.plan"].search([("id", "!=", cls.plan.id)]).filtered(
            lambda plan: plan.state == "running"
        ).state = "closed"

    @classmethod
    def _start(cls):
        plan = super()._start()
        cls._follow()
        return plan

    @classmethod
    def _follow(cls):
        cls.env["sales.mart"]._refresh()
        cls.env["sales.target.result"]._refresh_running()

    def _result(self, target, period="to_date", month=None):
        domain = [("target_id", "=", target.id), ("period", "=", period)]
        if month:
            domain.append(("date_from", "=", date(2026, month, 1)))
        return self.results.search(domain)

    def _read(self):
        """Return all stored values of the results of the plan, sorted by key."""
        names = [
            name
            for name, field in self.results._fields.items()
            if field.store and name != "id"
        ]
        rows = self.results.search(
            [("plan_id", "=", self.plan.id)], order="target_id, period, date_from"
        )
        return rows.read(names, load=None)

    def _assert_equal_to_a_full_measurement(self):
        followed = self._read()
        self.env.cr.execute("DELETE FROM sales_target_result")
        self.results.invalidate_model()
        Measurement(self.env).measure(self.plan.target_ids)
        for one, other in zip(followed, self._read(), strict=True):
            closing = dict.fromkeys(("id", "closed_actual", "moved"))
            self.maxDiff = None
            self.assertEqual(one | closing, other | closing)

    # Remaining gap

    @freeze_time("2026-07-16 12:00:00")
    def test_the_gap_is_shared_by_the_working_days_that_are_left(self):
        # 16 to 31 July 2026: 12 working days, one of them a holiday
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": "2026-07-20 00:00:00",
                "date_to": "2026-07-20 23:59:59",
            }
        )
        person = self._create_target(user_id=self.salesperson.id, amount=276_000)
        self._sell(120, "2026-07-15")
        self._start()
        july = self._result(person, "month", 7)
        self.assertEqual(july.remaining_days, 11)
        self.assertEqual((july.gap, july.gap_per_day), (11_000, 1000))
        june = self._result(person, "month", 6)
        self.assertEqual((june.remaining_days, june.gap_per_day), (0, 0))
        self.assertEqual(
            self._result(person, "year").remaining_days,
            sum(
                self._result(person, "month", month).remaining_days
                for month in range(7, 13)
            ),
        )
        self._sell(200, "2026-07-15")
        self._follow()
        self.assertEqual(self._result(person, "month", 7).gap_per_day, 0)

    @freeze_time("2026-07-16 12:00:00")
    def test_there_is_no_gap_per_day_where_less_is_better_or_for_rates(self):
        self.quantity.higher_is_better = False
        targets = [
            self._create_target(
                metric_id=metric.id, user_id=self.salesperson.id, amount=30
            )
            for metric in (self.margin_rate, self.quantity)
        ]
        self._sell(1, "2026-07-15", price=61)
        self._start()
        for target in targets:
            result = self._result(target, "year")
            self.assertTrue(result.gap)
            self.assertEqual(result.gap_per_day, 0)

    # Pipeline

    def _create_opportunity(self, day, revenue=1000, probability=50, **values):
        return self.env["crm.lead"].create(
            {
                "name": "Opportunity",
                "type": "opportunity",
                "user_id": self.salesperson.id,
                "team_id": self.team_field.id,
                "expected_revenue": revenue,
                "probability": probability,
                "date_deadline": day,
                **values,
            }
        )

    @freeze_time("2026-07-16 12:00:00")
    def test_open_opportunities_weigh_in_the_rest_of_the_period(self):
        person = self._create_target(user_id=self.salesperson.id, amount=12_000)
        team = self._create_target(team_id=self.team_field.id, amount=12_000)
        pieces = self._create_target(
            metric_id=self.quantity.id, user_id=self.salesperson.id, amount=12
        )
        self._create_opportunity("2026-07-31")
        self._create_opportunity("2026-07-16", probability=10)
        self._create_opportunity("2026-11-01", user_id=self.colleague.id)
        for day in ("2026-07-15", False, "2027-01-01"):
            self._create_opportunity(day)
        self._create_opportunity("2026-07-31").action_set_lost()
        self._create_opportunity("2026-07-31").action_set_won()
        self._sell(3, "2026-07-01")
        self._start()
        july = self._result(person, "month", 7)
        self.assertEqual((july.pipeline, july.with_pipeline), (600, 900))
        self.assertEqual(self._result(person, "to_date").pipeline, 600)
        self.assertEqual(self._result(person, "year").pipeline, 600)
        self.assertEqual(self._result(team, "year").pipeline, 1100)
        self.assertEqual(self._result(person, "month", 6).pipeline, 0)
        self.assertEqual(self._result(pieces, "year").pipeline, 0)

    @freeze_time("2026-07-16 12:00:00")
    def test_a_holiday_counts_from_when_it_is_entered(self):
        person = self._create_target(user_id=self.salesperson.id, amount=276_000)
        self._start()
        july = self._result(person, "month", 7)
        self.assertEqual(july.expected, 11_000)  # 11 of 23 working days are over
        holidays = self.env["resource.calendar.leaves"]
        values = {
            "company_id": self.company.id,
            "calendar_id": self.company.resource_calendar_id.id,
            "date_from": "2026-07-31 00:00:00",
            "date_to": "2026-08-01 00:00:00",
        }
        holiday = holidays.create({"name": "Holiday", **values})
        self._follow()
        self.assertEqual(july.expected, 11_500)  # of 22
        holiday.date_from = "2026-07-30 00:00:00"
        self._follow()
        self.assertAlmostEqual(july.expected, 12_047.62, places=2)  # of 21
        holiday.unlink()
        self._follow()
        self.assertEqual(july.expected, 11_000)

    @freeze_time("2026-07-16 12:00:00")
    def test_leave_of_one_person_changes_no_working_day_of_the_company(self):
        employee = self.env["hr.employee"].create({"name": "Anyone"})
        self._start()
        self.changes.search([]).unlink()
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": employee.resource_id.id,
                "date_from": "2026-07-30 00:00:00",
                "date_to": "2026-08-01 00:00:00",
            }
        )
        self.assertFalse(self.changes.search([]))

    @freeze_time("2026-07-16 12:00:00")
    def test_the_pipeline_follows_its_opportunities(self):
        person = self._create_target(user_id=self.salesperson.id, amount=12_000)
        opportunity = self._create_opportunity("2026-07-31")
        self._start()
        for values, expected in (
            ({"probability": 80}, [800, 0, 800]),
            ({"date_deadline": "2026-09-30"}, [0, 800, 800]),
            ({"user_id": self.colleague.id}, [0, 0, 0]),
        ):
            opportunity.write(values)
            self._follow()
            found = [
                self._result(person, period, month).pipeline
                for period, month in (("month", 7), ("month", 9), ("year", None))
            ]
            self.assertEqual(found, expected, values)

    # Last year

    def _create_last_year(self):
        """Record 893.20 to 28 November and 106.80 after it, and 1,062 this year."""
        mine = {"user_id": self.salesperson.id}
        self._create_history(
            (date(2025, 3, 1), 793.2, mine),
            (date(2025, 11, 28), 100, mine),
            (date(2025, 11, 29), 40, mine),
            (date(2025, 12, 31), 66.8, mine),
            (date(2026, 3, 1), 912, mine),
            (date(2026, 11, 28), 150, mine),
        )

    def _compare(self, target, period, month=None):
        result = self._result(target, period, month)
        names = ("last_year", "growth", "last_year_whole", "projected_growth")
        return [round(result[name], 1) for name in names]

    @freeze_time("2026-11-28 12:00:00")
    def test_a_running_period_is_compared_with_the_same_days_of_last_year(self):
        person = self._create_target(user_id=self.salesperson.id, amount=1200)
        self._create_last_year()
        self._start()
        year = self._result(person, "year")
        landing = round(year.projected / 10 - 100, 1)
        self.assertEqual(self._compare(person, "year"), [893.2, 18.9, 1000, landing])
        [to_date] = self._result(person, "to_date")
        self.assertEqual((to_date.last_year, to_date.last_year_whole), (893.2, 933.2))
        november = self._compare(person, "month", 11)
        self.assertEqual(november[:3], [100, 50, 140])
        quarter = self._compare(person, "quarter", 10)
        self.assertEqual(quarter[:3], [100, 50, 206.8])
        # Past periods are compared as a whole, future ones not at all.
        self.assertEqual(self._compare(person, "month", 3), [793.2, 15, 793.2, 15])
        self.assertEqual(self._compare(person, "month", 12)[:3], [0, 0, 66.8])

    @freeze_time("2026-11-28 12:00:00")
    def test_late_changes_of_last_year_reach_its_same_days_and_its_whole(self):
        person = self._create_target(user_id=self.salesperson.id, amount=1200)
        self._create_last_year()
        self._start()
        mine = {"user_id": self.salesperson.id}
        self._create_history(
            (date(2025, 11, 28), 1000, mine), (date(2025, 12, 1), 20, mine)
        )
        with patch.object(Measurement, "measure") as measure:
            self.results._refresh_running()
        self.assertFalse(any(call.args[0] for call in measure.call_args_list))
        found = [self._compare(person, *place) for place in (["year"], ["month", 11])]
        self.assertEqual([row[0] for row in found], [1893.2, 1100])
        self.assertEqual([row[2] for row in found], [2020, 1140])
        self._assert_equal_to_a_full_measurement()
        with freeze_time("2026-11-29 12:00:00"):
            self._follow()
            self.assertEqual(self._compare(person, "year")[0], 1933.2)

    @freeze_time("2026-07-16 12:00:00")
    def test_rates_grow_by_points(self):
        rate = self._create_target(
            metric_id=self.margin_rate.id, user_id=self.salesperson.id, amount=30
        )
        self._sell(1, "2026-07-15", price=80)
        self._sell(1, "2025-07-15", price=75)
        self._sell(1, "2025-12-15", price=100)
        self._start()
        year = self._result(rate, "year")
        self.assertEqual((year.actual, year.last_year), (25, 20))
        self.assertEqual(year.growth, 5)
        # 75 + 100 with a margin of 15 + 40
        self.assertAlmostEqual(year.projected_growth, 25 - 100 * 55 / 175, 3)

    @freeze_time("2026-07-16 12:00:00")
    def test_growth_after_a_loss_is_growth_everywhere(self):
        targets = self.env["sales.target"]
        for user in (self.salesperson, self.colleague):
            targets |= self._create_target(user_id=user.id, amount=1200)
            mine = {"user_id": user.id}
            self._create_history(
                (date(2025, 7, 1), -100, mine), (date(2026, 7, 1), 50, mine)
            )
        self._start()
        for target in targets:
            self.assertEqual(self._result(target, "year").growth, 150)
        [[growth]] = self.results._read_group(
            [("target_id", "in", targets.ids), ("period", "=", "year")],
            [],
            ["growth:sum"],
        )
        self.assertEqual(growth, 150)
        cockpit = self.env["sales.cockpit"].with_user(self.salesperson)
        data = cockpit.get_data("my", plan_id=self.plan.id, period="year")
        [gauge] = data["panels"]["figures"]
        self.assertEqual(gauge["growth"], 150)

    # Months with a target of zero

    @freeze_time("2026-07-16 12:00:00")
    def test_the_deviations_of_the_months_add_up_to_that_of_the_year(self):
        person = self._create_target(user_id=self.salesperson.id, amount=12_000)
        months = person.month_ids.sorted("month")
        months[2].amount, months[3].amount = 0, 2000
        self._create_history(
            (date(2026, 3, 5), 13_250, {"user_id": self.salesperson.id}),
            (date(2026, 7, 6), 300, {"user_id": self.salesperson.id}),
            (date(2026, 9, 1), 40, {"user_id": self.salesperson.id}),
        )
        self._start()
        march = self._result(person, "month", 3)
        self.assertEqual((march.deviation, march.status), (13_250, "reached"))
        [[months]] = self.results._read_group(
            [("target_id", "=", person.id), ("period", "=", "month")],
            [],
            ["deviation:sum"],
        )
        self.assertAlmostEqual(months, self._result(person, "year").deviation, 6)
        self.assertEqual(self._result(person, "month", 9).status, "open")

    def test_less_than_nothing_is_behind_a_target_of_nothing(self):
        loss = self._create_target(user_id=self.salesperson.id, amount=12_000)
        few = self._create_target(
            metric_id=self.quantity.id, user_id=self.salesperson.id, amount=12
        )
        self.quantity.higher_is_better = False
        for target in (loss, few):
            target.month_ids.sorted("month")[2].amount = 0
        with freeze_time("2026-03-01 12:00:00"):
            self._sell(2, "2026-03-01", price=-100)
            self._start()
            for target, deviation in ((loss, -200), (few, 2)):
                march = self._result(target, "month", 3)
                self.assertEqual(march.deviation, deviation)
                self.assertEqual(march.status, "behind")
                self.assertEqual(self._result(target, "month", 4).status, "open")

    # Closed months

    @freeze_time("2026-07-16 12:00:00")
    def test_a_back_dated_order_moves_a_closed_month_and_it_says_so(self):
        person = self._create_target(user_id=self.salesperson.id, amount=12_000)
        order = self._sell(5, "2026-06-30")
        self._start()
        june = self._result(person, "month", 6)
        self.assertEqual((june.closed_actual, june.moved), (500, 0))
        self._sell(2, "2026-06-30")
        self._follow()
        self.assertEqual((june.actual, june.closed_actual, june.moved), (700, 500, 200))
        order._action_cancel()
        self._follow()
        self.assertEqual(
            (june.actual, june.closed_actual, june.moved), (200, 500, -300)
        )
        self.assertFalse(self._result(person, "month", 7).moved)
        self.assertFalse(self._result(person, "year").moved)
        moved = self.results.search([("moved", "!=", 0), ("target_id", "=", person.id)])
        self.assertEqual(set(moved.mapped("period")), {"month", "quarter"})

    def test_a_month_is_closed_by_the_first_figure_after_its_end(self):
        person = self._create_target(user_id=self.salesperson.id, amount=12_000)
        with freeze_time("2026-06-30 12:00:00"):
            self._sell(5, "2026-06-30")
            self._start()
            june = self._result(person, "month", 6)
            self.assertEqual((june.actual, june.closed_actual), (500, 0))
            self._sell(1, "2026-06-30")
            self._follow()
        with freeze_time("2026-07-01 12:00:00"):
            self._follow()
            self.assertEqual((june.closed_actual, june.moved), (600, 0))

    @freeze_time("2026-07-16 12:00:00")
    def test_past_sales_entered_after_the_start_move_no_month_before_it(self):
        person = self._create_target(user_id=self.salesperson.id, amount=12_000)
        self._sell(1, "2026-01-31")
        self.plan.target_ids.gap_reason = "Test"
        self.plan.action_submit()
        self.plan.action_start()
        self._follow()
        self._create_history((date(2026, 6, 30), 900, {"user_id": self.salesperson.id}))
        self._follow()
        june = self._result(person, "month", 6)
        self.assertEqual((june.actual, june.moved), (900, 0))

    @freeze_time("2026-07-16 12:00:00")
    def test_the_first_sales_ever_entered_move_no_month(self):
        self.env["sales.fact.total"].search([]).invalidate_recordset()
        self.env.cr.execute("DELETE FROM sales_fact_total")
        person = self._create_target(user_id=self.salesperson.id, amount=12_000)
        self._start()
        self._create_history((date(2026, 3, 31), 900, {"user_id": self.salesperson.id}))
        self._follow()
        march = self._result(person, "month", 3)
        self.assertEqual((march.actual, march.moved), (900, 0))
        with freeze_time("2026-07-17 12:00:00"):
            self._follow()
            self._create_history(
                (date(2026, 3, 31), 100, {"user_id": self.salesperson.id})
            )
            self._follow()
            self.assertEqual((march.actual, march.moved), (1_000, 100))

    # Closed plans

    def _close_last_year(self):
        """Close the plan of 2026, with sales of 900 by one person, and start 2027."""
        self._create_target(user_id=self.salesperson.id, amount=12_000)
        with freeze_time("2026-12-31 12:00:00"):
            self._sell(9, "2026-11-30")
            self._start()
            self.plan.action_close()
        plan = self.env["sales.target.plan"].create({"date_from": date(2027, 1, 1)})
        self.env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": self.ordered.id,
                "user_id": self.salesperson.id,
                "amount": 12_000,
            }
        )
        with freeze_time("2027-01-02 12:00:00"):
            plan.action_submit()
            plan.action_start()
            self._follow()
        return plan

    def test_what_is_dated_back_into_a_closed_plan_shows_there(self):
        plan = self._close_last_year()
        target = self.plan.target_ids.filtered("user_id")
        with freeze_time("2027-02-15 12:00:00"):
            self._follow()
            self._sell(1, "2026-11-30")
            self._follow()
            for period, month in (("month", 11), ("quarter", 10), ("year", 1)):
                result = self._result(target, period, month)
                self.assertRecordValues(
                    result, [{"actual": 1000, "closed_actual": 900, "moved": 100}]
                )
            after = self.results.search(
                [("plan_id", "=", plan.id), ("period", "=", "year")]
            )
            self.assertEqual(after.last_year_whole, 1000)
            self._assert_equal_to_a_full_measurement()

    def test_closed_plans_follow_a_rebuild(self):
        self._close_last_year()
        target = self.plan.target_ids.filtered("user_id")
        with freeze_time("2027-02-15 12:00:00"):
            self._sell(1, "2026-11-30")
            self.env["sales.mart"]._rebuild()
            self.results._refresh_running()
            self.assertEqual(self._result(target, "year").moved, 100)

    def test_closed_plans_follow_a_repair(self):
        self._close_last_year()
        target = self.plan.target_ids.filtered("user_id")
        with freeze_time("2027-02-15 12:00:00"):
            for table in ("sales_fact", "sales_fact_cell"):
                self._follow()
                self.env.cr.execute(f"UPDATE {table} SET amount = amount + 50")
                self.env.cr.execute("UPDATE sales_target_result SET actual = 950")
                self.results.invalidate_model()
                self.assertEqual(self._result(target, "year").actual, 950)
                self.env["sales.mart"]._reconcile()
                self.results._refresh_running()
                self.assertEqual(self._result(target, "year").actual, 900, table)

    @contextmanager
    def _note_touched(self):
        """Record the plans to be measured or followed, without doing so."""
        touched = []
        with (
            patch.object(
                Measurement,
                "_follow",
                lambda self, plans, *_args: touched.append(plans),
            ),
            patch.object(
                Measurement,
                "measure",
                lambda self, targets: touched.append(targets.plan_id),
            ),
        ):
            yield touched

    def test_a_closed_plan_is_left_alone_by_a_check_that_finds_nothing(self):
        self._close_last_year()
        with freeze_time("2027-02-15 12:00:00"):
            self._follow()
            with self._note_touched() as touched:
                self.assertFalse(self.env["sales.mart"]._reconcile())
                self.results._refresh_running()
        self.assertFalse(any(touched))

    def test_a_closed_plan_is_left_alone_on_a_holiday(self):
        plan = self._close_last_year()
        with freeze_time("2027-02-15 12:00:00"):
            self._follow()
            with self._note_touched() as touched:
                self.env["resource.calendar.leaves"].create(
                    {
                        "name": "Holiday",
                        "company_id": self.company.id,
                        "date_from": "2027-02-25 00:00:00",
                        "date_to": "2027-02-26 00:00:00",
                    }
                )
                self._follow()
        self.assertIn(plan, touched)
        self.assertFalse(any(self.plan in plans for plans in touched))

    def test_a_closed_plan_is_left_alone_unless_its_figures_change(self):
        plan = self._close_last_year()
        with freeze_time("2027-02-15 12:00:00"), self._note_touched() as touched:
            self._sell(1, "2027-02-01")
            self._follow()
            self._sell(1, "2027-02-01")
            self._follow()
            self.results._refresh(plan.target_ids)
            self._sell(1, "2027-02-01")
            self.env["sales.mart"]._refresh()
            self.results._refresh(plan.target_ids)
            self.results._refresh_running()
        self.assertIn(plan, touched)
        self.assertFalse(any(self.plan in plans for plans in touched))

    def test_a_plan_that_was_closed_early_is_measured_until_it_is_over(self):
        with freeze_time("2026-12-30 12:00:00"):
            self._start()
            self.plan.action_close()
            self._follow()
        with freeze_time("2026-12-31 12:00:00"):
            self.assertTrue(self.plan._is_outdated())
            self._follow()
        for day, is_outdated in (("2027-01-01", True), ("2027-01-02", False)):
            with freeze_time(f"{day} 12:00:00"):
                self.assertEqual(self.plan._is_outdated(), is_outdated)
                self._follow()

    def test_the_number_of_queries_does_not_grow_with_closed_plans(self):
        self._close_last_year()
        counts = []
        for year in (2024, 2023):
            self.env["sales.target.plan"].create(
                {"date_from": date(year, 1, 1), "state": "closed"}
            ).measured_date = date(2027, 1, 1)
            with freeze_time("2027-02-15 12:00:00"):
                self._follow()
                self._sell(1, "2027-02-01")
                self.env["sales.mart"]._refresh()
                counts.append(self._count_queries())
        self.assertEqual(*counts)

    # Incremental refresh

    @freeze_time("2026-07-16 12:00:00")
    def test_following_random_changes_equals_measuring_everything(self):
        rng = random.Random(3)
        codes = ("invoiced_amount", "margin_rate", "order_count", "new_customers",
                 "ordered_growth", "margin")  # fmt: skip
        metrics = self.env["sales.metric"].search([("code", "in", codes)])
        self.assertEqual(len(metrics), len(codes))
        for metric in metrics | self.ordered | self.quantity:
            for scope in (
                {},
                {"region_id": self.region_world.id},
                {"team_id": self.team_department.id},
                {"user_id": self.salesperson.id},
                {"user_id": self.colleague.id},
                {"user_id": self.salesperson.id, "categ_id": self.category.id},
                {"channel_id": self.channel_agent.id},
                {"partner_id": self.customer_south.id},
            ):
                if scope or metric != self.ordered:
                    self._create_target(metric_id=metric.id, amount=100, **scope)
        people = [self.salesperson, self.colleague, self.outsider]
        customers = [self.customer_north, self.customer_south, self.customer_nowhere]
        self._start()
        orders = self.env["sale.order"]

        def day():
            year = rng.choice([2025, 2026, 2026])
            return f"{year}-{rng.randint(1, 7):02}-{rng.randint(1, 28):02}"

        def sell():
            return self._sell(
                rng.randint(1, 9) / 3,
                day(),
                user=rng.choice(people),
                price=rng.randint(1, 9999) / 100,
                partner=rng.choice(customers),
            )

        for _round in range(12):
            orders |= sell()
            order = rng.choice(orders)
            if order.state != "cancel":
                change = rng.choice(
                    ["price", "date", "split", "user", "team", "cancel", "refund"]
                )
                if change == "price":
                    order.order_line.price_unit = rng.randint(1, 99)
                elif change == "date":
                    order.date_order = f"{day()} 12:00:00"
                elif change == "split" and not order.invoice_ids:
                    order.sales_credit_ids = [
                        Command.clear(),
                        Command.create({"user_id": people[0].id, "share": 33.33}),
                        Command.create({"user_id": people[1].id, "share": 66.67}),
                    ]
                elif change == "user":
                    order.user_id = rng.choice(people)
                elif change == "team":
                    order.team_id = rng.choice([self.team_field, self.team_other])
                elif change == "cancel" and not order.invoice_ids:
                    order._action_cancel()
                elif change == "refund" and not order.invoice_ids:
                    invoice = order._create_invoices()
                    invoice.action_post()
                    invoice._reverse_moves().action_post()
            self._follow()
        self.assertTrue(any(row["actual"] for row in self._read()))
        self._assert_equal_to_a_full_measurement()

    @freeze_time("2026-07-16 12:00:00")
    def test_an_order_has_only_the_targets_above_it_looked_at(self):
        mine = self._create_target(user_id=self.salesperson.id, amount=100)
        self._create_target(user_id=self.outsider.id, amount=100)
        team = self._create_target(team_id=self.team_department.id, amount=100)
        margin = self._create_target(
            metric_id=self.margin_rate.id, user_id=self.salesperson.id, amount=30
        )
        invoiced = self.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        self._create_target(
            metric_id=invoiced.id, user_id=self.salesperson.id, amount=100
        )
        self._start()
        self._sell(1, "2026-07-01")
        self.env["sales.mart"]._refresh()
        ids, everything = self.changes._lock()
        self.assertFalse(everything)
        found = self.changes._find_targets(
            ids, self.plan, self.plan._get_followed_events()
        )
        again = {target.id: target == margin for target in self.root + mine + team}
        self.assertEqual(found, again | {margin.id: True})

    @freeze_time("2026-07-16 12:00:00")
    def test_everything_is_measured_on_a_new_day_and_after_a_rebuild(self):
        self._start()
        measured = []

        def measure(self, targets):
            measured.append(targets)

        def follow():
            measured.clear()
            self.results._refresh_running()
            return any(self.root in targets for targets in measured)

        with patch.object(Measurement, "measure", measure):
            self._sell(1, "2026-07-01")
            self.env["sales.mart"]._refresh()
            self.assertFalse(follow())
            self.env["sales.mart"]._rebuild(["order"])
            self.assertTrue(follow())
            self.assertFalse(follow())
            with freeze_time("2026-07-17 00:00:01"):
                self.assertTrue(follow())

    @freeze_time("2026-07-16 12:00:00")
    def test_what_moves_in_its_tree_counts_above_at_once(self):
        one, other = self.env["sales.region"].create([{"name": "A"}, {"name": "B"}])
        part = self.env["sales.region"].create({"name": "C", "parent_id": one.id})
        targets = [
            self._create_target(region_id=region.id, amount=1200)
            for region in (one, other)
        ]
        self._create_history((date(2026, 7, 1), 50, {"region_id": part.id}))
        self._start()
        actuals = [self._result(target).actual for target in targets]
        self.assertEqual(actuals, [50, 0])
        part.parent_id = other
        self._follow()
        actuals = [self._result(target).actual for target in targets]
        self.assertEqual(actuals, [0, 50])

    @freeze_time("2026-07-16 12:00:00")
    def test_all_is_measured_after_a_move_or_another_metric(self):
        self._start()
        self.assertEqual(self.changes._lock(), ([], False))
        channels = self.env["sales.channel"].create([{"name": "A"}, {"name": "B"}])
        categories = self.env["product.category"].create([{"name": "A"}, {"name": "B"}])
        teams = self.env["crm.team"].create([{"name": "A"}, {"name": "B"}])
        self.changes._forget(self.changes._lock()[0])
        triggers = self.env["ir.cron.trigger"]
        cron = self.env.ref("sales_efficiency_target.ir_cron_results")

        def count():
            return triggers.search_count([("cron_id", "=", cron.id)])

        for record, values in (
            (channels[0], {"parent_id": channels[1].id}),
            (categories[0], {"parent_id": categories[1].id}),
            (teams[0], {"parent_id": teams[1].id}),
            (self.ordered, {"measure": "margin"}),
            (self.ordered, {"higher_is_better": False}),
        ):
            before = count()
            record.write(values)
            self.assertGreater(count(), before, record)
            ids, everything = self.changes._lock()
            self.assertTrue(everything, record)
            self.changes._forget(ids)
        channels[0].name = self.ordered.name = teams[0].name = "Other"
        self.assertEqual(self.changes._lock(), ([], False))

    @freeze_time("2026-07-16 12:00:00")
    def test_what_was_measured_meanwhile_is_not_added_once_more(self):
        self._start()
        self._sell(3, "2026-07-01")
        self.env["sales.mart"]._refresh()
        self.results._refresh(self.root)
        self.assertEqual(self._result(self.root).actual, 300)
        self.results._refresh_running()
        self.assertEqual(self._result(self.root).actual, 300)
        self._sell(1, "2026-07-01")
        self._follow()
        self.assertEqual(self._result(self.root).actual, 400)

    @freeze_time("2026-07-16 12:00:00")
    def test_a_change_is_kept_until_it_was_followed(self):
        self._start()
        self._sell(3, "2026-07-01")
        self.env["sales.mart"]._refresh()
        self.env.flush_all()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.results._refresh_running()
            raise ZeroDivisionError
        self.results.invalidate_model()
        self.assertEqual(self._result(self.root).actual, 0)
        self.results._refresh_running()
        self.assertEqual(self._result(self.root).actual, 300)
        self.assertEqual(self.changes._lock(), ([], False))

    @freeze_time("2026-07-16 12:00:00")
    def test_the_number_of_queries_does_not_grow_with_targets(self):
        self._start()
        counts = []
        for number in (10, 100):
            partners = self.env["res.partner"].create(
                [{"name": f"P{n}", "is_company": True} for n in range(number)]
            )
            self.plan.state = "draft"
            self.env["sales.target"].create(
                [
                    {
                        "plan_id": self.plan.id,
                        "metric_id": self.ordered.id,
                        "partner_id": partner.id,
                        "amount": 12,
                    }
                    for partner in partners
                ]
            )
            self.plan.write({"state": "running", "measured_date": False})
            full = self._count_queries()
            for partner in partners:
                self._create_history((date(2026, 7, 1), 10, {"partner_id": partner.id}))
            counts.append((full, self._count_queries()))
            self.assertEqual(
                sum(self._result(self.root).mapped("actual")),
                10 * (number if number == 10 else 110),
            )
        self.assertEqual(*counts)

    def _count_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.results._refresh_running()
        return self.env.cr.sql_log_count - before
