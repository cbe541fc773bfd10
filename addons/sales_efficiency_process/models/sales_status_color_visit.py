# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.status.color"

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "visit": {
                "visiting": "info",
                "reporting": "warning",
                "done": "success",
            },
            "visit_interest": {
                "keen": "success",
                "open": "info",
                "unsure": "warning",
            },
            "visit_place": {"inside": "success", "outside": "warning"},
        }
