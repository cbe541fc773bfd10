# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.sales_efficiency_base.engine import FactColumns, Measure

from ..engine import CustomerFileMetric

MEASURES = [
    Measure(events=("file",), column="percent", type="float8"),
    Measure(events=("file",), column="customers", type="bigint"),
]


class SalesMetric(models.Model):
    """Completeness of customer files as a metric (policy 5.1.1)."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    def _measure_customer_file(self, _metric, scopes, periods):
        """Measure how complete files are today; signature as
        ``_measure_new_customers``.

        Nobody knows how complete they were before, or will be.
        """
        columns = FactColumns(self.env, scopes, periods)
        companies = {scope.company_id for scope in scopes}
        return CustomerFileMetric(self.env).measure(columns, MEASURES, companies)
