# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from .panel import TargetPanel


class Metrics(TargetPanel):
    """The metrics to choose from, above the panels about one of them."""

    key = "metrics"

    def is_visible(self):
        return len(self.choice.gauges) > 1

    def get_data(self):
        return [
            {"id": metric.id, "name": metric.name} for metric in self.choice.metrics
        ]
