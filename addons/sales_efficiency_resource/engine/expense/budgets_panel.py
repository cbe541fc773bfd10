# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

from .budget_board import BudgetBoard

# Number of kinds shown; the others are one click away
LENGTH = 6


class BudgetsPanel(Panel):
    """How much of the budgets of the chosen scope is used in this year."""

    key = "expense_budgets"

    def is_visible(self):
        return bool(self.env["sales.target"].has_access("read") and self._board.rows)

    def get_data(self):
        board = self._board.get()
        return {
            "currency_id": board["currency_id"],
            "plan_id": board["plan_id"],
            "scope": board["scope"],
            "name": next(
                scope["name"]
                for scope in board["scopes"]
                if scope["key"] == board["scope"]
            ),
            "rows": [
                {"id": row["id"], "name": row["name"], "year": row["year"]}
                for row in board["rows"][:LENGTH]
            ],
            "count": len(board["rows"]),
        }

    @cached_property
    def _board(self):
        board = BudgetBoard(self.env, company=self.choice.company)
        board.prefer(self.choice.scope)
        return board
