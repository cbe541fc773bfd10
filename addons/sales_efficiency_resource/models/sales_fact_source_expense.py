# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import UPDATE, Watch

from ..engine import ExpenseDocuments

TIES = (
    "sales_user_id",
    "sales_team_id",
    "sales_region_id",
    "sales_channel_id",
    "campaign_id",
)


class SalesFactSourceExpense(models.AbstractModel):
    """Items on expense accounts (policy 5.3.2): posted ones are spent, those of draft
    bills committed. Claims are committed by their own source until they are posted."""

    _name = "sales.fact.source.expense"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Expenses"
    _code = "expense"
    _title = "Expenses"
    _subject = "expense"
    _summary = (
        "Posted items on expense accounts, on the accounting date, and those of draft"
        " bills."
    )
    _sequence = 80
    _document = "account.move"
    _origin = "account_move"
    _watches = [
        Watch(
            table="account_move",
            origin="account_move",
            key="id",
            columns=("state", "move_type", "date", "invoice_date"),
            condition="r.move_type IN ('in_invoice', 'in_refund', 'in_receipt')",
        ),
        Watch(
            table="account_move_line",
            origin="account_move",
            key="move_id",
            columns=("expense_id", "analytic_distribution"),
            # Draft items count in bills alone, which are in such journals.
            condition="""
                r.parent_state = 'posted' OR r.journal_id IN (
                    SELECT id FROM account_journal WHERE type = 'purchase')
            """,
        ),
        # The origins below concern items and claims; each source finds its own.
        Watch(
            table="hr_expense",
            origin="expense_claim",
            key="id",
            columns=(*TIES, "product_id"),
            events=UPDATE,
        ),
        Watch(
            table="sales_expense_kind_product_rel",
            origin="expense_product",
            key="product_id",
            columns=(),
            events=("INSERT", "DELETE"),
        ),
        Watch(
            table="sales_expense_kind_categ_rel",
            origin="expense_category",
            key="categ_id",
            columns=(),
            events=("INSERT", "DELETE"),
        ),
        Watch(
            table="sales_expense_kind_account_rel",
            origin="expense_account",
            key="account_id",
            columns=(),
            events=("INSERT", "DELETE"),
        ),
        Watch(
            table="product_category",
            origin="expense_category",
            key="id",
            columns=("parent_path",),
            events=UPDATE,
        ),
        Watch(
            table="account_account",
            origin="expense_account",
            key="id",
            columns=("account_type",),
            events=UPDATE,
        ),
        Watch(
            table="sales_expense_kind",
            origin="expense_kind",
            key="id",
            columns=("active", "company_id", "counts_all", "parent_path"),
            events=UPDATE,
        ),
        Watch(
            table="account_analytic_account",
            origin="expense_analytic",
            key="id",
            columns=(*TIES, "expense_kind_id", "root_plan_id"),
        ),
    ]

    def _get_label(self):
        return self.env._("Expense")

    def _get_events(self):
        return {"spent": self.env._("Spent"), "committed": self.env._("Committed")}

    def _get_expansions(self):
        documents = ExpenseDocuments(self.env)
        return documents.get_expansions("move_id", "account_move_line") | {
            "expense_claim": """
                SELECT move_id FROM account_move_line WHERE expense_id = ANY(%(ids)s)
            """,
        }

    def _get_columns(self):
        names = self._fact_columns()
        return {
            name: SQL.identifier("item", name)
            for name in ExpenseDocuments.columns
            if name in names
        }

    def _from(self, ids=None):
        condition = None if ids is None else SQL("m.id = ANY(%s)", ids)
        return SQL("(%s) AS item", ExpenseDocuments(self.env).items(condition))
