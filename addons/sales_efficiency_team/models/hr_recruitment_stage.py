# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class HrRecruitmentStage(models.Model):
    _inherit = "hr.recruitment.stage"

    sales_is_offer = fields.Boolean(
        string="Offer Stage",
        help="Applicants reach this stage only with the required parts of the"
        " selection. So they do stages of those hired.",
    )
