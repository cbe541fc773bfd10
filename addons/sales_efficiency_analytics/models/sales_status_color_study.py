# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    _inherit = "sales.status.color"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "study": {
                "queued": "info",
                "running": "info",
                "done": "success",
                "refused": "warning",
                "failed": "danger",
            },
        }
