# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class SalesTarget(models.Model):
    """Targets of major projects, with their milestones (policy 2.1.2)."""

    _inherit = "sales.target"

    milestone_count = fields.Integer(related="project_id.sales_milestone_count")
    milestone_progress = fields.Float(related="project_id.sales_progress")

    @api.model
    def get_import_templates(self):
        """Return the template with a column for the project."""
        [template] = super().get_import_templates()
        name = "/sales_efficiency_target_project/static/xls/sales_target.xlsx"
        return [template | {"template": name}]

    @api.readonly
    def action_open_milestones(self):
        """Show the milestones of the project."""
        return self.project_id.action_open_sales_milestones()

    def _keep_original(self):
        """Store the original deadlines of milestones as well."""
        res = super()._keep_original()
        # sudo: directors may lack access to the Project app.
        self.project_id.sudo().milestone_ids._keep_sales_deadline()
        return res

    @api.model
    def _get_running_of(self, projects):
        """:return: the targets of the projects in running plans"""
        return self.search(
            [("project_id", "in", projects.ids), ("plan_id.state", "=", "running")]
        )
