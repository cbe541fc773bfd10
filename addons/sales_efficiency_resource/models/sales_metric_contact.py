# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine import ContactCoverage


class SalesMetric(models.Model):
    """Coverage of contacts as a metric (policy 5.1.3)."""

    # pylint: disable-next=consider-merging-classes-inherited
    _inherit = "sales.metric"

    def _measure_contact_coverage(self, _metric, scopes, periods):
        """Measure how many of the customers to contact were contacted; signature as
        ``_measure_new_customers``."""
        today = self.env.company._get_sales_today()
        return ContactCoverage(self.env, today).measure(scopes, periods)
