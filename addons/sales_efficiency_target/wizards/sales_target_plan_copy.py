# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import grow

from ..engine import PlanRenewal


class SalesTargetPlanCopy(models.TransientModel):
    """Takes the targets of a year over into a new plan (policy 2.1.1)."""

    _name = "sales.target.plan.copy"
    _inherit = "sales.guard.mixin"
    _description = "New Plan from a Year"

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan",
        string="From",
        required=True,
        ondelete="cascade",
        default=lambda self: self._default_plan_id(),
    )
    company_id = fields.Many2one(related="plan_id.company_id")
    basis = fields.Selection(
        selection=[("targets", "Its targets"), ("actuals", "Its actuals")],
        string="Start From",
        required=True,
        default="targets",
        help="By actuals, the targets of months that are not over yet stand in for what"
        " will be sold.",
    )
    date_from = fields.Date(
        string="Start",
        required=True,
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
    )
    into_id = fields.Many2one(
        comodel_name="sales.target.plan",
        string="Draft to Fill",
        ondelete="cascade",
        domain="[('state', '=', 'draft'), ('target_ids', '=', False),"
        " ('company_id', '=', company_id)]",
        compute="_compute_into_id",
        store=True,
        readonly=False,
        precompute=True,
        help="A draft without targets. Its market forecast is proposed as growth. Leave"
        " empty to create a plan.",
    )
    other_names = fields.Char(
        compute="_compute_other_names", export_string_translation=False
    )
    growth = fields.Float(
        string="Growth (%)",
        help="Additive targets grow by this percentage; rates stay unchanged.",
    )
    growth_ids = fields.One2many(
        comodel_name="sales.target.plan.copy.growth",
        inverse_name="copy_id",
        string="Growth by Market",
        compute="_compute_growth_ids",
        store=True,
        readonly=False,
        help="Growth that differs; of several, the narrowest counts.",
    )
    level_ids = fields.One2many(
        comodel_name="sales.target.plan.copy.level",
        inverse_name="copy_id",
        string="Levels",
        compute="_compute_level_ids",
        store=True,
        readonly=False,
    )
    left_out_ids = fields.Many2many(
        comodel_name="sales.target",
        relation="sales_target_plan_copy_left_out_rel",
        string="Leave Out",
        domain="[('plan_id', '=', plan_id)]",
        compute="_compute_left_out_ids",
        store=True,
        readonly=False,
        help="Targets that end with their year, such as those of projects. Their parts"
        " are left out too.",
    )

    _growth_range = models.Constraint(
        "CHECK (growth > -100)", "Targets cannot shrink by 100 % or more."
    )

    @api.model
    def _default_plan_id(self):
        """:return: the plan before the draft that is to be filled"""
        plans = self.env["sales.target.plan"]
        into_id = self.env.context.get("default_into_id")
        # A client may send anything.
        if not isinstance(into_id, int):
            return plans
        into = plans.search([("id", "=", into_id)])
        return into and plans.search(
            [
                ("company_id", "=", into.company_id.id),
                ("purpose", "=", into.purpose),
                ("date_from", "<", into.date_from),
                ("target_ids", "!=", False),
            ],
            limit=1,
        )

    @api.depends("plan_id")
    def _compute_date_from(self):
        for wizard in self:
            start = wizard.plan_id.date_from
            wizard.date_from = start and fields.Date.add(start, years=1)

    @api.depends("plan_id", "date_from")
    def _compute_into_id(self):
        """Propose the empty draft of the year, if there is one."""
        for wizard in self:
            empty = Domain("state", "=", "draft") & Domain("target_ids", "=", False)
            wizard.into_id = wizard._find_others().filtered_domain(
                empty & Domain("date_from", "=", wizard.date_from)
            )[:1]

    @api.depends("plan_id", "date_from", "into_id")
    def _compute_other_names(self):
        for wizard in self:
            others = wizard._find_others() - wizard.into_id
            wizard.other_names = ", ".join(others.mapped("name"))

    def _find_others(self):
        """:return: the plans of the company with months of the new year"""
        plan = self.plan_id
        return plan._find_others(plan.company_id, self.date_from, plan.purpose)

    @api.depends("into_id")
    def _compute_growth_ids(self):
        for wizard in self:
            wizard.growth_ids = [
                Command.clear(),
                *(
                    Command.create(
                        {
                            "region_id": forecast.region_id.id,
                            "categ_id": forecast.categ_id.id,
                            "growth": forecast.growth,
                        }
                    )
                    for forecast in wizard.into_id.forecast_ids
                ),
            ]

    @api.depends("plan_id")
    def _compute_level_ids(self):
        for wizard in self:
            counts = Counter(
                target._get_level_dimension() for target in wizard.plan_id.target_ids
            )
            wizard.level_ids = [
                Command.clear(),
                *(
                    Command.create({"dimension": name, "target_count": counts[name]})
                    for name in self.env["sales.target"]._get_dimensions()
                    if counts[name]
                ),
            ]

    @api.depends("plan_id")
    def _compute_left_out_ids(self):
        once = self._get_one_off_dimensions()
        for wizard in self:
            wizard.left_out_ids = wizard.plan_id.target_ids.filtered(
                lambda target: any(target[name] for name in once)
            )

    @api.model
    def _get_one_off_dimensions(self):
        """:return: names of dimensions whose records usually end with their year"""
        return []

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    def action_copy(self):
        """Create the new plan with the chosen levels and the same seasonality.

        Targets of salespeople who left and of archived records are left out, together
        with their parts.
        """
        self.ensure_one()
        self._check_can_copy()
        renewal = PlanRenewal(self)
        plan = self.into_id or self.plan_id.copy({"date_from": self.date_from})
        copies = self._create_targets(plan, renewal)
        self.env["sales.target.month"]._set_amounts(
            [
                (copy.id, month, amount)
                for target, copy in copies.items()
                for month, amount in zip(
                    plan._get_months(), renewal.get_months(target), strict=True
                )
            ]
        )
        self._log(plan, renewal)
        return plan._get_records_action(context={})

    def _check_can_copy(self):
        into = self.into_id
        into._check_targets_can_change()
        if into.target_ids:
            raise UserError(
                self.env._(
                    "%(plan)s has targets already. Choose a plan without any.",
                    plan=into.name,
                )
            )
        if into and (into.company_id, into.purpose) != (
            self.plan_id.company_id,
            self.plan_id.purpose,
        ):
            raise UserError(
                self.env._(
                    "%(plan)s is a plan of another company. Choose one of the same.",
                    plan=into.name,
                )
            )

    def _create_targets(self, plan, renewal):
        """:return: dict target -> its copy"""
        # No tracking: copied targets need no followers or messages.
        targets = self.env["sales.target"].with_context(
            tracking_disable=True, sales_target_keep_months=True
        )
        copies = {}
        for level in renewal.get_levels():
            vals_list = [
                self._prepare_target(
                    target,
                    plan,
                    copies.get(renewal.parents[target]),
                    renewal.amounts[target],
                )
                for target in level
            ]
            copies |= dict(zip(level, targets.create(vals_list), strict=True))
        return copies

    def _prepare_target(self, target, plan, parent, amount):
        is_alone = target.spread == "parent" and not parent
        return {
            **target._get_scope_ids(),
            "plan_id": plan.id,
            "metric_id": target.metric_id.id,
            "parent_id": parent.id if parent else False,
            "spread": "manual" if is_alone else target.spread,
            "considers_leave": target.considers_leave,
            "distribution_id": target.distribution_id.id,
            "amount": amount,
        }

    # ------------------------------------------------------------------
    # What is left out
    # ------------------------------------------------------------------

    def _get_left_out(self):
        """:return: the targets that are not taken over, nor are their parts"""
        outdated = self.plan_id.target_ids.filtered(self._is_outdated)
        return outdated | self.left_out_ids

    def _get_left_out_levels(self):
        levels = self.level_ids.filtered(lambda level: not level.is_copied)
        return set(levels.mapped("dimension"))

    def _is_outdated(self, target):
        """:return: whether its person has left or a record of its scope is archived"""
        names = ("metric_id", *target._get_dimensions())
        places = [target[name] for name in names if target[name]]
        if any("active" in place and not place.active for place in places):
            return True
        return bool(target.user_id) and not target._can_be_told(target.user_id)

    # ------------------------------------------------------------------
    # Log
    # ------------------------------------------------------------------

    def _log(self, plan, renewal):
        """Say in the log of the new plan what was taken over, and what was not."""
        plan.message_post(body=self._describe(renewal))
        targets = self.plan_id.target_ids
        outdated = targets.filtered(self._is_outdated)
        if gone := targets.filtered(lambda target: target._get_path() & outdated):
            text = self.env._(
                "Not copied, because a person has left or a record is archived."
                " Reassign these targets:"
            )
            plan.message_post(body=self._list(text, gone.mapped("display_name")))

    def _describe(self, renewal):
        basis = dict(self._fields["basis"]._description_selection(self.env))
        text = self.env._(
            "Targets taken over from %(plan)s (%(basis)s): %(count)s",
            count=len(renewal.parents),
            plan=self.plan_id.name,
            basis=basis[self.basis],
        )
        lines = []
        for metric, (before, after) in renewal.get_totals().items():
            growth = grow(after, before)
            line = self.env._(
                "%(metric)s: %(before)s → %(after)s (%(growth)s %%)",
                metric=metric.name,
                before=metric.with_company(self.company_id)._format(before),
                after=metric.with_company(self.company_id)._format(after),
                growth="–" if growth is None else f"{growth:+.1f}",
            )
            lines.append(line)
        if self.left_out_ids:
            names = ", ".join(self.left_out_ids.mapped("display_name"))
            lines.append(self.env._("Left out: %s", names))
        return self._list(text, lines)

    def _list(self, text, lines):
        items = Markup().join(Markup("<li>%s</li>") % line for line in lines)
        return Markup("<p>%s</p><ul>%s</ul>") % (text, items)
