# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_tz = fields.Selection(related="company_id.sales_tz", readonly=False)
    sales_fiscalyear_last_day = fields.Integer(
        related="company_id.fiscalyear_last_day",
        readonly=False,
    )
    sales_fiscalyear_last_month = fields.Selection(
        related="company_id.fiscalyear_last_month",
        readonly=False,
    )
    sales_approval_deadline_days = fields.Integer(
        string="Days to Approve",
        config_parameter="sales_efficiency_base.approval_deadline_days",
        default=3,
    )
