# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import FactColumns
from odoo.addons.sales_efficiency_base.engine.fact_terms import Measure


class IncentiveCost:
    """Measures what incentives cost, for a company, regions and teams.

    :param env: environment; only users who may read the costs get any
    """

    def __init__(self, env):
        self.env = env

    def measure(self, scopes, periods):
        """:return: values or None, in the order of scopes × periods"""
        costs = {}
        known = [scope for scope in scopes if self._is_known(scope)]
        if known and self._is_allowed():
            columns = FactColumns(self.env, known, periods)
            measure = Measure(events=("cost",), column="amount", type="float8")
            [values] = columns.sums_of(self._select(columns.names), [measure])
            keys = ((scope, period) for scope in known for period in periods)
            costs = dict(zip(keys, values, strict=True))
        return [costs.get((scope, period)) for scope in scopes for period in periods]

    def _is_allowed(self):
        """Jobs measure what others may read, so they get nothing."""
        user = self.env.user
        costs = self.env["sales.incentive.cost"].with_user(user)
        return not user._is_superuser() and costs.has_access("read")

    def _is_known(self, scope):
        """Return whether the cost of a scope is told: that of a person would be pay."""
        places = self.env["sales.target.scope"]._get_dimensions_of("organization")
        return {name for name, _ids in scope.dimensions} <= {*places} - {"user_id"}

    def _select(self, names):
        """A month counts on its last day, the current one today."""
        places = {"region_id": SQL("team.sales_region_id")}
        costs = self.env["sales.incentive.cost"]
        return SQL(
            """
            (SELECT %(columns)s cost.company_id, 'cost' AS event,
                    LEAST((cost.month + INTERVAL '1 month - 1 day')::date, %(today)s)
                    AS date, cost.cost AS amount
               FROM (%(costs)s) AS cost
               JOIN sales_incentive_plan AS plan ON plan.id = cost.plan_id
                AND plan.is_confidential IS NOT TRUE
               LEFT JOIN crm_team AS team ON team.id = cost.team_id) AS cost
            """,
            columns=SQL("").join(
                SQL(
                    "%s AS %s, ",
                    places.get(name, SQL.identifier("cost", name)),
                    SQL.identifier(name),
                )
                for name in names
            ),
            today=self.env.company._get_sales_today(),
            costs=costs._select_cost(),
        )
