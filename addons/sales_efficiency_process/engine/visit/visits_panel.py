# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Domain
from odoo.tools import format_time

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

SHOWN = 6


class VisitsPanel(Panel):
    """The visits of today, and those without a report, of the user, the team or the
    company."""

    key = "visits_today"

    def is_visible(self):
        return self.env["sales.visit"].has_access("create")

    def get_data(self):
        visits = self.env["sales.visit"]
        today = self._get_domain() & Domain("date", "=", self.choice.today)
        today &= Domain("state", "!=", "cancelled")
        missing = self._get_domain() & visits._get_missing_domain()
        return {
            "count": visits.search_count(today),
            "done": visits.search_count(today & Domain("state", "=", "done")),
            "missing": visits.search_count(missing),
            "missing_domain": list(missing),
            "is_own": self.choice.scope == "my",
            "rows": [
                self._describe(visit)
                for visit in visits.search(today, limit=SHOWN, order="start, id")
            ],
        }

    def _describe(self, visit):
        return {
            "id": visit.id,
            "time": format_time(
                self.env, visit.start, tz=visit._get_reader_tz(), time_format="short"
            ),
            "name": visit.partner_id.display_name,
            "who": "" if self.choice.scope == "my" else visit.user_id.name,
            "state": visit.state,
            "status": dict(visit._fields["state"]._description_selection(self.env))[
                visit.state
            ],
            "place_link": visit.place_link,
        }

    def _get_domain(self):
        domain = Domain("company_id", "=", self.choice.company.id)
        if self.choice.scope == "my":
            domain &= Domain("user_id", "=", self.env.uid)
        elif self.choice.scope == "team":
            domain &= Domain(
                self.env.user._get_led_domain(team="team_id", user="user_id")
            )
        return domain
