# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesCustomerClass(models.Model):
    """What belongs into the files of the class."""

    _inherit = "sales.customer.class"  # pylint: disable=consider-merging-classes-inherited

    field_ids = fields.One2many(
        comodel_name="sales.customer.class.field",
        inverse_name="class_id",
        string="Content of the File",
        help="Without a list of its own, a class uses the one for all customers.",
    )
