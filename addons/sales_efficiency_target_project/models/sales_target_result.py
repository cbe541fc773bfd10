# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTargetResult(models.Model):
    """Adds the milestones of a project to its results (policy 2.1.2)."""

    _inherit = "sales.target.result"

    milestone_count = fields.Integer(related="project_id.sales_milestone_count")
    milestone_reached_count = fields.Integer(
        related="project_id.sales_milestone_reached_count"
    )
    milestone_overdue_count = fields.Integer(
        related="project_id.sales_milestone_overdue_count"
    )
    milestone_slipped_count = fields.Integer(
        related="project_id.sales_milestone_slipped_count"
    )
    milestone_progress = fields.Float(related="project_id.sales_progress")
    next_milestone_id = fields.Many2one(related="project_id.sales_next_milestone_id")
    next_deadline = fields.Date(related="project_id.sales_next_deadline")

    @api.readonly
    def action_open_milestones(self):
        """Show the milestones of the project."""
        return self.target_id.action_open_milestones()
