# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain
from odoo.tools import format_amount

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

SHOWN = 6


class PrioritiesPanel(Panel):
    """The most valuable open leads of the user, the team or the company."""

    key = "lead_priorities"

    def is_visible(self):
        leads = self.env["crm.lead"]
        return leads.has_access("read") and leads._has_field_access(
            leads._fields["sales_priority"], "read"
        )

    def get_data(self):
        leads = self.env["crm.lead"]
        domain = self._get_domain()
        found = leads.search(
            domain & Domain("sales_priority", ">", 0),
            order="sales_priority desc, id desc",
            limit=SHOWN,
        )
        return {
            "count": leads.search_count(domain),
            "is_own": self.choice.scope == "my",
            "rows": [self._describe(lead) for lead in found],
        }

    def _describe(self, lead):
        return {
            "id": lead.id,
            "name": lead.name,
            "customer": lead.partner_id.display_name or lead.partner_name or "",
            "who": "" if self.choice.scope == "my" else lead.user_id.name or "",
            "class": lead.sales_class or "",
            "value": format_amount(
                self.env, lead.sales_priority, lead.company_currency
            ),
            "has_next": bool(lead.activity_ids),
        }

    def _get_domain(self):
        domain = Domain("won_status", "=", "pending")
        domain &= Domain("company_id", "in", [False, self.choice.company.id])
        if self.choice.scope == "my":
            domain &= Domain("user_id", "=", self.env.uid)
        elif self.choice.scope == "team":
            domain &= Domain(
                self.env.user._get_led_domain(team="team_id", user="user_id")
            )
        return domain
