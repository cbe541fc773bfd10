# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.tools import Scope

from .measured_teams import find_measured_teams, join_teams


class ImprovementCheck:
    """Measures the goals of improvement plans by the metrics, in one batch.

    What counts is the figure as it is shown: 65.00 % is reached by 65.00 %.

    :param plans: ``sales.improvement.plan`` records
    """

    def __init__(self, plans):
        # sudo: figures are the same whoever has them measured.
        self._plans = plans.sudo()

    def measure(self):
        """Measure the goals of the time that runs, and write what is reached."""
        goals = self._plans.goal_ids.browse().union(
            *(plan._get_goals() for plan in self._plans)
        )
        scopes = {goal: scope for goal in goals if (scope := self._get_scope(goal))}
        periods = {goal: goal._get_period() for goal in scopes}
        values = goals.metric_id._evaluate(
            list(scopes.values()), list(periods.values())
        )
        for goal in goals:
            value = None
            if scope := scopes.get(goal):
                value = values[goal.metric_id.id, scope, periods[goal]]
            goal.write(
                {
                    "actual": value or 0.0,
                    "is_measured": value is not None,
                    "is_reached": self._is_reached(goal, value),
                }
            )

    @staticmethod
    def _get_scope(goal):
        plan = goal.plan_id
        if goal.measures == "own":
            return Scope(plan.company_id.id, user_id=plan.user_id.id)
        teams = find_measured_teams(plan.user_id, plan.company_id, goal.measures)
        return join_teams(teams, plan.company_id) if teams else None

    @staticmethod
    def _is_reached(goal, value):
        if value is None:
            return False
        if goal.metric_id.higher_is_better:
            return value >= goal.target
        return value <= goal.target
