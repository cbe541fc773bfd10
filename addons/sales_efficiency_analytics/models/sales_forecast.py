# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from datetime import date

from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import format_date

from odoo.addons.sales_efficiency_base.tools import Period, format_period, open_records

from ..engine import TargetProposal
from ..engine.verdicts import ForecastVerdict

SEPARATOR = " · "
# What the method finds of each month, and the figures that are kept of it
FOUND = ("values", "low_80", "high_80", "low_95", "high_95")
FIGURES = ("value", *FOUND[1:], "naive_value")
# Months before the forecast that its chart shows
CHART_MONTHS = 12


class SalesForecast(models.Model):
    """What was expected of a metric when, and what came (policy 6.2.1).

    Whoever asks for a forecast has it kept by ``_keep``. Nothing of it changes later
    but what came: see :class:`.ForecastComparison`.
    """

    _name = "sales.forecast"
    _inherit = ["sales.responsible.mixin", "sales.guard.mixin"]
    _description = "Sales Forecast"
    _order = "said_on desc, id desc"
    _rec_names_search = ["metric_id.name", "team_id.name", "user_id.name"]

    company_id = fields.Many2one(required=True, readonly=True, ondelete="cascade")
    currency_id = fields.Many2one(related="company_id.currency_id")
    metric_id = fields.Many2one(
        comodel_name="sales.metric",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    metric_unit = fields.Selection(related="metric_id.unit", string="Unit")
    responsible_id = fields.Many2one(
        compute="_compute_responsible_id",
        store=True,
        precompute=True,
        help="The salesperson, else the person responsible for the narrowest part of"
        " the scope, such as the team leader.",
    )
    scope_name = fields.Char(string="Scope", compute="_compute_scope_name")
    owner_id = fields.Many2one(
        comodel_name="res.users",
        string="Asked By",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    said_on = fields.Date(string="Forecast On", required=True, readonly=True)
    known_until = fields.Date(
        string="Known Up To",
        required=True,
        readonly=True,
        help="The forecast is made of the months up to this day.",
    )
    horizon = fields.Integer(
        string="Months Ahead", required=True, readonly=True, aggregator=None
    )
    method = fields.Selection(
        selection=[
            ("holt_winters", "Holt-Winters"),
            ("naive", "Last Month Again"),
            ("seasonal_naive", "Last Year Again"),
            ("seasonal_growth", "Last Year × Growth"),
            ("log_trend", "Growth with Season"),
        ],
        required=True,
        readonly=True,
    )
    expected_error = fields.Float(
        string="Error in the Test (%)",
        digits=(16, 1),
        readonly=True,
        aggregator=None,
        help="Σ|error| ÷ Σ|actual| in the past, where the method saw only what was"
        " known before.",
    )
    has_test = fields.Boolean(
        string="Tested",
        readonly=True,
        help="There were enough months to see how good the method was before.",
    )
    found = fields.Json(readonly=True, prefetch=False, export_string_translation=False)
    month_ids = fields.One2many(
        comodel_name="sales.forecast.month",
        inverse_name="forecast_id",
        string="Months",
        readonly=True,
    )
    known_count = fields.Integer(
        string="Months Known",
        compute="_compute_known_count",
        store=True,
        aggregator=None,
        help="Months of the forecast that have ended since.",
    )
    error_so_far = fields.Float(
        string="Error So Far (%)",
        digits=(16, 1),
        compute="_compute_error_so_far",
        help="Σ|forecast − actual| ÷ Σ|actual| of the months known.",
    )
    verdict = fields.Html(
        string="What It Says", compute="_compute_verdict", sanitize=False
    )
    chart = fields.Char(compute="_compute_chart", export_string_translation=False)

    _said = models.Index("(company_id, metric_id, said_on)")

    # ------------------------------------------------------------------
    # Computed fields
    # ------------------------------------------------------------------

    @api.depends("metric_id", "said_on", "scope_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for forecast in self:
            parts = [
                forecast.metric_id.name,
                forecast.scope_name,
                forecast.said_on and format_date(self.env, forecast.said_on),
            ]
            forecast.display_name = SEPARATOR.join(filter(None, parts))

    @api.depends(lambda self: ("company_id", *self._get_dimensions()))
    @api.depends_context("lang")
    def _compute_scope_name(self):
        for forecast in self:
            names = [
                # sudo: those who see the figures of a customer see its name.
                place.sudo().display_name
                for name in forecast._get_naming_dimensions()
                if (place := forecast[name])
            ]
            company = forecast.company_id.name or ""
            forecast.scope_name = SEPARATOR.join(names) or company

    @api.depends(lambda self: self._get_paths_to_responsible())
    def _compute_responsible_id(self):
        paths = self._get_paths_to_responsible()
        for forecast in self:
            users = (forecast.mapped(path) for path in paths)
            forecast.responsible_id = next(filter(None, users), False)

    @api.depends("month_ids.is_known")
    def _compute_known_count(self):
        for forecast in self:
            forecast.known_count = sum(forecast.month_ids.mapped("is_known"))

    @api.depends("month_ids.error_share")
    def _compute_error_so_far(self):
        shares = dict(
            self.env["sales.forecast.month"]._read_group(
                [("forecast_id", "in", self.ids), ("is_known", "=", True)],
                ["forecast_id"],
                ["error_share:sum"],
            )
        )
        for forecast in self:
            forecast.error_so_far = shares.get(forecast._origin, 0.0)

    @api.depends("found")
    @api.depends_context("lang")
    def _compute_verdict(self):
        for forecast in self:
            forecast.verdict = Markup("<ul>%s</ul>") % Markup().join(
                Markup("<li>%s</li>") % sentence
                for sentence in forecast._get_sentences()
            )

    def _get_sentences(self):
        """:return: the verdict in the language of the user, the headline first"""
        if not self.found:
            return []
        column = self.found["column"]
        return ForecastVerdict(
            self.with_company(self.company_id).env,
            self.found,
            {column: self.metric_id.name},
            {column: self.metric_id.unit},
        ).sentences()

    @api.depends("found", "month_ids.actual", "month_ids.is_known")
    @api.depends_context("lang")
    def _compute_chart(self):
        """Show the last months, what was expected next, and what came of it."""
        for forecast in self:
            found = forecast.found or {"months": [], "history": []}
            bars = [
                (date(*map(int, f"{month}-1".split("-"))), value, "past")
                for month, value in zip(
                    found["months"][-CHART_MONTHS:],
                    found["history"][-CHART_MONTHS:],
                    strict=True,
                )
            ]
            bars += [(line.month, line.value, "future") for line in forecast.month_ids]
            values = [
                {
                    "label": format_period(self.env, month),
                    "value": value,
                    "type": kind,
                }
                for month, value, kind in bars
            ]
            forecast.chart = json.dumps(
                [{"key": forecast.metric_id.name, "values": values}]
            )

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.readonly
    def action_open_months(self):
        """Show what was expected of each month, and what came."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_forecast_month_action",
            [("forecast_id", "=", self.id)],
            name=self.display_name,
        )

    @api.readonly
    def action_open_others(self):
        """Show all forecasts of the same metric and scope."""
        self.ensure_one()
        self.check_access("read")
        return open_records(
            self.env,
            "sales_efficiency_analytics.sales_forecast_month_action",
            self._get_same_domain("forecast_id."),
            name=SEPARATOR.join([self.metric_id.name, self.scope_name]),
        )

    def action_propose_target(self):
        """Add a target with the months of the forecast to the draft plan, and open it.

        :raise UserError: if there is no such plan
        """
        self.ensure_one()
        self.check_access("read")
        return TargetProposal(self).propose()._get_records_action()

    # ------------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------------

    @api.model
    def _keep(self, company, scope, metric, found, said_on=None):
        """Keep what a forecast says, for the user who asks.

        A second one of the same day replaces the first of the same user. One about
        several records of a dimension at once, such as two teams, is not kept: nobody
        could be named for it.

        :param dict scope: id or ids by dimension
        :param dict found: what the method ``forecast`` has found of one metric
        :param said_on: day of the forecast; default: today
        """
        asked = {name: ids for name, ids in scope.items() if ids}
        places = {
            name: ids if isinstance(ids, int) else list(ids)[0]
            for name, ids in asked.items()
            if isinstance(ids, int) or len(ids) == 1
        }
        if len(places) < len(asked):
            return self.browse()
        values = {
            **dict.fromkeys(self._get_dimensions(), False),
            **places,
            "company_id": company.id,
            "metric_id": metric.id,
            "said_on": said_on or company._get_sales_today(),
            "owner_id": self.env.uid,
        }
        # sudo: only code keeps forecasts. Who could ask for one sees its figures.
        forecasts = self.sudo()
        forecasts.search(
            Domain.AND(Domain(name, "=", value) for name, value in values.items())
        ).unlink()
        values |= self._prepare(found)
        return forecasts.create(values).sudo(self.env.su)

    def _get_places(self):
        """:return: values of the scope: dict dimension -> id; empty if there is none"""
        return self._get_scope_ids() if self else {}

    def _get_same_domain(self, prefix=""):
        """:return: domain of the forecasts of the same metric and scope"""
        names = ("company_id", "metric_id", *self._get_dimensions())
        return Domain.AND(
            Domain(f"{prefix}{name}", "=", self[name].id) for name in names
        )

    @api.model
    def _prepare(self, found):
        """:return: values of a new forecast, of what the method has found"""
        candidates = {
            candidate["method"]: candidate for candidate in found["candidates"]
        }
        wape = candidates[found["method"]]["wape"]
        known_until = Period.month(_get_month(found["months"][-1])).end
        return {
            "known_until": known_until,
            "horizon": len(found["ahead"]),
            "method": found["method"],
            "expected_error": 100 * (wape or 0.0),
            "has_test": wape is not None,
            # How good it was month by month can be told by what came.
            "found": {
                **found,
                "candidates": [
                    {**candidate, "horizons": []} for candidate in found["candidates"]
                ],
            },
            "month_ids": [
                Command.create(
                    {
                        "month": _get_month(label),
                        "ahead": number,
                        **dict(zip(FIGURES, figures, strict=True)),
                    }
                )
                for number, (label, *figures) in enumerate(
                    zip(
                        found["ahead"],
                        *(found[name] for name in FOUND),
                        candidates[found["better_naive"]]["values"],
                        strict=True,
                    ),
                    start=1,
                )
            ],
        }


def _get_month(label):
    """Return the first day of a month.

    >>> _get_month("2026-11")
    datetime.date(2026, 11, 1)
    """
    year, month = map(int, label.split("-"))
    return date(year, month, 1)
