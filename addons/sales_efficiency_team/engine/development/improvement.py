# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo import fields
from odoo.tools import format_date

from ..section import ListSection


class Improvement(ListSection):
    """The goals of the person's improvement plan."""

    key = "improvement"
    action = "sales_efficiency_team.sales_improvement_plan_action"
    length = None

    def is_visible(self):
        plans = self.env["sales.improvement.plan"]
        return plans.has_access("read") and bool(self._plans)

    def get_title(self):
        day = fields.Date.to_date(self._plans[0]["date_end"])
        return self.env._("My Improvement Plan, until %s", format_date(self.env, day))

    def get_empty(self):
        return ""

    def get_count(self):
        return sum(len(plan["goals"]) for plan in self._plans)

    def get_rows(self):
        return [
            self._describe(plan, goal) for plan in self._plans for goal in plan["goals"]
        ]

    @cached_property
    def _plans(self):
        plans = self.env["sales.improvement.plan"]
        return plans.get_open_plans([self.env.uid])

    def _describe(self, plan, goal):
        row = {
            "id": plan["id"],
            "name": goal["name"],
            "figure": self.env._(
                "%(value)s of %(asked)s",
                value=goal["actual"] or "–",
                asked=goal["target"],
            ),
        }
        if goal["is_reached"]:
            name = self.env._("Reached")
            row["status"] = {"kind": "kpi", "value": "reached", "name": name}
        return row
