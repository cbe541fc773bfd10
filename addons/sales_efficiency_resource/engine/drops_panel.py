# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

# Number of customers shown; the others are one click away
LENGTH = 5


class Drops(Panel):
    """The customers who buy less than before, the most money at risk first.

    They are those of the last test, whatever period is chosen.
    """

    key = "customer_drops"

    def is_visible(self):
        """Show the panel as soon as customers could be tested."""
        return self._drops.has_access("read") and bool(
            self._drops.search_count(self._get_domain(), limit=1)
        )

    def get_data(self):
        domain = self._get_domain() & Domain("state", "!=", "none")
        [[count, amount]] = self._drops._read_group(
            domain, aggregates=["__count", "amount_at_risk:sum"]
        )
        shown = self._drops.search(
            domain, limit=LENGTH, order="state, amount_at_risk desc, id"
        )
        states = dict(self._drops._fields["state"]._description_selection(self.env))
        return {
            "currency_id": self.choice.company.currency_id.id,
            "count": count,
            "amount": amount or 0,
            "domain": list(domain),
            "rows": [
                {
                    "id": drop.id,
                    "name": drop.partner_id.display_name,
                    "explanation": drop.explanation,
                    "amount": drop.amount_at_risk,
                    "state": drop.state,
                    "state_name": states[drop.state],
                }
                for drop in shown
            ],
        }

    @cached_property
    def _drops(self):
        return self.env["sales.customer.drop"]

    def _get_domain(self):
        user = self.env.user
        domain = Domain("company_id", "=", self.choice.company.id)
        domain &= Domain("is_latest", "=", True)
        if self.choice.scope == "my":
            domain &= Domain("partner_id.user_id", "=", user.id)
        elif self.choice.scope == "team":
            domain &= Domain(user._get_led_domain(user="partner_id.user_id"))
        return domain
