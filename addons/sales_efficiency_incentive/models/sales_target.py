# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import ValidationError


class SalesTarget(models.Model):
    _inherit = "sales.target"

    @api.constrains("metric_id")
    def _check_is_not_pay(self):
        """Results of targets are read by leaders and salespeople."""
        for metric in self.metric_id.filtered(lambda metric: metric._is_of_pay()):
            raise ValidationError(
                self.env._(
                    "Results of targets are read by leaders and salespeople, so"
                    " %s cannot be a target.",
                    metric.name,
                )
            )
