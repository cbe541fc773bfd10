# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesVisitPartMixin(models.AbstractModel):
    """A line of a visit, which changes as long as the visit does."""

    _name = "sales.visit.part.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Part of a Visit"

    visit_id = fields.Many2one(
        comodel_name="sales.visit", required=True, index=True, ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.visit_id._check_content_open()
        return parts

    def write(self, vals):
        self.visit_id._check_content_open()
        res = super().write(vals)
        if "visit_id" in vals:
            self.visit_id._check_content_open()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_reported(self):
        self.visit_id._check_content_open()
