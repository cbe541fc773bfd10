# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.config.settings"

    sales_lead_limit_a = fields.Integer(
        related="company_id.sales_lead_limit_a", readonly=False
    )
    sales_lead_limit_b = fields.Integer(
        related="company_id.sales_lead_limit_b", readonly=False
    )
