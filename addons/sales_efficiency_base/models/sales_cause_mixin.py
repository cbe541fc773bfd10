# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesCauseMixin(models.AbstractModel):
    """Cause and analysis of a deviation (policy 2.2.2, 2.2.3)."""

    _name = "sales.cause.mixin"
    _description = "Cause of a Deviation"

    cause = fields.Selection(
        selection=[
            ("product", "Product"),
            ("competition", "Competition"),
            ("strategy", "Strategy"),
            ("market", "Market"),
            ("execution", "Execution"),
            ("other", "Other"),
        ],
    )
    analysis = fields.Text(help="What happened, and why.")
