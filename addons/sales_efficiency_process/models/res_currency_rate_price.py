# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ResCurrencyRate(models.Model):
    """Largest discounts are measured from prices in the currency of the main company,
    whose rates are kept in memory with the floors."""

    _name = "res.currency.rate"
    _inherit = ["res.currency.rate", "sales.floor.cache.mixin"]
    _floor_fields = (
        "company_id",
        "company_rate",
        "currency_id",
        "inverse_company_rate",
        "name",
        "rate",
    )
