# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import fields
from odoo.tests import HttpCase, freeze_time, tagged

from .common_meeting import SalesMeetingCommon


@tagged("post_install", "-at_install")
class TestUiMeeting(SalesMeetingCommon, HttpCase):
    """A leader holds the monthly meeting in the browser, a salesperson reads it."""

    def test_leader_holds_the_meeting(self):
        with freeze_time("2026-08-03 12:00:00"):
            self._start()
            self._sell(24_000, "2026-07-10")
            earlier = self._create_meeting("2026-07-06")
            self._agree(earlier, name="Call the bank")
            self._hold(earlier)
        # The browser uses the real date.
        now = fields.Datetime.now()
        meeting = self._create_meeting()
        meeting.date = now - timedelta(minutes=5)
        earlier.date = now - timedelta(days=30)
        self.start_tour(
            "/odoo/sales-meetings", "sales_meeting_of_leader", login="test_leader"
        )
        self.assertEqual(meeting.state, "held")
        self.assertEqual(meeting.month, date(2026, 7, 1))
        self.assertIn("Two tenders have moved.", meeting.minutes)
        self.assertRecordValues(
            meeting.action_ids,
            [
                {
                    "name": "Visit the three largest customers",
                    "user_id": self.salesperson.id,
                    "state": "open",
                }
            ],
        )
        self.start_tour(
            "/odoo/sales-meetings",
            "sales_meeting_of_salesperson",
            login="test_salesperson",
        )
