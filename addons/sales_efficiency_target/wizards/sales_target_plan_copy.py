# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.sales_efficiency_base.tools import allocate


class SalesTargetPlanCopy(models.TransientModel):
    """Creates next year's plan from this year's (policy 2.1.1)."""

    _name = "sales.target.plan.copy"
    _inherit = "sales.guard.mixin"
    _description = "Copy a Sales Target Plan"

    plan_id = fields.Many2one(
        comodel_name="sales.target.plan",
        string="From",
        required=True,
        ondelete="cascade",
    )
    date_from = fields.Date(
        string="Start",
        required=True,
        compute="_compute_date_from",
        store=True,
        readonly=False,
        precompute=True,
    )
    growth = fields.Float(
        string="Growth (%)",
        help="Additive targets grow by this percentage; rates stay unchanged.",
    )

    _growth_range = models.Constraint(
        "CHECK (growth > -100)", "Targets cannot shrink by 100 % or more."
    )

    @api.depends("plan_id")
    def _compute_date_from(self):
        for wizard in self:
            start = wizard.plan_id.date_from
            wizard.date_from = start and fields.Date.add(start, years=1)

    def action_copy(self):
        """Create the new plan with the whole tree and the same seasonality.

        Targets of salespeople who left and of archived records are left out, together
        with their parts.
        """
        self.ensure_one()
        plan = self.plan_id.copy({"date_from": self.date_from})
        # No tracking: copied targets need no followers or messages.
        targets = self.env["sales.target"].with_context(
            tracking_disable=True, sales_target_keep_months=True
        )
        amounts = self._get_amounts()
        outdated = self.plan_id.target_ids.filtered(self._is_outdated)
        level = self.plan_id.target_ids.filtered(lambda t: not t.parent_id) - outdated
        copies = {}
        while level:
            vals_list = [
                self._prepare_target(target, plan, copies, amounts[target])
                for target in level
            ]
            copies |= dict(zip(level, targets.create(vals_list), strict=True))
            level = level.child_ids - outdated
        self.env["sales.target.month"]._set_amounts(
            [
                (copy.id, month, amount)
                for target, copy in copies.items()
                for month, amount in zip(
                    plan._get_months(), amounts[target], strict=True
                )
            ]
        )
        self._report_left_out(plan, self.env["sales.target"].concat(*copies))
        return {
            "type": "ir.actions.act_window",
            "res_model": plan._name,
            "res_id": plan.id,
            "views": [(False, "form")],
        }

    def _is_outdated(self, target):
        """:return: whether its person has left or a record of its scope is archived"""
        names = ("metric_id", *target._get_dimensions())
        places = [target[name] for name in names if target[name]]
        if any("active" in place and not place.active for place in places):
            return True
        return bool(target.user_id) and not target._can_be_told(target.user_id)

    def _report_left_out(self, plan, copied):
        """List on the new plan the targets that have to be reassigned."""
        left_out = self.plan_id.target_ids - copied
        if left_out:
            body = Markup("<p>%s</p><ul>%s</ul>") % (
                self.env._(
                    "Not copied, because a person has left or a record is archived."
                    " Reassign these targets:"
                ),
                Markup().join(
                    Markup("<li>%s</li>") % target.display_name for target in left_out
                ),
            )
            plan.message_post(body=body)

    def _get_amounts(self):
        """:return: dict target -> monthly amounts of its copy"""
        factor = 1 + self.growth / 100
        amounts = self.plan_id.target_ids._get_month_amounts()
        for target, months in amounts.items():
            if target.is_additive:
                amount = target._round(target.amount * factor)
                amounts[target] = allocate(amount, months, target._get_step())
        return amounts

    def _prepare_target(self, target, plan, copies, amounts):
        amount = target.amount
        if target.is_additive:
            amount = target._round(sum(amounts))
        return {
            **target._get_scope_ids(),
            "plan_id": plan.id,
            "metric_id": target.metric_id.id,
            "parent_id": copies[target.parent_id].id if target.parent_id else False,
            "spread": target.spread,
            "considers_leave": target.considers_leave,
            "distribution_id": target.distribution_id.id,
            "amount": amount,
        }
