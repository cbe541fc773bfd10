# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.tools import name_period

from .panel import LENGTH, TargetPanel


class Warnings(TargetPanel):
    """The open warnings of the scope, the most severe first."""

    key = "warnings"

    def get_data(self):
        alerts = self.env["sales.alert"]
        domain = self.choice.targets_domain & Domain("state", "!=", "closed")
        shown = alerts.search(domain, limit=LENGTH, order="severity, pace, id")
        names = self.name_targets(shown.target_id.ids)
        labels = self.get_labels(alerts, "severity", "state")
        return {
            "count": alerts.search_count(domain),
            "rows": [
                {
                    "id": alert.id,
                    "name": names[alert.target_id.id],
                    "metric": alert.metric_id.name,
                    "period": name_period(self.env, alert.period, alert.date_from),
                    "severity": alert.severity,
                    "severity_name": labels["severity"][alert.severity],
                    "state": alert.state,
                    "state_name": labels["state"][alert.state],
                    "pace": alert.pace,
                }
                for alert in shown
            ],
        }
