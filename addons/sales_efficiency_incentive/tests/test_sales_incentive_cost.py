# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period, Scope

from .ledger_common import IncentiveLedgerCommon

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
REPORTS = ("sales.incentive.cost", "sales.incentive.pay")


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestSalesIncentiveCost(IncentiveLedgerCommon):
    """What incentives cost. The salesperson gets 10 % of orders of 1,000 a month in
    January and March and 2,000 in April, and has a target of 1,000 a month. March was
    invoiced."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.quota = cls._create_target(
            parent_id=cls.root.id, user_id=cls.salesperson.id, amount=12_000
        )
        cls.quota.month_ids.amount = 1000
        cls._start()
        cls._start_plan()
        cls.other_plan = cls._start_plan(cls.outsider)
        place = {"team_id": cls.team_field.id}
        cls._sell(10, "2026-01-03", **place)
        order = cls._sell(10, "2026-03-03", **place)
        cls._sell(20, "2026-04-03", **place)
        cls._sell(5, "2026-03-04", user=cls.outsider, team_id=cls.team_other.id)
        invoice = order._create_invoices()
        invoice.invoice_date = "2026-03-04"
        invoice.action_post()
        cls._compute()
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)

    @classmethod
    def _compute(cls):
        cls.env["sales.mart"]._refresh()
        cls.periods._follow()
        cls.env.flush_all()

    def _ask(self, user, name, scope, period):
        metrics = self.env["sales.metric"].with_user(user)
        return metrics.ask([name], [scope], [period])[name, scope, period]

    # ------------------------------------------------------------------
    # Metrics
    # ------------------------------------------------------------------

    def test_the_cost_is_what_was_earned_by_the_month_booked(self):
        company = Scope(self.company.id)
        self.assertEqual(self._ask(self.director, "incentive_cost", company, YEAR), 450)
        self.assertEqual(
            self._ask(self.director, "incentive_cost", company, MARCH), 150
        )
        to_date = Period(date(2026, 4, 1), date(2026, 4, 15))
        self.assertEqual(
            self._ask(self.director, "incentive_cost", company, to_date), 200
        )

    def test_the_cost_of_a_team_is_that_of_its_people(self):
        team = Scope(self.company.id, team_id=self.team_department.id)
        self.assertEqual(self._ask(self.director, "incentive_cost", team, MARCH), 100)
        region = Scope(self.company.id, region_id=self.region_north.id)
        self.assertEqual(self._ask(self.director, "incentive_cost", region, MARCH), 100)

    def test_the_cost_rate_divides_by_what_was_invoiced(self):
        team = Scope(self.company.id, team_id=self.team_field.id)
        self.assertEqual(
            self._ask(self.director, "incentive_cost_rate", team, MARCH), 10
        )

    def test_payouts_draws_and_carried_rests_are_no_cost(self):
        assignment = self.other_plan
        assignment.draw_amount = 100
        self._compute()
        company = Scope(self.company.id)
        self.assertEqual(
            self._ask(self.director, "incentive_cost", company, MARCH), 150
        )

    def test_the_metric_tells_nobody_what_somebody_is_paid(self):
        company = Scope(self.company.id)
        own = Scope(self.company.id, user_id=self.salesperson.id)
        for user in (self.salesperson, self.leader, self.env.ref("base.user_root")):
            for name in ("incentive_cost", "incentive_cost_rate"):
                with self.subTest(name, user=user.login):
                    self.assertIsNone(self._ask(user, name, company, MARCH))
        self.assertIsNone(self._ask(self.director, "incentive_cost", own, MARCH))
        for user in (self.finance, self.officer, self.hr_manager):
            with self.subTest(user.login):
                cost = self._ask(user, "incentive_cost", company, MARCH)
                self.assertEqual(cost, 150)

    def test_what_others_read_is_not_made_of_it(self):
        metrics = self.env["sales.metric"]
        ordered = self.env.ref("sales_efficiency_base.sales_metric_ordered_amount")
        costs = metrics.search(
            [("code", "in", ("incentive_cost", "incentive_cost_rate"))]
        )
        share = metrics.create(
            {
                "name": "Sales by Cost",
                "kind": "ratio",
                "numerator_id": ordered.id,
                "denominator_id": costs[0].id,
            }
        )
        for metric in share | costs:
            self.assertTrue(metric._depends_on_user(), metric.name)
        self.assertFalse(ordered._depends_on_user())

    def test_pay_is_no_target(self):
        plan = self.env["sales.target.plan"].create(
            {"company_id": self.company.id, "date_from": date(2027, 1, 1)}
        )
        for name in ("incentive_cost", "incentive_cost_rate"):
            metric = self.env.ref(f"sales_efficiency_incentive.sales_metric_{name}")
            with self.subTest(name), self.assertRaises(ValidationError):
                self.env["sales.target"].create(
                    {"plan_id": plan.id, "metric_id": metric.id, "amount": 1000}
                )

    # ------------------------------------------------------------------
    # Analysis
    # ------------------------------------------------------------------

    def test_the_analysis_divides_sums(self):
        costs = self.env["sales.incentive.cost"].with_user(self.director)
        rows = costs._read_group(
            [("company_id", "=", self.company.id), ("month", "=", "2026-03-01")],
            ["team_id"],
            ["cost:sum", "sales:sum", "cost_rate:avg"],
        )
        self.assertEqual(
            [(team, cost, sales) for team, cost, sales, _rate in rows],
            [(self.team_field, 100, 1000), (self.team_other, 50, 0)],
        )
        self.assertEqual([rate and float(rate) for *_row, rate in rows], [10, False])

    def test_pay_stands_beside_the_attainment_of_the_person(self):
        pay = self.env["sales.incentive.pay"].with_user(self.director)
        rows = pay._read_group(
            [("user_id", "=", self.salesperson.id)],
            ["month:month"],
            ["attainment:avg", "pay:sum"],
        )
        self.assertEqual(
            [(float(attainment), earned) for _month, attainment, earned in rows],
            [(100, 100), (100, 100), (200, 200)],
        )
        [[attainment, average]] = pay._read_group(
            [("band", "!=", False)], [], ["attainment:avg", "average_pay:avg"]
        )
        self.assertAlmostEqual(float(attainment), 133.33)
        self.assertAlmostEqual(average, 133.33, 2)
        outsider = pay.search([("user_id", "=", self.outsider.id)])
        self.assertFalse(outsider.band)

    def test_the_analysis_is_not_for_leaders_and_salespeople(self):
        self.company.sales_incentive_show_pay = True
        for model in REPORTS:
            for user in (self.salesperson, self.leader):
                reports = self.env[model].with_user(user)
                with self.subTest(model, user=user.login):
                    with self.assertRaises(AccessError):
                        reports.search([])
                    with self.assertRaises(AccessError):
                        reports.formatted_read_group([], ["company_id"], ["__count"])
            for user in (self.director, self.officer, self.hr_manager, self.finance):
                self.assertTrue(self.env[model].with_user(user).search([]))

    # ------------------------------------------------------------------
    # Cockpit
    # ------------------------------------------------------------------

    def _get_panels(self, user, **choice):
        return self.env["sales.cockpit"].with_user(user).get_data(**choice)["panels"]

    def test_the_director_sees_cost_pay_and_months_that_wait(self):
        data = self._get_panels(self.director)["incentive_costs"]
        month, year = data["figures"]
        self.assertEqual((month["cost"], month["rate"]), (200, None))
        self.assertEqual((year["cost"], year["sales"], year["rate"]), (450, 1000, 45))
        self.assertEqual(
            [(point["name"], point["y"]) for point in data["points"]],
            [("Test Salesperson", 400)],
        )
        self.assertAlmostEqual(data["points"][0]["x"], 133.33)
        self.assertEqual(
            [(row["name"], row["step"]) for row in data["months"]],
            [
                ("January 2026", "To be published"),
                ("February 2026", "To be published"),
                ("March 2026", "To be published"),
            ],
        )

    def test_salespeople_see_their_own_month_so_far(self):
        panels = self._get_panels(self.salesperson)
        self.assertNotIn("incentive_costs", panels)
        self.assertEqual(
            {name: panels["my_earnings"][name] for name in ("earned", "payable")},
            {"earned": 200, "payable": 200},
        )
        self.assertNotIn("my_earnings", self._get_panels(self.colleague))

    def test_leaders_see_no_pay_of_others(self):
        for scope in ("team", "my", "company"):
            panels = self._get_panels(self.leader, scope=scope)
            self.assertFalse({"incentive_costs", "my_earnings"} & panels.keys())
