# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine import CustomerRetention


class SalesMetric(models.Model):
    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.metric"

    def _measure_retention(self, metric, scopes, periods):
        """Measure the customers of the period before who have ordered again.

        :return: values in the order of scopes × periods
        """
        return CustomerRetention(metric.base_id).measure(scopes, periods)
