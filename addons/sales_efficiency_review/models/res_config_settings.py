# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    sales_meeting_share_pack = fields.Boolean(
        related="company_id.sales_meeting_share_pack", readonly=False
    )
    sales_weekly_reports = fields.Boolean(
        related="company_id.sales_weekly_reports", readonly=False
    )
    sales_weekly_support_reports = fields.Boolean(
        related="company_id.sales_weekly_support_reports", readonly=False
    )
    sales_weekly_weekday = fields.Selection(
        related="company_id.sales_weekly_weekday", readonly=False
    )
    sales_weekly_hour = fields.Float(
        related="company_id.sales_weekly_hour", readonly=False
    )
    sales_weekly_reminder_hours = fields.Integer(
        related="company_id.sales_weekly_reminder_hours", readonly=False
    )
    sales_weekly_metric_ids = fields.Many2many(
        related="company_id.sales_weekly_metric_ids", readonly=False
    )
