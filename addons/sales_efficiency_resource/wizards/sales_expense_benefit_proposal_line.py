# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import formatLang

from ..engine.expense import describe_reason


class SalesExpenseBenefitProposalLine(models.TransientModel):
    """A budget, and the margin alongside what is spent of it. Users only read it."""

    _name = "sales.expense.benefit.proposal.line"
    _description = "Return of a Budget"
    _order = "proposal_id, id"

    proposal_id = fields.Many2one(
        comodel_name="sales.expense.benefit.proposal",
        required=True,
        index=True,
        ondelete="cascade",
    )
    target_id = fields.Many2one(
        comodel_name="sales.target",
        string="Budget For",
        required=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="proposal_id.currency_id")
    amount = fields.Monetary(string="Budget")
    left = fields.Monetary()
    spent = fields.Monetary(help="This year to date.")
    spent_before = fields.Monetary(
        string="Last Year", help="Spent on the same days of last year."
    )
    margin = fields.Monetary(string="Margin Alongside")
    margin_before = fields.Monetary(string="Margin Last Year")
    marginal = fields.Float(string="Marginal Return", digits=(16, 2))
    has_marginal = fields.Boolean()
    reason = fields.Selection(selection="_selection_reason")
    average = fields.Float(string="Average Return", digits=(16, 2))
    has_average = fields.Boolean()
    marginal_text = fields.Char(
        string="Marginal",
        compute="_compute_texts",
        help="Change of the margin alongside ÷ change of spending, where spending moved"
        " by 10 % or more.",
    )
    average_text = fields.Char(
        string="Margin ÷ Spent",
        compute="_compute_texts",
    )

    @api.model
    def _selection_reason(self):
        return [
            (reason, describe_reason(self.env, reason))
            for reason in ("nothing", "little", "unknown")
        ]

    @api.depends("target_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.target_id.display_name

    @api.depends("marginal", "reason", "average")
    @api.depends_context("lang")
    def _compute_texts(self):
        for line in self:
            line.marginal_text = (
                formatLang(self.env, line.marginal, digits=2)
                if line.has_marginal
                else line.reason and describe_reason(self.env, line.reason)
            )
            line.average_text = (
                formatLang(self.env, line.average, digits=2)
                if line.has_average
                else "–"
            )

    @api.model
    def _prepare(self, found):
        """:param BudgetReturn found: what is known of a budget
        :return: dict of the values of a line"""
        moved = found.moved
        return {
            "target_id": found.budget.id,
            "amount": found.use.budget,
            "left": found.use.left,
            "spent": moved.spent,
            "spent_before": moved.spent_before,
            "margin": moved.margin,
            "margin_before": moved.margin_before,
            "marginal": found.marginal,
            "has_marginal": found.marginal is not None,
            "reason": moved.reason,
            "average": found.average,
            "has_average": found.average is not None,
        }
