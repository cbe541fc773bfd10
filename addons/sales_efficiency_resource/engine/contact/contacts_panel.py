# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.fields import Domain
from odoo.tools import format_date

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

SHOWN = 5


class ContactsPanel(Panel):
    """Customers to contact today, of the user, the team or the company."""

    key = "contacts_due"

    def is_visible(self):
        plans = self.env["sales.contact.plan"]
        return plans.has_access("read") and bool(
            plans.search_count(self._get_domain(), limit=1)
        )

    def get_data(self):
        plans = self.env["sales.contact.plan"]
        today = fields.Date.to_string(self.choice.today)
        due = self._get_domain() & plans._get_due_domain(self.choice.today)
        overdue = due & Domain("next_date", "<", today)
        return {
            "due": plans.search_count(due),
            "overdue": plans.search_count(overdue),
            "domain": list(due),
            "rows": [
                {
                    "id": plan.id,
                    "name": plan.partner_id.display_name,
                    "grade": plan.grade_id.name or "",
                    "detail": self._describe(plan),
                }
                for plan in plans.search(due, limit=SHOWN)
            ],
        }

    def _describe(self, plan):
        if not plan.last_date:
            return self.env._("no contact so far")
        return self.env._("last on %s", format_date(self.env, plan.last_date))

    def _get_domain(self):
        domain = Domain("company_id", "=", self.choice.company.id)
        if self.choice.scope == "my":
            domain &= Domain("user_id", "=", self.env.uid)
        elif self.choice.scope == "team":
            domain &= Domain(self.env.user._get_led_domain(team="team_id"))
        return domain
