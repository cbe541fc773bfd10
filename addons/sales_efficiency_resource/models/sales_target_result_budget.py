# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import Period

from ..engine import BudgetUse


class SalesTargetResult(models.Model):
    """How much of a budget is used in a period."""

    _inherit = "sales.target.result"

    budget_committed = fields.Float(
        string="Committed",
        digits=0,
        compute="_compute_budget_use",
        help="Submitted and approved claims, and draft bills.",
    )
    budget_left = fields.Float(
        string="Left",
        digits=0,
        compute="_compute_budget_use",
        help="Budget less used and committed.",
    )
    budget_used_percent = fields.Float(
        string="Used (%)",
        digits=(16, 1),
        compute="_compute_budget_use",
        aggregator=None,
    )

    @api.depends("amount", "actual")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_budget_use(self):
        budgets = self.filtered(lambda row: row.target_id.purpose == "budget")
        for name in ("budget_committed", "budget_left", "budget_used_percent"):
            (self - budgets)[name] = 0.0
        spans = {row: Period(row.date_from, row.date_to) for row in budgets}
        uses = BudgetUse(budgets.target_id).get(list(dict.fromkeys(spans.values())))
        for row in budgets:
            # Not from the actual, which is measured later: what is posted in between
            # would be neither used nor committed.
            use = uses[row.target_id, spans[row]]
            row.budget_committed = use.committed
            row.budget_left = use.left
            row.budget_used_percent = use.percent or 0.0
