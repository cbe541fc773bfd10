# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.addons.sales_efficiency_base.tools import Period, grow

from .target_finder import STATES
from .wholes import find_wholes


class PlanTotals:
    """What a plan asks for by metric, beside the year before (policy 2.1.1).

    :param plan: a ``sales.target.plan`` record
    :param targets: those of its targets that the user may see
    """

    def __init__(self, plan, targets):
        self.env = targets.env
        self._plan = plan
        self._targets = targets
        self._year = Period(plan.date_from, plan.date_to).previous_year()
        self.is_year_over = self._year.end < plan._get_today()
        self._promised = self._get_promised()

    def get(self):
        """:return: list of dicts, one for each metric"""
        wholes = find_wholes(self._targets)
        actuals = self._measure(self._targets.union(*wholes.values()))
        return [
            self._describe(metric, whole, actuals) for metric, whole in wholes.items()
        ]

    def get_before(self, targets):
        """:return: dict target of one metric -> what it is compared with: the actual of
        the year before once that is over, its target until then"""
        if self.is_year_over:
            return self._measure(targets)
        return {target: self._promised.get(self._get_key(target)) for target in targets}

    # ------------------------------------------------------------------
    # Totals
    # ------------------------------------------------------------------

    def _describe(self, metric, targets, actuals):
        is_rate = not metric._is_additive()
        amount = self._add_up(targets, {t: t.amount for t in targets})
        target_before = self._add_up(
            targets, {t: self._promised.get(self._get_key(t)) for t in targets}
        )
        actual_before = self._add_up(targets, actuals)
        broken_down = targets.filtered(lambda t: t.is_additive and t.child_ids)
        whole = sum(broken_down.mapped("amount"))
        assigned = sum(broken_down.mapped("children_amount"))
        return {
            "metric_id": metric.id,
            "name": metric.name,
            "unit": metric.unit,
            "amount": amount,
            "target_before": target_before,
            "target_growth": grow(amount, target_before, is_rate),
            "actual_before": actual_before,
            "actual_growth": grow(amount, actual_before, is_rate)
            if self.is_year_over
            else None,
            "assigned_percent": 100 * assigned / whole if whole else None,
            "gap": assigned - whole if broken_down else None,
        }

    @staticmethod
    def _add_up(targets, figures):
        """:return: the sum of the figures, None if one is missing"""
        amounts = [figures.get(target) for target in targets]
        return None if not amounts or None in amounts else sum(amounts)

    # ------------------------------------------------------------------
    # The year before
    # ------------------------------------------------------------------

    def _get_promised(self):
        """:return: dict (metric, scope) -> target of the year before"""
        before = self.env["sales.target.plan"].search(
            [
                ("company_id", "=", self._plan.company_id.id),
                ("purpose", "=", self._plan.purpose),
                ("date_from", "=", self._year.start),
                ("state", "in", STATES),
            ],
            limit=1,
        )
        names = ["amount", "metric_id", *self._targets._get_dimensions()]
        targets = self._targets.search_fetch([("plan_id", "=", before.id)], names)
        return {self._get_key(target): target.amount for target in targets}

    @staticmethod
    def _get_key(target):
        return (target.metric_id.id, *target._get_scope_ids().values())

    def _measure(self, targets):
        """:return: dict target -> actual of the year before"""
        scopes = {target: target._get_scope() for target in targets}
        values = targets.metric_id._evaluate(scopes.values(), [self._year])
        return {
            target: values[target.metric_id.id, scope, self._year]
            for target, scope in scopes.items()
        }
