# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.sales_efficiency_base.tools import Period, open_records

# What the need follows from; it changes only in a draft
TERMS = {
    "company_id",
    "date_from",
    "metric_id",
    "recent_months",
    "attrition",
    "date_newcomers",
}


class SalesStaffingPlan(models.Model):
    """How many people the sales teams need in a fiscal year (policy 4.1.1).

    The need is proposed from the targets; its lines say whom to hire for it. Approval
    opens the positions.
    """

    _name = "sales.staffing.plan"
    _inherit = [
        "sales.guard.mixin",
        "sales.submission.mixin",
        "sales.planned.cost.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Staffing Plan"
    _planned_cost_kind = "staffing"
    _order = "date_from desc, id desc"
    _check_company_auto = True
    _state_from = ["submitted"]
    _state_to = ["approved"]
    _cancel_state = "draft"

    name = fields.Char(
        compute="_compute_name",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        copy=False,
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(
        string="Start",
        required=True,
        default=lambda self: self._default_date_from(),
        help="First day of the fiscal year.",
    )
    date_to = fields.Date(
        string="End", compute="_compute_date_to", store=True, precompute=True
    )
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        string="Targets Of",
        required=True,
        ondelete="restrict",
        check_company=True,
        domain="[('kind', '=', 'sum'), ('unit', '=', 'currency')]",
        default=lambda self: self._default_metric_id(),
        help="The figure whose targets the people have to reach.",
    )
    recent_months = fields.Integer(
        string="Months Looked Back",
        required=True,
        default=12,
        help="What one sells in a month is taken from so many past months.",
    )
    attrition = fields.Float(
        string="Expected Attrition (%)",
        digits=(16, 1),
        help="Percent of the people who will leave within a year, besides those of whom"
        " it is known. An even part of them leaves each month.",
    )
    date_newcomers = fields.Date(
        string="Newcomers From",
        compute="_compute_date_newcomers",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="When newcomers can start. In their first three months they sell 0, 25 and"
        " 50 % of what others sell.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Responsible",
        required=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        tracking=True,
        help="Reviews the plan each quarter.",
    )
    note = fields.Text(string="Assumptions")
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    date_review = fields.Date(
        string="Review On",
        readonly=True,
        copy=False,
        help="First day of a quarter, on which the plan is to be reviewed.",
    )
    need_ids = fields.One2many(
        comodel_name="sales.staffing.need", inverse_name="plan_id", string="Teams"
    )
    line_ids = fields.One2many(
        comodel_name="sales.staffing.line",
        inverse_name="plan_id",
        string="Positions",
    )

    target = fields.Monetary(compute="_compute_need", store=True)
    capacity = fields.Monetary(compute="_compute_need", store=True)
    gap = fields.Monetary(compute="_compute_need", store=True)
    need = fields.Integer(
        string="Newcomers Needed",
        compute="_compute_need",
        store=True,
        help="Newcomers who close the gaps of the teams.",
    )
    head_count = fields.Integer(
        string="Newcomers Planned", compute="_compute_head_count", store=True
    )
    hired_count = fields.Integer(
        string="Hired", compute="_compute_head_count", store=True
    )
    open_count = fields.Integer(
        string="To Hire", compute="_compute_head_count", store=True
    )
    planned_cost = fields.Monetary(
        compute="_compute_head_count",
        store=True,
        groups="sales_efficiency_base.group_sales_director,hr.group_hr_user",
    )
    _first_of_month = models.Constraint(
        "CHECK (EXTRACT(day FROM date_from) = 1)",
        "A plan starts on the first day of a month.",
    )
    _newcomers_in_year = models.Constraint(
        "CHECK (date_newcomers BETWEEN date_from AND date_to)",
        "Newcomers start within the year of the plan.",
    )
    _recent_months_range = models.Constraint(
        "CHECK (recent_months BETWEEN 1 AND 60)",
        "Look back at 1 to 60 months.",
    )
    _attrition_range = models.Constraint(
        "CHECK (attrition BETWEEN 0 AND 100)",
        "The expected attrition is a percentage from 0 to 100.",
    )
    _one_approved = models.UniqueIndex(
        "(company_id, metric_id, date_from) WHERE state = 'approved'",
        "The company already has an approved plan for this year. Revise that one.",
    )

    # ------------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_date_from(self):
        """:return: first day of the first month of the current fiscal year"""
        company = self.env.company
        return Period.year(company._get_sales_today(), company).start.replace(day=1)

    @api.model
    def _default_metric_id(self):
        return self.env.ref(
            "sales_efficiency_base.sales_metric_ordered_amount",
            raise_if_not_found=False,
        )

    @api.depends("date_from")
    def _compute_date_to(self):
        for plan in self:
            plan.date_to = plan.date_from and plan.date_from + relativedelta(
                years=1, days=-1
            )

    @api.depends("date_from", "date_to")
    def _compute_name(self):
        for plan in self:
            years = {day.year for day in (plan.date_from, plan.date_to) if day}
            plan.name = self.env._(
                "Staffing %(years)s", years="/".join(map(str, sorted(years)))
            )

    @api.depends("date_from", "company_id")
    def _compute_date_newcomers(self):
        """Propose the first month that starts in a month or later."""
        for plan in self:
            if not plan.date_from:
                plan.date_newcomers = False
                continue
            soon = plan.company_id._get_sales_today() + relativedelta(months=2, day=1)
            last = plan.date_to.replace(day=1)
            plan.date_newcomers = min(max(soon, plan.date_from), last)

    @api.depends("need_ids.target", "need_ids.capacity", "need_ids.need")
    def _compute_need(self):
        for plan in self:
            for name in ("target", "capacity", "gap", "need"):
                plan[name] = sum(plan.need_ids.mapped(name))

    @api.depends("line_ids.head_count", "line_ids.hired_count", "line_ids.planned_cost")
    def _compute_head_count(self):
        for plan in self:
            for name in ("head_count", "hired_count", "open_count", "planned_cost"):
                plan[name] = sum(plan.line_ids.mapped(name))

    # ------------------------------------------------------------------
    # Constraints and CRUD
    # ------------------------------------------------------------------

    @api.constrains("metric_id")
    def _check_metric(self):
        for plan in self:
            metric = plan.metric_id
            if metric.kind != "sum" or metric.unit != "currency":
                raise ValidationError(
                    self.env._(
                        "%s is not an amount that people sell. Choose a sum of money.",
                        metric.name,
                    )
                )

    def write(self, vals):
        if TERMS.intersection(vals):
            self._check_is_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        self._check_is_draft()
        if any(line.opened_count for line in self.line_ids):
            raise UserError(
                self.env._(
                    "Positions of this plan have been opened. Cancel it instead."
                )
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_submit(self):
        for plan in self:
            plan.check_access("write")
            plan._check_state_is("draft")
            plan._check_is_complete()
        return self._submit()

    def action_revise(self):
        """Change a submitted or approved plan. Opened positions stay open until the new
        plan is approved."""
        for plan in self:
            if plan.state != "submitted":
                plan._check_state_is("approved")
        self._set_state("draft")

    def action_cancel(self):
        """Give up the plan, and close the positions that it has opened."""
        for plan in self:
            if plan.state == "cancelled":
                plan._check_state_is("draft")
        # Withdrawing a plan does not change its reviewed content.
        self.with_context(skip_validation_check=True)._set_state("cancelled")
        self.line_ids._close_positions()
        self.sudo().date_review = False  # sudo: only the program writes it.

    @api.readonly
    def action_open_head_count(self):
        """Show the people whom each team has, beside those who are planned."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_team.sales_staffing_report_action",
            [("plan_id", "=", self.id)],
        )

    @api.readonly
    def action_open_applicants(self):
        """Show who has applied for the positions."""
        self.ensure_one()
        return open_records(
            self.env,
            "hr_recruitment.crm_case_categ0_act_job",
            [("sales_staffing_line_id", "in", self.line_ids.ids)],
            context={"active_test": False},
        )

    # ------------------------------------------------------------------
    # Approval
    # ------------------------------------------------------------------

    def _approve(self):
        self._check_state_is("submitted")
        # sudo: those who approve need not be able to write; that they may has been
        # checked.
        self.sudo().write({"state": "approved", "date_review": self._get_review_date()})
        self.line_ids._open_positions()

    # ------------------------------------------------------------------
    # Planned costs
    # ------------------------------------------------------------------

    @api.model
    def _get_planned_costs(self, company, period):
        """Return what newcomers cost from their start on, by approved plan, to those
        who may know it."""
        costs = super()._get_planned_costs(company, period)
        lines = self.env["sales.staffing.line"]
        if not lines._has_field_access(lines._fields["planned_cost"], "read"):
            return costs
        plans = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "approved"),
                ("date_from", "<=", period.end),
                ("date_to", ">=", period.start),
            ]
        )
        for plan in plans:
            months = defaultdict(float)
            for line in plan.line_ids.filtered("planned_cost"):
                spread = self._spread_planned_cost(
                    line.planned_cost,
                    line.date_start,
                    plan.date_to,
                    period,
                    company.currency_id,
                )
                for month, amount in spread.items():
                    months[month] += amount
            if months:
                costs.append(
                    {
                        "plan": plan,
                        "kind": self._planned_cost_kind,
                        "months": dict(months),
                    }
                )
        return costs

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _is_over(self):
        return self.date_to < self.company_id._get_sales_today()

    def _check_is_draft(self):
        if not self.env.su and any(plan.state != "draft" for plan in self):
            raise UserError(
                self.env._(
                    "Submitted plans do not change. Revise the plan to change it."
                )
            )

    def _check_is_complete(self):
        if not self.line_ids:
            raise UserError(
                self.env._(
                    "%s has no positions. Propose the need, or enter whom to hire.",
                    self.name,
                )
            )
        if empty := self.line_ids.filtered(lambda line: not line.reason):
            raise UserError(
                self.env._(
                    "Enter the reason for these positions: %s.",
                    ", ".join(empty.mapped("display_name")),
                )
            )
