# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    _inherit = "sales.status.color"

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "price_gate": {
                "below": "danger",
                "waiting": "warning",
                "approved": "success",
            },
            "price_request": {
                "draft": "info",
                "submitted": "warning",
                "approved": "success",
                "rejected": "danger",
            },
        }
