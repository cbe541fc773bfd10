# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from freezegun import freeze_time

from odoo.tests import tagged

from .common import SalesTargetCommon


@freeze_time("2026-09-15 12:00:00")
@tagged("post_install", "-at_install")
class TestSalesTargetWorkedCases(SalesTargetCommon):
    """Special cases that targets must handle, each with figures."""

    def _result(self, target, period="to_date", month=None):
        self.env["sales.mart"]._refresh()
        self.env["sales.target.result"]._refresh(target)
        domain = [("target_id", "=", target.id), ("period", "=", period)]
        if month:
            domain.append(("date_from", "=", month))
        return self.env["sales.target.result"].search(domain)

    def test_a_sale_in_foreign_currency_counts_at_the_rate_of_its_day(self):
        foreign = self.setup_other_currency(
            "EUR", rates=[("2026-01-01", 2.0), ("2026-06-01", 4.0)]
        )
        pricelist = self.env["product.pricelist"].create(
            {"name": "Foreign", "currency_id": foreign.id}
        )
        target = self._create_target(user_id=self.salesperson.id, amount=12_000)
        self._sell(1, "2026-02-01", price=1000, pricelist_id=pricelist.id)
        self._sell(1, "2026-07-01", price=1000, pricelist_id=pricelist.id)
        self.assertEqual(self._result(target, "month", date(2026, 2, 1)).actual, 500)
        self.assertEqual(self._result(target, "month", date(2026, 7, 1)).actual, 250)

    def test_each_company_counts_its_own_sales(self):
        company_b = self.env["res.company"].create({"name": "Company B"})
        plan_b = self.env["sales.target.plan"].create(
            {"company_id": company_b.id, "date_from": date(2026, 1, 1)}
        )
        target_b = self._create_target(plan_id=plan_b.id, amount=1000)
        self._create_history(
            (date(2026, 5, 1), 70, {"company_id": company_b.id}),
            (date(2026, 5, 1), 900, {}),
        )
        before = self._result(self.root).actual
        self._sell(1, "2026-05-02", price=100)
        self.assertEqual(self._result(self.root).actual, before + 100)
        self.assertEqual(self._result(target_b).actual, 70)

    def test_who_has_left_keeps_what_was_sold(self):
        target = self._create_target(user_id=self.salesperson.id, amount=12_000)
        self._sell(1, "2026-03-01", price=500)
        self.salesperson.active = False
        result = self._result(target)
        self.assertEqual((result.actual, result.user_id), (500, self.salesperson))
        team = self._create_target(team_id=self.team_field.id, amount=12_000)
        self.assertEqual(self._result(team).actual, 500)

    def test_a_fiscal_year_from_april_has_its_own_quarters(self):
        plan = self.env["sales.target.plan"].create({"date_from": date(2026, 4, 1)})
        target = self._create_target(
            plan_id=plan.id, user_id=self.salesperson.id, amount=12_000
        )
        self._sell(1, "2026-03-31", price=100)
        self._sell(1, "2026-04-01", price=200)
        self._sell(1, "2026-07-01", price=400)
        to_date = self._result(target)
        self.assertEqual((to_date.date_from, to_date.actual), (date(2026, 4, 1), 600))
        first = self._result(target, "quarter", date(2026, 4, 1))
        self.assertEqual((first.amount, first.actual), (3000, 200))
        self.assertEqual(self._result(target, "year").date_to, date(2027, 3, 31))

    def test_of_100_million_51_are_assigned_and_49_are_kept(self):
        self.root.amount = 100_000_000
        for team, amount in (
            (self.team_department, 30_000_000),
            (self.team_other, 21_000_000),
        ):
            self._create_target(parent_id=self.root.id, team_id=team.id, amount=amount)
        self.assertEqual(self.root.assigned_percent, 51)
        self.assertEqual(-self.root.gap, 49_000_000)

    def test_one_person_is_asked_for_new_and_for_existing_business(self):
        scope = {"user_id": self.salesperson.id}
        self._create_target(amount=1000, **scope)
        new = self.env.ref("sales_efficiency_base.sales_metric_new_customers")
        both = self._create_target(metric_id=new.id, amount=12, **scope)
        both |= self._create_target(amount=300, categ_id=self.category.id, **scope)
        both |= self._create_target(
            amount=200, channel_id=self.channel_agent.id, **scope
        )
        self.assertEqual(len(both), 3)
