# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesTargetPlanCopy(models.TransientModel):
    _inherit = "sales.target.plan.copy"

    @api.model
    def _get_one_off_dimensions(self):
        return [*super()._get_one_off_dimensions(), "project_id"]
