# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesTargetPlan(models.Model):
    _inherit = "sales.target.plan"

    def _check_can_submit(self):
        res = super()._check_can_submit()
        # sudo: the director may have no access to the projects of the targets.
        self.target_ids.project_id.sudo()._check_sales_weights()
        return res
