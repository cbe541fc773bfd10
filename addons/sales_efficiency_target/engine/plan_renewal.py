# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import defaultdict

from odoo.addons.sales_efficiency_base.tools import Period, allocate

from .levels import by_level
from .wholes import find_wholes


class PlanRenewal:
    """The targets of a plan, as they are taken over into the next (policy 2.1.1).

    Parts grow by the growth of their markets. A target above them grows by as much as
    they do; what none of them is asked for grows by its own.

    :param wizard: a ``sales.target.plan.copy`` record
    """

    def __init__(self, wizard):
        self.env = wizard.env
        self._wizard = wizard
        self._plan = wizard.plan_id
        self.parents = self._get_parents()
        self.base = self._get_base()
        self.amounts = self._get_amounts()

    def get_months(self, target):
        """:return: the months of the copy, in the proportion of those before"""
        amount, base = self.amounts[target], self.base[target]
        if not target.is_additive:
            return [amount] * len(base)
        return allocate(amount, base, target._get_step())

    def get_levels(self):
        """:return: list of lists of targets, parents first"""
        return by_level(self.parents)

    def get_totals(self):
        """:return: dict metric -> (sum before, sum of the copies)"""
        targets = self._plan.target_ids.browse(target.id for target in self.parents)
        return {
            metric: (
                sum(map(self._get_year, whole)),
                sum(self.amounts[target] for target in whole),
            )
            for metric, whole in find_wholes(targets).items()
            if metric._is_additive()
        }

    # ------------------------------------------------------------------
    # Tree
    # ------------------------------------------------------------------

    def _get_parents(self):
        """Return what is taken over. Parts of a level that is left out move up, parts
        of a target that is left out go with it.

        :return: dict target -> target that its copy is part of, parents first
        """
        children = self._plan.target_ids.grouped("parent_id")
        left_out = self._wizard._get_left_out()
        levels = self._wizard._get_left_out_levels()
        parents = {}

        def visit(target, parent):
            if target in left_out:
                return
            above = parent
            if target._get_level_dimension() not in levels:
                parents[target] = parent
                above = target
            for part in children.get(target, ()):
                visit(part, above)

        none = self._plan.target_ids.browse()
        for target in children.get(none, ()):
            visit(target, none)
        return parents

    # ------------------------------------------------------------------
    # Figures before
    # ------------------------------------------------------------------

    def _get_base(self):
        """:return: dict target -> months that it starts from: its targets; by actuals,
        the actual of the months that are over, and the targets of the others"""
        targets = self._plan.target_ids.browse(target.id for target in self.parents)
        base = targets._get_month_amounts()
        if self._wizard.basis == "actuals":
            today = self._plan._get_today()
            months = [Period.month(month) for month in self._plan._get_months()]
            if over := [month for month in months if month.end < today]:
                for metric, same in targets.grouped("metric_id").items():
                    self._replace(base, metric, same, over)
        return base

    def _replace(self, base, metric, targets, over):
        """Replace the targets of months that are over by their actuals."""
        if not metric._is_additive():
            over = [Period(over[0].start, over[-1].end)]
        scopes = {target: target._get_scope() for target in targets}
        values = metric._evaluate(scopes.values(), over)
        for target, scope in scopes.items():
            actuals = [values[metric.id, scope, period] for period in over]
            if metric._is_additive():
                actuals = [max(actual, 0) for actual in actuals]
                base[target] = actuals + base[target][len(over) :]
            elif actuals[0] is not None:
                base[target] = [max(actuals[0], 0)] * len(base[target])

    def _get_year(self, target):
        total = sum(self.base[target])
        return total if target.is_additive else total / len(self.base[target])

    # ------------------------------------------------------------------
    # Growth
    # ------------------------------------------------------------------

    def _get_amounts(self):
        """:return: dict target -> year of its copy"""
        parts, amounts = defaultdict(list), {}
        for target, parent in self.parents.items():
            parts[parent].append(target)
        for target in reversed(self.parents):
            amount = self._get_year(target)
            if target.is_additive:
                own = self._choose_parts(parts[target])
                rest = amount - sum(map(self._get_year, own))
                grown = sum(amounts[part] for part in own)
                amount = max(grown + rest * self._get_factor(target), 0)
            amounts[target] = target._round(amount)
        return amounts

    def _choose_parts(self, parts):
        """:return: the parts of one breakdown: of the organization, if there is one"""
        order = self.env["sales.target"]._get_dimensions().values()
        breakdowns = {part.breakdown for part in parts}
        first = next((name for name in order if name in breakdowns), None)
        return [part for part in parts if part.breakdown == first]

    def _get_factor(self, target):
        growth = self._wizard.growth_ids._find(target)
        return 1 + (growth.growth if growth else self._wizard.growth) / 100
