# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tools import float_round

from odoo.addons.sales_efficiency_base.tools import Period

from ..engine.expense import BudgetLeft

# Part of a budget that one proposal moves at most
PART = 0.2


class SalesExpenseBenefitProposal(models.TransientModel):
    """Proposes to move money from where it returns least to where it returns most
    (policy 5.3.3).

    The user sees the reckoning, and chooses. The move is a draft, see
    ``sales.budget.move``.
    """

    _name = "sales.expense.benefit.proposal"
    _inherit = "sales.guard.mixin"
    _description = "Proposed Budget Move"
    _fixed_fields = ("plan_id",)

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan",
        string="Budget Plan",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="plan_id.currency_id")
    line_ids = fields.One2many(
        comodel_name="sales.expense.benefit.proposal.line",
        inverse_name="proposal_id",
        string="Budgets",
        readonly=True,
    )
    measure = fields.Selection(
        selection=[
            ("marginal", "Change of margin ÷ change of spending"),
            ("average", "Margin ÷ spending"),
        ],
        string="Compare By",
        required=True,
        default="marginal",
    )
    source_id = fields.Many2one(
        comodel_name="sales.expense.benefit.proposal.line",
        string="From",
        compute="_compute_sides",
        store=True,
        readonly=False,
        domain="[('proposal_id', '=', id)]",
    )
    dest_id = fields.Many2one(
        comodel_name="sales.expense.benefit.proposal.line",
        string="To",
        compute="_compute_sides",
        store=True,
        readonly=False,
        domain="[('proposal_id', '=', id), ('id', '!=', source_id)]",
    )
    date_from = fields.Date(string="From Month", required=True)
    limit = fields.Monetary(
        string="At Most",
        compute="_compute_limit",
        help="20 % of the budget, and no more than is left from this month on.",
    )
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    reckoning = fields.Char(compute="_compute_reckoning")
    reason = fields.Text(compute="_compute_reason", store=True, readonly=False)

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("measure", "line_ids")
    def _compute_sides(self):
        for proposal in self:
            lines = proposal._rank()
            is_found = len(lines) > 1
            proposal.source_id = lines[0] if is_found else False
            proposal.dest_id = lines[-1] if is_found else False

    @api.depends("source_id", "dest_id", "date_from")
    def _compute_limit(self):
        for proposal in self:
            budget = proposal.source_id.target_id
            limit = 0.0
            if budget and proposal.date_from:
                # sudo: whoever is in charge of a budget may know what is left of it.
                source = budget._origin.sudo()
                dest = proposal.dest_id.target_id._origin.sudo()
                shared = dest._get_path() if dest else source
                left = BudgetLeft(
                    source, source._get_path() - shared - source
                ).get_limits(proposal.date_from)
                limit = min(PART * budget.amount, left[source])
            proposal.limit = float_round(
                limit,
                precision_rounding=proposal.currency_id.rounding or 0.01,
                rounding_method="DOWN",
            )

    @api.depends("limit")
    def _compute_amount(self):
        for proposal in self:
            proposal.amount = proposal.limit

    @api.depends("source_id", "dest_id", "measure")
    @api.depends_context("lang")
    def _compute_reckoning(self):
        for proposal in self:
            source, dest = proposal.source_id, proposal.dest_id
            if not (source and dest):
                proposal.reckoning = self.env._(
                    "Fewer than two budgets can be compared this way. See the last"
                    " columns, or compare in another way."
                )
                continue
            text = (
                self.env._(
                    "Each unit by which spending moved went alongside %(dest_value)s of"
                    " margin at %(dest)s, and %(source_value)s at %(source)s."
                )
                if proposal.measure == "marginal"
                else self.env._(
                    "Each unit spent stands alongside %(dest_value)s of margin at"
                    " %(dest)s, and %(source_value)s at %(source)s."
                )
            )
            proposal.reckoning = text % {
                "dest": dest.display_name,
                "dest_value": dest[f"{proposal.measure}_text"],
                "source": source.display_name,
                "source_value": source[f"{proposal.measure}_text"],
            }

    @api.depends("reckoning")
    def _compute_reason(self):
        for proposal in self:
            is_complete = proposal.source_id and proposal.dest_id
            proposal.reason = proposal.reckoning if is_complete else False

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_draft(self):
        """Draft the move, and show it."""
        self.ensure_one()
        self.check_access("write")
        self._check_can_draft()
        move = self.env["sales.budget.move"]._propose(
            self.source_id.target_id,
            self.dest_id.target_id,
            self.amount,
            self.date_from,
            self.reason,
        )
        return move._get_records_action(context={})

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _prepare(self, plan, returns):
        """:param list returns: :class:`BudgetReturn` of each budget to choose from
        :return: a proposal with the reckoning of these budgets"""
        if len(returns) < 2:
            raise UserError(
                self.env._(
                    "Money moves between two budgets at least, and you are in charge of"
                    " fewer in %(plan)s.",
                    plan=plan.name,
                )
            )
        lines = self.env["sales.expense.benefit.proposal.line"]
        known = [each for each in returns if each.marginal is not None]
        # sudo: users read the reckoning, but cannot write it.
        proposal = self.sudo().create(
            {
                "plan_id": plan.id,
                "date_from": self._get_next_month(plan),
                "measure": "marginal" if len(known) > 1 else "average",
                "line_ids": [Command.create(lines._prepare(each)) for each in returns],
            }
        )
        return proposal.sudo(False)

    @api.model
    def _get_next_month(self, plan):
        """:return: first day of the next month of the plan, else of this one"""
        today = plan._get_today()
        months = [month for month in plan._get_months() if month > today]
        return months[0] if months else Period.month(today).start

    def _rank(self):
        """:return: the lines that can be compared, lowest return first"""
        measure = self.measure or "marginal"
        return self.line_ids.filtered(f"has_{measure}").sorted(measure)

    def _check_can_draft(self):
        if not (self.source_id and self.dest_id):
            raise UserError(
                self.env._("Choose which budget gives, and which one receives.")
            )
        lines = self.source_id | self.dest_id
        if len(lines) < 2 or lines.proposal_id != self:
            raise ValidationError(
                self.env._("Choose two different budgets of this reckoning.")
            )
        if not self.reason:
            raise ValidationError(self.env._("Say why the money should move."))
        if self.currency_id.compare_amounts(self.amount, 0) <= 0:
            raise ValidationError(self.env._("Enter how much to move: more than 0."))
        if self.currency_id.compare_amounts(self.amount, self.limit) > 0:
            raise ValidationError(
                self.env._(
                    "At most %(limit)s can move: 20 %% of the budget, and no more than"
                    " is left.",
                    limit=self.currency_id.format(self.limit),
                )
            )
