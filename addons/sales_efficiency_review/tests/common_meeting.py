# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from odoo import Command

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


class SalesMeetingCommon(SalesTargetCommon):
    """Targets of the field team and its people, and meetings of the department."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.env["sales.alert.rule"].search([]).active = False
        cls.team_target = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_department.id, amount=600_000
        )
        cls.person_target, cls.colleague_target = (
            cls._create_target(
                parent_id=cls.team_target.id, user_id=user.id, amount=amount
            )
            for user, amount in ((cls.salesperson, 360_000), (cls.colleague, 120_000))
        )
        cls.line_target = cls._create_target(
            parent_id=cls.team_target.id,
            team_id=cls.team_department.id,
            categ_id=cls.category.id,
            amount=240_000,
        )
        cls.plan.target_ids.gap_reason = "Test"

    def _start(self):
        self.plan.action_submit()
        self.plan.action_start()
        self._refresh()

    def _sell(self, amount, day, user=None):
        order = self._create_order(user=user, price=amount)
        order.action_confirm()
        order.date_order = f"{day} 12:00:00"
        self._refresh()

    def _refresh(self):
        self.env["sales.mart"]._refresh()
        self.env["sales.target.result"]._refresh(self.plan.target_ids)

    def _create_meeting(self, day="2026-08-03", user=None, **values):
        meetings = self.env["sales.meeting"].with_user(user or self.leader)
        return meetings.create({"date": f"{day} 08:00:00", **values})

    def _hold(self, meeting):
        meeting.action_generate_pack()
        meeting.action_hold()

    def _agree(self, meeting, **values):
        """Add an action item, as the person holding the meeting."""
        return meeting.env["sales.action"].create(
            {
                "name": "Visit the customers",
                "meeting_id": meeting.id,
                "user_id": self.salesperson.id,
                "date_deadline": "2026-08-20",
                **values,
            }
        )

    def _report_problem(self, user, submitted, name):
        day = date.fromisoformat(submitted[:10])
        monday = day - timedelta(days=day.weekday())
        report = self.env["sales.weekly.report"].create(
            {"user_id": user.id, "company_id": self.company.id, "date_from": monday}
        )
        report.line_ids = [
            Command.create({"kind": "problem", "name": name, "solution": "Ask"}),
            Command.create({"kind": "plan", "name": "Not to be seen"}),
        ]
        report.sudo().write({"state": "submitted", "submitted_at": submitted})
