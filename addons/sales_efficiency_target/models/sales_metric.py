# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class SalesMetric(models.Model):
    _inherit = "sales.metric"

    def _is_additive(self):
        """:return: whether the figures of the parts add up to that of the whole"""
        self.ensure_one()
        if self.kind == "distinct":
            return self.counted == "document"
        return self.kind == "sum" or (
            self.kind == "method" and self.unit not in ("percent", "days")
        )

    def _get_step(self, company):
        """Return what figures of the metric are multiples of, e.g. 0.01 for money."""
        self.ensure_one()
        if self.unit == "currency":
            return company.currency_id.rounding
        if self.unit == "quantity":
            digits = self.env["decimal.precision"].precision_get("Product Unit")
            return 10**-digits
        return 1.0 if self.unit == "count" and self._is_additive() else 0.01
