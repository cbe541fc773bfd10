# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestSalesExpenseSpendDemo(DemoCase):
    """The demo company spends money to sell."""

    def test_there_are_claims_in_all_states(self):
        claims = self.env["hr.expense"].search([("company_id", "=", self.company.id)])
        self.assertLessEqual(
            {"draft", "submitted", "approved", "refused", "posted"},
            set(claims.mapped("state")),
        )

    def test_finance_reconciles_to_zero_and_finds_an_unmapped_item(self):
        self.env["sales.mart"]._refresh()
        rows = self.env["sales.expense.reconciliation"].search([("sales", "!=", 0)])
        self.assertTrue(rows)
        self.assertFalse(any(rows.mapped("difference")))
        items = self.env["sales.expense.item"].search([("status", "=", "unmapped")])
        self.assertIn(16000, items.mapped("amount"))

    def test_every_kind_that_is_mapped_was_spent_on(self):
        kinds = self.env["sales.expense.kind"].search([])
        mapped = kinds.filtered(lambda kind: kind.product_ids or kind.account_ids)
        self.assertTrue(mapped)
        self.assertTrue(all(mapped.mapped("fact_count")))
