# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain

from odoo.addons.sales_efficiency_base.tools import allocate

from ..engine import BudgetLeft, BudgetMoveChange

ARROW = " → "


class SalesBudgetMove(models.Model):
    """Money moved between budgets: one document, approved as one (policy 5.3.1)."""

    _name = "sales.budget.move"
    _inherit = [
        "sales.guard.mixin",
        "sales.target.request.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Budget Move"
    _order = "id desc"
    _check_company_auto = True
    _request_fields = {"plan_id", "reason", "line_ids"}

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan",
        string="Budget Plan",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self._default_plan_id(),
        domain="[('purpose', '=', 'budget'), ('state', '=', 'running')]",
    )
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    superior_id = fields.Many2one(
        comodel_name="res.users",
        string="Approver",
        compute="_compute_superior_id",
        store=True,
        help="Responsible for a budget that contains both sides, unless that is the"
        " requester; else the director.",
    )
    reason = fields.Text(required=True)
    line_ids = fields.One2many(
        comodel_name="sales.budget.move.line",
        inverse_name="move_id",
        string="Amounts",
        copy=True,
    )
    amount = fields.Monetary(
        compute="_compute_amount", store=True, help="How much money moves in all."
    )

    # ------------------------------------------------------------------
    # Defaults, computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_plan_id(self):
        """:return: the budget plan that runs today, else the last one that runs"""
        plans = self.env["sales.target.plan"].search(
            [
                ("purpose", "=", "budget"),
                ("state", "=", "running"),
                ("company_id", "=", self.env.company.id),
            ]
        )
        today = self.env.company._get_sales_today()
        current = plans.filtered(lambda plan: plan.date_from <= today <= plan.date_to)
        return current[:1] or plans[:1]

    @api.depends("line_ids.source_id", "line_ids.dest_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for move in self:
            # sudo: names of budgets are not confidential, see ``_get_scope_name``.
            lines = move.sudo().line_ids
            names = list(
                dict.fromkeys(
                    ARROW.join(
                        (
                            line.source_id._get_scope_name(),
                            line.dest_id._get_scope_name(),
                        )
                    )
                    for line in lines
                    if line.source_id and line.dest_id
                )
            )
            more = ", …" if len(names) > 1 else ""
            move.display_name = names[0] + more if names else self.env._("Budget Move")

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for move in self:
            move.amount = sum(move.line_ids.mapped("amount"))

    @api.depends("plan_id", "user_id", "line_ids.source_id", "line_ids.dest_id")
    def _compute_superior_id(self):
        for move in self:
            # sudo: only the name of a person is read from the budgets above.
            plan, lines = move.plan_id.sudo(), move.sudo().line_ids
            budgets = lines.source_id | lines.dest_id
            above = [b._get_path() for b in budgets if b.parent_path]
            shared = above[0] if above else budgets
            for path in above:
                shared &= path
            people = shared[::-1].mapped("responsible_id")
            others = people.filtered(
                lambda user, move=move: user.active and user != move.user_id
            )
            move.superior_id = others[:1]
            if plan and not others:
                move.superior_id = plan._get_director(move.user_id)

    @api.constrains("plan_id")
    def _check_plan(self):
        for move in self:
            if move.plan_id.purpose != "budget":
                raise ValidationError(
                    self.env._(
                        "%(plan)s is no budget plan. Money moves only between budgets.",
                        plan=move.plan_id.name,
                    )
                )
        self.line_ids._check_budgets()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_request(self):
        """Send the move for approval."""
        self.check_access("write")
        for move in self:
            move._check_is_draft()
            if not move.line_ids:
                raise UserError(
                    self.env._("Enter from which budget to which one money moves.")
                )
            move.line_ids._check_is_in_charge()
            BudgetMoveChange(move).check()
        return self._request()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    def _apply(self):
        BudgetMoveChange(self).apply()

    @api.model
    def _propose(self, source, dest, amount, date_from, reason):
        """Draft a move of money from one budget to another.

        Each month gives in proportion to what is left in it.

        :param source: the budget (``sales.target``) that gives
        :param dest: the budget that receives, of the same plan
        :param float amount: how much, more than 0
        :param date date_from: first month; months that are over give nothing
        :param str reason: why, in the language of the user
        :return: the draft, a ``sales.budget.move``
        :raise UserError: if too little is left
        """
        plan = source.plan_id
        source._check_is_in_charge()
        # sudo: whoever is in charge of a budget may know what is left of it.
        path = source.sudo()._get_path()
        left = BudgetLeft(source.sudo(), path - dest.sudo()._get_path() - source)
        months = left.get_months(date_from)[source]
        limit = left.get_limits(date_from)[source]
        if source._round(limit - amount) < 0:
            raise UserError(
                self.env._(
                    "%(budget)s has only %(left)s left.",
                    budget=source.display_name,
                    left=source._format_figure(limit),
                )
            )
        parts = allocate(amount, list(months.values()), source._get_step())
        return self.create(
            {
                "plan_id": plan.id,
                "reason": reason,
                "line_ids": [
                    Command.create(
                        {
                            "source_id": source.id,
                            "dest_id": dest.id,
                            "month": month,
                            "dest_month": month,
                            "amount": part,
                        }
                    )
                    for month, part in zip(months, parts, strict=True)
                    if part
                ],
            }
        )

    @api.readonly
    def action_open_budgets(self):
        """Show the budgets that give and receive."""
        self.ensure_one()
        self.check_access("read")
        budgets = self.line_ids.source_id | self.line_ids.dest_id
        action = self.plan_id.action_open_targets()
        return action | {"domain": list(Domain("id", "in", budgets.ids))}
