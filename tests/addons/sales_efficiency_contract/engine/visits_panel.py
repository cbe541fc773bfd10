# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.engine.cockpit import Panel


class VisitsPanel(Panel):
    """How many visits there were."""

    key = "visits"

    def is_visible(self):
        return self.env["sales.visit"].has_access("read")

    def get_data(self):
        period = self.choice.period
        domain = [
            ("company_id", "=", self.choice.company.id),
            ("date", ">=", period.start),
            ("date", "<=", period.end),
        ]
        if self.choice.scope == "my":
            domain.append(("user_id", "=", self.env.uid))
        return {"count": self.env["sales.visit"].search_count(domain)}
