# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesSample(models.AbstractModel):
    _inherit = "sales.sample"

    def _remove_masters(self):
        """Remove the weekly reports that the people of the sample were asked for."""
        people = self._get_records("res.users")
        reports = self.env["sales.weekly.report"].search(
            [("user_id", "in", people.ids)]
        )
        reports.submitted_at = False
        reports.line_ids.unlink()
        reports.unlink()
        return super()._remove_masters()
