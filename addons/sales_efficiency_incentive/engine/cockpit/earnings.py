# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel
from odoo.addons.sales_efficiency_base.tools import format_period


class MyEarnings(Panel):
    """What the user has earned this month so far."""

    key = "my_earnings"

    def is_visible(self):
        own = Domain("user_id", "=", self.env.uid) & Domain(
            "company_id", "=", self.choice.company.id
        )
        return self.choice.scope == "my" and bool(
            self.env["sales.incentive.entry"].search_count(own, limit=1)
        )

    def get_data(self):
        month = self.choice.today.replace(day=1)
        domain = [
            ("user_id", "=", self.env.uid),
            ("company_id", "=", self.choice.company.id),
            ("month", "=", month),
            ("kind", "!=", "payout"),
        ]
        sums = dict(
            self.env["sales.incentive.entry"]._read_group(
                domain, ["balance"], ["amount:sum"]
            )
        )
        return {
            "currency_id": self.choice.company.currency_id.id,
            "month": format_period(self.env, month),
            "earned": sum(sums.values()),
            "payable": sums.get("payable", 0),
            "waiting": sums.get("waiting", 0) + sums.get("capped", 0),
            "owed": sums.get("owed", 0),
        }
