# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# What makes other days of a calendar free
DAYS_OFF = {
    "date_from",
    "date_to",
    "calendar_id",
    "company_id",
    "resource_id",
    "time_type",
}


class ResourceCalendarLeaves(models.Model):
    """What is expected to date follows from the working days: a holiday that is
    entered today counts today (policy 2.2.2)."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._remeasure_sales_targets()
        return leaves

    def write(self, vals):
        is_moved = not DAYS_OFF.isdisjoint(vals)
        if is_moved:
            self._remeasure_sales_targets()
        res = super().write(vals)
        if is_moved:
            self._remeasure_sales_targets()
        return res

    def unlink(self):
        self._remeasure_sales_targets()
        return super().unlink()

    def _remeasure_sales_targets(self):
        """Have running plans measured anew, unless it is the leave of one person alone.

        Of a plan that is closed no working day is left to come.
        """
        # Whoever enters holidays need not see targets.
        changes = self.env["sales.target.change"].sudo()
        if any(not leave.resource_id for leave in self):
            changes._ask_for_running()
