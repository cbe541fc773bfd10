# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesBudgetCreateCost(models.TransientModel):
    """A cost that another plan foresees, proposed for the budget of its kind."""

    _name = "sales.budget.create.cost"
    _inherit = "sales.guard.mixin"
    _description = "Planned Cost of a Budget"

    wizard_id = fields.Many2one(
        comodel_name="sales.budget.create", required=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    name = fields.Char(string="Plan")
    origin = fields.Char(string="Planned In")
    kind_id = fields.Many2one(
        comodel_name="sales.expense.kind",
        string="Kind of Expense",
        ondelete="cascade",
    )
    months = fields.Json(export_string_translation=False)
    scope = fields.Json(export_string_translation=False)
    amount = fields.Monetary(compute="_compute_amount")
    is_used = fields.Boolean(
        string="Add",
        compute="_compute_is_used",
        store=True,
        readonly=False,
        precompute=True,
    )

    @api.depends("months")
    def _compute_amount(self):
        for cost in self:
            cost.amount = sum((cost.months or {}).values())

    @api.depends("kind_id")
    def _compute_is_used(self):
        for cost in self:
            cost.is_used = bool(cost.kind_id)

    def _get_scope(self):
        """:return: tuple of (dimension, id) that the cost is for, empty for all"""
        # A client may send anything.
        scope = self.scope if isinstance(self.scope, dict) else {}
        names = self.env["sales.target"]._get_dimensions()
        return tuple(
            (name, scope[name]) for name in names if isinstance(scope.get(name), int)
        )
