# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, fields, models

from ..engine import share_months


class SalesTargetAdjustment(models.Model):
    """An adjusted sales target proposes to adjust its budgets (policy 5.3.1)."""

    _inherit = "sales.target.adjustment"

    budget_origin_id = fields.Many2one(
        comodel_name="sales.target.adjustment",
        string="Follows From",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="Adjustment of the sales target of which this budget is a ratio.",
    )

    def _after_change(self):
        res = super()._after_change()
        for budget in self._get_budgets_to_adjust():
            self._propose_budget(budget)
        return res

    def _get_budgets_to_adjust(self):
        """:return: running budgets derived from the target; of a target without any,
        those of the next one above it that has changed too"""
        # sudo: a proposal follows, whoever has approved the adjustment.
        target = self.sudo().target_id
        while target:
            budgets = target.budget_ids.filtered(lambda b: b.plan_id.state == "running")
            if budgets or self.counterpart != "above":
                return budgets
            target = target.parent_id
        return target

    def _propose_budget(self, budget):
        """Draft the adjustment of a budget by its ratio, for whoever is responsible;
        what is proposed already changes with it."""
        # Superuser: the approver of the target may have no access to the budget.
        adjustments = self.with_user(SUPERUSER_ID)
        draft = adjustments.search(
            [
                ("target_id", "=", budget.id),
                ("state", "=", "draft"),
                ("budget_origin_id", "!=", False),
            ],
            limit=1,
        )
        proposed = {
            line.month: line.amount
            for line in draft.line_ids
            if budget._round(line.amount - line.present_amount)
        }
        months = self._get_budget_months(budget, proposed)
        if not months:
            return
        months = proposed | months
        reason = self.env._(
            "%(target)s was adjusted. The budget is %(ratio)s %% of it.",
            target=self.target_id.display_name,
            ratio=f"{budget.budget_ratio:.4f}".rstrip("0").rstrip("."),
        )
        if draft:
            draft.write(
                {
                    "date_from": min(months),
                    "reason": f"{draft.reason}\n{reason}",
                }
            )
        else:
            draft = self._draft_proposal(budget, min(months), reason)
        for line in draft.line_ids:
            line.amount = months.get(line.month, line.amount)

    def _draft_proposal(self, budget, date_from, reason):
        director = budget.plan_id._get_director()
        person = budget.responsible_id or director or self.user_id
        # Superuser: see above
        proposal = self.with_user(SUPERUSER_ID).create(
            {
                "target_id": budget.id,
                "user_id": person.id,
                "ground": self.ground,
                "reason": reason,
                "date_from": date_from,
                "counterpart": self.counterpart,
                "budget_origin_id": self.id,
            }
        )
        proposal.activity_schedule(
            "mail.mail_activity_data_todo",
            user_id=person.id,
            summary=self.env._("Adjust the budget?"),
        )
        return proposal

    def _get_budget_months(self, budget, proposed):
        """Return the months of the budget that change: the parts add up to the ratio
        of the whole change.

        :param dict proposed: month -> amount that is proposed already
        :return: dict month -> new amount
        """
        present = {line.month: line.amount for line in budget.month_ids} | proposed
        today = budget.plan_id._get_today()
        changes = {
            line.month: line.amount - line.present_amount
            for line in self.line_ids
            if line.month in present and line.month > today
        }
        step, ratio = budget._get_step(), budget.budget_ratio
        raised = self._share({m: c for m, c in changes.items() if c > 0}, ratio, step)
        lowered = self._share({m: -c for m, c in changes.items() if c < 0}, ratio, step)
        months = {}
        for month in changes:
            change = raised.get(month, 0.0) - lowered.get(month, 0.0)
            if budget._round(change):
                months[month] = max(budget._round(present[month] + change), 0.0)
        return months

    @staticmethod
    def _share(changes, ratio, step):
        parts = share_months(list(changes.values()), ratio, step)
        return dict(zip(changes, parts, strict=True))
