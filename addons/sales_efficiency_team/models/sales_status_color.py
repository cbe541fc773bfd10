# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    _inherit = "sales.status.color"

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "conduct_case": {
                "reported": "warning",
                "hearing": "info",
                "proposed": "info",
                "appealed": "warning",
                "in_force": "danger",
                "dismissed": "success",
            },
            "conduct_severity": {
                "minor": "info",
                "serious": "warning",
                "grave": "danger",
            },
            "conduct_report": {"draft": "info", "received": "success"},
            "onboarding": {"running": "info", "done": "success"},
            "onboarding_step": {"open": "info", "done": "success"},
            "career_move": {
                "draft": "info",
                "submitted": "warning",
                "approved": "info",
                "done": "success",
                "rejected": "danger",
            },
            "career_talk": {
                "to_plan": "warning",
                "planned": "info",
                "held": "success",
            },
            "honour": {
                "draft": "info",
                "voting": "info",
                "elected": "info",
                "submitted": "info",
                "published": "success",
            },
            "conduct_version": {"draft": "info", "published": "success"},
            "appraisal": {
                "rating": "info",
                "calibration": "warning",
                "told": "info",
                "closed": "success",
            },
            "appraisal_rating": {
                "asked": "warning",
                "answered": "success",
            },
            "award": {
                "draft": "info",
                "submitted": "info",
                "approved": "success",
                "rejected": "danger",
            },
            "appraisal_talk": {
                "open": "warning",
                "planned": "info",
                "held": "success",
            },
            "appraisal_reply": {
                "acknowledged": "success",
                "objected": "warning",
            },
            "appraisal_objection": {
                "open": "warning",
                "upheld": "info",
                "overruled": "info",
            },
            "improvement_plan": {
                "draft": "info",
                "submitted": "info",
                "offered": "warning",
                "running": "info",
                "checked": "danger",
                "done": "success",
            },
            "improvement_outcome": {
                "reached": "success",
                "incentive": "warning",
                "post": "danger",
            },
            "interview": {"planned": "info", "scored": "success"},
            "interview_scorecard": {"draft": "warning", "submitted": "success"},
            "background_check": {
                "draft": "warning",
                "running": "info",
                "passed": "success",
                "failed": "danger",
            },
            "selection_waiver": {
                "submitted": "info",
                "approved": "success",
                "rejected": "danger",
            },
            "staffing_plan": {
                "draft": "info",
                "submitted": "info",
                "approved": "success",
            },
            "referral": {"waiting": "info", "earned": "success"},
            "development": {
                "duty": "warning",
                "expired": "danger",
                "expiring": "warning",
                "met": "success",
                "overdue": "danger",
                "today": "warning",
                "valid": "success",
            },
            "kpi": {
                "reached": "success",
                "on_track": "success",
                "near": "warning",
                "far": "danger",
            },
            "training_cost": {"exceeded": "danger", "within": "success"},
            "training_session": {"open": "info", "done": "success"},
            "training_place": {
                "waiting": "warning",
                "booked": "info",
                "attended": "success",
                "absent": "danger",
            },
            "training_plan": {
                "draft": "info",
                "submitted": "info",
                "approved": "success",
            },
            "training_need": {
                "open": "warning",
                "booked": "info",
                "trained": "success",
            },
        }
