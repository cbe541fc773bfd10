# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .staffing_common import StaffingCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-01-01 12:00:00")
class TestStaffingAccess(StaffingCommon):
    """Directors and HR plan; leaders see positions of their teams, recruiters those
    that are approved, salespeople none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.staffing.action_propose()
        cls.line = cls.staffing.line_ids
        cls.line.monthly_cost = 5000

    def _find(self, model, user):
        self.env.invalidate_all()
        return self.env[model].with_user(user).search([])

    def test_leaders_see_approved_positions_of_their_teams_without_cost(self):
        self.assertFalse(self._find("sales.staffing.line", self.leader))
        other = self.line.copy({"team_id": self.team_other.id, "reason": "Test"})
        self._approve()
        lines = self._find("sales.staffing.line", self.leader)
        self.assertEqual(lines, self.line)
        self.assertNotIn(other, lines)
        self.assertNotIn("planned_cost", lines.fields_get())
        with self.assertRaises(AccessError):
            lines.read(["monthly_cost"])
        with self.assertRaises(AccessError):
            lines._read_group([], [], ["planned_cost:sum"])
        with self.assertRaises(AccessError):
            self._find("sales.staffing.plan", self.leader)

    def test_leaders_see_the_head_count_of_their_teams(self):
        self._approve()
        self.assertTrue(self._find("sales.staffing.report", self.leader))
        self.leader.sales_led_team_ids.user_id = False
        self.env.registry.clear_cache()
        self.assertFalse(self._find("sales.staffing.report", self.leader))

    def test_recruiters_see_approved_positions_and_change_none(self):
        self.assertFalse(self._find("sales.staffing.line", self.recruiter))
        self._approve()
        lines = self._find("sales.staffing.line", self.recruiter)
        self.assertEqual(lines, self.line)
        with self.assertRaises(AccessError):
            lines.head_count = 9
        self.assertNotIn("planned_cost", lines.fields_get())

    def test_salespeople_see_nothing(self):
        self._approve()
        for model in (
            "sales.staffing.plan",
            "sales.staffing.need",
            "sales.staffing.month",
            "sales.staffing.line",
            "sales.staffing.report",
            "sales.recruitment.cost",
            "sales.recruitment.channel.report",
        ):
            with self.subTest(model), self.assertRaises(AccessError):
                self._find(model, self.salesperson)

    def test_companies_do_not_see_each_other(self):
        self._approve()
        elsewhere = self.env["res.company"].create({"name": "Test Elsewhere"})
        for user in (self.director, self.hr_user):
            user.sudo().write(
                {"company_ids": elsewhere.ids, "company_id": elsewhere.id}
            )
            for model in (
                "sales.staffing.plan",
                "sales.staffing.need",
                "sales.staffing.month",
                "sales.staffing.line",
                "sales.staffing.report",
            ):
                with self.subTest(model, user=user.login):
                    self.assertFalse(self._find(model, user))
