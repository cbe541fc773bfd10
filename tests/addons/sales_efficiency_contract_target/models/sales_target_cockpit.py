# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesTargetCockpit(models.AbstractModel):
    _inherit = "sales.target.cockpit"

    @api.model
    @api.readonly
    def get_data(self, *args, **kwargs):
        """Say how many visits the user may see."""
        data = super().get_data(*args, **kwargs)
        if self.env["sales.visit"].has_access("read"):
            data["visits"] = self.env["sales.visit"].search_count([])
        return data
