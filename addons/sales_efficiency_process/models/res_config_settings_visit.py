# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.config.settings"

    sales_visit_minutes = fields.Integer(
        related="company_id.sales_visit_minutes", readonly=False
    )
    sales_visit_gap = fields.Integer(
        related="company_id.sales_visit_gap", readonly=False
    )
    sales_visit_per_day = fields.Integer(
        related="company_id.sales_visit_per_day", readonly=False
    )
    sales_visit_report_hours = fields.Integer(
        related="company_id.sales_visit_report_hours", readonly=False
    )
    sales_visit_places = fields.Boolean(
        related="company_id.sales_visit_places", readonly=False
    )
    sales_visit_radius = fields.Integer(
        related="company_id.sales_visit_radius", readonly=False
    )
    sales_visit_place_months = fields.Integer(
        related="company_id.sales_visit_place_months", readonly=False
    )
