# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine import DataScoreMetric

CODE = "data_quality"


class SalesMetric(models.Model):
    """The quality of the data as metrics (policy 6.1.2)."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    def _measure_data_quality(self, metric, scopes, periods):
        """Measure the share of checks without issue; signature as
        ``_measure_new_customers``.

        The code of a metric names the source: ``data_quality_customer``.
        """
        source = (metric.code or "").removeprefix(CODE).removeprefix("_")
        return DataScoreMetric(self.env, source).measure(scopes, periods)
