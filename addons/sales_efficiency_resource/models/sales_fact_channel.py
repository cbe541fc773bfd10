# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesFact(models.Model):
    """Adds the member who has brought the sale (policy 5.2.2)."""

    _inherit = "sales.fact"

    channel_member_id = fields.Many2one(
        help="The channel member who has brought the order or the opportunity."
    )

    _channel_member_date = models.Index(
        "(channel_member_id, date) WHERE channel_member_id IS NOT NULL"
    )
