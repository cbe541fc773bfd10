# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import StoreChecksPanel


class SalesCockpit(models.AbstractModel):
    _inherit = "sales.cockpit"

    @api.model
    def _get_panels(self):
        return [*super()._get_panels(), StoreChecksPanel]
