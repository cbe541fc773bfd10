# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from odoo.addons.sales_efficiency_base.engine import bulk_create

from ..tools import get_overlaps
from .sales_target_scope import SEPARATOR

# Indents a target below its parent in lists
INDENT = "\N{EM SPACE}"


class SalesTargetTree(models.AbstractModel):
    """Parent and parts of a target, and whether the parts add up (policy 2.1.1).

    A target may have several breakdowns side by side, e.g. by team and by product line;
    each of them must add up.

    Used by ``sales.target`` only: the fields and checks of its tree, in a file of its
    own.
    """

    _name = "sales.target.tree"
    _inherit = ["sales.parent.mixin", "sales.scope.mixin"]
    _description = "Tree of Sales Targets"

    parent_id = fields.Many2one(
        comodel_name="sales.target",
        string="Parent Target",
        index=True,
        ondelete="restrict",
        domain="[('plan_id', '=', plan_id), ('metric_id', '=', metric_id)]",
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        comodel_name="sales.target", inverse_name="parent_id", string="Parts"
    )
    tree_name = fields.Char(string="Scope", compute="_compute_tree_name")
    children_amount = fields.Float(
        string="Assigned",
        digits=0,
        compute="_compute_gap",
        store=True,
        precompute=True,
        help="Sum of the parts; with several breakdowns, of the one that differs most.",
    )
    gap = fields.Float(
        digits=0,
        compute="_compute_gap",
        store=True,
        precompute=True,
        help="Sum of the parts less the target.",
    )
    assigned_percent = fields.Float(
        string="Assigned (%)", compute="_compute_assigned_percent"
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
        help="The gap exceeds the tolerance (Settings) and has no explanation yet.",
    )

    overlap = fields.Char(
        string="Counted Twice",
        compute="_compute_overlap",
        help="Types of parts that count the same sales.",
    )
    is_decided_above = fields.Boolean(
        compute="_compute_is_decided_above",
        export_string_translation=False,
        help="Only users who can change the parent target can change this amount.",
    )

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("parent_id.parent_path")
    def _compute_level(self):
        for parent, targets in self.grouped("parent_id").items():
            targets.level = (parent.parent_path or "").count("/")

    @api.depends("display_name", "level")
    @api.depends_context("lang")
    def _compute_tree_name(self):
        for target in self:
            target.tree_name = INDENT * target.level + target.display_name

    def _get_compared_dimensions(self, relation):
        """Return the relation, and the dimensions of the target and of the related."""
        names = tuple(self._get_dimensions())
        return (relation, *names, *(f"{relation}.{name}" for name in names))

    @api.depends(lambda self: self._get_compared_dimensions("parent_id"))
    def _compute_breakdown(self):
        dimensions = self._get_dimensions()
        for parent, targets in self.grouped("parent_id").items():
            above = {name: parent[name] for name in dimensions} if parent else {}
            for target in targets:
                narrowed = (
                    dimensions[name]
                    for name, wider in above.items()
                    if (place := target[name]) and place != wider
                )
                target.breakdown = next(narrowed, False)

    @api.depends("amount", "is_additive", "child_ids.amount", "child_ids.breakdown")
    def _compute_gap(self):
        # Most targets have no parts, and new ones have none yet.
        parents = self._origin.filtered("child_ids")
        whole = self.filtered(lambda target: target._origin in parents)
        for name in ("children_amount", "gap"):
            (self - whole)[name] = 0.0
        for target in whole:
            assigned = defaultdict(float)
            if target.is_additive:
                for child in target.child_ids:
                    assigned[child.breakdown] += child.amount
            # Report the breakdown that differs most.
            sums = assigned.values() or [target.amount]
            worst = max(sums, key=lambda amount: abs(amount - target.amount))
            target.children_amount = target._round(worst) if assigned else 0.0
            target.gap = target._round(worst - target.amount)

    @api.depends("children_amount", "amount")
    def _compute_assigned_percent(self):
        for target in self:
            target.assigned_percent = (
                100 * target.children_amount / target.amount if target.amount else 0.0
            )

    @api.depends("gap", "amount", "gap_reason", "company_id.sales_target_tolerance")
    def _compute_is_gap_open(self):
        uneven = self.filtered("gap")
        (self - uneven).is_gap_open = False
        for target in uneven:
            tolerated = target.amount * target.company_id.sales_target_tolerance / 100
            target.is_gap_open = abs(target.gap) > tolerated and not target.gap_reason

    @api.depends(
        lambda self: (
            "child_ids.breakdown",
            *self._get_compared_dimensions("child_ids"),
        )
    )
    @api.depends_context("lang")
    def _compute_overlap(self):
        for target in self:
            names = set()
            for parts in target.child_ids.grouped("breakdown").values():
                narrowed = [part._get_narrowed(target) for part in parts]
                names |= get_overlaps(narrowed)
            target.overlap = ", ".join(
                self._fields[name]._description_string(self.env)
                for name in self._get_dimensions()
                if name in names
            )

    @api.depends("parent_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_is_decided_above(self):
        # Use the saved parent: choosing another one must not lock the form before it
        # is checked on saving.
        own = self._origin.parent_id._filtered_access("write")
        for target in self:
            parent = target._origin.parent_id
            target.is_decided_above = bool(parent and parent not in own)

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.model
    def _create(self, data_list):
        bulk_create.place_in_tree(self, data_list)
        with bulk_create.by_index(self.env.cr):
            return super()._create(data_list)

    def _parent_store_create(self):
        """Keep the paths that ``_create`` has set."""
        if bulk_create.IS_USED:
            return None
        return super()._parent_store_create()

    @api.model
    def hierarchy_read(
        self, domain, specification, parent_field, child_field=None, order=None
    ):
        """Start the tree at the topmost target that the user may see: Odoo reads a
        single target with its parent, and links any other to its parent."""
        targets = self.search(domain, limit=2)
        if len(targets) == 1 and not targets.parent_id.has_access("read"):
            targets += self.search([(parent_field, "=", targets.id)], order=order)
            rows = targets.web_read(specification)
        else:
            rows = super().hierarchy_read(
                domain, specification, parent_field, child_field, order
            )
        above = {
            row["id"]: row[parent_field]["id"] for row in rows if row[parent_field]
        }
        seen = self.browse(set(above.values()))._filtered_access("read")._ids
        for row in rows:
            if above.get(row["id"]) not in seen:
                row[parent_field] = False
        return rows

    def _get_narrowed(self, parent):
        """Return the dimensions in which the target narrows its parent.

        :return: dict dimension -> ids of the record and its ancestors, itself last
        """
        self.ensure_one()
        return {
            name: [int(id_) for id_ in place.parent_path.split("/") if id_]
            if self._is_tree(name)
            else place.ids
            for name in self._get_dimensions()
            if (place := self[name]) and place != parent[name]
        }

    def _get_level_dimension(self):
        """:return: name of the narrowest dimension in which the target differs from its
        parent; False if there is none"""
        self.ensure_one()
        names = [
            name
            for name in self._get_dimensions()
            if self[name] and self[name] != self.parent_id[name]
        ]
        return names[-1] if names else False

    def _get_part_name(self, parent):
        """Name a part by what narrows its parent: its place in the tree tells the rest.

        :return: names of the dimensions that differ, else the name of the whole scope
        """
        self.ensure_one()
        # sudo: names are not confidential, see _get_scope_name.
        target, parent = self.sudo(), parent.sudo()
        names = [
            target[name].display_name
            for name in target._get_naming_dimensions()
            if target[name] and target[name] != parent[name]
        ]
        if not parent or not names:
            return target._get_scope_name()
        return SEPARATOR.join(names)

    def _get_path(self):
        """:return: the targets from the root down to this one"""
        self.ensure_one()
        return self.browse(map(int, self.parent_path.split("/")[:-1]))

    # ------------------------------------------------------------------
    # Constraints
    # ------------------------------------------------------------------

    def _check_is_decided_here(self):
        """Refuse to let users change their own part of a target for which others are
        responsible (policy 2.1.1).

        :raise AccessError: naming the first such target and its parent
        """
        if self.env.su:
            return
        for target in self.filtered("is_decided_above"):
            raise AccessError(target._get_decided_above())

    def _get_decided_above(self):
        """:return: message why the user cannot change the target"""
        self.ensure_one()
        return self.env._(
            "%(target)s is set by the person responsible for %(parent)s. Commit to a"
            " figure of your own, or ask them.",
            target=self.display_name,
            # sudo: names of targets are not confidential, see _get_scope_name.
            parent=self.parent_id.sudo().display_name,
        )

    @api.constrains(
        lambda self: ("parent_id", "plan_id", "metric_id", *self._get_dimensions())
    )
    def _check_parent(self):
        for reason in (self | self.child_ids)._get_misfits().values():
            raise ValidationError(reason)

    def _get_misfits(self):
        """:return: dict target -> why it cannot be part of its parent"""
        misfits = {}
        for parent, parts in self.grouped("parent_id").items():
            dimensions = self._get_dimensions()
            above = {name: parent[name] for name in dimensions if parent[name]}
            for part in parts if parent else ():
                if reason := part._get_misfit(parent, above):
                    misfits[part] = reason
        return misfits

    def _get_misfit(self, parent, above):
        """Return why the target cannot be part of its parent; None if it can.

        :param dict above: dimension -> record of the parent's scope
        """
        self.ensure_one()
        if (parent.plan_id, parent.metric_id) != (self.plan_id, self.metric_id):
            return self.env._(
                "%(target)s can only be part of a target of the same plan and metric.",
                target=self.display_name,
            )
        if any(
            self[name] != place and not self._is_inside(parent, name)
            for name, place in above.items()
        ):
            return self.env._(
                "%(target)s is outside the scope of %(parent)s. Choose another"
                " parent, or a scope within it.",
                target=self.display_name,
                parent=parent.display_name,
            )
        if not self.breakdown:
            return self.env._(
                "%(target)s has the same scope as its parent target. Narrow it.",
                target=self.display_name,
            )
        return None
