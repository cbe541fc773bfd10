# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    sales_unit_cost = fields.Float(
        string="Unit Cost at Sale",
        digits=0,
        compute="_compute_sales_unit_cost",
        store=True,
        precompute=True,
        copy=False,
        groups="base.group_user",
        help="Cost of one unit of the line, in the currency of the company: the rate of"
        " a foreign currency may move between quotation and order.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._forget_unit_cost(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._forget_unit_cost(vals))

    @api.model
    def _forget_unit_cost(self, vals):
        """Ignore a cost written by a user: it always follows from the product."""
        if self.env.su or "sales_unit_cost" not in vals:
            return vals
        return {k: value for k, value in vals.items() if k != "sales_unit_cost"}

    @api.depends("purchase_price")
    def _compute_sales_unit_cost(self):
        """Convert the cost back to company currency at once, at the rate by which Odoo
        converted it: a later change of the order date has no effect."""
        for line in self:
            rate = line.order_id.currency_rate or 1
            line.sales_unit_cost = line.purchase_price / rate
