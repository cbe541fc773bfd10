# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import Watch

from ..engine.market import from_months


class SalesFactSourceMarket(models.AbstractModel):
    """The size of the market, month by month (policy 3.1.1)."""

    _name = "sales.fact.source.market"
    _inherit = "sales.fact.source"
    _description = "Sales Facts of the Market"
    _code = "market"
    _title = "Market Sizes"
    _subject = "marketing"
    _summary = "What all suppliers sell, by region and product line, in each month."
    _sequence = 36
    _document = "sales.market.size"
    _origin = "sales_market_size"
    _watches = [
        Watch(
            table="sales_market_size",
            origin="sales_market_size",
            key="id",
            columns=(
                "company_id",
                "region_id",
                "categ_id",
                "date_from",
                "date_to",
                "amount",
            ),
        )
    ]

    def _get_label(self):
        return self.env._("Size of the Market")

    def _get_events(self):
        return {"market_size": self.env._("Size of the market")}

    def _get_columns(self):
        return {
            "event": SQL("'market_size'"),
            "date": SQL("part.day"),
            "company_id": SQL("document.company_id"),
            "currency_id": SQL("company.currency_id"),
            "region_id": SQL("document.region_id"),
            "categ_id": SQL("document.categ_id"),
            "amount": SQL("part.amount"),
            "res_id": SQL("document.id"),
            "line_id": SQL("part.month"),
        }

    def _from(self, ids=None):
        return from_months(self._origin, ids)
