# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo import models

from ..engine import MetricDomains
from ..engine.metric_domains import METRIC


class SpreadsheetDashboard(models.Model):
    """Dashboards show what the metrics count today."""

    _inherit = "spreadsheet.dashboard"

    def _get_serialized_readonly_dashboard(self):
        served = super()._get_serialized_readonly_dashboard()
        if METRIC not in served:
            return served
        content = json.loads(served)
        MetricDomains(self.env).apply(content["snapshot"])
        return json.dumps(content)
