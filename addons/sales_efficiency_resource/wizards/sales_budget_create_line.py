# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesBudgetCreateLine(models.TransientModel):
    """What part of the sales targets a kind of expense may cost."""

    _name = "sales.budget.create.line"
    _inherit = "sales.guard.mixin"
    _description = "Ratio of a Budget"

    wizard_id = fields.Many2one(
        comodel_name="sales.budget.create", required=True, ondelete="cascade"
    )
    kind_id = fields.Many2one(
        comodel_name="sales.expense.kind",
        string="Kind of Expense",
        required=True,
        ondelete="cascade",
    )
    ratio = fields.Float(
        string="Ratio (%)",
        digits=(16, 4),
        required=True,
        help="Budget in percent of the sales target of each month.",
    )

    _ratio_range = models.Constraint(
        "CHECK (ratio >= 0 AND ratio <= 1000)",
        "The ratio is a percentage of the target from 0 to 1,000: a budget cannot be"
        " negative.",
    )
    _kind_uniq = models.UniqueIndex(
        "(wizard_id, kind_id)", "Each kind of expense has one ratio."
    )
