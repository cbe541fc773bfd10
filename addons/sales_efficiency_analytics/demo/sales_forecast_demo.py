# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from dateutil.relativedelta import relativedelta

from odoo import api, models

from odoo.addons.sales_efficiency_base.demo import enter_demo
from odoo.addons.sales_efficiency_base.demo.demo_company import COMPANY
from odoo.addons.sales_efficiency_base.tools import Period, Scope
from odoo.addons.sales_efficiency_base.tools.period import DAY

from ..engine import ChildFailed, ChildProcess, ForecastComparison

_logger = logging.getLogger(__name__)

METRIC = "ordered_amount"
# Months ago that it was forecast: what came of the first one can be told.
AGO = (4, 2, 0)
HISTORY = 48


class SalesForecastDemo(models.AbstractModel):
    """Forecasts of the company and its teams, as they would have been made."""

    _name = "sales.forecast.demo"
    _description = "Demo Data of Forecasts"

    @api.model
    def _load(self):
        if not self.env.ref(COMPANY, raise_if_not_found=False):
            return  # A database of an earlier version, in whose demo people work
        demo = enter_demo(self, tracking_disable=True)
        forecasts, company = demo.env["sales.forecast"], demo.env.company
        if forecasts.search_count([("company_id", "=", company.id)], limit=1):
            return  # Odoo can load demo data repeatedly
        try:
            for months in AGO:
                demo._load_forecasts(company._get_sales_today(), months)
        except ChildFailed as error:
            _logger.warning("No demo data of forecasts: %s", error)
            return
        today = company._get_sales_today()
        due = forecasts.month_ids.search(
            [("company_id", "=", company.id), ("month", "<", today.replace(day=1))]
        )
        ForecastComparison(demo.env).compare(company, due)

    def _load_forecasts(self, today, ago):
        """Forecast as some months ago, on the second day of the month."""
        company = self.env.company
        metric = self.env["sales.metric"]._find([METRIC])[METRIC]
        said_on = min(today.replace(day=2) - relativedelta(months=ago), today)
        months = self._get_months(said_on)
        scopes = self._get_scopes()
        values = metric._evaluate(scopes, months)
        answer = ChildProcess(self.env).run(
            "forecast",
            {
                "labels": [f"{month.start:%Y-%m}" for month in months],
                "columns": {
                    str(number): [values[metric.id, scope, month] for month in months]
                    for number, scope in enumerate(scopes)
                },
            },
        )
        for number, (scope, owner) in enumerate(scopes.items()):
            found = answer["result"]["series"][str(number)]
            if "refused" not in found:
                self.env["sales.forecast"].with_user(owner)._keep(
                    company,
                    dict(scope.dimensions),
                    metric,
                    found,
                    said_on=said_on,
                )

    def _get_months(self, said_on):
        """:return: the whole months before a day, from the first sales on"""
        first, _last = self.env.company._get_sales_months()
        last = said_on.replace(day=1) - DAY
        start = max(
            first.replace(day=1), last.replace(day=1) - relativedelta(months=HISTORY)
        )
        return [Period.month(month) for month in Period(start, last).months()]

    def _get_scopes(self):
        """:return: dict scope -> user who asked"""
        company = self.env.company
        director = self.env.ref("sales_efficiency_base.user_grace_demo")
        teams = self.env["crm.team"].search(
            [("company_id", "=", company.id), ("parent_id", "!=", False)]
        )
        return {Scope(company.id): director} | {
            Scope(company.id, team_id=team.id): team.user_id or director
            for team in teams
        }
