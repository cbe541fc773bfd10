# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from odoo.addons.sales_efficiency_base.tests.demo_common import DemoCase


@tagged("post_install", "-at_install", "sales_efficiency_demo")
class TestDemo(DemoCase):
    """The people of the demo company report each week, and meet each month."""

    def test_weekly_reports_are_read_late_missing_and_in_draft(self):
        people = [
            self.env.ref(f"sales_efficiency_base.user_{login}_demo").id
            for login in ("amy", "jason", "emily", "vivian", "tony", "eric", "yuki")
        ]
        reports = self.env["sales.weekly.report"].search([("user_id", "in", people)])
        statuses = set(reports.mapped("status"))
        self.assertLessEqual({"read", "late", "missing", "submitted"}, statuses)
        self.assertTrue(reports.problem_ids.filtered("help_state"))
        self.assertTrue(reports.done_ids.filtered("is_proposed"))
        yuki = self.env.ref("sales_efficiency_base.user_yuki_demo")
        weeks = len(set(reports.mapped("week")))
        own = reports.filtered(lambda report: report.user_id == yuki)
        self.assertEqual(len(own), weeks - 1, "was on leave for a week")

    def test_teams_have_met_and_meet_again_with_what_is_left(self):
        meetings = self.env["sales.meeting"].search([], order="date")
        north = self.env.ref("sales_efficiency_base.team_north_demo")
        before, last, coming = meetings.filtered(lambda m: m.team_id == north)
        self.assertEqual((before + last).mapped("state"), ["held", "held"])
        self.assertEqual(coming.state, "planned")
        self.assertTrue(coming.event_id)
        self.assertEqual(
            last.carried_line_ids.action_id,
            before.action_ids.filtered(lambda item: item.state == "open"),
        )
        self.assertTrue(last.minutes and last.decisions)
