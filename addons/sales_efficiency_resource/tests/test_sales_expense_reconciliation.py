# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..tools import ReconciliationSheet
from .expense_spend_common import SalesExpenseCommon

DECEMBER = date(2019, 12, 1)


@tagged("post_install", "-at_install")
class TestSalesExpenseReconciliation(SalesExpenseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finance = new_test_user(
            cls.env, "finance", "account.group_account_user,base.group_user"
        )
        cls.rows = cls.env["sales.expense.reconciliation"].with_user(cls.finance)
        cls.bill = cls._bill(1000, invoice_user_id=cls.salesperson.id)
        cls._bill(300).action_post()  # not of sales
        cls._bill(50, cls.account_rent, campaign_id=cls.campaign.id).action_post()
        cls.bill.action_post()
        cls.env["sales.mart"]._refresh()

    def _find(self, **values):
        self.env.flush_all()
        self.env.invalidate_all()
        domain = [("company_id", "=", self.company.id), ("month", "=", DECEMBER)]
        return self.rows.search(
            domain + [(name, "=", value) for name, value in values.items()]
        )

    def test_ledger_sales_and_figures_agree(self):
        row = self._find(account_id=self.account_ads.id)
        self.assertRecordValues(
            row,
            [
                {
                    "expense_kind_id": self.kind_ads.id,
                    "ledger": 1300,
                    "sales": 1000,
                    "figures": 1000,
                    "difference": 0,
                    "unmapped": 0,
                }
            ],
        )

    def test_difference_shows_until_changes_are_taken_in(self):
        self._bill(99, team_id=self.team_field.id).action_post()
        row = self._find(account_id=self.account_ads.id)
        self.assertEqual(row.difference, 99)
        self.env["sales.mart"]._refresh()
        self.assertEqual(self._find(account_id=self.account_ads.id).difference, 0)

    def test_unmapped_items_open_and_are_gone_once_mapped(self):
        row = self._find(account_id=self.account_rent.id)
        self.assertRecordValues(
            row, [{"expense_kind_id": False, "ledger": 50, "sales": 0, "unmapped": 50}]
        )
        items = self.env["sales.expense.item"].with_user(self.finance)
        found = items.search(row.action_open_items()["domain"])
        self.assertRecordValues(
            found,
            [{"status": "unmapped", "amount": 50, "campaign_id": self.campaign.id}],
        )
        self.assertEqual(
            found.action_open_document()["res_id"], found.sudo().move_id.id
        )
        self.kind_ads.account_ids += self.account_rent
        row = self._find(account_id=self.account_rent.id)
        self.assertRecordValues(row, [{"sales": 50, "unmapped": 0}])

    def test_budget_stands_beside_what_was_spent(self):
        plan = self.env["sales.target.plan"].create(
            {
                "purpose": "budget",
                "date_from": "2019-01-01",
                "company_id": self.company.id,
            }
        )
        target = self.env["sales.target"].create(
            {
                "plan_id": plan.id,
                "metric_id": self.kind_ads.metric_id.id,
                "amount": 12000,
            }
        )
        self.env.flush_all()
        self.assertFalse(self._find(expense_kind_id=self.kind_ads.id, account_id=False))
        self.env.cr.execute(
            "UPDATE sales_target_plan SET state = 'running' WHERE id = %s", [plan.id]
        )
        month = target.month_ids.filtered(lambda line: line.month == DECEMBER)
        row = self._find(expense_kind_id=self.kind_ads.id, account_id=False)
        self.assertEqual(row.budget, month.amount)
        self.assertTrue(month.amount)

    def test_budgets_within_each_other_count_once(self):
        parent = self.kinds.create({"name": "Test Marketing"})
        self.kind_ads.parent_id = parent
        plan = self.env["sales.target.plan"].create(
            {
                "purpose": "budget",
                "date_from": "2019-01-01",
                "company_id": self.company.id,
            }
        )
        spent = self.env.ref("sales_efficiency_resource.sales_metric_sales_expense")
        targets = self.env["sales.target"].create(
            [
                {"plan_id": plan.id, "amount": amount, **values}
                for amount, values in (
                    (24000, {"metric_id": parent.metric_id.id}),
                    (12000, {"metric_id": self.kind_ads.metric_id.id}),
                    (
                        6000,
                        {
                            "metric_id": spent.id,
                            "expense_kind_id": self.kind_ads.id,
                            "team_id": self.team_field.id,
                        },
                    ),
                    (36000, {"metric_id": spent.id}),
                )
            ]
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE sales_target_plan SET state = 'running' WHERE id = %s", [plan.id]
        )
        month = targets[0].month_ids.filtered(lambda line: line.month == DECEMBER)
        rows = self._find(account_id=False)
        self.assertEqual(rows.mapped("budget"), month.mapped("amount"))
        self.assertEqual(rows.expense_kind_id, parent)

    def test_what_moves_after_closing_shows(self):
        self.company.fiscalyear_lock_date = "2019-12-31"
        self.assertEqual(self.company.sales_expense_closed_until, DECEMBER)
        row = self._find(account_id=self.account_ads.id)
        self.assertRecordValues(row, [{"closed": 1000, "moved": 0, "is_closed": True}])
        self.kind_ads.counts_all = True
        self.env["sales.mart"]._refresh()
        row = self._find(account_id=self.account_ads.id)
        self.assertRecordValues(row, [{"closed": 1000, "sales": 1300, "moved": 300}])
        self.company.fiscalyear_lock_date = "2019-12-30"
        row = self._find(account_id=self.account_ads.id)
        self.assertRecordValues(row, [{"closed": 0, "moved": 0, "is_closed": False}])
        self.assertEqual(self.company.sales_expense_closed_until, date(2019, 11, 1))
        self.company.fiscalyear_lock_date = "2019-12-31"
        row = self._find(account_id=self.account_ads.id)
        self.assertRecordValues(row, [{"closed": 1300, "moved": 0}])

    def test_open_claims_stand_among_the_items(self):
        claim = self._claim()
        claim.action_submit()
        self.env.flush_all()
        item = self.env["sales.expense.item"].search([("claim_id", "=", claim.id)])
        self.assertRecordValues(
            item, [{"event": "committed", "status": "sales", "amount": 1043.48}]
        )
        self.assertIn("Test Claim", item.display_name)

    def test_finance_and_directors_read_it_others_do_not(self):
        # Odoo Community has accountants of the one role and of the other.
        chief = new_test_user(
            self.env, "chief", "account.group_account_manager,base.group_user"
        )
        source = self.env["sales.mart.source"]
        for user in (self.finance, chief, self.director):
            rows = self.rows.with_user(user)
            self.assertTrue(rows.search([("month", "=", DECEMBER)]))
            freshness = source.with_user(user).get_freshness()
            self.assertEqual(freshness["can_refresh"], user == self.director)
        for user in (self.salesperson, self.leader):
            with self.assertRaises(AccessError):
                rows.with_user(user).search([])

    def test_either_role_of_accounting_finds_all_of_finance(self):
        for group in ("account.group_account_user", "account.group_account_manager"):
            user = new_test_user(self.env, group, f"{group},base.group_user")
            menus = self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()
            for name in ("reconciliation", "item", "kind", "rule"):
                menu = self.env.ref(
                    f"sales_efficiency_resource.sales_expense_{name}_menu"
                )
                self.assertIn(menu.id, menus, f"{group}: {name}")
                self.assertTrue(
                    self.env[f"sales.expense.{name}"].with_user(user).has_access("read")
                )

    def test_director_sees_nothing_of_other_expenses(self):
        salary = self._bill(5000, self.account_rent)
        salary.action_post()
        self._claim(
            employee_id=self._create_employee(
                self._create_new_internal_user(login="bookkeeper")
            ).id
        ).action_submit()
        self.env.flush_all()
        items = self.env["sales.expense.item"].with_user(self.director)
        here = [("date", ">=", "2019-01-01"), ("date", "<", "2020-01-01")]
        self.assertEqual(
            sorted(items.search(here).mapped("amount")), [50, 1000], "only of sales"
        )
        rows = self.rows.with_user(self.director)
        with self.assertRaises(AccessError):
            rows.search([("ledger", ">", 0)])
        rows = rows.search([("month", "=", DECEMBER)])
        self.assertEqual(sum(rows.mapped("sales")), 1000)
        lines = list(
            load_workbook(
                BytesIO(ReconciliationSheet(rows).get_content())
            ).active.values
        )
        self.assertNotIn("Ledger", lines[0])
        report = self.env["ir.actions.report"].with_user(self.director)
        html, _type = report._render_qweb_html(
            "sales_efficiency_resource.sales_expense_reconciliation_report", rows.ids
        )
        self.assertNotIn("Ledger", html.decode())

    def test_table_takes_a_constant_number_of_queries(self):
        def read():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.rows._read_group(
                [("month", ">=", "2019-01-01"), ("month", "<", "2020-01-01")],
                ["month:month", "expense_kind_id", "account_id"],
                ["ledger:sum", "sales:sum", "figures:sum", "budget:sum"],
            )
            return self.env.cr.sql_log_count - before

        read()
        count = read()
        for number in range(5):
            self._bill(10, day=date(2019, number + 1, 3)).action_post()
        self.assertEqual(read(), count)

    def test_workbook_has_the_rows_and_their_total(self):
        rows = self._find()
        content = ReconciliationSheet(rows).get_content()
        sheet = load_workbook(BytesIO(content)).active
        lines = list(sheet.values)
        self.assertEqual(len(lines), len(rows) + 2)
        self.assertIn("2019-12", lines[1])
        self.assertEqual(lines[-1][0], "Total")
        self.assertAlmostEqual(lines[-1][4], sum(rows.mapped("ledger")))

    def test_report_prints_the_rows(self):
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "sales_efficiency_resource.sales_expense_reconciliation_report",
            self._find().ids,
        )
        self.assertIn("Test Advertising", html.decode())
