# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.tools import format_date

from ..section import ListSection


class Onboarding(ListSection):
    """What a newcomer has done of the onboarding, and what comes next."""

    key = "onboarding"

    def is_visible(self):
        if not self.env["sales.onboarding"].has_access("read"):
            return False
        return bool(self._onboarding) and self._onboarding["state"] == "running"

    def get_title(self):
        return self.env._(
            "My Onboarding: %(done)s of %(total)s steps done",
            done=self._onboarding["done"],
            total=self._onboarding["total"],
        )

    def get_empty(self):
        return self.env._("All steps are done.")

    def get_count(self):
        return len(self._steps)

    def get_rows(self):
        return [self._describe(step) for step in self._steps[: self.length]]

    @cached_property
    def _onboarding(self):
        progress = self.env["sales.onboarding"]._get_progress(self.page.user)
        return progress.get(self.env.uid)

    @cached_property
    def _steps(self):
        """The steps still to do"""
        return [step for step in self._onboarding["steps"] if step["state"] == "open"]

    def _describe(self, step):
        row = {
            "id": step["course_id"] or step["id"],
            "name": step["name"],
            "detail": format_date(self.env, step["date_deadline"] or False),
            "action": step["course_id"]
            and "sales_efficiency_team.sales_training_course_action",
        }
        if step["is_overdue"]:
            name = self.env._("Overdue")
            row["status"] = {"kind": "development", "value": "overdue", "name": name}
        return row
