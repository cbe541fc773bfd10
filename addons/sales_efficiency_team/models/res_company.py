# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_applicant_months = fields.Integer(
        string="Months to Keep Applicants",
        groups="base.group_user",
        help="So many months after they were refused, everything known of applicants is"
        " erased; 0: nothing is. People in a talent pool stay.",
    )

    _sales_applicant_months_range = models.Constraint(
        "CHECK (sales_applicant_months BETWEEN 0 AND 120)",
        "Refused applicants are kept for 1 to 120 months; enter 0 to erase nobody.",
    )
