# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.sales_efficiency_incentive.tools import WHOLE


class SalesSelectionWeightMixin(models.AbstractModel):
    """A weighted line of a job's selection. All lines together add up to 100.00."""

    _name = "sales.selection.weight.mixin"
    _inherit = "sales.guard.mixin"
    _description = "Weighted Line of the Selection"
    _fixed_fields = ("job_id",)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_weights(lines.job_id)
        return lines

    def write(self, vals):
        res = super().write(vals)
        self._check_weights(self.job_id)
        return res

    def unlink(self):
        jobs = self.job_id
        res = super().unlink()
        self._check_weights(jobs)
        return res

    @api.model
    def _check_weights(self, jobs):
        # A job that is written with its lines checks them at the end.
        if self.env.context.get("sales_selection") is not WHOLE:
            jobs.exists()._check_sales_selection()

    def _filter_weighted(self):
        """:return: the lines that have a share of the 100.00"""
        return self
