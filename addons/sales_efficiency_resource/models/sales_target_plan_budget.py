# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..engine import BudgetBoard


class SalesTargetPlan(models.Model):
    """Expense budgets are targets of a plan of their own (policy 5.3.1)."""

    _inherit = "sales.target.plan"

    purpose = fields.Selection(
        selection_add=[("budget", "Expense Budget")], ondelete={"budget": "cascade"}
    )

    def _get_proposed_name(self, years):
        if self.purpose != "budget":
            return super()._get_proposed_name(years)
        return self.env._("Expense Budget %(years)s", years=years)

    @api.readonly
    def action_open_targets(self):
        """Show budgets in words of budgets."""
        action = super().action_open_targets()
        if self.purpose != "budget":
            return action
        budgets = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_resource.sales_budget_action"
        )
        return budgets | {
            "domain": action["domain"],
            "context": action["context"] | {"sales_budgets": True},
        }

    @api.readonly
    def action_open_budget_board(self):
        """Show how much of the budgets is used."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.client"]._for_xml_id(
            "sales_efficiency_resource.sales_budget_board_action"
        )
        return action | {"params": {"plan_id": self.id}}

    @api.model
    @api.readonly
    def get_budget_board(self, plan_id=None, scope=None):
        """Return what the budget board shows, see :class:`.BudgetBoard`."""
        return BudgetBoard(self.env, plan_id, scope).get()
