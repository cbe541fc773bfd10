# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_target_tolerance = fields.Float(
        string="Tolerated Gap",
        default=0.5,
        help="Tolerated difference between a target and its parts, in percent."
        " Larger gaps need an explanation before the plan is submitted.",
        prefetch="sales_settings",
    )
    sales_target_show_above = fields.Boolean(
        string="Show Targets Above",
        help="Salespeople see the figures of the targets above their own, not only"
        " the names.",
        prefetch="sales_settings",
    )

    _sales_target_tolerance_range = models.Constraint(
        "CHECK (sales_target_tolerance BETWEEN 0 AND 100)",
        "The tolerated gap must be between 0 and 100 %.",
    )
