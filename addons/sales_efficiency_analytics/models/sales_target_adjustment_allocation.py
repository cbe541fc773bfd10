# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesTargetAdjustment(models.Model):
    """Adjustments that follow from customers who change their salesperson."""

    _inherit = "sales.target.adjustment"

    allocation_id = fields.Many2one(
        comodel_name="sales.allocation",
        string="Allocation Scenario",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="sales_efficiency_base.group_sales_director",
    )
