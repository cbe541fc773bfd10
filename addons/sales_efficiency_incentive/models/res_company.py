# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_incentive_show_pay = fields.Boolean(
        string="Leaders See the Pay of Their People",
        groups="base.group_user",
        help="Team leaders see target incentives, draws and plan letters of the people"
        " in their teams. Otherwise only who is in which plan.",
    )
