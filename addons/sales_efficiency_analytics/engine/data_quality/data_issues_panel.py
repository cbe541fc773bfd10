# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

# Number of rules shown; the others are one click away
LENGTH = 5


class DataIssuesPanel(Panel):
    """What data there is to correct, by rule; as of now, whatever period is chosen."""

    key = "data_issues"

    def is_visible(self):
        return bool(self._counts)

    def get_data(self):
        severities = self._issues._fields["severity"]._description_selection(self.env)
        names = dict(severities)
        return {
            "count": sum(count for _rule, count in self._counts),
            "domain": list(self._domain),
            "more": max(len(self._counts) - LENGTH, 0),
            "rows": [
                {
                    "id": rule.id,
                    "name": rule.name,
                    "count": count,
                    "severity": rule.severity,
                    "severity_name": names[rule.severity],
                }
                for rule, count in self._counts[:LENGTH]
            ],
        }

    @cached_property
    def _issues(self):
        return self.env["sales.data.issue"]

    @cached_property
    def _counts(self):
        """List of (rule, number of its open issues), the critical ones first."""
        if not self._issues.has_access("read"):
            return []
        groups = self._issues._read_group(self._domain, ["rule_id"], ["__count"])
        return sorted(groups, key=lambda item: (item[0].severity, -item[1]))

    @property
    def _domain(self):
        user = self.env.user
        domain = Domain("state", "=", "open")
        domain &= Domain("company_id", "in", [False, self.choice.company.id])
        if self.choice.scope == "my":
            domain &= Domain("owner_id", "=", user.id)
        elif self.choice.scope == "team":
            domain &= Domain(user._get_led_domain(user="owner_id"))
        return domain
