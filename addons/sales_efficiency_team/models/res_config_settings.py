# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_applicant_months = fields.Integer(
        related="company_id.sales_applicant_months", readonly=False
    )
    sales_tell_days = fields.Integer(
        related="company_id.sales_tell_days", readonly=False
    )
    sales_reply_days = fields.Integer(
        related="company_id.sales_reply_days", readonly=False
    )
    sales_standard_score = fields.Float(
        related="company_id.sales_standard_score", readonly=False
    )
    sales_honour_score = fields.Float(
        related="company_id.sales_honour_score", readonly=False
    )
