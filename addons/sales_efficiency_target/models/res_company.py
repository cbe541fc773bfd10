# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_target_tolerance = fields.Float(
        string="Tolerated Gap",
        default=0.5,
        help="The parts of a target may differ from it by so many percent unexplained."
        " A larger gap has to be explained before the plan is submitted.",
    )
    sales_alert_digest = fields.Selection(
        selection=[
            ("never", "Never"),
            ("daily", "Every day"),
            ("weekly", "Every week, on Monday"),
        ],
        string="Digest of Warnings",
        default="daily",
        required=True,
        help="How often leaders get an e-mail with the open warnings of their people.",
    )

    sales_target_show_above = fields.Boolean(
        string="Show Targets Above",
        help="Salespeople see the figures of the targets that theirs are part of, not"
        " only the names.",
    )

    _sales_target_tolerance_range = models.Constraint(
        "CHECK (sales_target_tolerance BETWEEN 0 AND 100)",
        "The tolerated gap is a percentage between 0 and 100.",
    )
