# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class SalesTargetCascadeLine(models.TransientModel):
    _inherit = "sales.target.cascade.line"

    # A preview must not block the deletion of a source.
    utm_source_id = fields.Many2one(ondelete="cascade")
