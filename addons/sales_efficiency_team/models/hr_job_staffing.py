# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class HrJob(models.Model):
    """What a referral for the job earns."""

    _inherit = "hr.job"  # pylint: disable=consider-merging-classes-inherited

    sales_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the Bounty"
    )
    sales_referral_bounty = fields.Monetary(
        currency_field="sales_currency_id",
        help="What a colleague earns who refers somebody, once that person has passed"
        " the probation. 0: nothing.",
    )
    sales_probation_months = fields.Integer(
        string="Months of Probation",
        default=3,
        help="From the hire on, unless the contract names the end of its trial period.",
    )

    _sales_referral_bounty_positive = models.Constraint(
        "CHECK (sales_referral_bounty >= 0)",
        "A bounty cannot be negative: enter 0 or more.",
    )
    _sales_probation_months_range = models.Constraint(
        "CHECK (sales_probation_months BETWEEN 0 AND 36)",
        "A probation takes 0 to 36 months.",
    )
