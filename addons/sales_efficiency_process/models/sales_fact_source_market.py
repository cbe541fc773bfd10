# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from odoo.addons.sales_efficiency_base.engine import Watch

from ..engine.market import spread_over_months


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
            "company_id": SQL("size.company_id"),
            "currency_id": SQL("company.currency_id"),
            "region_id": SQL("size.region_id"),
            "categ_id": SQL("size.categ_id"),
            "amount": SQL("part.amount"),
            "res_id": SQL("size.id"),
            "line_id": SQL("part.month"),
        }

    def _from(self, ids=None):
        sizes = SQL(
            """
            (SELECT size.id, size.date_from, size.date_to, size.amount,
                    currency.decimal_places AS digits
               FROM sales_market_size size
               JOIN res_company company ON company.id = size.company_id
               JOIN res_currency currency ON currency.id = company.currency_id
              WHERE %s) AS r
            """,
            SQL("TRUE") if ids is None else SQL("size.id = ANY(%s)", ids),
        )
        return SQL(
            """
            %s
            JOIN sales_market_size size ON size.id = part.id
            JOIN res_company company ON company.id = size.company_id
            """,
            spread_over_months(sizes),
        )
