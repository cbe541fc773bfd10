# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesFact(models.Model):
    """Opportunities and orders say where their leads came from, too."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.fact"

    utm_source_id = fields.Many2one(
        ondelete="set null",
        help="Leads, what came of them, and what they cost have it.",
    )
    utm_medium_id = fields.Many2one(
        help="Leads, what came of them, and what they cost have it."
    )

    _utm_source_date = models.Index(
        "(utm_source_id, date) WHERE utm_source_id IS NOT NULL"
    )
