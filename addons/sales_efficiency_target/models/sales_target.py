# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict
from itertools import repeat

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, float_round, formatLang

from odoo.addons.sales_efficiency_base.tools import Period

from ..tools import allocate
from .sales_target_scope import DIMENSIONS

# What shows in lists that a target is part of the one above
INDENT = "\N{EM SPACE}"


class SalesTarget(models.Model):
    """A promise: scope × metric × year, with its months (policy 2.1.1, 2.1.3).

    Targets of a plan form a tree. The parts of a target may be broken down in several
    ways beside each other, e.g. by teams and by product lines: each breakdown adds up.
    """

    _name = "sales.target"
    _description = "Sales Target"
    _inherit = ["sales.target.scope", "mail.thread", "mail.activity.mixin"]
    _parent_store = True
    _order = "parent_path, id"
    _check_company_auto = True

    plan_id = fields.Many2one(default=lambda self: self._default_plan_id())
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    state = fields.Selection(related="plan_id.state")
    metric_id = fields.Many2one(default=lambda self: self._default_metric_id())
    is_additive = fields.Boolean(compute="_compute_is_additive", store=True)
    parent_id = fields.Many2one(
        comodel_name="sales.target",
        string="Part Of",
        index=True,
        ondelete="restrict",
        domain="[('plan_id', '=', plan_id), ('metric_id', '=', metric_id)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        comodel_name="sales.target", inverse_name="parent_id", string="Parts"
    )
    level = fields.Integer(compute="_compute_level", store=True, recursive=True)
    tree_name = fields.Char(string="Target Of", compute="_compute_tree_name")
    breakdown = fields.Selection(compute="_compute_breakdown", store=True)
    responsible_id = fields.Many2one(compute="_compute_responsible_id", store=True)
    spread = fields.Selection(
        selection=[
            ("equal", "In equal parts"),
            ("parent", "Like what it is part of"),
            ("seasonality", "Like last year"),
            ("distribution", "By a monthly distribution"),
            ("manual", "By hand"),
        ],
        required=True,
        default="equal",
        help="How the year is spread over its months.",
    )
    considers_leave = fields.Boolean(
        string="Relief for Leave",
        help="Months in which the salesperson is on leave ask for less when the year is"
        " spread like what it is part of.",
    )
    distribution_id = fields.Many2one(
        comodel_name="sales.target.distribution",
        string="Monthly Distribution",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
    )
    month_ids = fields.One2many(
        comodel_name="sales.target.month", inverse_name="target_id", string="Figures"
    )
    amount = fields.Float(
        string="Target",
        digits=0,
        compute="_compute_amount",
        inverse="_inverse_amount",
        store=True,
        tracking=True,
        help="The target of the year, in the unit of the metric. Where parts add up, it"
        " is the sum of its months; a rate is the same in each month.",
    )
    original_amount = fields.Float(
        string="Original Target",
        digits=0,
        compute="_compute_original_amount",
        help="What was asked for when the plan started, before any adjustment.",
    )
    is_adjusted = fields.Boolean(
        string="Adjusted", compute="_compute_original_amount", search="_search_adjusted"
    )
    adjustment_ids = fields.One2many(
        comodel_name="sales.target.adjustment",
        inverse_name="target_id",
        string="Adjustments",
    )
    milestone_count = fields.Integer(related="project_id.sales_milestone_count")
    milestone_progress = fields.Float(related="project_id.sales_progress")
    alert_ids = fields.One2many(
        comodel_name="sales.alert", inverse_name="target_id", string="Warnings"
    )
    open_alert_count = fields.Integer(
        string="Open Warnings", compute="_compute_open_alert_count"
    )
    cause_ids = fields.One2many(
        comodel_name="sales.target.cause", inverse_name="target_id", string="Causes"
    )
    base_amount = fields.Float(
        string="Base Level",
        digits=0,
        compute="_compute_levels",
        store=True,
        readonly=False,
        help="What must be reached in any case.",
    )
    challenge_amount = fields.Float(
        string="Challenge Level",
        digits=0,
        compute="_compute_levels",
        store=True,
        readonly=False,
        help="What the best are asked for.",
    )
    children_amount = fields.Float(
        string="Assigned",
        digits=0,
        compute="_compute_gap",
        store=True,
        help="Sum of the parts; of the breakdown that differs most, if there are some.",
    )
    gap = fields.Float(
        digits=0,
        compute="_compute_gap",
        store=True,
        help="Sum of the parts less the target.",
    )
    assigned_percent = fields.Float(
        string="Assigned (%)", compute="_compute_gap", store=True, aggregator=None
    )
    gap_reason = fields.Char(
        string="Reason of the Gap",
        tracking=True,
        help="Why the parts do not add up to the target, e.g. a reserve.",
    )
    is_gap_open = fields.Boolean(
        string="Gap to Explain",
        compute="_compute_is_gap_open",
        store=True,
        help="The gap is larger than tolerated (Settings) and has no reason yet.",
    )
    actual = fields.Float(
        string="Actual to Date",
        digits=0,
        compute="_compute_progress",
        help="What is reached of the target in the year to date.",
    )
    attainment = fields.Float(
        string="Attainment (%)",
        digits=(16, 1),
        compute="_compute_progress",
        help="Of the year to date.",
    )
    is_measured = fields.Boolean(compute="_compute_progress")
    status = fields.Selection(
        selection=lambda self: self._selection_status(), compute="_compute_progress"
    )
    committed_amount = fields.Float(
        string="Committed",
        digits=0,
        readonly=True,
        copy=False,
        tracking=True,
        help="What the responsible person promises on their own account.",
    )
    committed_date = fields.Date(string="Committed On", readonly=True, copy=False)
    commitment_note = fields.Text(readonly=True, copy=False)
    commitment_gap = fields.Float(
        string="Committed less Target",
        digits=0,
        compute="_compute_commitment_gap",
        store=True,
    )

    _scope_uniq = models.UniqueIndex(
        lambda registry: (
            "(plan_id, metric_id, "
            + ", ".join(f"COALESCE({name}, 0)" for name in DIMENSIONS)
            + ")"
        ),
        "This plan has a target of the same scope and metric already. Change that one.",
    )
    _amounts_positive = models.Constraint(
        "CHECK (amount >= 0 AND base_amount >= 0 AND challenge_amount >= 0)",
        "A target cannot be negative.",
    )

    # ------------------------------------------------------------------
    # Defaults and computed fields
    # ------------------------------------------------------------------

    @api.model
    def _default_plan_id(self):
        return self.env["sales.target.plan"].search(
            [("state", "=", "draft"), ("company_id", "=", self.env.company.id)], limit=1
        )

    @api.model
    def _default_metric_id(self):
        return self.env.ref(
            "sales_efficiency_base.sales_metric_ordered_amount",
            raise_if_not_found=False,
        )

    @api.depends("metric_id.kind", "metric_id.unit", "metric_id.counted")
    def _compute_is_additive(self):
        for target in self:
            target.is_additive = bool(
                target.metric_id and target.metric_id._is_additive()
            )

    @api.depends("company_id", "metric_id", *DIMENSIONS)
    @api.depends_context("lang")
    def _compute_display_name(self):
        for target in self:
            names = [record.display_name for record in target._get_narrowest()]
            scope = " · ".join(names) or target.company_id.name or ""
            target.display_name = self.env._(
                "%(scope)s: %(metric)s", scope=scope, metric=target.metric_id.name or ""
            )

    @api.depends("parent_id.level")
    def _compute_level(self):
        for target in self:
            target.level = target.parent_id.level + 1 if target.parent_id else 0

    @api.depends("display_name", "level")
    @api.depends_context("lang")
    def _compute_tree_name(self):
        for target in self:
            target.tree_name = INDENT * target.level + target.display_name

    @api.model
    def _search_display_name(self, operator, value):
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        return Domain.OR(
            Domain(f"{name}.display_name", operator, value)
            for name in ("metric_id", "company_id", *DIMENSIONS)
        )

    @api.depends("parent_id", *DIMENSIONS, *(f"parent_id.{n}" for n in DIMENSIONS))
    def _compute_breakdown(self):
        for target in self:
            parent = target.parent_id
            narrowed = (
                breakdown
                for name, breakdown in DIMENSIONS.items()
                if target[name] and target[name] != parent[name]
            )
            target.breakdown = next(narrowed, False) if parent else False

    @api.depends("user_id", "project_id.user_id", "team_id.user_id", "plan_id.user_id")
    def _compute_responsible_id(self):
        for target in self:
            target.responsible_id = (
                target.user_id
                or target.project_id.user_id
                or target.team_id.user_id
                or target.plan_id.user_id
            )

    @api.depends("month_ids.amount", "is_additive")
    def _compute_amount(self):
        for target in self:
            amounts = target.month_ids.mapped("amount")
            if not amounts:
                target.amount = target.amount or 0.0
            elif target.is_additive:
                target.amount = target._round(sum(amounts))
            else:
                target.amount = target._round(sum(amounts) / len(amounts))

    @api.depends("month_ids.amount", "month_ids.original_amount", "state")
    def _compute_original_amount(self):
        for target in self:
            amount = sum(target.month_ids.mapped("original_amount"))
            if not target.is_additive and target.month_ids:
                amount /= len(target.month_ids)
            started = target.state in ("running", "closed")
            target.original_amount = target._round(amount) if started else 0.0
            target.is_adjusted = started and any(
                target._round(line.amount - line.original_amount)
                for line in target.month_ids
            )

    @api.model
    def _search_adjusted(self, operator, value):
        if operator != "in":
            return NotImplemented
        adjusted = SQL(
            """(
                SELECT t.id FROM sales_target t
                  JOIN sales_target_plan p ON p.id = t.plan_id
                  JOIN sales_target_month m ON m.target_id = t.id
                 WHERE p.state IN ('running', 'closed')
                   AND m.amount <> m.original_amount
            )"""
        )
        return Domain("id", "in", adjusted)

    def _inverse_amount(self):
        self._spread_amount()

    @api.depends("amount", "plan_id.base_percent", "plan_id.challenge_percent")
    def _compute_levels(self):
        for target in self:
            plan = target.plan_id
            target.base_amount = target._round(target.amount * plan.base_percent / 100)
            target.challenge_amount = target._round(
                target.amount * plan.challenge_percent / 100
            )

    @api.depends("amount", "is_additive", "child_ids.amount", "child_ids.breakdown")
    def _compute_gap(self):
        for target in self:
            assigned = defaultdict(float)
            if target.is_additive:
                for child in target.child_ids:
                    assigned[child.breakdown] += child.amount
            # The breakdown that differs most
            sums = assigned.values() or [target.amount]
            worst = max(sums, key=lambda amount: abs(amount - target.amount))
            target.children_amount = target._round(worst) if assigned else 0.0
            target.gap = target._round(worst - target.amount)
            target.assigned_percent = (
                100 * target.children_amount / target.amount if target.amount else 0.0
            )

    @api.depends("alert_ids.state")
    def _compute_open_alert_count(self):
        counts = dict(
            self.env["sales.alert"]._read_group(
                [("target_id", "in", self.ids), ("state", "!=", "closed")],
                ["target_id"],
                ["__count"],
            )
        )
        for target in self:
            target.open_alert_count = counts.get(target._origin, 0)

    @api.depends("gap", "amount", "gap_reason", "company_id.sales_target_tolerance")
    def _compute_is_gap_open(self):
        for target in self:
            tolerated = target.amount * target.company_id.sales_target_tolerance / 100
            target.is_gap_open = abs(target.gap) > tolerated and not target.gap_reason

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_progress(self):
        results = self.env["sales.target.result"].search(
            [("target_id", "in", self.ids), ("period", "=", "to_date")]
        )
        by_target = results.grouped("target_id")
        for target in self:
            result = by_target.get(target._origin, results.browse())
            target.actual = result.actual
            target.attainment = result.attainment
            target.is_measured = result.is_measured
            target.status = result.status

    def _selection_status(self):
        results = self.env["sales.target.result"]
        return results._fields["status"]._description_selection(self.env)

    @api.depends("committed_amount", "committed_date", "amount")
    def _compute_commitment_gap(self):
        for target in self:
            target.commitment_gap = (
                target._round(target.committed_amount - target.amount)
                if target.committed_date
                else 0.0
            )

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    def _parent_store_update(self):
        """Name the culprit: the ORM's own message only says "recursion"."""
        if self._has_cycle():
            raise ValidationError(
                self.env._(
                    "%(targets)s would be part of itself. Choose another parent.",
                    targets=", ".join(self.mapped("display_name")),
                )
            )
        return super()._parent_store_update()

    @api.constrains("parent_id", "plan_id", "metric_id", *DIMENSIONS)
    def _check_parent(self):
        for target in self | self.child_ids:
            if reason := target._get_misfit():
                raise ValidationError(reason)

    def _get_misfit(self):
        """:return: why the target cannot be part of its parent; None if it can"""
        self.ensure_one()
        parent = self.parent_id
        if not parent:
            return None
        if (parent.plan_id, parent.metric_id) != (self.plan_id, self.metric_id):
            return self.env._(
                "%(target)s can only be part of a target of the same plan and metric.",
                target=self.display_name,
            )
        if any(
            parent[name]
            and parent[name] != self[name]
            and not self._is_inside(parent, name)
            for name in DIMENSIONS
        ):
            return self.env._(
                "%(target)s lies outside %(parent)s. Choose another parent, or a scope"
                " inside it.",
                target=self.display_name,
                parent=parent.display_name,
            )
        if not self.breakdown:
            return self.env._(
                "%(target)s is as wide as what it is part of. Narrow it.",
                target=self.display_name,
            )
        return None

    def _check_company(self, fnames=None):
        """Check what many targets have in common once, not for each of them."""
        names = ["company_id"] + [
            name
            for name, field in self._fields.items()
            if field.relational and field.check_company
        ]
        alike = self.grouped(lambda target: tuple(target[name] for name in names))
        some = self.browse().concat(*(targets[0] for targets in alike.values()))
        return super(SalesTarget, some)._check_company(fnames)

    @api.constrains("spread", "distribution_id", "parent_id")
    def _check_distribution(self):
        for target in self:
            if target.spread == "distribution" and not target.distribution_id:
                raise ValidationError(
                    self.env._(
                        "Choose the monthly distribution of %(target)s.",
                        target=target.display_name,
                    )
                )
            if target.spread == "parent" and not target.parent_id:
                raise ValidationError(
                    self.env._(
                        "%(target)s is part of nothing: spread it in another way.",
                        target=target.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Months that are given stay as they are: the year is their sum."""
        years, vals_list = [], [dict(vals) for vals in vals_list]
        for vals in vals_list:
            has_months = vals.get("month_ids")
            years.append(vals.pop("amount", None) if has_months else None)
            if has_months:
                vals["spread"] = vals.get("spread") or "manual"
        targets = super().create(vals_list)
        targets.plan_id._check_targets_can_change()
        targets.filtered(lambda target: not target.month_ids)._spread_amount()
        targets._complete_months()
        for target, year in zip(targets, years, strict=True):
            target._check_year(year)
        return targets

    def write(self, vals):
        if not self._get_free_fields().issuperset(vals):
            self.plan_id._check_targets_can_change()
        res = super().write(vals)
        if not {"spread", "distribution_id"}.isdisjoint(vals) and "amount" not in vals:
            self.filtered(lambda target: target.spread != "manual")._spread_amount()
        return res

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Sales Targets"),
                "template": "/sales_efficiency_target/static/xls/sales_target.xlsx",
            }
        ]

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        self.plan_id._check_targets_can_change()

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_open_parts(self):
        """Show the targets below, as a list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_target_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [("id", "child_of", self.id)],
            "context": {"default_plan_id": self.plan_id.id},
        }

    def action_open_milestones(self):
        """Show the milestones of the project."""
        return self.project_id.action_open_sales_milestones()

    def action_open_results(self):
        """Show what has become of the target and of its parts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_target_result_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [("target_id", "child_of", self.id)],
            "context": {"search_default_months": 1, "search_default_to_date": 1},
        }

    def action_open_alerts(self):
        """Show the warnings of the target and of its parts."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_efficiency_target.sales_alert_action"
        )
        return action | {
            "name": self.display_name,
            "domain": [("target_id", "child_of", self.id)],
            "context": {},
        }

    def action_open_gap_analysis(self):
        """Show why the target is missed or surpassed (policy 2.2.2)."""
        return self._get_gap_action()

    def action_spread(self):
        """Spread the year over its months anew."""
        self.plan_id._check_targets_can_change()
        self._spread_amount()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _get_running_of(self, projects):
        """:return: the targets of projects in plans that run"""
        return self.search(
            [("project_id", "in", projects.ids), ("plan_id.state", "=", "running")]
        )

    def _get_gap_action(self, period="to_date", day=None):
        """Return the action that shows where the deviation comes from.

        :param str period: kind of period, see ``sales.target.result``
        :param day: a day of the period; today when left out
        """
        self.ensure_one()
        values = {"target_id": self.id, "period": period}
        gap = self.env["sales.target.gap"].create(
            values | ({"day": day} if day else {})
        )
        return gap._get_records_action(name=self.env._("Gap Analysis"), context={})

    def _spread_amount(self):
        """Write the months so that they add up to the year, to the cent.

        Where parts do not add up (a rate), each month has the figure of the year.
        """
        weights = self._get_weights()
        months = {plan: plan._get_months() for plan in self.plan_id}
        rows = []
        for target in self:
            amounts = [target._round(target.amount)] * len(months[target.plan_id])
            if target.is_additive:
                amounts = allocate(amounts[0], weights[target], target._get_step())
            rows += zip(
                repeat(target.id), months[target.plan_id], amounts, strict=False
            )
        self.env["sales.target.month"]._set_amounts(rows)
        # What is no multiple of the step is what its months add up to.
        uneven = self.filtered(
            lambda target: target._round(target.amount) != target.amount
        )
        self.env.add_to_compute(self._fields["amount"], uneven)

    def _complete_months(self):
        """Add the months that were left out, with 0: a target has all 12."""
        missing = [
            {"target_id": target.id, "month": month}
            for target in self
            for month in set(target.plan_id._get_months()).difference(
                target.month_ids.mapped("month")
            )
        ]
        self.env["sales.target.month"].create(missing)

    def _check_year(self, year):
        """Refuse a year that is not what its months come to.

        :param float year: the figure that was given beside the months, or None
        """
        if year and self._round(year - self.amount):
            raise ValidationError(
                self.env._(
                    "The months of %(target)s come to %(months)s, not to %(year)s."
                    " Leave out the year or the months.",
                    target=self.display_name,
                    months=formatLang(self.env, self.amount),
                    year=formatLang(self.env, year),
                )
            )

    def _set_months(self, amounts):
        """Set figures by hand, of many targets at once.

        :param dict amounts: (id of the target, month) -> figure
        """
        self.plan_id._check_targets_can_change()
        self.spread = "manual"
        for line in self.month_ids:
            key = (line.target_id.id, line.month)
            if key in amounts:
                line._set_amount(amounts[key])

    def _get_weights(self):
        """:return: dict target -> 12 weights, by which the year is spread"""
        weights = {target: [1] * 12 for target in self}
        for target in self.filtered(lambda target: target.spread == "distribution"):
            weights[target] = target.distribution_id._get_weights()
        presences = self._get_presences()
        amounts = {}
        for target in self:
            source = {"manual": target, "parent": target.parent_id}.get(target.spread)
            if source and source not in amounts:
                amounts[source] = source.month_ids.sorted("month").mapped("amount")
            if source and amounts[source]:
                weights[target] = target._weigh_presence(amounts[source], presences)
        weights |= self.filtered(lambda t: t.spread == "seasonality")._get_seasonality()
        return weights

    def _get_presences(self):
        """:return: dict target -> share of a full target that each month can ask for,
        for people who get their months from the target above"""
        presences = {}
        for (plan, considers_leave), targets in (
            self.filtered(lambda target: target.spread == "parent" and target.user_id)
            .grouped(lambda target: (target.plan_id, target.considers_leave))
            .items()
        ):
            members = {
                target: target.user_id.crm_team_member_ids[:1] for target in targets
            }
            shares = (
                self.env["crm.team.member"]
                .union(*members.values())
                ._get_sales_presences(plan._get_months(), considers_leave)
            )
            presences |= {
                target: shares[member] for target, member in members.items() if member
            }
        return presences

    def _weigh_presence(self, weights, presences):
        """Take newcomers and leave into account in what people get from above."""
        if self not in presences:
            return weights
        return [
            weight * share
            for weight, share in zip(weights, presences[self], strict=True)
        ]

    def _get_seasonality(self):
        """Return the months of the year before as weights (policy 2.1.1).

        One evaluation for all targets of a plan and metric. Where nothing was sold,
        months weigh the same; a month with more returned than sold weighs nothing.
        """
        weights = {}
        for (plan, metric), targets in self.grouped(
            lambda target: (target.plan_id, target.metric_id)
        ).items():
            periods = [
                Period.month(month).previous_year() for month in plan._get_months()
            ]
            scopes = {target: target._get_scope() for target in targets}
            values = metric._evaluate(scopes.values(), periods)
            for target, scope in scopes.items():
                figures = [values[metric.id, scope, period] for period in periods]
                weights[target] = [max(figure or 0, 0) for figure in figures]
        return weights

    def _get_expected(self, start, end):
        """Return what should be there by now of the months of a range (policy 2.2.2).

        Of months that are over all is expected, of the current one the share of its
        working days that are over.

        :param start: first day of the first month
        :param end: last day of the last month
        :return: dict target -> figure; of a rate it is the average
        """
        months = self.month_ids.filtered(lambda line: start <= line.month <= end)
        months = months.grouped("target_id")
        shares = {plan: plan._get_elapsed_shares() for plan in self.plan_id}
        expected = {}
        for target in self:
            lines = months.get(target, target.month_ids.browse())
            weights = [shares[target.plan_id][line.month] for line in lines]
            total = sum(
                line.amount * weight
                for line, weight in zip(lines, weights, strict=True)
            )
            if not target.is_additive:
                total /= sum(weights) or 1
            expected[target] = target._round(total)
        return expected

    def _get_attainment(self, actual, amount):
        """:return: percent of a target that is attained, see ``sales.target.result``"""
        if not self.metric_id.higher_is_better:
            actual, amount = amount, actual
        return 100 * actual / amount if actual and amount else 0.0

    def _get_step(self):
        self.ensure_one()
        return self.metric_id._get_step(self.company_id)

    def _round(self, amount):
        if not self.metric_id:
            return amount
        return float_round(amount, precision_rounding=self._get_step())

    @api.model
    def _get_free_fields(self):
        """:return: names of the fields that change in any state of the plan"""
        return {"gap_reason", "message_main_attachment_id", "activity_ids"}
