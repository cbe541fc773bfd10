# Copyright 2026 Sales Efficiency Contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import Command
from odoo.tests import freeze_time, tagged

from odoo.addons.sales_efficiency_base.tests import screens
from odoo.addons.sales_efficiency_target.tests.common import SalesTargetCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-07-16 12:00:00")
class TestScreens(screens.ScreensCommon, SalesTargetCommon):
    """Screens with a project target in a running plan, and a milestone."""

    addon = "sales_efficiency_target_project"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        project = cls.env["project.project"].create(
            {
                "name": "Test Project",
                "allow_milestones": True,
                "allow_billable": True,
                "user_id": cls.leader.id,
                "milestone_ids": [
                    Command.create({"name": "Delivery", "deadline": "2026-08-01"})
                ],
            }
        )
        cls._create_target(project_id=project.id, amount=1_200)
        cls._start()
        cls._refresh()
