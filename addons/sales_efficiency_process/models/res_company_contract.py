# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    """Who reviews and signs contracts, and when people are reminded (3.3.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "res.company"

    sales_contract_reviewer_id = fields.Many2one(
        comodel_name="res.users",
        string="Legal Reviewer",
        ondelete="set null",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        groups="base.group_user",
        prefetch="sales_settings",
    )
    sales_contract_signatory_ids = fields.Many2many(
        comodel_name="res.users",
        relation="res_company_sales_signatory_rel",
        column1="company_id",
        column2="user_id",
        string="Authorised Signatories",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        groups="base.group_user",
    )
    sales_contract_notice_days = fields.Integer(
        string="Days of Notice",
        default=60,
        groups="base.group_user",
        prefetch="sales_settings",
    )
    sales_contract_unsigned_days = fields.Integer(
        string="Working Days to Sign",
        default=5,
        groups="base.group_user",
        prefetch="sales_settings",
    )

    _sales_contract_notice_days_range = models.Constraint(
        "CHECK (sales_contract_notice_days BETWEEN 0 AND 3650)",
        "The notice of contracts is given 0 to 3650 days before their end.",
    )
    _sales_contract_unsigned_days_range = models.Constraint(
        "CHECK (sales_contract_unsigned_days BETWEEN 0 AND 90)",
        "Contracts are to be signed within 0 to 90 working days.",
    )
