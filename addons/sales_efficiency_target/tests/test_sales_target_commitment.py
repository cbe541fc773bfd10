# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import SalesTargetCommon


@tagged("post_install", "-at_install")
class TestSalesTargetCommitment(SalesTargetCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.target = cls._create_target(
            parent_id=cls.root.id,
            team_id=cls.team_field.id,
            user_id=cls.salesperson.id,
            amount=1000,
        )

    def _commit(self, user, amount):
        wizard = self.env["sales.target.commitment"].with_user(user)
        form = Form(wizard.with_context(default_target_id=self.target.id))
        form.amount = amount
        form.note = "Two large deals"
        form.save().action_commit()

    def test_a_salesperson_commits_and_the_leader_sees_it(self):
        self._commit(self.salesperson, 900)
        seen = self.target.with_user(self.leader)
        self.assertEqual(seen.committed_amount, 900)
        self.assertEqual(seen.commitment_gap, -100)
        self.assertEqual(seen.commitment_note, "Two large deals")
        self.assertEqual(seen.amount, 1000)

    def test_nobody_commits_for_another(self):
        with self.assertRaisesRegex(UserError, "Only Test Salesperson"):
            self._commit(self.leader, 900)
        with self.assertRaises(AccessError):
            self._commit(self.outsider, 900)

    def test_a_plan_that_is_made_takes_no_commitment(self):
        self.root.gap_reason = "Reserve"
        self.plan.action_submit()
        with self.assertRaisesRegex(UserError, "plan is final"):
            self._commit(self.salesperson, 900)

    def test_the_card_shows_the_commitment_whether_or_not_there_are_results(self):
        arch = self.env["sales.target"].get_view(view_type="kanban")["arch"]
        [field] = etree.fromstring(arch).xpath("//field[@name='committed_amount']")
        conditions = [node.get("t-if", "") for node in field.iterancestors()]
        self.assertIn("record.committed_date.raw_value", conditions)
        self.assertNotIn("record.is_measured.raw_value", conditions)
        self.assertFalse(any("t-else" in node.attrib for node in field.iterancestors()))
