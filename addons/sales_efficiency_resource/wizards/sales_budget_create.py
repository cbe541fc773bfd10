# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_efficiency_base.tools import (
    SHORT_MONTH,
    Period,
    Scope,
    format_period,
)

from ..engine import BudgetDraft

EXPENSE = "sales_efficiency_resource.sales_metric_sales_expense"


class SalesBudgetCreate(models.TransientModel):
    """Makes budgets from sales targets: a ratio of their months for each kind of
    expense, and what other plans will cost (policy 5.3.1)."""

    _name = "sales.budget.create"
    _inherit = "sales.guard.mixin"
    _description = "Budget from Sales Targets"

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan",
        string="Sales Targets",
        required=True,
        ondelete="cascade",
        default=lambda self: self._default_plan_id(),
        domain="[('purpose', '=', 'sales'), ('target_ids', '!=', False)]",
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(related="plan_id.date_from")
    metric_ids = fields.Many2many(
        comodel_name="sales.metric", compute="_compute_metric_ids"
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Ratio Of",
        required=True,
        ondelete="cascade",
        compute="_compute_metric_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('id', 'in', metric_ids)]",
        help="The targets of this metric are multiplied by the ratios.",
    )
    depth = fields.Selection(
        selection=[
            ("top", "The whole company"),
            ("team", "Regions and teams too"),
            ("all", "Regions, teams and salespeople"),
        ],
        string="Budgets For",
        required=True,
        default="top",
    )
    into_id = fields.Many2one(
        comodel_name="sales.target.plan",
        string="Draft to Fill",
        ondelete="cascade",
        compute="_compute_into_id",
        store=True,
        readonly=False,
        precompute=True,
        domain="[('purpose', '=', 'budget'), ('state', '=', 'draft'),"
        " ('company_id', '=', company_id), ('date_from', '=', date_from)]",
        help="Leave empty to create a budget plan.",
    )
    line_ids = fields.One2many(
        comodel_name="sales.budget.create.line",
        inverse_name="wizard_id",
        string="Ratios",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    cost_ids = fields.One2many(
        comodel_name="sales.budget.create.cost",
        inverse_name="wizard_id",
        string="Planned Costs",
        compute="_compute_cost_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    matrix = fields.Json(compute="_compute_matrix", export_string_translation=False)
    existing = fields.Char(string="Budgets There", compute="_compute_matrix")
    replaces = fields.Boolean(
        string="Replace Them",
        help="Existing budgets take the new figures; otherwise they stay as they are.",
    )

    # ------------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_plan_id(self):
        """:return: the latest plan of sales targets that has any, of the year of the
        draft that is to be filled"""
        plans = self.env["sales.target.plan"]
        company, dates = self.env.company, []
        into_id = self.env.context.get("default_into_id")
        # A client may send anything.
        if isinstance(into_id, int):
            into = plans.search([("id", "=", into_id)])
            company = into.company_id or company
            dates = [("date_from", "=", into.date_from)] if into else []
        return plans.search(
            [
                ("purpose", "=", "sales"),
                ("company_id", "=", company.id),
                ("target_ids", "!=", False),
                *dates,
            ],
            limit=1,
        )

    @api.depends("plan_id")
    def _compute_metric_ids(self):
        for wizard in self:
            wizard.metric_ids = wizard._get_metrics()

    @api.depends("plan_id")
    def _compute_metric_id(self):
        for wizard in self:
            wizard.metric_id = wizard._get_metrics()[:1]

    @api.depends("plan_id")
    def _compute_into_id(self):
        for wizard in self:
            plan = wizard.plan_id
            others = plan._find_others(plan.company_id, plan.date_from, "budget")
            wizard.into_id = others.filtered(
                lambda other, plan=plan: other.state == "draft"
                and other.date_from == plan.date_from
            )[:1]

    @api.depends("plan_id")
    def _compute_line_ids(self):
        """Propose the topmost kinds, by their share of last year's sales."""
        for wizard in self:
            kinds = self.env["sales.expense.kind"].search(
                [
                    ("parent_id", "=", False),
                    ("company_id", "in", [False, wizard.company_id.id]),
                ]
            )
            ratios = wizard._get_last_ratios(kinds) if wizard.plan_id else {}
            wizard.line_ids = [
                Command.clear(),
                *(
                    Command.create({"kind_id": kind.id, "ratio": ratios[kind]})
                    for kind in kinds
                    if ratios.get(kind)
                ),
            ]

    @api.depends("plan_id")
    def _compute_cost_ids(self):
        """Propose what staffing, training, channels and the like will cost."""
        for wizard in self:
            costs = []
            if plan := wizard.plan_id:
                mixin = self.env["sales.planned.cost.mixin"]
                period = Period(plan.date_from, plan.date_to)
                costs = mixin._get_all_planned_costs(wizard.company_id, period)
            kinds = wizard._find_kinds({cost["kind"] for cost in costs})
            wizard.cost_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "name": cost["plan"].display_name,
                            "origin": cost["plan"]._description,
                            "kind_id": kinds.get(cost["kind"]),
                            "scope": cost.get("scope") or {},
                            "months": {
                                str(month): amount
                                for month, amount in cost["months"].items()
                            },
                        }
                    )
                    for cost in costs
                    if cost["months"]
                ),
            ]

    @api.depends(
        "plan_id",
        "metric_id",
        "depth",
        "into_id",
        "line_ids.kind_id",
        "line_ids.ratio",
        "cost_ids.kind_id",
        "cost_ids.is_used",
    )
    @api.depends_context("lang")
    def _compute_matrix(self):
        for wizard in self:
            wizard.matrix, wizard.existing = False, False
            if not wizard.plan_id or not wizard.metric_id:
                continue
            draft = wizard._get_draft()
            rows = draft.get_rows()
            wizard.matrix = wizard._describe(draft, rows)
            into = wizard.into_id._origin
            budgets = self.env["sales.target"].union(
                *draft.find_totals(into, rows).values(),
                *draft.find_existing(into, rows).values(),
            )
            wizard.existing = ", ".join(budgets.mapped("display_name"))

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_create_budgets(self):
        """Create the budgets, and open their plan."""
        self.ensure_one()
        self._check_can_create()
        into = self.into_id or self.env["sales.target.plan"].create(
            {
                "purpose": "budget",
                "company_id": self.company_id.id,
                "date_from": self.plan_id.date_from,
            }
        )
        budgets = self._get_draft().apply(into, self.env.ref(EXPENSE), self.replaces)
        into.message_post(
            body=self.env._(
                "Budgets made from %(plan)s: %(count)s.",
                plan=self.plan_id.name,
                count=len(budgets),
            )
        )
        return into._get_records_action(
            context={},
            views=[
                (
                    self.env.ref(
                        "sales_efficiency_resource.sales_budget_plan_view_form"
                    ).id,
                    "form",
                )
            ],
        )

    def _check_can_create(self):
        plan, into = self.plan_id, self.into_id
        into._check_targets_can_change()
        if into and (into.purpose, into.company_id, into.date_from) != (
            "budget",
            plan.company_id,
            plan.date_from,
        ):
            raise UserError(
                self.env._(
                    "%(into)s is no budget plan of the year of %(plan)s.",
                    into=into.name,
                    plan=plan.name,
                )
            )
        if self.metric_id not in self._get_metrics():
            raise UserError(
                self.env._(
                    "%(plan)s has no targets of %(metric)s.",
                    plan=plan.name,
                    metric=self.metric_id.name,
                )
            )
        kinds = self.line_ids.kind_id | self._get_costs().kind_id
        if not kinds:
            raise UserError(
                self.env._("Enter a kind of expense and its ratio of the target.")
            )
        if missing := self.cost_ids.filtered(lambda c: c.is_used and not c.kind_id):
            raise UserError(
                self.env._("Choose the kind of expense of %s.", missing[0].name or "")
            )
        kinds._check_apart()

    # ------------------------------------------------------------------
    # Helpers
    # ------------------------------------------------------------------

    def _get_metrics(self):
        """:return: metrics of the targets, of which a ratio makes sense: sums of
        money"""
        metrics = self.plan_id._origin.target_ids.metric_id
        return metrics.filtered(lambda m: m.unit == "currency" and m._is_additive())

    def _get_costs(self):
        return self.cost_ids.filtered(lambda cost: cost.is_used and cost.kind_id)

    def _get_draft(self):
        costs = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
        for cost in self._get_costs():
            of_scope = costs[cost.kind_id._origin][cost._get_scope()]
            for month, amount in (cost.months or {}).items():
                of_scope[fields.Date.to_date(month)] += amount
        return BudgetDraft(
            self.plan_id._origin,
            self.metric_id._origin,
            {
                line.kind_id._origin: line.ratio
                for line in self.line_ids
                if line.kind_id
            },
            costs,
            self.depth,
        )

    def _describe(self, draft, rows):
        """:return: the preview as JSON: the sales targets, then the budgets, without
        those of people, who may be hundreds"""
        kinds = self.env["sales.expense.kind"].union(*(row.kind for row in rows))
        is_single = len(draft.get_sources()) == 1
        last_year = draft.get_last_year(kinds, self.env.ref(EXPENSE))
        return {
            "currency_id": self.currency_id.id,
            "months": [
                format_period(self.env, month, SHORT_MONTH)
                for month in self.plan_id._get_months()
            ],
            "rows": [
                {
                    "name": source._get_scope_name(),
                    "is_target": True,
                    "months": (months := draft._get_sales(source)),
                    "year": sum(months),
                }
                for source in draft.get_sources()
            ]
            + [
                {
                    "name": self._name_row(row, is_single),
                    "is_part": row.parent is not None,
                    "ratio": row.ratio or None,
                    "last_year": last_year[row.kind] if row.parent is None else None,
                    "months": row.months,
                    "year": sum(row.months),
                }
                for row in rows
                if row.parent is None or rows[row.parent].parent is None
            ],
        }

    @staticmethod
    def _name_row(row, is_single):
        if row.parent is not None:
            return row.source._get_scope_name()
        if is_single or not row.source:
            return row.kind.complete_name
        return f"{row.kind.complete_name} · {row.source._get_scope_name()}"

    def _find_kinds(self, codes):
        """:return: dict code of plans -> id of the kind that takes their costs, that of
        the company or else of all"""
        kinds = self.env["sales.expense.kind"].search(
            [
                ("planned_cost_of", "in", list(codes)),
                ("company_id", "in", [False, self.company_id.id]),
            ]
        )
        return {
            kind.planned_cost_of: kind.id
            for kind in kinds.sorted(lambda k: bool(k.company_id))
        }

    def _get_last_ratios(self, kinds):
        """:return: dict kind -> what was spent in percent of the sales, last year"""
        plan, company = self.plan_id, self.company_id
        metric = self.metric_id._origin or self._get_metrics()[:1]
        expense = self.env.ref(EXPENSE)
        if not metric:
            return {}
        period = Period(plan.date_from, plan.date_to).previous_year()
        whole = Scope(company.id)
        scopes = {kind: kind._get_budget_scope(company) for kind in kinds}
        metrics = (metric | expense).sudo()  # sudo: metrics are shared
        values = metrics._evaluate([whole, *scopes.values()], [period])
        sales = values[metric.id, whole, period] or 0.0
        return {
            kind: round(100 * (values[expense.id, scope, period] or 0.0) / sales, 2)
            if sales > 0
            else 0.0
            for kind, scope in scopes.items()
        }
