# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from importlib.util import module_from_spec, spec_from_file_location

from freezegun import freeze_time

from odoo import Command
from odoo.tests import tagged
from odoo.tools import file_path

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetResult(SalesTargetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.results = cls.env["sales.target.result"]
        cls.plan.company_id.resource_calendar_id.tz = "UTC"

    def _result(self, target, period="to_date", month=None):
        domain = [("target_id", "=", target.id), ("period", "=", period)]
        if month:
            domain.append(("date_from", "=", date(2026, month, 1)))
        return self.results.search(domain)

    @freeze_time("2026-05-20 12:00:00")
    def test_results_of_an_older_version_get_what_was_asked_at_first(self):
        rate = self._create_target(metric_id=self.margin_rate.id, amount=30)
        rate.month_ids.sorted("month")[0].amount = 42
        self._start()
        self._refresh()
        results = self.results.search([("target_id", "in", (self.root + rate).ids)])
        asked = results.mapped("original_amount")
        self.assertIn(31, asked)
        self.env.cr.execute("UPDATE sales_target_result SET original_amount = NULL")
        self.results._fill_new_columns(["original_amount"])
        self.env.invalidate_all()
        self.assertEqual(results.mapped("original_amount"), asked)

    def _migrate(self, script):
        """Run a migration script."""
        path = f"sales_efficiency_target/migrations/{script}.py"
        spec = spec_from_file_location("migration", file_path(path))
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.4.0")
        self.env.invalidate_all()

    def test_an_update_says_that_the_growth_of_a_rate_is_in_points(self):
        growth = self.env["sales.metric"].create(
            {"name": "Growing", "kind": "growth", "base_id": self.margin_rate.id}
        )
        target = self._create_target(metric_id=growth.id, amount=3)
        self.assertEqual(target.metric_unit, "points")
        messages = self.root.message_ids
        self._migrate("19.0.1.6.0/post-points")
        self.assertIn("check whether 3.0 points is meant", target.message_ids[0].body)
        self.assertEqual(self.root.message_ids, messages)

    @freeze_time("2026-12-31 12:00:00")
    def test_an_update_mends_what_targets_have_come_to(self):
        person = self._create_target(user_id=self.salesperson.id, amount=1200)
        mine = {"user_id": self.salesperson.id}
        self._create_history(
            (date(2025, 7, 1), -100, mine), (date(2026, 7, 1), 50, mine)
        )
        self._start()
        self.results._refresh_running()
        july = self._result(person, "month", 7)
        self.env.cr.execute(
            "UPDATE sales_target_result SET growth = -150, last_year_whole = NULL,"
            " is_rate = NULL, status = 'open', deviation = NULL"
        )
        self._migrate("19.0.1.5.0/post-figures")
        self.results._refresh_running()
        self.assertRecordValues(
            july,
            [
                {
                    "growth": 150,
                    "last_year_whole": -100,
                    "status": "behind",
                    "deviation": -50,
                }
            ],
        )

    @freeze_time("2026-12-31 12:00:00")
    def test_an_update_forgets_negative_attainment_of_what_is_reached(self):
        self._start()
        self._refresh()
        year = self._result(self.root, "year")
        for actual, higher_is_better, attainment in (
            (-5, False, 0),
            (-5, True, -400),
            (5, False, -400),
        ):
            self.env.cr.execute(
                "UPDATE sales_target_result SET attainment = -400, actual = %s,"
                " higher_is_better = %s WHERE id = %s",
                [actual, higher_is_better, year.id],
            )
            self._migrate("19.0.1.6.0/post-attainment")
            self.assertEqual(year.attainment, attainment)

    # Worked cases

    @freeze_time("2026-12-31 12:00:00")
    def test_half_of_an_order_of_twenty_is_ten_of_fifty(self):
        person = self._create_target(
            metric_id=self.quantity.id, user_id=self.salesperson.id, amount=50
        )
        self._sell(
            20,
            "2026-05-05",
            sales_credit_ids=[
                Command.create({"user_id": self.salesperson.id, "share": 50}),
                Command.create({"user_id": self.colleague.id, "share": 50}),
            ],
        )
        self._refresh()
        result = self._result(person, "year")
        self.assertEqual((result.actual, -result.gap), (10, -40))

    @freeze_time("2026-12-31 12:00:00")
    def test_twenty_of_fifty_without_a_split(self):
        team = self._create_target(
            metric_id=self.quantity.id, team_id=self.team_field.id, amount=50
        )
        self._sell(20, "2026-05-05")
        self._refresh()
        result = self._result(team, "year")
        self.assertEqual((result.actual, -result.gap), (20, -30))

    @freeze_time("2026-12-31 12:00:00")
    def test_all_of_five_and_half_of_ten_are_ten(self):
        person = self._create_target(
            metric_id=self.quantity.id, user_id=self.salesperson.id, amount=50
        )
        self._sell(5, "2026-05-05")
        self._sell(
            10,
            "2026-06-05",
            sales_credit_ids=[
                Command.create({"user_id": self.salesperson.id, "share": 50}),
                Command.create({"user_id": self.colleague.id, "share": 50}),
            ],
        )
        self._refresh()
        self.assertEqual(self._result(person, "year").actual, 10)

    @freeze_time("2026-08-01 12:00:00")
    def test_a_july_of_24000_against_30000_is_80_percent(self):
        person = self._create_target(user_id=self.salesperson.id, amount=360_000)
        self._sell(240, "2026-07-31")
        self._refresh()
        july = self._result(person, "month", 7)
        self.assertEqual((july.amount, july.actual), (30_000, 24_000))
        self.assertEqual(july.attainment, 80)
        self.assertEqual(july.status, "behind")

    # Expectation and projection

    @freeze_time("2026-07-16 12:00:00")
    def test_the_current_month_is_expected_by_working_days(self):
        # 23 working days in July 2026, 11 of them before the 16th
        person = self._create_target(user_id=self.salesperson.id, amount=276_000)
        self._sell(1650, "2026-07-15", price=100)
        self._refresh()
        month = self._result(person, "month", 7)
        self.assertEqual(month.amount, 23_000)
        self.assertAlmostEqual(month.expected, 11_000)
        to_date = self._result(person)
        self.assertEqual(to_date.amount, 7 * 23_000)
        self.assertAlmostEqual(to_date.expected, 6 * 23_000 + 11_000)
        self.assertAlmostEqual(to_date.deviation, 165_000 - 149_000)
        self.assertAlmostEqual(to_date.pace, 100 * 165 / 149)
        year = self._result(person, "year")
        self.assertAlmostEqual(year.projected, 276_000 * 165 / 149, places=4)
        self.assertEqual(self._result(person, "month", 9).status, "open")
        self.assertAlmostEqual(
            self._result(person, "month", 9).projected, 23_000 * 165 / 149, places=4
        )

    @freeze_time("2026-07-16 12:00:00")
    def test_a_holiday_of_the_company_is_no_working_day(self):
        calendar = self.plan.company_id.resource_calendar_id
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "date_from": "2026-07-01 00:00:00",
                "date_to": "2026-07-01 23:59:59",
            }
        )
        shares = self.plan._get_elapsed_shares()
        self.assertAlmostEqual(shares[date(2026, 7, 1)], 10 / 22)
        self.assertEqual(shares[date(2026, 6, 1)], 1)
        self.assertEqual(shares[date(2026, 8, 1)], 0)

    @freeze_time("2026-07-01 12:00:00")
    def test_last_year_is_the_same_days(self):
        person = self._create_target(user_id=self.salesperson.id, amount=1200)
        self._create_history(
            (date(2025, 7, 1), 100, {"user_id": self.salesperson.id}),
            (date(2025, 7, 2), 900, {"user_id": self.salesperson.id}),
        )
        self._sell(1, "2026-06-30", price=150)
        self._refresh()
        result = self._result(person)
        self.assertEqual((result.actual, result.last_year), (150, 100))
        self.assertEqual(result.growth, 50)

    @freeze_time("2024-02-29 12:00:00")
    def test_a_leap_february_has_its_day(self):
        plan = self.env["sales.target.plan"].create({"date_from": date(2024, 1, 1)})
        kinds = {kind: span for kind, _period, span in plan._get_periods()}
        self.assertEqual(kinds["to_date"].end, date(2024, 2, 29))
        self.assertLess(plan._get_elapsed_shares()[date(2024, 2, 1)], 1)

    # Changes of sales

    @freeze_time("2026-09-15 12:00:00")
    def test_a_refund_counts_in_its_own_month(self):
        invoiced = self.env.ref("sales_efficiency_base.sales_metric_invoiced_amount")
        person = self._create_target(
            metric_id=invoiced.id, user_id=self.salesperson.id, amount=12_000
        )
        order = self._sell(10, "2026-03-03")
        invoice = order._create_invoices()
        invoice.invoice_date = date(2026, 3, 31)
        invoice.action_post()
        refund = invoice._reverse_moves(
            [{"invoice_date": date(2026, 5, 4), "date": date(2026, 5, 4)}]
        )
        refund.action_post()
        self._refresh()
        self.assertEqual(self._result(person, "month", 3).actual, 1000)
        self.assertEqual(self._result(person, "month", 5).actual, -1000)
        self.assertEqual(self._result(person).actual, 0)

    @freeze_time("2026-09-15 12:00:00")
    def test_a_back_dated_order_and_a_cancelled_one_move_the_figure(self):
        person = self._create_target(user_id=self.salesperson.id, amount=12_000)
        order = self._sell(5, "2026-09-01")
        self._refresh()
        order.date_order = "2026-02-10 12:00:00"
        self._refresh()
        self.assertEqual(self._result(person, "month", 9).actual, 0)
        self.assertEqual(self._result(person, "month", 2).actual, 500)
        order._action_cancel()
        self._refresh()
        self.assertEqual(self._result(person, "month", 2).actual, 0)

    @freeze_time("2026-09-15 12:00:00")
    def test_who_changes_team_takes_new_credit_only(self):
        old = self._create_target(team_id=self.team_field.id, amount=12_000)
        new = self._create_target(team_id=self.team_other.id, amount=12_000)
        self._sell(5, "2026-06-01")
        self.team_field.member_ids -= self.salesperson
        self.team_other.member_ids += self.salesperson
        self._sell(3, "2026-08-01")
        self._refresh()
        self.assertEqual(self._result(old).actual, 500)
        self.assertEqual(self._result(new).actual, 300)

    # Rates, groups, lists

    @freeze_time("2026-09-15 12:00:00")
    def test_a_rate_without_sales_has_no_actual(self):
        rate = self._create_target(
            metric_id=self.margin_rate.id, user_id=self.salesperson.id, amount=30
        )
        self._refresh()
        result = self._result(rate)
        self.assertFalse(result.is_measured)
        self.assertEqual(result.status, "open")
        self._sell(1, "2026-09-01")
        self._refresh()
        result = self._result(rate)
        self.assertEqual((result.actual, result.expected), (40, 30))
        self.assertEqual(result.status, "reached")

    @freeze_time("2026-12-31 12:00:00")
    def test_less_is_better_where_the_metric_says_so(self):
        cycle = self.env.ref("sales_efficiency_base.sales_metric_sales_cycle")
        target = self._create_target(
            metric_id=cycle.id, user_id=self.salesperson.id, amount=20
        )
        lead = self.env["crm.lead"].create(
            {
                "name": "Slow",
                "type": "opportunity",
                "user_id": self.salesperson.id,
                "team_id": self.team_field.id,
                "sales_opened_date": date(2026, 11, 1),
            }
        )
        lead.action_set_won()
        lead.date_closed = "2026-12-11 12:00:00"
        self._refresh()
        result = self._result(target, "year")
        self.assertEqual(result.actual, 40)
        self.assertEqual(result.attainment, 50)
        self.assertEqual(result.status, "behind")

    @freeze_time("2026-12-31 12:00:00")
    def test_the_attainment_of_a_group_is_sum_over_sum(self):
        one = self._create_target(user_id=self.salesperson.id, amount=1000)
        two = self._create_target(user_id=self.colleague.id, amount=3000)
        self._sell(10, "2026-05-05")
        self._refresh()
        domain = [("target_id", "in", (one + two).ids), ("period", "=", "year")]
        totals = self.results._read_group(
            domain, [], ["amount:sum", "actual:sum", "attainment:sum"]
        )
        self.assertEqual(totals, [(4000, 1000, 25)])
        [[mixed]] = self.results._read_group(
            [("target_id", "=", one.id)], [], ["actual:sum"]
        )
        self.assertFalse(mixed, "a month and the year that it is part of do not add up")
        self._create_target(
            parent_id=one.id,
            user_id=self.salesperson.id,
            categ_id=self.category.id,
            amount=500,
        )
        self._refresh()
        [[mixed]] = self.results._read_group(
            [("target_id", "child_of", one.id), ("period", "=", "year")],
            [],
            ["actual:sum"],
        )
        self.assertFalse(mixed, "a target and its part do not add up")

    @freeze_time("2026-12-31 12:00:00")
    def test_a_group_turns_round_where_less_is_better(self):
        self.ordered.higher_is_better = False
        one = self._create_target(user_id=self.salesperson.id, amount=1000)
        two = self._create_target(user_id=self.colleague.id, amount=3000)
        self._sell(10, "2026-05-05")
        self._sell(70, "2026-05-05", user=self.colleague)
        self._refresh()
        [[attainment, growth]] = self.results._read_group(
            [("target_id", "in", (one + two).ids), ("period", "=", "year")],
            [],
            ["attainment:sum", "growth:sum"],
        )
        self.assertEqual(attainment, 50)
        self.assertFalse(growth)

    @freeze_time("2026-09-15 12:00:00")
    def test_the_number_of_queries_is_that_of_metrics(self):
        users = [self.salesperson, self.colleague, self.outsider, self.leader]
        targets = [self._create_target(user_id=user.id, amount=10) for user in users]
        self.env.flush_all()

        def count(*some):
            group = self.env["sales.target"].union(*some)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.results._refresh(group)
            return self.env.cr.sql_log_count - before

        count(*targets)  # fills the caches
        self.assertEqual(count(*targets), count(targets[0]))

    @freeze_time("2026-09-15 12:00:00")
    def test_a_result_opens_the_figures_that_it_is_made_of(self):
        person = self._create_target(user_id=self.salesperson.id, amount=1000)
        order = self._sell(10, "2026-05-05")
        self._sell(10, "2026-05-05", user=self.outsider)
        self._refresh()
        action = self._result(person).action_open_figures()
        facts = self.env["sales.fact"].search(action["domain"])
        self.assertEqual(facts.mapped("res_id"), order.ids)
        self.assertEqual(sum(facts.mapped("amount")), 1000)

    @freeze_time("2026-09-15 12:00:00")
    def test_a_sale_has_the_running_targets_measured(self):
        self._start()
        self._sell(10, "2026-05-05")
        cron = self.env.ref("sales_efficiency_target.ir_cron_results")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        triggers.unlink()
        self.env["sales.mart"]._refresh()
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertEqual(self._result(self.root).actual, 1000)

    @freeze_time("2026-09-15 12:00:00")
    def test_each_role_sees_the_results_of_its_targets(self):
        mine = self._create_target(user_id=self.salesperson.id, amount=1)
        other = self._create_target(user_id=self.outsider.id, amount=1)
        self._refresh()
        for user, seen in (
            (self.salesperson, mine),
            (self.leader, mine),
            (self.director, self.root + mine + other),
        ):
            results = self.results.with_user(user).search(
                [("plan_id", "=", self.plan.id)]
            )
            self.assertEqual(set(results.target_id.ids), set(seen.ids), user.name)
