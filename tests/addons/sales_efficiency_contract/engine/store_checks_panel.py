# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.sales_efficiency_base.engine.cockpit import Panel


class StoreChecksPanel(Panel):
    """How many checks there were."""

    key = "store_checks"

    def is_visible(self):
        return self.env["sales.store.check"].has_access("read")

    def get_data(self):
        period = self.choice.period
        domain = [
            ("company_id", "=", self.choice.company.id),
            ("date", ">=", period.start),
            ("date", "<=", period.end),
        ]
        if self.choice.scope == "my":
            domain.append(("user_id", "=", self.env.uid))
        return {"count": self.env["sales.store.check"].search_count(domain)}
