# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import Period

from ..engine import AdjustmentChange, Results, attain
from ..tools import get_percent

# Figures shown to users who may see them
FIGURES = (
    "amount_before",
    "amount_after",
    "gap_after",
    "attainment_before",
    "attainment_after",
)


class SalesTargetAdjustmentEffect(models.Model):
    """Effect of an adjustment on the target and on those above (policy 2.3.2).

    Requesters see the figures of targets that they may read, and for the others only
    the approximate change; approvers see all figures.
    """

    _name = "sales.target.adjustment.effect"
    _inherit = "sales.default.mixin"
    _description = "Effect of an Adjustment"
    _order = "adjustment_id, id"

    adjustment_id = fields.Many2one(
        comodel_name="sales.target.adjustment",
        required=True,
        index=True,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(related="adjustment_id.currency_id")
    metric_unit = fields.Selection(related="adjustment_id.metric_unit")
    target_id = fields.Many2one(comodel_name="sales.target", ondelete="cascade")
    higher_is_better = fields.Boolean(related="target_id.metric_id.higher_is_better")
    name = fields.Char(string="Scope", compute="_compute_name", compute_sudo=True)
    figures = fields.Json(
        groups=fields.NO_ACCESS,
        export_string_translation=False,
        help="All figures, whoever may see them.",
    )
    is_shown = fields.Boolean(
        compute="_compute_figures",
        compute_sudo=True,
        export_string_translation=False,
        help="The user can see the figures.",
    )
    difference_percent = fields.Float(
        string="Change (%)",
        digits=(16, 1),
        compute="_compute_figures",
        compute_sudo=True,
        help="Change of the yearly target; approximate if you cannot see its figures.",
    )
    amount_before = fields.Float(
        string="Year Before", digits=0, compute="_compute_figures", compute_sudo=True
    )
    amount_after = fields.Float(
        string="Year After", digits=0, compute="_compute_figures", compute_sudo=True
    )
    gap_after = fields.Float(
        digits=0,
        compute="_compute_figures",
        compute_sudo=True,
        help="Sum of the parts less the target, after the adjustment.",
    )
    attainment_before = fields.Float(
        string="Attainment Before (%)",
        digits=(16, 1),
        compute="_compute_figures",
        compute_sudo=True,
        help="Actual of the year so far ÷ target of the year.",
    )
    attainment_after = fields.Float(
        string="Attainment After (%)",
        digits=(16, 1),
        compute="_compute_figures",
        compute_sudo=True,
    )

    @api.depends("target_id.parent_id")
    @api.depends_context("lang")
    def _compute_name(self):
        for effect in self:
            target = effect.target_id
            effect.name = target and target._get_part_name(target.parent_id)

    @api.depends("figures", "target_id", "adjustment_id.superior_id")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_figures(self):
        readable = self.target_id.sudo(False)._filtered_access("read")
        decides = self.adjustment_id.filtered(lambda r: r._is_decided_by_user())
        for effect in self:
            figures = effect.figures or {}
            before = figures.get("amount_before", 0.0)
            change = figures.get("amount_after", 0.0) - before
            effect.is_shown = (
                effect.target_id in readable or effect.adjustment_id in decides
            )
            if not effect.is_shown:
                # Round the target: the exact percentage of a known change would reveal
                # it.
                figures, before = {}, float(f"{before:.1e}")
            effect.difference_percent = get_percent(change, before)
            for name in FIGURES:
                effect[name] = figures.get(name) or 0.0

    @api.model
    def _prepare(self, adjustment, target, actuals):
        """Return the values of the effects on the target, then on those above.

        :param target: the target of the adjustment as superuser, or an empty recordset
        :param dict actuals: see ``_get_actuals``; may contain further targets
        """
        if not target:
            return []
        change = AdjustmentChange(adjustment)
        totals = {
            changed: sum(differences.values())
            / (1 if changed.is_additive else change.get_divisor())
            for changed, differences in change.get_changes().items()
        }
        effects = []
        for level in target._get_path().with_prefetch(actuals)[::-1]:
            total, actual = totals.get(level, 0.0), actuals[level.id]
            before, after = level.amount, level._round(level.amount + total)
            children = sum(totals.get(child, 0.0) for child in level.child_ids)
            gap = level._round(level.gap + children - total)
            higher = level.metric_id.higher_is_better
            figures = {
                "amount_before": before,
                "amount_after": after,
                "gap_after": gap if level.child_ids else 0.0,
                "attainment_before": attain(actual, before, higher),
                "attainment_after": attain(actual, after, higher),
            }
            effects.append({"target_id": level.id, "figures": figures})
        return effects

    @api.model
    def _get_actuals(self, targets):
        """:return: dict target id -> actual of the year, for targets and those above"""
        targets.fetch(["parent_path"])
        levels = targets.browse().union(*(target._get_path() for target in targets))
        # Prefetch the parts of all targets in one query.
        levels.child_ids.fetch(["amount"])
        # sudo: ``_compute_figures`` decides which figures a user sees.
        targets = levels.sudo()
        years = {p: Period(p.date_from, p.date_to) for p in targets.plan_id}
        rows = Results(targets.env).of_targets(targets, list(years.values()))
        return {
            target.id: rows[target.id, years[target.plan_id]]["actual"] or 0.0
            for target in targets
        }
