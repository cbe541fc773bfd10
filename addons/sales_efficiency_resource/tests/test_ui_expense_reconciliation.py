# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestSalesExpenseReconciliationDownload(HttpCase):
    def test_workbook_is_for_those_who_may_read_it(self):
        url = "/sales_efficiency_resource/expense_reconciliation/2019-01-01/2019-12-01"
        for login, group, code in (
            ("test_finance", "account.group_account_user", 200),
            ("test_person", "sales_efficiency_base.group_sales_person", 404),
        ):
            new_test_user(self.env, login, f"base.group_user,{group}")
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, code)
        self.assertEqual(self.url_open(url.replace("01", "x")).status_code, 404)
