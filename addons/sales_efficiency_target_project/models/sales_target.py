# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTarget(models.Model):
    """A major project has a target like any other scope (policy 2.1.2)."""

    _inherit = "sales.target"

    milestone_count = fields.Integer(related="project_id.sales_milestone_count")
    milestone_progress = fields.Float(related="project_id.sales_progress")

    @api.model
    def get_import_templates(self):
        """Return the one with a column for the project."""
        [template] = super().get_import_templates()
        name = "/sales_efficiency_target_project/static/xls/sales_target.xlsx"
        return [template | {"template": name}]

    @api.readonly
    def action_open_milestones(self):
        """Show the milestones of the project."""
        return self.project_id.action_open_sales_milestones()

    def _keep_original(self):
        """Keep the deadlines of milestones as well."""
        res = super()._keep_original()
        # Milestones belong to the Project app, which directors need not be part of
        self.project_id.sudo().milestone_ids._keep_sales_deadline()
        return res

    @api.model
    def _get_running_of(self, projects):
        """:return: the targets of projects in plans that run"""
        return self.search(
            [("project_id", "in", projects.ids), ("plan_id.state", "=", "running")]
        )
