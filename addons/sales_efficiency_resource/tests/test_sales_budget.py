# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from ast import literal_eval
from datetime import date

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from .expense_budget_common import BudgetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-10 12:00:00")
class TestSalesBudget(BudgetCommon):
    """A budget is a target whose metric is an expense (policy 5.3.1)."""

    def test_a_budget_limits_expenses_and_nothing_else_does(self):
        with self.assertRaisesRegex(ValidationError, "does not sum up expenses"):
            self._create_budget(metric_id=self.ordered.id, amount=5)
        with self.assertRaisesRegex(ValidationError, "Plan it as a budget"):
            self._create_target(metric_id=self.expense.id, amount=5)

    def test_a_budget_is_not_negative(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            self._create_budget(team_id=self.team_field.id, amount=-5)

    def test_new_budgets_are_of_a_budget_plan(self):
        self.plan.action_submit()
        form = Form(
            self.env["sales.target"]
            .with_user(self.director)
            .with_context(sales_budgets=True),
            "sales_efficiency_resource.sales_budget_view_form",
        )
        self.assertEqual(form.plan_id, self.budget_plan)
        self.assertEqual(form.metric_id, self.expense)
        form.team_id = self.team_field
        form.parent_id = self.budget
        form.amount = 12
        self.assertEqual(form.save().purpose, "budget")

    def test_a_budget_plan_runs_beside_the_plan_of_sales_targets(self):
        self._start()
        self._start_budgets()
        self.assertEqual(self.budget_plan.name, "Expense Budget 2026")
        other = self._create_budget_plan(date_from=date(2026, 4, 1))
        other.name = "Other"
        self.env["sales.target"].create(
            {"plan_id": other.id, "metric_id": self.expense.id, "amount": 5}
        )
        other.action_submit()
        with self.assertRaisesRegex(ValidationError, "already has a plan"):
            other.action_start()

    def test_expenses_have_no_pipeline(self):
        self.assertFalse(self.expense._has_pipeline())
        self.assertTrue(self.ordered._has_pipeline())

    def test_what_is_used_committed_and_left(self):
        self._start_budgets()
        self._spend(self.kind_travel, "2026-11-03", 800, self.team_field)
        self._spend(self.kind_travel, "2026-10-03", 200, self.team_other)
        self._spend(self.kind_marketing, "2026-11-04", 100, post=False)
        self.env.invalidate_all()
        self.assertRecordValues(
            self.budget + self.travel + self.travel_field + self.marketing,
            [
                {"budget_used": 1000, "budget_committed": 100, "budget_left": 238_900},
                {"budget_used": 1000, "budget_committed": 0, "budget_left": 119_000},
                {"budget_used": 800, "budget_committed": 0, "budget_left": 59_200},
                {"budget_used": 0, "budget_committed": 100, "budget_left": 119_900},
            ],
        )
        self.env["sales.target.result"]._refresh(self.budget_plan.target_ids)
        row = self.env["sales.target.result"].search(
            [
                ("target_id", "=", self.travel.id),
                ("period", "=", "month"),
                ("date_from", "=", "2026-11-01"),
            ]
        )
        self.assertRecordValues(
            row,
            [
                {
                    "amount": 10_000,
                    "actual": 800,
                    "pipeline": 0,
                    "budget_left": 9_200,
                    "budget_used_percent": 8,
                }
            ],
        )

    def test_an_overspent_budget_warns(self):
        self._start_budgets()
        rule = self.env["sales.alert.rule"].create(
            {
                "name": "Budget overspent",
                "kind": "target",
                "purpose": "budget",
                "applies_to": "team",
                "period": "to_date",
                "warning_line": 100,
                "critical_line": 90,
                "min_elapsed": 0,
            }
        )
        self._spend(self.kind_travel, "2026-11-03", 70_000, self.team_field)
        self.env["sales.target.result"]._refresh(self.budget_plan.target_ids)
        self.env["sales.alert"]._evaluate_rules()
        alerts = self.env["sales.alert"].search(
            [("rule_id", "=", rule.id), ("state", "!=", "closed")]
        )
        self.assertEqual(alerts.target_id, self.travel_field)
        to_do = alerts._prepare_to_do()
        self.assertIn("more used than planned", to_do["summary"])
        self.assertIn("used $", to_do["note"].replace("\N{NO-BREAK SPACE}", " "))
        with self.assertRaisesRegex(UserError, "no gap analysis"):
            alerts.with_user(self.director).action_open_gap_analysis()

    def test_rules_watch_targets_or_budgets(self):
        self._start()
        self._start_budgets()
        rule = self.env["sales.alert.rule"].create({"name": "Test", "kind": "target"})
        targets = self.env["sales.target"]
        for purpose, shown, hidden, xml_id in (
            ("sales", self.root, self.budget, "target.sales_target_action"),
            ("budget", self.budget, self.root, "resource.sales_budget_action"),
        ):
            rule.purpose = purpose
            action = rule.action_open_targets()
            found = targets.search(action["domain"])
            self.assertIn(shown, found)
            self.assertNotIn(hidden, found)
            self.assertEqual(
                action["id"], self.env.ref(f"sales_efficiency_{xml_id}").id
            )
            self.assertEqual(shown.action_open_parts()["id"], action["id"])

    def test_sales_are_not_divided_by_kind_of_expense(self):
        with self.assertRaisesRegex(ValidationError, "Nothing is sold by kind"):
            self._create_target(expense_kind_id=self.kind_travel.id, amount=5)
        for target, is_offered in ((self.root, False), (self.budget, True)):
            cascades = self.env["sales.target.cascade"].with_user(self.director)
            cascades = cascades.with_context(default_target_id=target.id)
            selection = cascades.fields_get(["dimension"])["dimension"]["selection"]
            self.assertEqual("expense_kind_id" in dict(selection), is_offered)

    def test_a_budget_is_of_what_claims_are_checked_against(self):
        narrow = self.expense.copy(
            {"name": "Test", "code": "test_narrow", "domain": "[('team_id', '=', 1)]"}
        )
        self.assertFalse(narrow.is_expense)
        self.assertTrue(self.kind_travel.metric_id.is_expense)
        self.assertTrue(self.expense.is_expense)
        narrow.domain = "[]"
        self.assertTrue(narrow.is_expense)
        self._create_budget(metric_id=narrow.id, amount=5)
        with self.assertRaisesRegex(ValidationError, "does not sum up expenses"):
            narrow.domain = "[('team_id', '=', 1)]"

    def test_imported_targets_are_sales_targets(self):
        field = self.env["sales.import"]._fields["target_plan_id"]
        plans = self.env["sales.target.plan"].search(literal_eval(field.domain))
        self.assertIn(self.plan, plans)
        self.assertNotIn(self.budget_plan, plans)

    def test_meetings_are_about_sales_targets(self):
        if "sales.meeting" not in self.env:
            self.skipTest("There are no meetings without the add-on of reviews.")
        self._start()
        self._start_budgets()
        self.env["sales.target.result"]._refresh(
            self.budget_plan.target_ids | self.plan.target_ids
        )
        meeting = self.env["sales.meeting"].create(
            {"date": "2026-11-09 08:00:00", "user_id": self.director.id}
        )
        meeting.action_generate_pack()
        targets = meeting.line_ids.target_id
        self.assertIn(self.root, targets)
        self.assertFalse(targets & self.budget_plan.target_ids)

    def test_the_number_of_queries_does_not_depend_on_the_budgets(self):
        self._start_budgets()
        few, many = self.travel_field.ids, self.budget_plan.target_ids.ids
        counts = []
        for ids in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.env["sales.target"].browse(ids).mapped("budget_left")
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])

    def test_budgets_stand_apart(self):
        self._start()
        self._start_budgets()
        for xml_id, shows in (
            ("sales_efficiency_target.sales_target_action", False),
            ("sales_efficiency_target.sales_target_plan_action", False),
            ("sales_efficiency_resource.sales_budget_action", True),
            ("sales_efficiency_resource.sales_budget_plan_action", True),
        ):
            action = self.env["ir.actions.act_window"]._for_xml_id(xml_id)
            self.assertIn("budget" if shows else "sales", action["domain"])
        action = self.budget_plan.with_user(self.director).action_open_targets()
        found = self.env["sales.target"].search(action["domain"])
        self.assertIn(self.budget, found)
        self.assertNotIn(self.root, found)

    def test_a_fiscal_year_from_april(self):
        self.company.write({"fiscalyear_last_month": "3", "fiscalyear_last_day": 31})
        plan = self.env["sales.target.plan"].create({"purpose": "budget"})
        self.assertEqual(plan.date_from, date(2026, 4, 1))
        self.assertEqual(plan.name, "Expense Budget 2026/2027")

    # ------------------------------------------------------------------
    # Board
    # ------------------------------------------------------------------

    def _board(self, user, **choice):
        return self.env["sales.target.plan"].with_user(user).get_budget_board(**choice)

    def test_the_board_shows_kinds_by_month(self):
        self._start_budgets()
        self._spend(self.kind_marketing, "2026-11-04", 12_000)
        board = self._board(self.director)
        self.assertEqual(board["plan_id"], self.budget_plan.id)
        names = [row["name"] for row in board["rows"]]
        self.assertEqual(names, ["All expenses", "Test Marketing", "Test Travel"])
        november = board["rows"][1]["months"][10]
        self.assertEqual((november["used"], november["left"]), (12_000, -2_000))
        self.assertEqual(november["state"], "exceeded")
        self.assertTrue(board["months"][10]["is_current"])

    def test_the_light_is_that_of_a_claim(self):
        self._start_budgets()
        self._spend(self.kind_marketing, "2026-11-04", 8_200)
        self._spend(self.kind_marketing, "2026-11-05", 1_100, post=False)
        november = self._board(self.director)["rows"][1]["months"][10]
        self.assertEqual((november["left"], november["state"]), (700, "warning"))

    def test_everybody_sees_their_part_of_the_board(self):
        self.travel_field.write({"budget_source_id": self.root.id, "budget_ratio": 5})
        self._start_budgets()
        accountant = self._create_accountant()
        manager = self._create_user_of("account.group_account_manager")
        for user, scopes in (
            (self.director, 3),
            (accountant, 3),
            (manager, 3),
            (self.leader, 1),
            (self.salesperson, 1),
        ):
            with self.subTest(user.login):
                self.assertEqual(len(self._board(user)["scopes"]), scopes)
        board = self._board(self.salesperson)
        self.assertEqual([row["year"]["budget"] for row in board["rows"]], [60_000])
        self.assertFalse(board["rows"][0]["can_open"])
        for user, ratio, target in (
            (self.salesperson, None, None),
            (self.director, 5, self.root.amount),
        ):
            with self.subTest(user.login):
                scope = f"team_id:{self.team_field.id}"
                [row] = self._board(user, scope=scope)["rows"]
                self.assertEqual((row["ratio"], row["sales_target"]), (ratio, target))
        employee = self._create_user_of("base.group_user")
        with self.assertRaises(AccessError):
            self._board(employee)

    def test_a_board_that_does_not_exist_is_the_current_one(self):
        board = self._board(self.director, plan_id="nonsense", scope=["nonsense"])
        self.assertEqual(board["plan_id"], self.budget_plan.id)

    def test_money_leaves_a_budget_by_a_button(self):
        self._start_budgets()
        action = self.marketing.with_user(self.director).action_move_money()
        form = Form(
            self.env["sales.budget.move"]
            .with_user(self.director)
            .with_context(**action["context"])
        )
        self.assertEqual(form.plan_id, self.budget_plan)
        with self.assertRaises(UserError):
            self.travel_field.with_user(self.director).action_acknowledge()
