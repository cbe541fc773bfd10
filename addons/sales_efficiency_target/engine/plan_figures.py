# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.addons.sales_efficiency_base.tools import SHORT_MONTH, format_period

from .plan_totals import PlanTotals


class PlanFigures:
    """The targets of a plan by month, as the tree that its page shows (policy 2.1.1).

    The number of queries does not depend on the number of targets.

    :param plan: a ``sales.target.plan`` record in the environment of the user
    """

    def __init__(self, plan):
        self.env = plan.env
        self._plan = plan
        self._targets = self._find_targets()

    def _find_targets(self):
        targets = self.env["sales.target"]
        if self._plan._is_reviewer():
            # sudo: the reviewers of a plan decide on all its targets, so they see them.
            targets = targets.sudo()
        return targets.search_fetch(
            [("plan_id", "=", self._plan.id)],
            [
                "metric_id",
                "parent_id",
                "breakdown",
                "amount",
                "children_amount",
                "gap",
                "is_additive",
                "spread",
                "gap_reason",
                *targets._get_dimensions(),
            ],
        )

    def get(self, metric_id=None):
        """Return what the page of the plan shows, as JSON.

        :param metric_id: the metric of the rows; if there is none, the first
        """
        metrics = self._targets.metric_id
        metric = metrics.filtered(lambda metric: metric.id == metric_id) or metrics[:1]
        targets = self._targets.filtered(lambda target: target.metric_id == metric)
        totals = PlanTotals(self._plan, self._targets)
        return {
            "state": self._plan.state,
            "is_editable": self._plan.state == "draft"
            and targets.browse().has_access("write"),
            "currency_id": self._plan.currency_id.id,
            "metric": self._describe_metric(metric),
            "months": [
                format_period(self.env, month, SHORT_MONTH)
                for month in self._plan._get_months()
            ],
            "is_year_over": totals.is_year_over,
            "tolerance": self._plan.company_id.sales_target_tolerance,
            "totals": totals.get(),
            "rows": self._get_rows(targets, totals.get_before(targets)),
        }

    def _describe_metric(self, metric):
        if not metric:
            return False
        return {
            "id": metric.id,
            "name": metric.name,
            "unit": metric.unit,
            "is_additive": metric._is_additive(),
            "step": metric._get_step(self._plan.company_id),
        }

    # ------------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------------

    def _get_rows(self, targets, before):
        """:return: the targets with their parts below them, as dicts"""
        months = targets._get_month_amounts()
        locked = self._get_locked(targets)
        breakdowns = dict(targets._fields["breakdown"]._description_selection(self.env))
        zeros = [0.0] * len(self._plan._get_months())
        return [
            {
                "id": target.id,
                "parent_id": parent.id,
                "level": level,
                "name": target._get_part_name(parent),
                "full_name": target._get_scope_name(),
                "breakdown": target.breakdown,
                "breakdown_name": breakdowns.get(target.breakdown, ""),
                "months": months.get(target, zeros),
                "before": before.get(target),
                "gap_reason": target.gap_reason or "",
                "locked": locked.get(target, ""),
            }
            for target, parent, level in self._walk(targets)
        ]

    def _walk(self, targets):
        """:return: list of (target, parent that is shown, level), as a tree"""
        order = list(dict.fromkeys(targets._get_dimensions().values()))
        parts = defaultdict(list)
        for target in targets.sorted(
            lambda t: (t.breakdown and order.index(t.breakdown), t.id)
        ):
            parent = (
                target.parent_id if target.parent_id in targets else target.browse()
            )
            parts[parent].append(target)
        walked = []

        def visit(parent, level):
            for target in parts[parent]:
                walked.append((target, parent, level))
                visit(target, level + 1)

        visit(targets.browse(), 0)
        return walked

    def _get_locked(self, targets):
        """:return: dict target -> why the user cannot change it"""
        if self._plan.state != "draft":
            return {}
        own = targets._filtered_access("write")
        foreign = self.env._("The person responsible for it sets this target.")
        return {
            target: target._get_decided_above() if target in own else foreign
            for target in targets
            if target not in own or target.is_decided_above
        }
