# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

# Fields that affect which days of a calendar are off
DAYS_OFF = {
    "date_from",
    "date_to",
    "calendar_id",
    "company_id",
    "resource_id",
    "time_type",
}


class ResourceCalendarLeaves(models.Model):
    """Updates results when holidays change: figures expected to date depend on working
    days (policy 2.2.2)."""

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
        """Have running plans measured again, unless all leave is personal.

        Closed plans have no working days left.
        """
        # sudo: users who enter holidays need no access to targets.
        changes = self.env["sales.target.change"].sudo()
        if any(not leave.resource_id for leave in self):
            changes._ask_for_running()
