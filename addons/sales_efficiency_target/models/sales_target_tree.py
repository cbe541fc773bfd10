# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sales_target_scope import DIMENSIONS

# What shows in lists that a target is part of the one above
INDENT = "\N{EM SPACE}"


class SalesTargetTree(models.AbstractModel):
    """What a target is part of, its own parts, and whether they add up (policy 2.1.1).

    The parts may be broken down in several ways beside each other, e.g. by teams and
    by product lines: each breakdown adds up.
    """

    _name = "sales.target.tree"
    _description = "Tree of Sales Targets"

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
    tree_name = fields.Char(string="Target Of", compute="_compute_tree_name")
    children_amount = fields.Float(
        string="Assigned",
        digits=0,
        compute="_compute_gap",
        store=True,
        precompute=True,
        help="Sum of the parts; of the breakdown that differs most, if there are some.",
    )
    gap = fields.Float(
        digits=0,
        compute="_compute_gap",
        store=True,
        precompute=True,
        help="Sum of the parts less the target.",
    )
    assigned_percent = fields.Float(
        string="Assigned (%)",
        compute="_compute_gap",
        store=True,
        precompute=True,
        aggregator=None,
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
        precompute=True,
        help="The gap is larger than tolerated (Settings) and has no reason yet.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("parent_id.level")
    def _compute_level(self):
        for target in self:
            target.level = target.parent_id.level + 1 if target.parent_id else 0

    @api.depends("display_name", "level")
    @api.depends_context("lang")
    def _compute_tree_name(self):
        for target in self:
            target.tree_name = INDENT * target.level + target.display_name

    @api.depends("parent_id", *DIMENSIONS, *(f"parent_id.{n}" for n in DIMENSIONS))
    def _compute_breakdown(self):
        for parent, targets in self.grouped("parent_id").items():
            above = {name: parent[name] for name in DIMENSIONS} if parent else {}
            for target in targets:
                narrowed = (
                    DIMENSIONS[name]
                    for name, place in above.items()
                    if target[name] and target[name] != place
                )
                target.breakdown = next(narrowed, False)

    @api.depends("amount", "is_additive", "child_ids.amount", "child_ids.breakdown")
    def _compute_gap(self):
        # Most targets of a plan have no parts.
        whole = self.filtered("child_ids")
        for name in ("children_amount", "gap", "assigned_percent"):
            (self - whole)[name] = 0.0
        for target in whole:
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

    @api.depends("gap", "amount", "gap_reason", "company_id.sales_target_tolerance")
    def _compute_is_gap_open(self):
        for target in self:
            tolerated = target.amount * target.company_id.sales_target_tolerance / 100
            target.is_gap_open = abs(target.gap) > tolerated and not target.gap_reason

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
