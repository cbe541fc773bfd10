# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    _inherit = "sales.status.color"

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "decision": {
                "submitted": "warning",
                "approved": "info",
                "running": "info",
                "measured": "warning",
                "closed": "success",
                "refused": "danger",
            },
            "decision_check": {"passed": "success", "failed": "danger"},
            "decision_verdict": {
                "helped": "success",
                "did_not": "danger",
                "unknown": "warning",
            },
        }
