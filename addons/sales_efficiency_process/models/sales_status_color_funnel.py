# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.status.color"

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "won_status": {"won": "success", "lost": "danger", "pending": "info"},
        }
