# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesTargetCascade(models.TransientModel):
    """Sales targets are not broken down by kind of expense: nothing is sold by it."""

    _inherit = "sales.target.cascade"  # pylint: disable=consider-merging-classes-inherited

    @api.model
    def _selection_dimension(self):
        dimensions = super()._selection_dimension()
        target_id = self.env.context.get("default_target_id")
        # A client may send anything.
        target = self.env["sales.target"].search(
            [("id", "=", target_id if isinstance(target_id, int) else False)]
        )
        if target and target.purpose != "budget":
            return [row for row in dimensions if row[0] != "expense_kind_id"]
        return dimensions
