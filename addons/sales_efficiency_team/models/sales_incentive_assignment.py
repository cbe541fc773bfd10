# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesIncentiveAssignment(models.Model):
    _inherit = "sales.incentive.assignment"

    award_value = fields.Monetary(
        string="Monthly Value of Awards",
        help="What a month of an award pays, where awards do not go by the wage.",
    )

    _award_value_positive = models.Constraint(
        "CHECK (award_value >= 0)",
        "The monthly value of awards cannot be negative: enter 0 for none.",
    )

    def _get_printed_terms(self):
        names = ["award_value"] if self.award_value else []
        return super()._get_printed_terms() + names
