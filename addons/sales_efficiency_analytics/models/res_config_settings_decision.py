# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_decision_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of Decisions"
    )
    sales_decision_limit = fields.Monetary(
        related="company_id.sales_decision_limit",
        readonly=False,
        currency_field="sales_decision_currency_id",
    )
