# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesRegion(models.Model):
    """Channel members may have a region to themselves (policy 5.2.2)."""

    _inherit = "sales.region"

    def write(self, vals):
        res = super().write(vals)
        if "parent_id" in vals:
            self.env["sales.channel.member"]._check_moved_areas("region_ids", self)
        return res
