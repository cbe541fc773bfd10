# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date, formatLang

DAY = timedelta(days=1)
DIRECTOR = "sales_efficiency_base.group_sales_director"
# What still runs cannot be put out of sight, however it goes.
ARCHIVABLE = ("closed", "refused", "cancelled")


class SalesDecision(models.Model):
    """What was decided, what it was to bring, and what it brought (policy 6.3.1).

    What a decision is judged by is frozen when it is submitted: nobody can choose a
    metric, days or comparable scopes to suit what came.
    """

    _name = "sales.decision"
    _inherit = [
        "sales.responsible.mixin",
        "sales.guard.mixin",
        "sales.state.mixin",
        "sales.approval.mixin",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _description = "Decision"
    _order = "date_start desc, id desc"
    _check_company_auto = True
    _state_from = ["submitted"]
    _state_to = ["approved", "running"]
    _cancel_state = "draft"

    name = fields.Char(string="Decision", required=True, tracking=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(required=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        selection=[
            ("promotion", "Promotion"),
            ("campaign", "Campaign"),
            ("budget", "Budget Move"),
            ("target", "Target Adjustment"),
            ("allocation", "Allocation of People"),
            ("service", "Service Policy"),
            ("other", "Other"),
        ],
        required=True,
        default="other",
        tracking=True,
    )
    state = fields.Selection(
        selection=[
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("approved", "Approved"),
            ("running", "Running"),
            ("measured", "Measured"),
            ("closed", "Closed"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        string="Status",
        default="draft",
        required=True,
        readonly=True,
        index=True,
        copy=False,
        tracking=True,
    )
    responsible_id = fields.Many2one(
        string="Owner",
        required=True,
        ondelete="restrict",
        tracking=True,
        default=lambda self: self.env.user,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Measures the effect, and may see the figures for it.",
    )
    team_id = fields.Many2one(default=lambda self: self._default_team_id())
    description = fields.Text(string="What Is Done")
    # What the decision is judged by
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        default=lambda self: self._default_metric_id(),
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    expected_percent = fields.Float(
        string="Expected Change (%)",
        digits=(16, 2),
        tracking=True,
        help="Of what would come without the decision. Below 0 where less is better.",
    )
    date_start = fields.Date(
        string="Start",
        required=True,
        copy=False,
        tracking=True,
        default=lambda self: self._default_date_start(),
    )
    date_end = fields.Date(
        string="End",
        required=True,
        copy=False,
        tracking=True,
        default=lambda self: self._default_date_end(),
        help="Last day on which the effect counts.",
    )
    dimension = fields.Selection(
        selection="_selection_dimension",
        string="Compared By",
        help="Compares, for instance, the regions affected with others. Otherwise only"
        " before and after can be told.",
    )
    scope_ids = fields.One2many(
        comodel_name="sales.decision.scope",
        inverse_name="decision_id",
        string="Affected and Compared",
        copy=True,
    )
    affected_ids = fields.One2many(
        comodel_name="sales.decision.scope",
        inverse_name="decision_id",
        string="Affected",
        domain=[("role", "=", "affected")],
        context={"default_role": "affected"},
    )
    compared_ids = fields.One2many(
        comodel_name="sales.decision.scope",
        inverse_name="decision_id",
        string="Compared With",
        domain=[("role", "=", "compared")],
        context={"default_role": "compared"},
    )
    hypothesis = fields.Char(compute="_compute_hypothesis")
    cost = fields.Monetary(tracking=True)
    is_above_limit = fields.Boolean(
        string="Needs Approval",
        compute="_compute_is_above_limit",
        search="_search_is_above_limit",
        help="It costs more than decisions may without approval (Settings).",
    )
    submitted_by_id = fields.Many2one(
        comodel_name="res.users", string="Submitted By", readonly=True, copy=False
    )
    date_frozen = fields.Date(
        string="Frozen On",
        readonly=True,
        copy=False,
        help="Since then, what it is judged by cannot change.",
    )
    action_ids = fields.One2many(
        comodel_name="sales.action", inverse_name="decision_id", string="Actions"
    )
    action_count = fields.Integer(compute="_compute_action_count")
    conclusion = fields.Text(string="What We Learn", copy=False, tracking=True)

    _dates_ordered = models.Constraint(
        "CHECK (date_end >= date_start)", "A decision cannot end before it starts."
    )
    _cost_positive = models.Constraint(
        "CHECK (cost >= 0)", "The cost of a decision cannot be negative."
    )

    # ------------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_team_id(self):
        """:return: the team of a leader, who decides for no more than that"""
        user = self.env.user
        if user.has_group(DIRECTOR):
            return self.env["crm.team"]
        return user.sales_led_team_ids[:1]

    @api.model
    def _default_metric_id(self):
        return self.env.ref(
            "sales_efficiency_base.sales_metric_ordered_amount",
            raise_if_not_found=False,
        )

    @api.model
    def _default_date_start(self):
        today = self.env.company._get_sales_today()
        return today.replace(day=1) + relativedelta(months=1)

    @api.model
    def _default_date_end(self):
        return self._default_date_start() + relativedelta(months=3) - DAY

    @api.model
    def _selection_dimension(self):
        return [
            (name, self._fields[name]._description_string(self.env))
            for name in self._get_dimensions()
        ]

    @api.depends("cost", "company_id.sales_decision_limit")
    def _compute_is_above_limit(self):
        for decision in self:
            limit = decision.company_id.sales_decision_limit
            decision.is_above_limit = decision.cost > limit

    @api.model
    def _search_is_above_limit(self, operator, _value):
        if operator != "in":
            return NotImplemented
        return Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("cost", ">", company.sales_decision_limit)
            for [company] in self._read_group([("cost", ">", 0)], ["company_id"])
        )

    @api.depends(
        lambda self: (
            "metric_id.name",
            "expected_percent",
            "date_end",
            "affected_ids.name",
            *self._get_dimensions(),
        )
    )
    @api.depends_context("lang")
    def _compute_hypothesis(self):
        for decision in self:
            percent = formatLang(self.env, decision.expected_percent, digits=1)
            sign = "+" if decision.expected_percent > 0 else ""
            decision.hypothesis = self.env._(
                "%(metric)s of %(scope)s: %(percent)s %% by %(day)s",
                metric=decision.metric_id.name or "",
                scope=decision._get_affected_text(),
                percent=sign + percent,
                day=format_date(self.env, decision.date_end),
            )

    @api.depends("action_ids")
    def _compute_action_count(self):
        counts = dict(
            self.env["sales.action"]._read_group(
                [("decision_id", "in", self.ids)], ["decision_id"], ["__count"]
            )
        )
        for decision in self:
            decision.action_count = counts.get(decision._origin, 0)

    @api.constrains("active")
    def _check_archived(self):
        for decision in self:
            if not decision.active and decision.state not in ARCHIVABLE:
                raise ValidationError(
                    self.env._(
                        "%s is still open. Only decisions that are closed, refused or"
                        " cancelled can be archived.",
                        decision.name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    def write(self, vals):
        if not self.env.su and self._get_frozen_fields().intersection(vals):
            self._check_is_draft()
        return super().write(vals)

    def copy_data(self, default=None):
        is_director = self.env.su or self.env.user.has_group(DIRECTOR)
        owner = {} if is_director else {"responsible_id": self.env.uid}
        return [
            {**vals, **owner, "name": self.env._("%s (copy)", decision.name)}
            for decision, vals in zip(self, super().copy_data(default), strict=True)
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        if any(decision.state not in ("draft", "cancelled") for decision in self):
            raise UserError(
                self.env._(
                    "A decision that was submitted cannot be deleted. Cancel or archive"
                    " it instead."
                )
            )

    # ------------------------------------------------------------------
    # What is frozen
    # ------------------------------------------------------------------

    @api.model
    def _get_frozen_fields(self):
        """:return: names of the fields that only change in a draft"""
        return {
            "company_id",
            "compared_ids",
            "cost",
            "date_end",
            "date_start",
            "dimension",
            "expected_percent",
            "kind",
            "metric_id",
            "scope_ids",
            "affected_ids",
            *self._get_dimensions(),
        }

    def _check_is_draft(self):
        """:raise UserError: if what a decision is judged by is frozen"""
        for decision in self:
            if decision.state != "draft" and not self.env.su:
                raise UserError(
                    self.env._(
                        "%(decision)s was submitted on %(day)s: what it is judged by"
                        " cannot change any more. Until it starts, take it back to"
                        " draft; then decide anew.",
                        decision=decision.name,
                        day=format_date(self.env, decision.date_frozen),
                    )
                )
