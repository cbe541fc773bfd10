# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

import openpyxl

from odoo.tests import HttpCase, freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import Period

from .expense_budget_common import BudgetCommon


@tagged("post_install", "-at_install")
class TestUiBudget(BudgetCommon, HttpCase):
    """The budget board as a workbook and a PDF, as the user sees it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-11-10 12:00:00"):
            cls._start_budgets()
            cls._spend(cls.kind_marketing, "2026-11-04", 12_000)
        for user in cls.director + cls.leader:
            user.password = user.login

    def _open(self, user, kind, scope=""):
        self.authenticate(user.login, user.login)
        plan = self.budget_plan.id
        return self.url_open(
            f"/sales_efficiency_resource/budget/{plan}/{kind}?scope={scope}"
        )

    def test_the_workbook_holds_the_months(self):
        response = self._open(self.director, "xlsx")
        self.assertEqual(response.status_code, 200)
        sheet = openpyxl.load_workbook(BytesIO(response.content)).active
        rows = list(sheet.iter_rows(min_row=4, values_only=True))
        used = next(r for r in rows if r[:2] == ("Test Marketing", "Used"))
        self.assertEqual((used[12], used[14]), (12_000, 12_000))
        left = next(r for r in rows if r[:2] == ("Test Marketing", "Left"))
        self.assertEqual(left[12], -2_000)

    def test_the_pdf_is_made_of_the_same_board(self):
        board = self.env["sales.target.plan"].get_budget_board(self.budget_plan.id)
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "sales_efficiency_resource.sales_budget_board_report",
            self.budget_plan.ids,
            data={"board": board},
        )
        self.assertIn("Test Marketing", html.decode())
        self.assertIn("12,000", html.decode())

    def _render(self):
        board = self.env["sales.target.plan"].get_budget_board(self.budget_plan.id)
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "sales_efficiency_resource.sales_budget_board_report",
            self.budget_plan.ids,
            data={"board": board},
        )
        return html.decode()

    def test_the_pdf_shows_cents_where_there_are_some(self):
        self.assertIn(f"in {self.company.currency_id.name}", self._render())
        self.assertNotIn("12,000.00", self._render())
        with freeze_time("2026-11-10 12:00:00"):
            self._spend(self.kind_marketing, "2026-11-05", 0.01)
        self.assertIn("12,000.01", self._render())

    def test_a_currency_without_decimals_has_none_in_the_workbook(self):
        self.assertEqual(self._get_formats(), {"#,##0.00"})
        # Odoo keeps the decimals of a currency in use.
        currency = self.company.currency_id
        self.env.cr.execute(
            "UPDATE res_currency SET rounding = 1, decimal_places = 0 WHERE id = %s",
            currency.ids,
        )
        currency.invalidate_recordset()
        self.assertEqual(self._get_formats(), {"#,##0"})

    def _get_formats(self):
        content = self._open(self.director, "xlsx").content
        sheet = openpyxl.load_workbook(BytesIO(content)).active
        self.assertIn(self.company.currency_id.name, sheet["A2"].value)
        return {cell.number_format for cell in sheet[4][2:15]}

    def test_leaders_download_their_own_budgets_only(self):
        response = self._open(self.leader, "xlsx")
        sheet = openpyxl.load_workbook(BytesIO(response.content)).active
        names = {row[0] for row in sheet.iter_rows(min_row=4, values_only=True)}
        self.assertNotIn("Test Marketing", names)

    def test_others_find_nothing(self):
        employee = self._create_user_of("base.group_user")
        employee.password = employee.login
        self.assertEqual(self._open(employee, "xlsx").status_code, 404)
        plan = self.plan
        self.authenticate(self.director.login, self.director.login)
        response = self.url_open(f"/sales_efficiency_resource/budget/{plan.id}/xlsx")
        self.assertEqual(response.status_code, 404)


@tagged("post_install", "-at_install")
class TestUiBudgetTours(BudgetCommon, HttpCase):
    """A director makes a budget from targets, and moves money in the browser."""

    @classmethod
    def _create_budget_plan(cls, **values):
        # The browser has its own clock, so the plan is that of this year.
        today = cls.company._get_sales_today()
        year = Period.year(today, cls.company)
        return super()._create_budget_plan(date_from=year.start, **values)

    def test_a_director_makes_a_budget_from_targets(self):
        self.budget_plan.target_ids.unlink()
        self.budget_plan.unlink()
        self.start_tour(
            "/odoo/action-sales_efficiency_target.sales_target_plan_action/"
            f"{self.plan.id}",
            "sales_budget_from_targets_of_director",
            login=self.director.login,
        )
        budget = self.env["sales.target"].search(
            [("expense_kind_id", "=", self.kind_travel.id), ("team_id", "=", False)]
        )
        self.assertEqual(budget.plan_id.purpose, "budget")
        self.assertEqual(budget.amount, 0.025 * self.root.amount)

    def test_a_director_moves_money(self):
        self._start_budgets()
        self._create_user("director", login="second_director")
        self.start_tour(
            "/odoo/action-sales_efficiency_resource.sales_budget_action/"
            f"{self.marketing.id}",
            "sales_budget_move_of_director",
            login=self.director.login,
        )
        move = self.env["sales.budget.move"].search([])
        self.assertEqual((move.state, move.amount), ("requested", 500))
        self.assertEqual(move.line_ids.source_id, self.marketing)
        self.assertEqual(move.line_ids.dest_id.expense_kind_id, self.kind_travel)
