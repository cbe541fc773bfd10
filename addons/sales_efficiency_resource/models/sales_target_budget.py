# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.sales_efficiency_base.tools import Period, open_records
from odoo.addons.sales_efficiency_target.models.sales_target_tree import INDENT

from ..engine import BudgetUse

USE = ("budget_used", "budget_committed", "budget_left", "budget_used_percent")


class SalesTarget(models.Model):
    """A budget is a target of expenses, in a plan of its own (policy 5.3.1)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.target"

    purpose = fields.Selection(related="plan_id.purpose")
    budget_source_id = fields.Many2one(
        comodel_name="sales.target",
        string="Sales Target",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The target of which the budget is a ratio. When it is adjusted, an"
        " adjustment of the budget is proposed.",
    )
    budget_ratio = fields.Float(
        string="Ratio (%)",
        digits=(16, 4),
        readonly=True,
        copy=False,
        aggregator=None,
        help="Budget in percent of the sales target, when it was made.",
    )
    budget_ids = fields.One2many(
        comodel_name="sales.target",
        inverse_name="budget_source_id",
        string="Budgets",
    )
    budget_used = fields.Float(
        string="Used",
        digits=0,
        compute="_compute_budget_use",
        help="Spent in the year of the budget.",
    )
    budget_committed = fields.Float(
        string="Committed Expenses",
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

    # ------------------------------------------------------------------
    # Defaults, computed fields and constraints
    # ------------------------------------------------------------------

    @api.model
    def _get_default_purpose(self):
        """Actions of budgets say so in their context; any other value changes
        nothing."""
        if self.env.context.get("sales_budgets") is True:
            return "budget"
        return super()._get_default_purpose()

    @api.model
    def _default_metric_id(self):
        plan_id = self.env.context.get("default_plan_id")
        plans = self.env["sales.target.plan"]
        plan = plans.browse(plan_id if isinstance(plan_id, int) else ()).exists()
        is_budget = plan and plan.has_access("read") and plan.purpose == "budget"
        if is_budget or (not plan and self._get_default_purpose() == "budget"):
            return self.env.ref("sales_efficiency_resource.sales_metric_sales_expense")
        return super()._default_metric_id()

    @api.depends("amount", "plan_id", "metric_id", "month_ids.amount")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_budget_use(self):
        budgets = self._origin.filtered(lambda target: target.purpose == "budget")
        for name in USE:
            self[name] = 0.0
        for plan, some in budgets.grouped("plan_id").items():
            year = Period(plan.date_from, plan.date_to)
            uses = BudgetUse(some).get([year])
            for target in self.filtered(lambda t, some=some: t._origin in some):
                use = uses[target._origin, year]
                target.budget_used = use.used
                target.budget_committed = use.committed
                target.budget_left = use.left
                target.budget_used_percent = use.percent or 0.0

    @api.depends("plan_id")
    def _compute_tree_name(self):
        """Lists of budgets leave out the metric, which is mostly the same."""
        res = super()._compute_tree_name()
        for budget in self.filtered(lambda target: target.purpose == "budget"):
            budget.tree_name = INDENT * budget.level + budget._get_scope_name()
        return res

    @api.constrains("metric_id", "plan_id", "expense_kind_id")
    def _check_purpose(self):
        """Budgets limit expenses, and nothing else does."""
        for target in self:
            if target.expense_kind_id and target.plan_id.purpose != "budget":
                raise ValidationError(
                    self.env._(
                        "Nothing is sold by kind of expense: %(kind)s can only have a"
                        " budget, in an expense budget plan.",
                        kind=target.expense_kind_id.display_name,
                    )
                )
        for (plan, metric), _targets in self.grouped(
            lambda target: (target.plan_id, target.metric_id)
        ).items():
            if plan.purpose == "budget" and not metric.is_expense:
                raise ValidationError(
                    self.env._(
                        "%(metric)s does not sum up expenses, of everything or of one"
                        " kind, so it cannot have a budget. Choose another metric, or"
                        " a plan of sales targets.",
                        metric=metric.name,
                    )
                )
            if plan.purpose != "budget" and metric.is_expense:
                raise ValidationError(
                    self.env._(
                        "%(metric)s sums up expenses. Plan it as a budget, in an"
                        " expense budget plan.",
                        metric=metric.name,
                    )
                )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_results(self):
        """Show budgets in words of budgets."""
        if self.purpose != "budget":
            return super().action_open_results()
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_budget_result_action",
            [("target_id", "child_of", self.id)],
            name=self.display_name,
            context={"search_default_months": 1},
        )

    @api.readonly
    def action_open_budgets(self):
        """Show the budgets that are a ratio of the sales target."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_resource.sales_budget_action",
            [("budget_source_id", "=", self.id)],
            name=self.display_name,
        )

    def action_acknowledge(self):
        """Letters are about sales targets."""
        if any(target.purpose == "budget" for target in self):
            raise UserError(self.env._("A budget needs no acknowledgement."))
        return super().action_acknowledge()

    def action_move_money(self):
        """Draft a move of money out of the budget."""
        self.ensure_one()
        self._check_is_in_charge()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_resource.sales_budget_move_action"
        )
        return action | {
            "views": [(False, "form")],
            "context": {
                "default_plan_id": self.plan_id.id,
                "default_line_ids": [(0, 0, {"source_id": self.id})],
            },
        }

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_list_action(self, purpose):
        if purpose == "budget":
            return "sales_efficiency_resource.sales_budget_action"
        return super()._get_list_action(purpose)

    def _get_gap_action(self, period="to_date", day=None):
        """The causes of gaps are those of sales."""
        if any(target.purpose == "budget" for target in self):
            raise UserError(
                self.env._("A budget has no gap analysis. Open its figures instead.")
            )
        return super()._get_gap_action(period, day)

    def _get_expense_kinds(self):
        """Return what the money of budgets is for: their kind of expense, or that of
        their metric; empty for any kind.

        :return: dict target -> ``sales.expense.kind``
        """
        # sudo: names of kinds are no secret; an archived one keeps its budgets.
        kinds = self.env["sales.expense.kind"].sudo().with_context(active_test=False)
        of_metrics = {
            kind.metric_id.id: kind
            for kind in kinds.search([("metric_id", "in", self.metric_id.ids)])
        }
        return {
            target: target.expense_kind_id
            or of_metrics.get(target.metric_id.id, kinds.browse())
            for target in self
        }

    def _is_over_any(self, places):
        """Return whether somebody spends from the budget.

        :param list places: (person, team, region)
        """
        self.ensure_one()
        return any(
            self.user_id in (user, user.browse())
            and self._is_at_or_above(self.team_id, team)
            and self._is_at_or_above(self.region_id, region)
            for user, team, region in places
        )

    @api.model
    def _is_at_or_above(self, node, record):
        """Return whether a record is at or below a node; no node is above all."""
        return not node or str(node.id) in (record.sudo().parent_path or "").split("/")
