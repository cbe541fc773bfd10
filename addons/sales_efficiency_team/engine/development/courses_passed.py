# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta
from functools import cached_property

from odoo.tools import format_date

from ..section import ListSection

# Time in which to repeat a course before it runs out
SOON = timedelta(days=60)


class CoursesPassed(ListSection):
    """What the person has passed, and until when it is valid; first what runs out."""

    key = "courses_passed"
    action = "sales_efficiency_team.sales_training_attendance_my_action"

    def is_visible(self):
        return self.env["sales.training.attendance"].has_access("read")

    def get_title(self):
        return self.env._("Passed Courses")

    def get_empty(self):
        return self.env._("You have not passed a course yet.")

    def get_domain(self):
        return [("user_id", "=", self.env.uid), ("passed", "=", True)]

    def get_count(self):
        return len(self._latest)

    def get_rows(self):
        return [self._describe(row) for row in self._latest[: self.length]]

    @cached_property
    def _latest(self):
        """The last time that the person passed each course"""
        passed = self.env["sales.training.attendance"].search(
            [*self.get_domain(), ("company_id", "=", self.page.company.id)],
            order="date, id",
        )
        latest = {row.course_id: row for row in passed}
        rows = passed.browse().union(*latest.values())
        return rows.sorted(lambda row: row.valid_until or date.max)

    def _describe(self, row):
        texts = [self.env._("Passed on %s", format_date(self.env, row.date))]
        if row.valid_until:
            texts.append(
                self.env._("valid until %s", format_date(self.env, row.valid_until))
            )
        return {
            "id": row.id,
            "name": row.course_id.name,
            "detail": " · ".join(texts),
            "status": self._get_status(row.valid_until),
        }

    def _get_status(self, day):
        if not day or day > self.page.today + SOON:
            return {
                "kind": "development",
                "value": "valid",
                "name": self.env._("Valid"),
            }
        if day < self.page.today:
            name = self.env._("Has run out")
            return {"kind": "development", "value": "expired", "name": name}
        return {
            "kind": "development",
            "value": "expiring",
            "name": self.env._("Runs out soon"),
        }
