# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class WebTourTour(models.Model):
    """Tours for one role: a record rule hides them from the others."""

    _inherit = "web_tour.tour"

    sales_role_id = fields.Many2one(
        comodel_name="res.groups",
        string="Sales Role",
        ondelete="cascade",
        help="Only users with this role, and none above it, are shown the tour.",
    )
