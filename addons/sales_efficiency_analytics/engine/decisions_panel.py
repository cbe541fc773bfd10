# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

from odoo.addons.sales_efficiency_base.engine.cockpit import Panel

# Number of decisions shown; the others are one click away
LENGTH = 5
OPEN = ("submitted", "approved", "running", "measured")


class Decisions(Panel):
    """The decisions that are open, those to conclude from first.

    They are those of now, whatever period is chosen.
    """

    key = "decisions"
    follows_choice = False

    def is_visible(self):
        return self._decisions.has_access("read") and bool(
            self._decisions.search_count(self._domain, limit=1)
        )

    def get_data(self):
        # Measured comes first, and so does what ends first.
        shown = self._decisions.search(
            self._domain & Domain("state", "=", "measured"), limit=LENGTH
        )
        if len(shown) < LENGTH:
            shown += self._decisions.search(
                self._domain & Domain("state", "!=", "measured"),
                order="date_end, id",
                limit=LENGTH - len(shown),
            )
        fields = self._decisions._fields
        states = dict(fields["state"]._description_selection(self.env))
        return {
            "count": self._decisions.search_count(self._domain),
            "domain": list(self._domain),
            "rows": [
                {
                    "id": decision.id,
                    "name": decision.name,
                    "hypothesis": decision.hypothesis,
                    "headline": decision.headline,
                    "state": decision.state,
                    "state_name": states[decision.state],
                }
                for decision in shown
            ],
        }

    @cached_property
    def _decisions(self):
        return self.env["sales.decision"]

    @cached_property
    def _domain(self):
        domain = Domain("company_id", "=", self.choice.company.id)
        return domain & Domain("state", "in", OPEN)
