# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import asdict

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon

from ..engine.methods import forecast
from .test_method_forecast import get_months, get_noisy


def find(number=36, horizon=12, values=None):
    """Return what the method finds for months from January 2023 on."""
    values = values or get_noisy(number)
    months = get_months(len(values) + 12)[12:]
    data = {"labels": months, "columns": {"x": values}}
    return asdict(forecast.run(data, {"horizon": horizon}))


class ForecastCommon(SalesTargetCommon):
    """Forecasts made on 5 January 2026 of the year 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = find()

    @classmethod
    def _keep(cls, user=None, found=None, metric=None, said_on="2026-01-05", **scope):
        return (
            cls.env["sales.forecast"]
            .with_user(user or cls.director)
            ._keep(
                cls.company,
                scope,
                metric or cls.ordered,
                found or cls.found,
                said_on=said_on,
            )
        )
