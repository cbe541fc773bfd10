# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_target_tolerance = fields.Float(
        related="company_id.sales_target_tolerance", readonly=False
    )
    sales_target_show_above = fields.Boolean(
        related="company_id.sales_target_show_above", readonly=False
    )
