# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .line_values import LineValues, OrderValues


class SolutionReader:
    """Reads solutions and their products, as ``OrderReader`` does orders."""

    def __init__(self, index):
        """:param FloorIndex index: of the company of the solutions"""
        self._sales_prices = index.sales_prices

    def get_values(self, solution):
        """:return: ``OrderValues`` and list of ``LineValues``"""
        # sudo: see ``OrderReader``
        solution = solution.sudo()
        company, customer = solution.company_id, solution.partner_id
        currency = solution.currency_id or company.currency_id
        today = company._get_sales_today()
        rate = currency._get_conversion_rate(
            company.currency_id, currency, company, today
        )
        return (
            OrderValues(
                None,
                currency.id,
                rate,
                self._sales_prices.get_rate(company, today),
                currency.rounding,
                customer._get_sales_region(company).id,
                customer._get_sales_channel().id,
                today,
            ),
            [self._read_line(line) for line in solution.line_ids],
        )

    def _read_line(self, line):
        product = line.product_id.with_company(line.company_id)
        cost = product.uom_id._compute_price(product.standard_price, line.uom_id)
        return LineValues(
            line.id,
            product.id,
            product.product_tmpl_id.id,
            product.categ_id.id,
            line.quantity,
            line.uom_id.id,
            product.uom_id.id,
            line.price_unit,
            0.0,
            line.subtotal,
            cost,
            product.list_price,
            0.0,
            not product.company_id,
            False,
            product.type != "combo",
            product.type == "consu",
        )
