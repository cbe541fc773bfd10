# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..engine import AppraisalAverage


class SalesMetric(models.Model):
    _inherit = "sales.metric"

    def _measure_appraisal_score(self, _metric, scopes, periods):
        """Measure the average score of appraisals; signature as
        ``_measure_new_customers``.

        Jobs get none, because they store what others read.
        """
        return AppraisalAverage(self.env).measure(scopes, periods)

    @api.model
    def _get_methods_by_user(self):
        return super()._get_methods_by_user() | {"_measure_appraisal_score"}
