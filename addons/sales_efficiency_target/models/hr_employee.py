# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class HrEmployee(models.Model):
    _name = "hr.employee"
    _inherit = ["hr.employee", "sales.target.progress.mixin"]
    _sales_target_dimension = "user_id"

    sales_target_count = fields.Integer(groups="hr.group_hr_user")
    sales_target_attainment = fields.Float(groups="hr.group_hr_user")

    def _get_sales_target_owners(self):
        return {employee: employee.user_id.id for employee in self if employee.user_id}
