# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from itertools import product

from odoo import api, models

from odoo.addons.sales_efficiency_base.tools import FIRST_DAY, Period, open_records
from odoo.addons.sales_efficiency_target.engine import Pipeline, Results

from ..engine import PipelineHistory, get_coverage, get_velocity

# Methods that look at the weekly snapshots
OF_SNAPSHOTS = ("_measure_slippage", "_measure_forecast_accuracy")
# Methods whose values in parts do not add up to that of the whole, whatever their unit
NEVER_ADD_UP = (
    "_measure_concentration",
    "_measure_pipeline_coverage",
    "_measure_velocity",
)
PACE = (
    "closed",
    "conversion_rate",
    "opportunities_created",
    "sales_cycle",
    "won",
    "won_amount",
)


class SalesMetric(models.Model):
    """How the pipeline flows, and how far its promises hold (policy 6.2.2).

    Signatures of the methods are as that of ``_measure_new_customers``.
    """

    _inherit = "sales.metric"

    @api.readonly
    def action_open_facts(self):
        """Open the snapshots behind what is compared with them."""
        self.ensure_one()
        if self.method_name in OF_SNAPSHOTS:
            return open_records(
                self.env,
                "sales_efficiency_analytics.sales_pipeline_snapshot_action",
                name=self.name,
            )
        return super().action_open_facts()

    def _is_additive(self):
        return super()._is_additive() and self.method_name not in NEVER_ADD_UP

    def _measure_slippage(self, _metric, scopes, periods):
        """Return what was due and neither won nor lost in time, in percent."""
        return PipelineHistory(self.env).slippage(scopes, periods)

    def _measure_forecast_accuracy(self, _metric, scopes, periods):
        """Return how near the weighted pipeline came to what was won."""
        [won] = self._find(["won_amount"]).values()
        values = won._evaluate(scopes, periods).column(won.id)
        return PipelineHistory(self.env).accuracy(scopes, periods, values)

    def _measure_pipeline_coverage(self, metric, scopes, periods):
        """Return how often the open pipeline covers what is missing to the target of
        the base metric."""
        amounts, _weighted = Pipeline(self.env).sum(scopes, periods)
        base = metric.base_id
        rows = Results(self.env).ask(scopes, base, periods).column(base.id)
        companies = self.env["res.company"].browse({s.company_id for s in scopes})
        today = min(company._get_sales_today() for company in companies)
        return [
            # What is over cannot be covered any more.
            get_coverage(amount, row["amount"], row["actual"])
            if row and period.end >= today
            else None
            for amount, row, (_scope, period) in zip(
                amounts, rows, product(scopes, periods), strict=True
            )
        ]

    def _measure_velocity(self, _metric, scopes, periods):
        """Return what the pipeline brings each day, with the opportunities that are
        open at the end of each period."""
        parts = self._find(list(PACE))
        ends = [Period(FIRST_DAY, period.end) for period in periods]
        values = self.union(*parts.values())._evaluate(
            scopes, [*periods, *ends], rounded=False
        )

        def read(code, scope, period):
            return values[parts[code].id, scope, period]

        column = []
        for scope in scopes:
            for period, until in zip(periods, ends, strict=True):
                open_ = read("opportunities_created", scope, until)
                open_ -= read("closed", scope, until)
                won = read("won", scope, period)
                average = read("won_amount", scope, period) / won if won else None
                rate = read("conversion_rate", scope, period)
                days = read("sales_cycle", scope, period)
                column.append(get_velocity(open_, rate, average, days))
        return column
