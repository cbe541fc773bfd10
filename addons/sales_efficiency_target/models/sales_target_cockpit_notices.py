# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .sales_target_cockpit_figures import LENGTH


class SalesTargetCockpitNotices(models.AbstractModel):
    """What the cockpit points at: warnings, and figures that have moved."""

    _name = "sales.target.cockpit.notices"
    _inherit = "sales.target.cockpit.figures"
    _description = "Notices of the Sales Target Cockpit"

    # ------------------------------------------------------------------
    # Warnings
    # ------------------------------------------------------------------

    def _get_warnings(self, domain):
        """Return the warnings of the scope that are not closed, the worst first."""
        alerts = self.env["sales.alert"]
        domain &= Domain("state", "!=", "closed")
        shown = alerts.search(domain, limit=LENGTH, order="severity, pace, id")
        names = self._name_targets(shown.target_id.ids)
        labels = self._get_labels(alerts, "severity", "state")
        return {
            "count": alerts.search_count(domain),
            "rows": [
                {
                    "id": alert.id,
                    "name": names[alert.target_id.id],
                    "metric": alert.metric_id.name,
                    "period": alert._get_period_name(alert.period, alert.date_from),
                    "severity": alert.severity,
                    "severity_name": labels["severity"][alert.severity],
                    "state": alert.state,
                    "state_name": labels["state"][alert.state],
                    "pace": alert.pace,
                }
                for alert in shown
            ],
        }

    def _get_labels(self, model, *names):
        """:return: dict name of a selection field -> dict value -> label"""
        return {
            name: dict(model._fields[name]._description_selection(self.env))
            for name in names
        }

    # ------------------------------------------------------------------
    # How good the figures are
    # ------------------------------------------------------------------

    def _get_moved(self, domain):
        """Return the closed months whose figures have changed since, e.g. by an order
        that was dated back.

        :return: dict of ``months`` (their names) and ``domain`` of their results
        """
        domain &= Domain("period", "=", "month") & Domain("moved", "!=", 0)
        results = self.env["sales.target.result"]
        groups = results._read_group(domain, ["date_from:day"], order="date_from:day")
        return {
            "months": [results._get_period_name("month", day) for [day] in groups],
            "domain": list(domain),
        }

    def _get_freshness(self, plan):
        """Say how old the figures are, and whether something has changed since.

        :return: dict of ``as_of`` (str, UTC; False before the first measurement),
            ``pending_count`` (changed documents that are not counted yet),
            ``is_measuring`` (changed figures that the results do not show yet) and
            ``can_refresh``
        """
        [[is_measuring]] = self.env.execute_query(
            SQL("SELECT EXISTS (SELECT FROM sales_target_change)")
        )
        return self.env["sales.mart.source"].get_freshness() | {
            "as_of": fields.Datetime.to_string(plan.measured_at),
            "is_measuring": plan.state == "running" and is_measuring,
        }
