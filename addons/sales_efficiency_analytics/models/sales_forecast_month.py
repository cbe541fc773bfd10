# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import ForecastComparison

# Figures of a group that are quotients of sums: name -> dividend, divisor
QUOTIENTS = {
    "error_share": ("absolute_error", "absolute_actual"),
    "bias": ("error", "absolute_actual"),
    "gain": ("spared_error", "naive_error"),
}
# Months of several metrics or currencies have no figure in common.
AVERAGED = ("value", "actual", "naive_value", "error", "absolute_error")


class SalesForecastMonth(models.Model):
    """What was expected of a month, and what came (policy 6.2.1).

    The errors are those of the forecast: positive if it was too high.
    """

    _name = "sales.forecast.month"
    _inherit = ["sales.scope.mixin", "sales.guard.mixin"]
    _description = "Month of a Sales Forecast"
    _order = "forecast_id desc, month"
    _rec_name = "month"
    _log_access = False

    forecast_id = fields.Many2one(
        comodel_name="sales.forecast",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    scope_name = fields.Char(related="forecast_id.scope_name", string="Scope")
    company_id = fields.Many2one(
        related="forecast_id.company_id", store=True, precompute=True
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    metric_id = fields.Many2one(
        related="forecast_id.metric_id", store=True, precompute=True
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    said_on = fields.Date(related="forecast_id.said_on", store=True, precompute=True)
    method = fields.Selection(related="forecast_id.method", store=True, precompute=True)
    month = fields.Date(required=True, readonly=True, help="First day of the month.")
    ahead = fields.Integer(
        string="Months Ahead", required=True, readonly=True, aggregator=None
    )
    value = fields.Float(
        string="Expected", digits=0, required=True, readonly=True, aggregator="avg"
    )
    low_80 = fields.Float(string="80 % From", digits=0, readonly=True, aggregator=None)
    high_80 = fields.Float(string="80 % To", digits=0, readonly=True, aggregator=None)
    low_95 = fields.Float(string="95 % From", digits=0, readonly=True, aggregator=None)
    high_95 = fields.Float(string="95 % To", digits=0, readonly=True, aggregator=None)
    naive_value = fields.Float(
        string="Simple Guess",
        digits=0,
        readonly=True,
        aggregator="avg",
        help="Last month or last year carried on, whichever was better before.",
    )
    compared_on = fields.Date(
        readonly=True,
        help="The figure of the month is measured until three months after it, because"
        " late documents change it.",
    )
    is_known = fields.Boolean(
        string="Known", readonly=True, help="The month is over and has a figure."
    )
    actual = fields.Float(digits=0, readonly=True, aggregator="avg")

    # Stored to be summed up; a month that is not known yet counts nowhere.
    error = fields.Float(
        string="Forecast less Actual",
        digits=0,
        compute="_compute_errors",
        store=True,
        aggregator="avg",
    )
    absolute_error = fields.Float(
        string="Distance",
        digits=0,
        compute="_compute_errors",
        store=True,
        aggregator="avg",
        help="Forecast less actual, without its sign.",
    )
    absolute_actual = fields.Float(
        digits=0,
        compute="_compute_errors",
        store=True,
        aggregator=None,
        export_string_translation=False,
    )
    naive_error = fields.Float(
        digits=0,
        compute="_compute_errors",
        store=True,
        aggregator=None,
        export_string_translation=False,
    )
    spared_error = fields.Float(
        digits=0,
        compute="_compute_errors",
        store=True,
        aggregator=None,
        export_string_translation=False,
    )
    error_share = fields.Float(
        string="Error (%)",
        digits=(16, 1),
        compute="_compute_errors",
        store=True,
        aggregator="sum",
        help="|Forecast − actual| ÷ |actual|. For a group: sum ÷ sum (WAPE).",
    )
    bias = fields.Float(
        string="Bias (%)",
        digits=(16, 1),
        compute="_compute_errors",
        store=True,
        aggregator="sum",
        help="(Forecast − actual) ÷ |actual|: positive if it was too high. For a group:"
        " sum ÷ sum.",
    )
    gain = fields.Float(
        string="Better than the Guess (%)",
        digits=(16, 1),
        compute="_compute_errors",
        store=True,
        aggregator="sum",
        help="By how much its errors are smaller than those of the simple guess. For a"
        " group: sum ÷ sum.",
    )
    held_80 = fields.Float(
        string="In the 80 % Range (%)",
        digits=(16, 1),
        compute="_compute_errors",
        store=True,
        aggregator="avg",
        help="100 if the actual is in the range, else 0. About 80 on average if the"
        " ranges are right.",
    )
    held_95 = fields.Float(
        string="In the 95 % Range (%)",
        digits=(16, 1),
        compute="_compute_errors",
        store=True,
        aggregator="avg",
        help="100 if the actual is in the range, else 0. About 95 on average if the"
        " ranges are right.",
    )

    _due = models.Index("(month, compared_on)")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("forecast_id", "month")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for line in self:
            month = line.month and line.month.strftime("%Y-%m")
            line.display_name = f"{line.forecast_id.display_name} · {month}"

    @api.depends("is_known", "actual")
    def _compute_errors(self):
        known = self.filtered("is_known")
        for name in self._get_errors():
            (self - known)[name] = 0.0
        for line in known:
            line.update(line._measure_errors())

    @api.model
    def _get_errors(self):
        """:return: names of the figures that tell how good the forecast was"""
        return [
            name
            for name, field in self._fields.items()
            if field.compute == "_compute_errors"
        ]

    def _measure_errors(self):
        error, actual = self.value - self.actual, abs(self.actual)
        naive = abs(self.naive_value - self.actual)
        spared = naive - abs(error)
        return {
            "error": error,
            "absolute_error": abs(error),
            "absolute_actual": actual,
            "naive_error": naive,
            "spared_error": spared,
            "error_share": 100 * abs(error) / actual if actual else 0.0,
            "bias": 100 * error / actual if actual else 0.0,
            "gain": 100 * spared / naive if naive else 0.0,
            "held_80": 100.0 * (self.low_80 <= self.actual <= self.high_80),
            "held_95": 100.0 * (self.low_95 <= self.actual <= self.high_95),
        }

    # ------------------------------------------------------------------
    # ORM
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """A month is of the scope of its forecast, for filtering and grouping."""
        forecasts = self.env["sales.forecast"]
        return super().create(
            [
                {
                    **vals,
                    **forecasts.browse(vals.get("forecast_id"))._get_places(),
                }
                for vals in vals_list
            ]
        )

    def _read_group_select(self, aggregate_spec, query):
        """Divide sums by sums, and leave out what cannot be averaged.

        Months of several metrics or companies have no figure in common.
        """
        name, _colon, function = aggregate_spec.partition(":")
        if name in QUOTIENTS and function == "sum":
            dividend, divisor = (self._sum_known(n, query) for n in QUOTIENTS[name])
            value = SQL("100 * %s / NULLIF(%s, 0)", dividend, divisor)
        elif name in AVERAGED and function == "avg":
            value = SQL(
                "AVG(%s) FILTER (WHERE %s)",
                self._field_to_sql(self._table, name, query),
                self._field_to_sql(self._table, "is_known", query)
                if name not in ("value", "naive_value")
                else SQL("TRUE"),
            )
        elif name in ("held_80", "held_95") and function == "avg":
            return SQL(
                "AVG(%s) FILTER (WHERE %s)",
                self._field_to_sql(self._table, name, query),
                self._field_to_sql(self._table, "is_known", query),
            )
        else:
            return super()._read_group_select(aggregate_spec, query)
        return SQL(
            "CASE WHEN COUNT(DISTINCT (%s, %s)) = 1 THEN %s END",
            self._field_to_sql(self._table, "metric_id", query),
            self._field_to_sql(self._table, "company_id", query),
            value,
        )

    def _sum_known(self, name, query):
        return SQL(
            "SUM(%s) FILTER (WHERE %s)",
            self._field_to_sql(self._table, name, query),
            self._field_to_sql(self._table, "is_known", query),
        )

    # ------------------------------------------------------------------
    # Actions and crons
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_forecast(self):
        self.ensure_one()
        return self.forecast_id._get_records_action()

    @api.model
    def _cron_compare(self):
        """Measure what came of the months that are over."""
        ForecastComparison(self.env).run()
