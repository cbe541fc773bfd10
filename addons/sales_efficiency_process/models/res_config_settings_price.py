# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_quotation_check = fields.Selection(
        related="company_id.sales_quotation_check", readonly=False
    )
    sales_needs_price = fields.Boolean(
        related="company_id.sales_needs_price", readonly=False
    )
    sales_needs_quantity = fields.Boolean(
        related="company_id.sales_needs_quantity", readonly=False
    )
    sales_needs_delivery_date = fields.Boolean(
        related="company_id.sales_needs_delivery_date", readonly=False
    )
    sales_needs_payment_term = fields.Boolean(
        related="company_id.sales_needs_payment_term", readonly=False
    )
    sales_needs_after_sales = fields.Boolean(
        related="company_id.sales_needs_after_sales", readonly=False
    )
    sales_needs_validity = fields.Boolean(
        related="company_id.sales_needs_validity", readonly=False
    )
    sales_limit_person = fields.Float(
        related="company_id.sales_limit_person", readonly=False
    )
    sales_limit_leader = fields.Float(
        related="company_id.sales_limit_leader", readonly=False
    )
    sales_limit_director = fields.Float(
        related="company_id.sales_limit_director", readonly=False
    )
