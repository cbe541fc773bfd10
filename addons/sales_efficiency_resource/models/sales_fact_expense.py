# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesFact(models.Model):
    """Adds what the money was spent on (policy 5.3.1)."""

    _inherit = "sales.fact"  # pylint: disable=consider-merging-classes-inherited

    expense_kind_id = fields.Many2one(
        help="What the money was spent on. Sales have none."
    )
