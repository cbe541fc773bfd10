# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Send the display format of each unit, and the colours of statuses, to the web
        client."""
        info = super().session_info()
        if self.env.user._is_internal():
            metrics = self.env["sales.metric"]
            info["sales_units"] = {
                unit: metrics._define_unit(unit, self.env.company).text
                for unit, _label in metrics._fields["unit"].selection
            }
            info["sales_status_colors"] = self.env["sales.status.color"]._get_colors()
        return info
