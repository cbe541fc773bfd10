# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesFact(models.Model):
    """Adds the project to facts (policy 2.1.2)."""

    _inherit = "sales.fact"

    project_id = fields.Many2one(help="The project of the order or of the opportunity.")

    _project_date = models.Index("(project_id, date) WHERE project_id IS NOT NULL")
