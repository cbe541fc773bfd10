# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesStatusColor(models.AbstractModel):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.status.color"

    @api.model
    def _get_colors(self):
        return super()._get_colors() | {
            "contract": {
                "draft": "info",
                "submitted": "warning",
                "rejected": "danger",
                "approved": "info",
                "sent": "warning",
                "signed": "success",
            },
            "contract_check": {"open": "warning", "done": "success"},
            "negotiation": {"open": "info", "agreed": "success", "failed": "danger"},
            "version_change": {
                "changed": "warning",
                "added": "info",
                "removed": "danger",
            },
        }
