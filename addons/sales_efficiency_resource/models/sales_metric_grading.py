# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine.grading import GradedCustomers


class SalesMetric(models.Model):
    """Customers by grade; signatures as ``_measure_new_customers``."""

    _inherit = "sales.metric"  # pylint: disable=consider-merging-classes-inherited

    def _measure_graded_customers(self, _metric, scopes, periods):
        """Count the customers who have a grade at the end of each period."""
        return GradedCustomers(self.env, scopes, periods).count()

    def _measure_best_customers(self, _metric, scopes, periods):
        """Count those who have the best grade."""
        return GradedCustomers(self.env, scopes, periods).count(rank=1)

    def _measure_second_customers(self, _metric, scopes, periods):
        return GradedCustomers(self.env, scopes, periods).count(rank=2)

    def _measure_third_customers(self, _metric, scopes, periods):
        return GradedCustomers(self.env, scopes, periods).count(rank=3)

    def _measure_fourth_customers(self, _metric, scopes, periods):
        return GradedCustomers(self.env, scopes, periods).count(rank=4)
