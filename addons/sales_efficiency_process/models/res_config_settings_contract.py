# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.config.settings"

    sales_contract_reviewer_id = fields.Many2one(
        related="company_id.sales_contract_reviewer_id",
        readonly=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    sales_contract_signatory_ids = fields.Many2many(
        related="company_id.sales_contract_signatory_ids",
        readonly=False,
        domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
    )
    sales_contract_notice_days = fields.Integer(
        related="company_id.sales_contract_notice_days", readonly=False
    )
    sales_contract_unsigned_days = fields.Integer(
        related="company_id.sales_contract_unsigned_days", readonly=False
    )
