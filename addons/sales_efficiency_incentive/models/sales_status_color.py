# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    _inherit = "sales.status.color"

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "incentive_terms": {
                "draft": "info",
                "submitted": "info",
                "approved": "success",
            },
            "incentive_month": {
                "open": "info",
                "published": "info",
                "approved": "info",
                "locked": "success",
                "paid": "success",
            },
            "incentive_dispute": {
                "open": "warning",
                "upheld": "success",
                "refused": "success",
            },
            "incentive_adjustment": {
                "draft": "info",
                "submitted": "info",
                "approved": "success",
            },
            "incentive_payout": {"draft": "info", "paid": "success"},
            "incentive_simulation": {
                "draft": "info",
                "running": "info",
                "done": "success",
                "failed": "danger",
            },
            "incentive_outcome": {
                "winner": "success",
                "loser": "danger",
                "same": "info",
            },
            "incentive_reward": {
                "planned": "info",
                "submitted": "info",
                "approved": "success",
                "held": "success",
                "cancelled": "secondary",
            },
            "plan_letter": {"open": "warning", "accepted": "success"},
        }
