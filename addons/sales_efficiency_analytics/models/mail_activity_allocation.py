# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MailActivity(models.Model):
    """To-dos to take over customers; they go when the scenario is undone."""

    _inherit = "mail.activity"

    sales_allocation_id = fields.Many2one(
        comodel_name="sales.allocation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        groups="sales_efficiency_base.group_sales_director",
        export_string_translation=False,
    )
