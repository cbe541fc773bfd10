# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import Milestones


class SalesCockpit(models.AbstractModel):
    """Adds the milestones of major projects to the cockpit (policy 2.1.2)."""

    _inherit = "sales.cockpit"

    @api.model
    def _get_panels(self):
        return [*super()._get_panels(), Milestones]
