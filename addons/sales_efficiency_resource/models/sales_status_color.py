# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    _inherit = "sales.status.color"

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "attitude": {"-2": "danger", "-1": "warning", "1": "info", "2": "success"},
            "budget_move": {
                "draft": "info",
                "requested": "warning",
                "approved": "success",
                "refused": "danger",
            },
            "channel_member": {
                "prospect": "info",
                "active": "success",
                "suspended": "warning",
            },
            "channel_plan": {"submitted": "warning", "running": "success"},
            "contact_plan": {
                "overdue": "danger",
                "today": "warning",
                "planned": "success",
            },
            "drop": {"none": "success", "watched": "warning", "alert": "danger"},
            "expense_budget": {
                "ok": "success",
                "warning": "warning",
                "exceeded": "danger",
            },
            "expense_claim": {
                "draft": "info",
                "submitted": "warning",
                "approved": "success",
                "posted": "success",
                "in_payment": "success",
                "paid": "success",
                "refused": "danger",
            },
            "expense_rule": {"approval": "warning", "block": "danger"},
            "grade_move": {"new": "info", "up": "success", "down": "danger"},
            "grade_override": {
                "draft": "info",
                "submitted": "warning",
                "approved": "success",
                "rejected": "danger",
            },
            "grading_run": {"preview": "warning", "confirmed": "success"},
            "scorecard_move": {"up": "success", "down": "danger"},
            "scorecard_run": {
                "draft": "info",
                "submitted": "warning",
                "done": "success",
                "rejected": "danger",
            },
        }
