# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta

from odoo.tests import HttpCase, tagged

from .training_common import SalesTrainingCommon


@tagged("post_install", "-at_install")
class TestUiTraining(SalesTrainingCommon, HttpCase):
    """A training from the first place to the results, in the browser."""

    def test_a_salesperson_asks_and_hr_records(self):
        session = self.sessions.create(
            {
                "course_id": self._create_course(name="Closing", places=1).id,
                "date_start": datetime.now().replace(microsecond=0) + timedelta(days=3),
            }
        )
        session.action_open()
        self.start_tour(
            "/odoo/action-sales_efficiency_team.sales_training_session_action",
            "sales_training_of_salesperson",
            login="test_salesperson",
        )
        row = session.attendance_ids
        self.assertEqual(row.user_id, self.salesperson)
        self.assertEqual(row.state, "booked")
        start = datetime.now().replace(microsecond=0) - timedelta(hours=5)
        session.write({"date_start": start, "date_end": start + timedelta(hours=4)})
        self.start_tour(
            f"/odoo/action-sales_efficiency_team.sales_training_session_action/{session.id}",
            "sales_training_of_hr",
            login="test_hr_user",
        )
        self.assertEqual((session.state, row.state), ("done", "attended"))
        self.assertEqual(self.employee.resume_line_ids.name, "Closing")
