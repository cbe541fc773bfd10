# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.company"

    # Needs are scored anew when they change.
    sales_need_weight_ids = fields.One2many(
        comodel_name="sales.need.weight",
        inverse_name="company_id",
        string="Weights of Needs",
        groups="sales_efficiency_base.group_sales_person",
    )
