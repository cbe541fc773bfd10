# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_efficiency_base.tools import Period, format_period

from ..engine import BudgetUse

MONTHS = ("month", "dest_month")


class SalesBudgetMoveLine(models.Model):
    """Money that one budget gives to another: what leaves one side arrives at the
    other, so a move always adds up to zero."""

    _name = "sales.budget.move.line"
    _inherit = "sales.guard.mixin"
    _description = "Amount of a Budget Move"
    _order = "move_id, month, id"
    _check_company_auto = True
    _fixed_fields = ("move_id",)

    move_id = fields.Many2one(
        comodel_name="sales.budget.move",
        required=True,
        index=True,
        ondelete="cascade",
    )
    plan_id = fields.Many2one(related="move_id.plan_id")
    company_id = fields.Many2one(related="move_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    source_id = fields.Many2one(
        comodel_name="sales.target",
        string="From Budget",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('plan_id', '=', plan_id)]",
    )
    month = fields.Date(
        string="From Month",
        required=True,
        default=lambda self: self._default_month(),
    )
    dest_id = fields.Many2one(
        comodel_name="sales.target",
        string="To Budget",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        domain="[('plan_id', '=', plan_id), ('id', '!=', source_id)]",
    )
    dest_month = fields.Date(
        string="To Month",
        required=True,
        compute="_compute_dest_month",
        store=True,
        readonly=False,
        precompute=True,
    )
    amount = fields.Monetary(required=True)
    left = fields.Monetary(
        compute="_compute_left",
        help="What is left of the giving budget in its month: budget less used and"
        " committed.",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Enter how much money moves: more than 0."
    )

    # ------------------------------------------------------------------
    # Computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _default_month(self):
        return Period.month(self.env.company._get_sales_today()).start

    @api.depends("month")
    def _compute_dest_month(self):
        for line in self:
            line.dest_month = line.month

    @api.depends("source_id", "month")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_left(self):
        """Only those in charge of the budget see what is left."""
        self.left = 0.0
        # sudo: the months of a plan are no secret; a client may ask for any day.
        asked = self.filtered(
            lambda line: line.source_id
            and line.month
            and line.month.replace(day=1) in line.sudo().source_id.plan_id._get_months()
        )
        budgets = asked.source_id.sudo(False)._filtered_in_charge().sudo()
        periods = {Period.month(line.month) for line in asked}
        uses = BudgetUse(budgets).get(sorted(periods, key=lambda p: p.start))
        for line in asked:
            if use := uses.get((line.source_id._origin, Period.month(line.month))):
                line.left = use.left

    @api.constrains("source_id", "dest_id", "month", "dest_month", "move_id")
    def _check_budgets(self):
        for line in self:
            plan = line.move_id.plan_id
            # sudo: names and plans of budgets are not confidential.
            source, dest = line.sudo().source_id, line.sudo().dest_id
            for budget in source | dest:
                if budget.plan_id != plan:
                    raise ValidationError(
                        self.env._(
                            "%(budget)s is no budget of %(plan)s.",
                            budget=budget.display_name,
                            plan=plan.name,
                        )
                    )
            if (source, line.month) == (dest, line.dest_month):
                raise ValidationError(
                    self.env._(
                        "%(budget)s cannot give money to itself in the same month."
                        " Choose another budget or month.",
                        budget=source.display_name,
                    )
                )
            whole = source._get_path() & dest._get_path() & (source | dest)
            if whole and source != dest:
                raise ValidationError(
                    self.env._(
                        "%(part)s is part of %(whole)s: no money moves between them.",
                        part=((source | dest) - whole).display_name,
                        whole=whole.display_name,
                    )
                )
            for month in (line.month, line.dest_month):
                if month not in plan._get_months():
                    raise ValidationError(
                        self.env._(
                            "%(month)s is not a month of %(plan)s.",
                            month=format_period(self.env, month),
                            plan=plan.name,
                        )
                    )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([self._start_months(vals) for vals in vals_list])
        lines.move_id._check_is_draft()
        lines._check_is_in_charge()
        return lines

    def write(self, vals):
        self.move_id._check_is_draft()
        res = super().write(self._start_months(vals))
        if "source_id" in vals:
            self._check_is_in_charge()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.move_id._check_is_draft()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    @api.model
    def _start_months(self, vals):
        """:return: values in which any day of a month stands for the month"""
        days = {name: vals[name] for name in MONTHS if vals.get(name)}
        try:
            firsts = {
                name: fields.Date.to_date(day).replace(day=1)
                for name, day in days.items()
            }
        except (AttributeError, TypeError, ValueError):
            return vals  # The ORM says what is wrong with them.
        return vals | firsts

    def _check_is_in_charge(self):
        """Nobody gives away the money of others."""
        if not self.env.su:
            self.source_id._check_is_in_charge()
