# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.sales_efficiency_target.tests.test_ui_cockpit import CockpitCase


@tagged("post_install", "-at_install")
class TestUiMilestone(CockpitCase):
    """The cockpit leads to the overdue milestone of a project."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        project = cls.env["project.project"].create(
            {"name": "Test Metro", "user_id": cls.leader.id, "allow_milestones": True}
        )
        cls.env["project.milestone"].create(
            {
                "name": "Test Contract",
                "project_id": project.id,
                "deadline": fields.Date.today() - timedelta(days=3),
                "sales_user_id": cls.salesperson.id,
            }
        )
        cls.plan.state = "draft"
        cls._create_target(project_id=project.id, amount=1_200)
        cls._start()
        cls.env["sales.target.result"]._refresh(cls.plan.target_ids)

    def test_director_opens_what_is_overdue(self):
        self._open("sales_milestones_of_director", "director")

    def test_salesperson_sees_what_to_reach(self):
        self._open("sales_milestones_of_salesperson", "salesperson")
