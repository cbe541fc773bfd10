# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResPartner(models.Model):
    """What sales knows of a customer, by company (policy 5.1).

    It is fetched when asked for, not with all else: orders and invoices read partners
    all the time.
    """

    _inherit = "res.partner"

    sales_class_id = fields.Many2one(
        comodel_name="sales.customer.class",
        string="Customer Class",
        company_dependent=True,
        prefetch="sales_standing",
        ondelete="restrict",
        groups="sales_efficiency_base.group_sales_person",
    )
    sales_grade_id = fields.Many2one(
        comodel_name="sales.grade",
        string="Grade",
        company_dependent=True,
        prefetch="sales_standing",
        readonly=True,
        ondelete="restrict",
        groups="sales_efficiency_base.group_sales_person",
    )
