# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain

from ..section import ListSection


class Promotions(ListSection):
    """Who meets all conditions of the next level of their career path."""

    key = "promotions"
    action = "sales_efficiency_team.sales_career_standing_action"

    def is_visible(self):
        return self.env["sales.career.standing"].has_access("read")

    def get_title(self):
        return self.env._("Ready for Promotion")

    def get_empty(self):
        return self.env._("Nobody meets all conditions of the next level yet.")

    def get_domain(self):
        # Nobody promotes themselves.
        return (
            self.page.get_domain()
            & Domain("user_id", "!=", self.env.uid)
            & Domain("is_ready", "=", True)
        )

    def get_count(self):
        return len(self._standings)

    def get_rows(self):
        return [self._describe(row) for row in self._standings[: self.length]]

    @cached_property
    def _standings(self):
        return self.env["sales.career.standing"].search(self.get_domain())

    def _describe(self, standing):
        return {
            "id": standing.id,
            "name": standing.employee_name,
            "detail": self.env._(
                "%(level)s → %(next_level)s",
                level=standing.level_id.display_name,
                next_level=standing.next_level_id.display_name,
            ),
            "figure": self.env._("%s months", standing.months),
        }
