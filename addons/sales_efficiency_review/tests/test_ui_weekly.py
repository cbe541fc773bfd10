# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time

from odoo.tests import HttpCase, freeze_time, tagged

from .weekly_common import SalesWeeklyCommon


@tagged("post_install", "-at_install")
class TestUiWeekly(SalesWeeklyCommon, HttpCase):
    """A salesperson reports on the week, and the leader reads it, in the browser."""

    def test_salesperson_submits_and_leader_reads(self):
        monday = self.company._get_sales_week()
        # Reports are not made once they are due.
        with freeze_time(datetime.combine(monday, time(12))):
            self._create_reports()
        report = self._report(self.salesperson, monday)
        self.start_tour(
            "/odoo/weekly-reports",
            "sales_weekly_report_of_salesperson",
            login="test_salesperson",
        )
        self.assertRecordValues(
            report.line_ids.sorted("id"),
            [
                {"kind": "done", "name": "Visited the plant", "is_done": True},
                {
                    "kind": "customer",
                    "name": "First talk with the new manager",
                    "is_done": False,
                },
                {"kind": "problem", "name": "No parts in stock", "is_done": False},
                {"kind": "plan", "name": "Show the new drive", "is_done": False},
            ],
        )
        self.assertEqual(report.customer_ids.partner_id, self.customer_north)
        self.assertEqual(len(self._todos(report.problem_ids, self.colleague)), 1)
        self.start_tour(
            "/odoo/weekly-reports", "sales_weekly_report_of_leader", login="test_leader"
        )
        self.assertRecordValues(
            report,
            [{"state": "read", "read_by_id": self.leader.id, "comment": "Well done"}],
        )
