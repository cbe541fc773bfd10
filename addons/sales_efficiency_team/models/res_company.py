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
        prefetch="sales_settings",
    )

    sales_tell_days = fields.Integer(
        string="Days to Tell Appraisals",
        default=14,
        groups="base.group_user",
        help="After the calibration, everybody is told within so many days.",
        prefetch="sales_settings",
    )
    sales_reply_days = fields.Integer(
        string="Days to Reply",
        default=14,
        groups="base.group_user",
        help="Within so many days people may object to their appraisal, superiors"
        " decide on objections, and improvement plans are accepted.",
        prefetch="sales_settings",
    )
    sales_standard_score = fields.Float(
        string="Standard Score",
        digits=(6, 2),
        groups="base.group_user",
        help="Whoever scores less is proposed an improvement plan; 0: only by grade.",
        prefetch="sales_settings",
    )
    sales_honour_score = fields.Float(
        string="Excellent Score",
        digits=(6, 2),
        groups="base.group_user",
        help="Whoever scores as much is nominated for honours; 0: only by grade.",
        prefetch="sales_settings",
    )

    _sales_feedback_days_range = models.Constraint(
        "CHECK (sales_tell_days BETWEEN 1 AND 365"
        " AND sales_reply_days BETWEEN 1 AND 365)",
        "Days to tell and to reply are between 1 and 365.",
    )
    _sales_score_lines_range = models.Constraint(
        "CHECK (sales_standard_score BETWEEN 0 AND 500"
        " AND sales_honour_score BETWEEN 0 AND 500)",
        "Score lines are between 0 and 500.",
    )
    _sales_applicant_months_range = models.Constraint(
        "CHECK (sales_applicant_months BETWEEN 0 AND 120)",
        "Refused applicants are kept for 1 to 120 months; enter 0 to erase nobody.",
    )

    def _get_hr_managers(self):
        """:return: the active HR managers of the company, sorted by id"""
        self.ensure_one()
        # sudo: who has this role is public within the company.
        group = self.env.ref("hr.group_hr_manager").sudo()
        managers = group.all_user_ids.filtered(lambda user: user._works_in(self))
        return managers.sorted("id").with_env(self.env)
