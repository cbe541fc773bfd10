# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from odoo.addons.sales_efficiency_base.tools import Period

from .expense_benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
class TestUiExpenseBenefit(BenefitCommon, HttpCase):
    """A director compares spending and moves money in the browser."""

    @classmethod
    def _create_budget_plan(cls, **values):
        # The browser has its own clock, so the plan is that of this year.
        today = cls.company._get_sales_today()
        year = Period.year(today, cls.company)
        return super()._create_budget_plan(date_from=year.start, **values)

    def _spend_and_sell(self):
        today = self.company._get_sales_today()
        year = Period.year(today, self.company)
        for day, field, other in (
            (year.previous_year().start, 1, 1),
            (year.start, 1.5, 2),
        ):
            self._spend(self.kind_travel, day, 1000 * field, team=self.team_field)
            self._spend(self.kind_travel, day, 1000 * other, team=self.team_other)
            self._spend(self.kind_marketing, day, 1000)
        for day, field, other in (
            (year.previous_year().start, 50, 50),
            (year.start, 150, 75),
        ):
            self._sell(field, day)
            self._sell(other, day, user=self.outsider)
        self.fair.write({"sales_date_from": year.start, "sales_date_to": year.start})
        self.env["sales.mart"]._refresh()

    def test_a_director_proposes_a_move(self):
        self._start_budgets()
        self._spend_and_sell()
        self.start_tour(
            "/odoo/action-sales_efficiency_resource.sales_expense_benefit_action",
            "sales_expense_benefit_of_director",
            login="test_director",
        )
        move = self.env["sales.budget.move"].search([])
        self.assertEqual(move.state, "draft")
        self.assertEqual(move.amount, 5000)
        self.assertEqual(move.line_ids.source_id, self.travel_other)
        self.assertEqual(move.line_ids.dest_id, self.travel_field)

    def test_the_board_downloads(self):
        self._spend_and_sell()
        self.authenticate("test_director", "test_director")
        url = "/sales_efficiency_resource/benefit/xlsx?by=team_id"
        response = self.url_open(f"{url}&kind={self.kind_travel.id}")
        self.assertEqual(response.status_code, 200)
        self.assertIn("spreadsheet", response.headers["Content-Type"])
        self.authenticate("test_salesperson", "test_salesperson")
        self.assertEqual(self.url_open(url).status_code, 403)

    def test_a_salesperson_plans_a_fair(self):
        self.start_tour(
            "/odoo/action-sales_efficiency_resource.sales_campaign_action",
            "sales_campaign_of_salesperson",
            login="test_salesperson",
        )
        fair = self.env["utm.campaign"].search([("title", "=", "Spring Fair")])
        self.assertEqual(fair.sales_planned_cost, 800)
