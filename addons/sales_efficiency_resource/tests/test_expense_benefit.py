# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from io import BytesIO

from openpyxl import load_workbook

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tools import close_app

from ..engine.expense import FINANCE, BenefitBoard
from .expense_benefit_common import BenefitCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-10-15 12:00:00")
class TestExpenseBenefit(BenefitCommon):
    """What was spent, and what stands alongside (policy 5.3.3)."""

    def _spend_and_sell(self):
        """Travel of two teams and marketing in both years, with sales alongside"""
        self._spend(self.kind_travel, "2026-02-10", 600, team=self.team_field)
        self._spend(self.kind_travel, "2026-02-10", 200, team=self.team_other)
        self._spend(self.kind_marketing, "2026-02-10", 1000)
        self._spend(self.kind_travel, "2025-02-10", 500, team=self.team_field)
        self._sell(100, "2026-03-01")
        self._sell(10, "2026-03-01", user=self.outsider)
        self._sell(50, "2025-03-01")
        self.env["sales.mart"]._refresh()

    def test_kinds_stand_alongside_the_sales_of_the_company(self):
        self._spend_and_sell()
        travel = self._get_row("Test Travel")
        self.assertEqual(travel["spent"], 800)
        self.assertEqual(travel["before"], 500)
        self.assertEqual(travel["growth"], 60)
        self.assertAlmostEqual(travel["share"], 100 * 800 / 11_000)
        self.assertAlmostEqual(travel["moved"], 100 * 800 / 11_000 - 10)
        self.assertEqual(travel["per_order"], 400)
        # Margin 40 each: 4,400 and 2,000
        self.assertEqual(travel["marginal"], 2400 / 300)

    def test_spending_100000_to_120000_margin_1000000_to_1030000(self):
        self._spend(self.kind_travel, "2025-02-10", 100_000)
        self._spend(self.kind_travel, "2026-02-10", 120_000)
        self._sell(25_000, "2025-03-01")
        self._sell(25_750, "2026-03-01")
        self.env["sales.mart"]._refresh()
        self.assertEqual(self._get_row("Test Travel")["marginal"], 1.5)

    def test_what_has_no_denominator_has_no_value(self):
        self._spend(self.kind_travel, "2026-02-10", 800)
        travel = self._get_row("Test Travel")
        for name in ("share", "per_order", "per_new_customer", "per_won", "growth"):
            self.assertIsNone(travel[name], name)

    def test_a_word_says_why_there_is_no_marginal(self):
        self._spend_and_sell()
        rows = {row["name"]: row for row in self._get_board()["rows"]}
        self.assertIsNone(rows["Test Marketing"]["values"]["marginal"])
        self.assertEqual(
            rows["Test Marketing"]["notes"]["marginal"], "Nothing was spent last year"
        )
        self._spend(self.kind_marketing, "2025-02-10", 950)
        rows = {row["name"]: row for row in self._get_board()["rows"]}
        self.assertEqual(
            rows["Test Marketing"]["notes"]["marginal"],
            "Spending moved by less than 10 %",
        )

    def test_later_days_of_last_year_do_not_count(self):
        self._spend_and_sell()
        self._spend(self.kind_travel, "2025-10-16", 999)
        self.assertEqual(self._get_row("Test Travel")["before"], 500)

    def test_teams_compare_with_their_peers(self):
        self._spend_and_sell()
        third = self.env["crm.team"].create(
            {"name": "Test Third", "parent_id": self.team_department.id}
        )
        self._spend(self.kind_travel, "2026-02-10", 300, team=third)
        self._sell(10, "2026-03-01", user=self.leader, team_id=third.id)
        self.env["sales.mart"]._refresh()
        row = self._get_row("Test Field", by="team_id")
        self.assertEqual(row["share"], 6)
        self.assertEqual(row["peers"], 30)
        department = self._get_row("Test Department", by="team_id")
        self.assertEqual(department["spent"], 900)
        self.assertEqual(department["peers"], 20)

    def test_a_kind_narrows_the_spending_of_teams_and_not_their_sales(self):
        self._spend_and_sell()
        asked = {"by": "team_id", "kind": self.kind_marketing.id}
        row = self._get_row("Test Field", **asked)
        self.assertEqual((row["spent"], row["share"]), (0, 0))
        self.assertEqual(self._get_row("Without", **asked)["spent"], 1000)

    def test_the_total_includes_what_has_no_team(self):
        self._spend_and_sell()
        self.assertEqual(self._get_row("Without", by="team_id")["spent"], 1000)
        self.assertEqual(self._get_row("Total", by="team_id")["spent"], 1800)

    def test_rows_that_are_cut_off_are_summed_up(self):
        self._spend_and_sell()
        board = self._cut("expense_kind_id", 1)
        names = [row["name"] for row in board["rows"]]
        self.assertEqual(names, ["Test Marketing", "Others (1)", "Total"])
        self.assertEqual(board["rows"][1]["values"]["spent"], 800)
        self.assertEqual(board["rows"][1]["values"]["growth"], 60)
        self.assertIn("1 of 2 rows", board["cut"])
        self.assertFalse(self._cut("expense_kind_id", None)["cut"])

    def test_what_belongs_to_a_hidden_row_is_not_without_it(self):
        self._spend_and_sell()
        board = self._cut("team_id", 1)
        rows = {row["name"]: row["values"] for row in board["rows"]}
        self.assertEqual(rows["Without"]["spent"], 1000)
        self.assertEqual(rows["Others (1)"]["spent"], 200)

    def test_campaigns_that_are_cut_off_are_summed_up(self):
        self._spend_on(self.fair, 30)
        for amount in (20, 10):
            self._spend_on(self._create_campaign(title=str(amount)), amount)
        board = self._cut("campaign_id", 1)
        names = [row["name"] for row in board["rows"]]
        self.assertEqual(names, ["Test Fair", "Others (2)"])
        self.assertEqual(board["rows"][1]["values"]["cost"], 30)
        self.assertEqual(board["charts"][0]["labels"], ["Test Fair"])

    def _cut(self, by, length):
        boards = self.env["sales.expense.benefit"].with_user(self.director)
        return BenefitBoard.of(boards._choose({"by": by})).get_data(length)

    def test_a_kind_includes_those_below(self):
        below = self.env["sales.expense.kind"].create(
            {"name": "Test Flights", "parent_id": self.kind_travel.id}
        )
        self.kind_travel.account_ids = False
        below.account_ids = self.account_travel
        self._spend(self.kind_travel, "2026-02-10", 800)
        rows = {row["name"]: row for row in self._get_board()["rows"]}
        self.assertEqual(rows["Test Travel"]["values"]["spent"], 800)
        self.assertEqual(rows["Test Flights"]["depth"], 1)
        self.assertEqual(rows["Total"]["values"]["spent"], 800)

    def test_people_regions_and_channels_can_be_compared(self):
        self._spend_and_sell()
        board = self._get_board()
        names = [dimension["id"] for dimension in board["dimensions"]]
        self.assertEqual(names[0], "expense_kind_id")
        for name in ("region_id", "team_id", "user_id", "channel_id", "campaign_id"):
            self.assertIn(name, names)
            self.assertEqual(self._get_board(by=name)["by"], name)

    def test_campaigns_have_what_is_attributed_to_them(self):
        self.product.standard_price = 75
        self._spend_on(self.fair, 20_000)
        self._sell_for(self.fair, 2000)
        free = self._create_campaign(title="Free", sales_planned_cost=50)
        row = self._get_row("Test Fair", by="campaign_id")
        self.assertEqual((row["roi"], row["roas"]), (150, 10))
        row = self._get_row(free.title, by="campaign_id")
        self.assertEqual((row["cost"], row["planned"], row["roi"]), (0, 50, None))

    def test_campaigns_show_the_chosen_period_only(self):
        self._spend_on(self.fair, 100)
        self._sell_for(self.fair, 10, day="2026-10-05")
        row = self._get_row("Test Fair", by="campaign_id", period="month")
        self.assertEqual((row["cost"], row["sales"]), (0, 1000))

    def test_a_campaign_of_another_company_keeps_its_figures(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.fair.write({"company_id": other.id, "sales_planned_cost": 7})
        idle = self._create_campaign(title="Idle", company_id=other.id)
        self._sell_for(self.fair, 10)
        board = self._get_board(by="campaign_id")
        rows = {row["name"]: row["values"] for row in board["rows"]}
        self.assertEqual(rows["Test Fair"]["sales"], 1000)
        # Planned in the money of the other company
        self.assertIsNone(rows["Test Fair"]["planned"])
        self.assertNotIn(idle.title, rows)

    def test_no_text_claims_a_cause(self):
        self._spend_and_sell()
        for by in ("expense_kind_id", "team_id"):
            self.assertIn("alongside", self._get_board(by=by)["basis"])
        board = self._get_board(by="campaign_id")
        self.assertIn("attributed", board["basis"])
        self.assertNotIn("caus", str(board))

    def test_the_charts_have_the_rows_beside_each_other(self):
        self._spend_and_sell()
        months, spent, share = self._get_board(by="team_id")["charts"]
        self.assertEqual(len(months["labels"]), 12)
        self.assertEqual(months["series"][0]["values"][1], 1800)
        self.assertIsNone(months["series"][0]["values"][11])
        self.assertEqual(set(spent["labels"]), {"Test Department", "Test Other"})
        self.assertEqual(len(share["series"]), 1)

    def test_leaders_see_their_teams_and_others_nothing(self):
        self._spend_and_sell()
        board = self._get_board(self.leader, by="team_id")
        names = {row["name"] for row in board["rows"]}
        self.assertEqual(names, {"Test Department", "Test Field", "Total"})
        self.assertEqual(
            self._get_row("Total", self.leader, scope="company")["spent"], 600
        )
        for user in (self.salesperson, self._create_support(self.team_field)):
            with self.assertRaises(AccessError):
                self._get_board(user)
            with self.assertRaises(AccessError):
                self.env["sales.expense.benefit"].with_user(user).action_propose()

    def test_finance_sees_the_company_without_opening_figures(self):
        self._spend_and_sell()
        board = self._get_board(self.finance)
        self.assertEqual(board["rows"][-1]["values"]["spent"], 1800)
        self.assertFalse(board["can_open"])
        self.assertFalse(board["can_propose"])
        self.assertEqual([scope["id"] for scope in board["scopes"]], ["company"])

    def test_the_administrator_of_invoicing_keeps_the_books_too(self):
        self._spend_and_sell()
        self._spend_on(self.fair, 100)
        manager = self._create_user_of("account.group_account_manager")
        board = self._get_board(manager)
        self.assertEqual(board["rows"][-1]["values"]["spent"], 1900)
        self.assertEqual(self.fair.with_user(manager).sales_cost, 100)
        for model in ("sales.budget.move", "sales.budget.move.line"):
            records = self.env[model].with_user(manager)
            self.assertTrue(records.has_access("read"))
            self.assertFalse(records.has_access("write"))
        shown = self.env["ir.ui.menu"].with_user(manager)._visible_menu_ids()
        for name in (
            "sales_budget_board_menu",
            "sales_budget_move_menu",
            "sales_expense_benefit_menu",
            "sales_campaign_menu",
        ):
            menu = self.env.ref(f"sales_efficiency_resource.{name}")
            self.assertIn(menu.id, shown, name)

    def test_the_app_closes_to_finance_when_nothing_there_is_left_for_it(self):
        app = self.env.ref("sales_efficiency_base.menu_sales_efficiency_root")
        finance = self.env["res.groups"].union(*map(self.env.ref, FINANCE.split(",")))
        others = self.env["ir.ui.menu"].create(
            {
                "name": "Incentives",
                "parent_id": app.id,
                "group_ids": [Command.set(finance.ids)],
            }
        )
        others.search([("id", "child_of", app.id)]).filtered(
            lambda menu: menu.get_external_id()[menu.id].startswith(
                ("sales_efficiency_incentive", "sales_efficiency_team")
            )
        ).group_ids -= finance
        close_app(self.env, "sales_efficiency_resource", FINANCE.split(","))
        self.assertEqual(app.group_ids & finance, finance)
        others.unlink()
        close_app(self.env, "sales_efficiency_resource", FINANCE.split(","))
        self.assertFalse(app.group_ids & finance)

    def test_nonsense_asks_for_the_usual(self):
        usual = self._get_board()
        asked = {
            "scope": ["company"],
            "period": {"a": 1},
            "date_from": 7,
            "by": "margin",
            "kind": "1; DROP TABLE",
            "others": True,
        }
        self.assertEqual(self._get_board(**asked), usual)
        self.assertEqual(self._get_board(by="team_id", kind=-1)["kind"], False)

    def test_the_board_takes_as_many_queries_for_many_rows(self):
        self._spend_and_sell()
        for by in ("expense_kind_id", "team_id", "campaign_id"):
            self._get_board(by=by)
        before = {}
        for by in ("expense_kind_id", "team_id", "campaign_id"):
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self._get_board(by=by)
            before[by] = self.env.cr.sql_log_count - start
        for number in range(12):
            kind = self.env["sales.expense.kind"].create({"name": f"Kind {number}"})
            self.env["account.account"].create(
                {
                    "name": kind.name,
                    "code": f"T70{number:02}",
                    "account_type": "expense",
                }
            )
            team = self.env["crm.team"].create({"name": f"Team {number}"})
            self._spend(self.kind_travel, "2026-02-10", 10, team=team)
            self._spend_on(self._create_campaign(title=f"Campaign {number}"), 10)
        for by, queries in before.items():
            self.env.invalidate_all()
            with self.subTest(by), self.assertQueryCount(queries):
                self._get_board(by=by)

    def test_figures_of_a_row_open(self):
        self._spend_and_sell()
        boards = self.env["sales.expense.benefit"].with_user(self.director)
        action = boards.action_open_figures(
            record_id=self.team_field.id, by="team_id", kind=self.kind_travel.id
        )
        facts = self.env["sales.fact"].with_user(self.director).search(action["domain"])
        self.assertEqual(sum(facts.mapped("amount")), 600)

    def test_the_workbook_has_the_table(self):
        self._spend_and_sell()
        boards = self.env["sales.expense.benefit"].with_user(self.director)
        name, content = boards._get_sheet({"by": "team_id"})
        self.assertEqual(name, "Benefit of Sales Expenses.xlsx")
        sheet = load_workbook(BytesIO(content)).active
        rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
        self.assertEqual(rows["Test Field"][1], 600)
        self.assertIn("alongside", str(list(rows)))

    def test_the_workbook_has_the_decimals_of_the_currency(self):
        self._spend_and_sell()
        # Odoo keeps the decimals of a currency in use.
        currency = self.company.currency_id
        self.env.cr.execute(
            "UPDATE res_currency SET rounding = 1, decimal_places = 0 WHERE id = %s",
            currency.ids,
        )
        currency.invalidate_recordset()
        boards = self.env["sales.expense.benefit"].with_user(self.director)
        _name, content = boards._get_sheet({"by": "team_id"})
        sheet = load_workbook(BytesIO(content)).active
        self.assertEqual(sheet.cell(sheet.max_row, 2).number_format, "#,##0")

    def test_metrics_can_be_used_by_targets_and_scorecards(self):
        self._spend_and_sell()
        scope, year = self._scope(team_id=self.team_field.id), self._year()
        values = self.env["sales.metric"].ask(
            [
                "expense_ratio",
                "expense_per_order",
                "expense_per_new_customer",
                "expense_per_won",
            ],
            [scope],
            [year],
        )
        self.assertEqual(values["expense_ratio", scope, year], 6)
        self.assertEqual(values["expense_per_order", scope, year], 600)
        self.assertIsNone(values["expense_per_won", scope, year])
