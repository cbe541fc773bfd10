# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from functools import cached_property

from odoo.fields import Domain
from odoo.tools import format_date, format_datetime

from ..section import ListSection


class Trainings(ListSection):
    """The trainings to come, then the courses that are a duty and not passed."""

    key = "trainings"
    action = "sales_efficiency_team.sales_training_session_action"

    def is_visible(self):
        return self.env["sales.training.attendance"].has_access("read")

    def get_title(self):
        return self.env._("Trainings")

    def get_empty(self):
        return self.env._("No training to come, and none that is still a duty.")

    def get_count(self):
        return len(self._places) + len(self._duties)

    def get_rows(self):
        rows = [
            *map(self._describe_place, self._places),
            *map(self._describe_duty, self._duties),
        ]
        return rows[: self.length]

    @cached_property
    def _places(self):
        return self.env["sales.training.attendance"].search(
            [
                ("user_id", "=", self.env.uid),
                ("company_id", "=", self.page.company.id),
                ("state", "in", ("waiting", "booked")),
                ("session_state", "in", ("planned", "open")),
                ("date", ">=", self.page.today),
            ],
            order="date, id",
        )

    @cached_property
    def _duties(self):
        """The courses of one's own job that one has not passed, or no longer"""
        # sudo: which courses are a duty for one's own job.
        duties = (
            self.env["sales.training.course"]
            .sudo()
            .search(
                [
                    ("job_ids", "in", self.page.job.ids),
                    ("company_id", "=", self.page.company.id),
                ]
            )
        )
        passed = self.env["sales.training.attendance"].search(
            Domain("user_id", "=", self.env.uid)
            & Domain("course_id", "in", duties.ids)
            & Domain("passed", "=", True)
            & (
                Domain("valid_until", "=", False)
                | Domain("valid_until", ">=", self.page.today)
            )
        )
        # sudo: courses that people have passed may be archived, or of another company.
        left = duties - passed.sudo().course_id - self._places.sudo().course_id
        return left.with_env(self.env)

    def _describe_place(self, place):
        session = place.session_id
        start = format_datetime(self.env, session.date_start, dt_format="short")
        return {
            "id": place.id,
            "name": place.course_id.name,
            "detail": " · ".join(filter(None, [start, session.location])),
            "status": self.describe_status("training_place", place, "state"),
            "action": "sales_efficiency_team.sales_training_attendance_my_action",
        }

    def _describe_duty(self, course):
        start = course.next_session_date
        return {
            "id": course.id,
            "name": course.name,
            "detail": self.env._("Next session: %s", format_date(self.env, start))
            if start
            else self.env._("No session planned yet"),
            "status": {
                "kind": "development",
                "value": "duty",
                "name": self.env._("Duty"),
            },
            "action": "sales_efficiency_team.sales_training_course_action",
        }
