# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon
from odoo.addons.sales_efficiency_target.tools.target_sheet_writer import (
    TargetSheetWriter,
)


@tagged("post_install", "-at_install")
class TestDirectCalls(SalesTargetCommon):
    """Information about a project that users may not open."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.team = cls._create_target(
            parent_id=cls.root.id, team_id=cls.team_field.id, amount=600_000
        )
        cls.team_field.user_id = cls.leader

    def test_a_secret_project_is_named_by_its_target(self):
        project = self.env["project.project"].create(
            {"name": "Secret", "privacy_visibility": "followers"}
        )
        target = self._create_target(project_id=project.id, amount=100)
        self.env.invalidate_all()
        self.assertIn("Secret", target.with_user(self.director).display_name)
        self.env.invalidate_all()
        plan = self.plan.with_user(self.director)
        self.assertTrue(TargetSheetWriter(plan).get_content())
        self.assertFalse(project.with_user(self.director).has_access("read"))

    def test_a_secret_project_is_named_by_who_sees_its_target(self):
        known, secret = self.env["project.project"].create(
            [
                {"name": name, "privacy_visibility": "followers"}
                for name in ("Known", "Secret")
            ]
        )
        target = self._create_target(
            parent_id=self.team.id,
            team_id=self.team_field.id,
            project_id=known.id,
            amount=100,
        )
        targets = self.env["sales.target"].with_user(self.leader)
        self.env.invalidate_all()
        self.assertFalse(known.with_user(self.leader).has_access("read"))
        values = {
            "plan_id": self.plan.id,
            "metric_id": self.ordered.id,
            "parent_id": target.id,
            "team_id": self.team_field.id,
            "user_id": self.salesperson.id,
            "amount": 50,
        }
        with self.assertRaises(AccessError):
            targets.create({**values, "project_id": secret.id})
        with self.assertRaises(AccessError):
            targets.onchange(
                {"project_id": secret.id}, ["project_id"], {"milestone_progress": {}}
            )
        self.assertTrue(targets.create({**values, "project_id": known.id}))
