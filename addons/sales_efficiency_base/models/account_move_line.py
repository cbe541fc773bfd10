# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    sales_unit_cost = fields.Float(
        string="Unit Cost at Sale",
        digits=0,
        compute="_compute_sales_unit_cost",
        store=True,
        precompute=True,
        copy=True,
        groups="base.group_user",
        help="Cost of one unit of the line, in the currency of the company, when the"
        " line was made: the margin of a sale does not change with later costs.",
    )

    @api.depends("product_id", "product_uom_id")
    def _compute_sales_unit_cost(self):
        for line in self:
            if line.product_id and line.move_id.is_sale_document(include_receipts=True):
                product = line.product_id.with_company(line.company_id)
                line.sales_unit_cost = product.uom_id._compute_price(
                    product.standard_price, line.product_uom_id or product.uom_id
                )
            else:
                line.sales_unit_cost = 0.0
