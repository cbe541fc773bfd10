# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import fields, models


class SalesChannel(models.Model):
    """The way a sale reaches the customer (policy 5.2)."""

    _name = "sales.channel"
    _description = "Sales Channel"
    _inherit = ["sales.tree.mixin", "mail.thread"]
    _parent_store = True

    kind = fields.Selection(
        selection=[
            ("direct", "Direct"),
            ("ecommerce", "E-commerce"),
            ("distributor", "Distributor"),
            ("agent", "Agent"),
            ("partner", "Partner"),
            ("other", "Other"),
        ],
        required=True,
        default="direct",
    )
    parent_id = fields.Many2one(
        comodel_name="sales.channel",
        string="Parent Channel",
        index=True,
        ondelete="restrict",
        check_company=True,
    )
    child_ids = fields.One2many(
        comodel_name="sales.channel",
        inverse_name="parent_id",
        string="Sub-channels",
    )
