# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import UPDATE, Watch

from ..engine import ExpenseDocuments


class SalesFactSourceClaim(models.AbstractModel):
    """Submitted and approved claims (policy 5.3.2), on the date of the claim, until
    their entry is posted and the source of expenses takes over."""

    _name = "sales.fact.source.claim"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of Expense Claims"
    _code = "claim"
    _title = "Expense Claims"
    _subject = "expense"
    _summary = (
        "Submitted and approved claims, on the date of the claim, until their entry is"
        " posted."
    )
    _sequence = 85
    _document = "hr.expense"
    _origin = "hr_expense"
    _watches = [
        Watch(
            table="hr_expense",
            origin="hr_expense",
            key="id",
            columns=(
                "approval_state",
                "account_move_id",
                "date",
                "company_id",
                "product_id",
                "account_id",
                "analytic_distribution",
                "sales_expense_amount",
                "sales_user_id",
                "sales_team_id",
                "sales_region_id",
                "sales_channel_id",
                "campaign_id",
            ),
            condition="r.approval_state IN ('submitted', 'approved')",
        ),
        # An entry set back to draft leaves the claim as it is, and so does the entry
        # that reverses it.
        Watch(
            table="account_move",
            origin="hr_expense",
            key="""
                SELECT e.id AS key FROM (%(rows)s) r
                  JOIN hr_expense e ON e.account_move_id = r.id
                 UNION
                SELECT l.expense_id FROM (%(rows)s) r
                  JOIN account_move_line l ON l.move_id = r.id
                 WHERE l.expense_id IS NOT NULL
            """,
            columns=("state",),
            # Claims are never in documents of sales.
            condition=(
                "r.move_type NOT IN ('out_invoice', 'out_refund', 'out_receipt')"
            ),
            events=UPDATE,
        ),
    ]

    def _get_label(self):
        return self.env._("Expense Claim")

    def _get_events(self):
        return {"committed": self.env._("Committed")}

    def _get_expansions(self):
        documents = ExpenseDocuments(self.env)
        return documents.get_expansions("id", "hr_expense")

    def _get_columns(self):
        names = self._fact_columns()
        return {
            name: SQL.identifier("claim", name)
            for name in ExpenseDocuments.columns
            if name in names
        }

    def _from(self, ids=None):
        condition = None if ids is None else SQL("e.id = ANY(%s)", ids)
        return SQL("(%s) AS claim", ExpenseDocuments(self.env).claims(condition))
