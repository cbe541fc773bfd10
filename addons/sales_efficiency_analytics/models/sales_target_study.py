# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class SalesTarget(models.Model):
    """Questions that are asked from a target."""

    _inherit = "sales.target"

    @api.readonly
    def action_open_study(self):
        """Open a new study of the metric, in the scope and the days of the target."""
        self.ensure_one()
        self.check_access("read")
        defaults = {
            "metric_id": self.metric_id.id,
            "company_id": self.company_id.id,
            "method": "trend",
            **{name: id_ for name, id_ in self._get_scope_ids().items() if id_},
        }
        return {
            "type": "ir.actions.act_window",
            "res_model": "sales.study",
            "views": [(False, "form")],
            "name": self.env._("Ask"),
            "context": {f"default_{name}": value for name, value in defaults.items()},
        }
