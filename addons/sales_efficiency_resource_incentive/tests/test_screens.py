# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form, freeze_time, tagged

from .common import MemberIncentiveCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-15 12:00:00")
class TestScreens(MemberIncentiveCommon):
    """Forms of incentives that name a channel member"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.name = "Agent Wu (Test Distributor)"

    def test_an_officer_names_the_member_of_an_agent(self):
        """Although the salesperson looks after the member."""
        form = Form(self.env["sales.incentive.assignment"].with_user(self.officer))
        form.plan_id = self.incentive
        form.partner_id = self.agent
        form.channel_member_id = self.member
        self.assertFalse(form._get_modifier("channel_id", "required"))
        assignment = form.save()
        self.assertEqual(assignment.channel_member_id, self.member)

    def test_an_officer_narrows_a_rule_to_a_member(self):
        with Form(self.rule.with_user(self.officer)) as form:
            form.channel_member_id = self.member
        self.assertEqual(self.rule.channel_member_id, self.member)

    def test_an_officer_changes_no_member(self):
        member = self.member.with_user(self.officer)
        self.assertTrue(member.has_access("read"))
        for operation in ("write", "unlink"):
            self.assertFalse(member.has_access(operation))

    def test_who_reads_the_terms_sees_whose_orders_count(self):
        self.rule.channel_member_id = self.member
        self._approve()
        specification = {"channel_member_id": {"fields": {"display_name": {}}}}
        for user in (self.salesperson, self.director, self.hr_manager, self.finance):
            with self.subTest(user=user.name):
                self.env.invalidate_all()
                [row] = self.rule.with_user(user).web_read(specification)
                self.assertEqual(row["channel_member_id"]["display_name"], self.name)

    def test_the_plan_letter_names_the_member(self):
        self.rule.channel_member_id = self.member
        self.assignment.channel_member_id = self.member
        self._approve()
        sections = self._letters().terms["sections"]
        rows = [row for section in sections for row in section["rows"]]
        self.assertEqual(rows.count(["Channel Member", self.name]), 2)
