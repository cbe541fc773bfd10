# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_decision_limit = fields.Monetary(
        string="Decisions without Approval",
        default=0,
        required=True,
        help="A decision that costs more is approved by a sales director.",
        groups="base.group_user",
        prefetch="sales_settings",
    )

    _sales_decision_limit_positive = models.Constraint(
        "CHECK (sales_decision_limit >= 0)",
        "What decisions may cost without approval cannot be negative.",
    )
