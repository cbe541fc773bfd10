# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine.decisions_panel import Decisions


class SalesCockpit(models.AbstractModel):
    """The cockpit of open decisions (policy 6.3.1)."""

    _inherit = "sales.cockpit"

    @api.model
    def _get_panels(self):
        return [*super()._get_panels(), Decisions]
