# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTargetAdjustmentEffect(models.Model):
    """What an adjustment does to the target and to those above (policy 2.3.2)."""

    _name = "sales.target.adjustment.effect"
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
    name = fields.Char(string="Target Of")
    amount_before = fields.Float(string="Year Before", digits=0)
    amount_after = fields.Float(string="Year After", digits=0)
    gap_after = fields.Float(
        digits=0, help="Sum of the parts less the target, after the adjustment."
    )
    attainment_before = fields.Float(
        string="Attainment Before (%)",
        digits=(16, 1),
        help="Actual of the year so far ÷ target of the year.",
    )
    attainment_after = fields.Float(string="Attainment After (%)", digits=(16, 1))

    @api.model
    def _prepare(self, adjustment, target):
        """Return the values of the effects: of the target, then of those above.

        :param target: the target of the adjustment as superuser, or none
        """
        if not target:
            return []
        totals = {
            changed: sum(differences.values())
            / (1 if changed.is_additive else adjustment._get_divisor())
            for changed, differences in adjustment._get_changes().items()
        }
        actuals = self._get_actuals(target)
        effects = []
        level = target
        while level:
            after = level.amount + totals.get(level, 0.0)
            children = sum(totals.get(child, 0.0) for child in level.child_ids)
            effects.append(
                {
                    "name": level.display_name,
                    "amount_before": level.amount,
                    "amount_after": after,
                    "gap_after": level.gap + children - totals.get(level, 0.0)
                    if level.child_ids
                    else 0.0,
                    "attainment_before": level._get_attainment(
                        actuals.get(level), level.amount
                    ),
                    "attainment_after": level._get_attainment(
                        actuals.get(level), after
                    ),
                }
            )
            level = level.parent_id
        return effects

    @api.model
    def _get_actuals(self, target):
        """:return: dict target -> actual of the year, of the target and those above"""
        ancestors = self.env["sales.target"].sudo()
        while target:
            ancestors |= target
            target = target.parent_id
        results = self.env["sales.target.result"].sudo()
        found = results.search(
            [("target_id", "in", ancestors.ids), ("period", "=", "year")]
        )
        return {result.target_id: result.actual for result in found}
