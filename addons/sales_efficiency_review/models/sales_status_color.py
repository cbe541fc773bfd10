# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    _inherit = "sales.status.color"

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "weekly_report": {
                "missing": "danger",
                "late": "warning",
                "returned": "warning",
                "draft": "info",
                "submitted": "info",
                "read": "success",
            },
            "help": {"asked": "warning", "done": "success"},
            "meeting": {"planned": "info", "held": "success"},
        }
