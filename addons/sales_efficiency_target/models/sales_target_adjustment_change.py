# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, Command, api, fields, models

from ..engine import AdjustmentChange
from ..tools import get_percent


class SalesTargetAdjustment(models.Model):
    """How much a request changes, and its effect on the targets (policy 2.3.2)."""

    _inherit = "sales.target.adjustment"

    difference = fields.Float(compute="_compute_difference", store=True, digits=0)
    difference_percent = fields.Float(
        string="Change (%)",
        compute="_compute_difference",
        store=True,
        digits=(16, 2),
        help="The difference in percent of the year's target, as it was when asked.",
    )
    change_percent = fields.Float(
        string="Changed (%)",
        compute="_compute_difference",
        store=True,
        digits=(16, 2),
        help="Total of increases or of decreases of months, whichever is larger, in"
        " percent of the yearly target. Approval rules use it, so moving amounts"
        " to later months counts too.",
    )
    effect_ids = fields.One2many(
        comodel_name="sales.target.adjustment.effect",
        inverse_name="adjustment_id",
        string="Effect",
        compute="_compute_effect_ids",
        store=True,
        copy=False,
    )
    effect_date = fields.Datetime(
        string="As Of",
        compute="_compute_effect_ids",
        store=True,
        copy=False,
        help="The effect is updated while the request is pending and frozen on the"
        " decision.",
    )

    @api.depends("line_ids.amount", "line_ids.present_amount")
    def _compute_difference(self):
        """Do not depend on the target's amount: decided requests must not change."""
        for adjustment in self:
            target = adjustment._get_target_in_charge()
            changes = [
                line.amount - line.present_amount for line in adjustment.line_ids
            ]
            raised = sum(change for change in changes if change > 0)
            lowered = -sum(change for change in changes if change < 0)
            if target and not target.is_additive:
                divisor = AdjustmentChange(adjustment).get_divisor()
                raised, lowered = raised / divisor, lowered / divisor
            adjustment.difference = target._round(raised - lowered)
            adjustment.difference_percent = get_percent(raised - lowered, target.amount)
            adjustment.change_percent = get_percent(max(raised, lowered), target.amount)

    @api.depends("line_ids.amount", "line_ids.present_amount", "counterpart")
    def _compute_effect_ids(self):
        """Show the effect on the target and on those above (policy 2.3.2)."""
        effects = self.env["sales.target.adjustment.effect"]
        targets = {request: request._get_target_in_charge() for request in self}
        actuals = effects._get_actuals(self.target_id.browse().union(*targets.values()))
        for adjustment, target in targets.items():
            values = effects._prepare(adjustment, target, actuals)
            present = adjustment.effect_ids
            is_same = present.mapped("figures") == [row["figures"] for row in values]
            adjustment.effect_ids = (
                present if is_same else [Command.clear(), *map(Command.create, values)]
            )
            adjustment.effect_date = (
                is_same and adjustment.effect_date or fields.Datetime.now()
            )

    @api.model
    def _refresh_waiting(self, plans):
        """Update the effect of pending requests to the current figures.

        Skip requests that are locked by a decision in progress: that transaction may be
        waiting for the results.
        """
        # sudo: requests of others must follow the figures, whoever changed these.
        waiting = self.sudo().search(
            [("state", "=", "requested"), ("plan_id", "in", plans.ids)]
        )
        waiting = waiting.filtered(lambda r: r.plan_id.state == "running")
        waiting.try_lock_for_update()._refresh_effects()

    def _refresh_effects(self):
        """Recompute the change and its effect for all requests at once."""
        # Superuser: requester and approver may not see the targets above. The effect
        # lines control who sees which figures.
        requests = self.with_user(SUPERUSER_ID)
        for name in ("difference", "effect_ids"):
            self.env.add_to_compute(self._fields[name], requests)
        requests._recompute_recordset(["difference", "effect_ids"])
