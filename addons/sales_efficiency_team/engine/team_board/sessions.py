# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import format_datetime

from ..section import ListSection


class Sessions(ListSection):
    """The training sessions to come, with the places taken."""

    key = "sessions"
    action = "sales_efficiency_team.sales_training_session_action"
    view_type = "calendar"

    def is_visible(self):
        return self.env["sales.training.session"].has_access("read")

    def get_title(self):
        return self.env._("Training Calendar")

    def get_empty(self):
        return self.env._("No session is planned.")

    def get_domain(self):
        return [("company_id", "=", self.page.company.id)]

    def _get_coming(self):
        return [
            *self.get_domain(),
            ("state", "in", ("planned", "open")),
            ("date", ">=", self.page.today),
        ]

    def get_count(self):
        return self.env["sales.training.session"].search_count(self._get_coming())

    def get_rows(self):
        sessions = self.env["sales.training.session"].search(
            self._get_coming(), limit=self.length, order="date_start, id"
        )
        return [self._describe(session) for session in sessions]

    def _describe(self, session):
        start = format_datetime(self.env, session.date_start, dt_format="short")
        taken = self.env._(
            "%(taken)s of %(places)s places",
            taken=session.booked_count,
            places=session.places,
        )
        waiting = session.waiting_count and self.env._(
            "%s waiting", session.waiting_count
        )
        return {
            "id": session.id,
            "name": session.course_id.name,
            "detail": " · ".join(filter(None, [start, taken, waiting])),
            "status": self.describe_status("training_session", session, "state"),
        }
