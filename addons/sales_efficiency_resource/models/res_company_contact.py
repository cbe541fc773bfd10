# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_contact_limit = fields.Integer(
        string="New Contact To-Dos per Day",
        default=5,
        required=True,
        help="So many to-dos to contact customers a person gets a day at most.",
        groups="base.group_user",
        prefetch="sales_settings",
    )

    _sales_contact_limit_range = models.Constraint(
        "CHECK (sales_contact_limit BETWEEN 0 AND 100)",
        "People get 0 to 100 new to-dos to contact customers a day.",
    )
