# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..engine import Coverage


class SalesMetric(models.Model):
    """How far channels and members cover their areas (policy 5.2.3)."""

    _inherit = "sales.metric"

    def _measure_channel_coverage(self, metric, scopes, periods):
        """Signature as that of ``_measure_new_customers``; see :class:`.Coverage`."""
        events = tuple(metric.event_ids.mapped("event"))
        return Coverage(self.env, events).measure(scopes, periods)
