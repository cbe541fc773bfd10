# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from ..section import ListSection


class Career(ListSection):
    """The next level of the person's career path, and what it asks for."""

    key = "career"
    length = None

    def is_visible(self):
        return self.env["sales.career.path"].has_access("read") and bool(self._paths)

    def get_title(self):
        levels = dict.fromkeys(path["next_level"] for path in self._paths)
        return self.env._("My Path to %s", ", ".join(levels))

    def get_empty(self):
        return self.env._("The next level asks for nothing more.")

    def get_count(self):
        return len(self._conditions)

    def get_rows(self):
        return [self._describe(*condition) for condition in self._conditions]

    @cached_property
    def _paths(self):
        # sudo: one's own employee; the method shows it to nobody else.
        employee = self.page.user.sudo().employee_id
        return self.env["sales.career.path"]._get_missing(employee).get(employee.id, [])

    @cached_property
    def _conditions(self):
        """The conditions of each path, those that are not met first"""
        found = [(path, c) for path in self._paths for c in path["conditions"]]
        return sorted(found, key=lambda pair: pair[1]["is_met"])

    def _describe(self, path, condition):
        is_met = condition["is_met"]
        return {
            "id": condition["course_id"] or path["level_id"],
            "name": condition["name"],
            "detail": path["next_level"] if len(self._paths) > 1 else "",
            "figure": self.env._(
                "%(value)s of %(asked)s",
                value=condition["value"] or "–",
                asked=condition["asked"],
            ),
            "status": {
                "kind": "development",
                "value": "met" if is_met else "missing",
                "name": self.env._("Met") if is_met else self.env._("Missing"),
            },
            "action": condition["course_id"]
            and "sales_efficiency_team.sales_training_course_action",
        }
