# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo import fields
from odoo.tools import format_date

from ..section import ListSection


class Improvements(ListSection):
    """The open improvement plans of the team, the first to end first."""

    key = "improvements"
    action = "sales_efficiency_team.sales_improvement_plan_action"

    def is_visible(self):
        return self.env["sales.improvement.plan"].has_access("read")

    def get_title(self):
        return self.env._("Improvement Plans")

    def get_empty(self):
        return self.env._("Nobody has an open improvement plan.")

    def get_count(self):
        return len(self._plans)

    def get_rows(self):
        return [self._describe(plan) for plan in self._plans[: self.length]]

    @cached_property
    def _plans(self):
        users = self.page.get_users()
        return self.env["sales.improvement.plan"].get_open_plans(users.ids)

    def _describe(self, plan):
        day = fields.Date.to_date(plan["date_end"])
        return {
            "id": plan["id"],
            "name": plan["user_name"],
            "detail": " · ".join(
                filter(
                    None,
                    [
                        plan["state_label"],
                        self.env._("until %s", format_date(self.env, day)),
                        plan["coach_name"],
                    ],
                )
            ),
            "figure": self.env._(
                "%(reached)s of %(goals)s reached",
                reached=plan["reached_count"],
                goals=plan["goal_count"],
            ),
        }
