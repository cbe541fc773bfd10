# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.sales_efficiency_base.tools import get_roas, get_roi

from ..engine.market import CompetitorDeals, LeadCosts


class SalesMetric(models.Model):
    """What leads cost and return, and how we do against competitors (policy 3.1).

    Signatures are those of ``_measure_new_customers``.
    """

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.metric"

    def _measure_lead_cost(self, metric, scopes, periods):
        """Sum what leads cost; None where no cost is known."""
        return LeadCosts(self.env).measure(metric, scopes, periods)

    def _measure_lead_roas(self, _metric, scopes, periods):
        """Return won amount ÷ cost of leads."""
        values = self._ask(["won_amount", "lead_cost"], scopes, periods, "now")
        return list(map(get_roas, values["won_amount"], values["lead_cost"]))

    def _measure_lead_roi(self, _metric, scopes, periods):
        """Return (margin − cost of leads) ÷ cost of leads in percent."""
        by_code = self._find(["margin", "lead_cost"])
        margin, cost = (by_code[code].id for code in ("margin", "lead_cost"))
        values = self.union(*by_code.values())._evaluate(scopes, periods, known=True)
        column = []
        for scope in scopes:
            for period in periods:
                known = values.known.get((margin, scope, period))
                is_unknown = known and known.is_unknown
                column.append(
                    get_roi(
                        None if is_unknown else values[margin, scope, period] or 0,
                        values[cost, scope, period],
                    )
                )
        return column

    def _measure_competitive_win_rate(self, _metric, scopes, periods):
        """Return the part of opportunities won of those that named a competitor."""
        return CompetitorDeals(self.env).get_rates(scopes, periods)
